"""Columns and cells -> a table in a notebook; any text of a graph -> HTML or XML that holds it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from kg.sparql.tables import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def layout_html(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay cells out as an HTML table; links become links, everything else is text."""
    head = "".join(f"<th>{mark_up(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def mark_up(text: str) -> str:
    """Write a text on one line, for an element or a quoted attribute.

    >>> mark_up("a < b")
    'a &lt; b'
    """
    return escape(clean(text))


def _html_cell(cell: str) -> str:
    text = mark_up(cell)
    if re.match(r"https?://\S+\Z", cell):
        return f'<td><a href="{text}" rel="noopener noreferrer">{text}</a></td>'
    return f"<td>{text}</td>"
