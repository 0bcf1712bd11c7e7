"""Columns and cells -> a table for a terminal or a page; Korean lines up, control characters are gone."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[@-Z\\-_])?")
_GAP = 2
_NARROWEST = 8


def clean(text: str) -> str:
    r"""Put a text on one line and take out what could steer a terminal or reorder what is shown.

    >>> clean("red \x1b[31malert\x1b[0m\n  \u202eabc")
    'red alert abc'
    """
    text = " ".join(_ESCAPE.sub("", text).split())
    return "".join(
        c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\u200c\u200d"
    )


def layout(columns: Sequence[str], rows: Iterable[Sequence[str]], width: int | None = None) -> str:
    """Lay cells out in columns; where a width is given, long cells are wrapped so that each line fits it.

    Args:
        columns: the headings.
        rows: as many cells in each as there are headings.
        width: of the terminal; None leaves every cell on one line.

    Returns:
        The table without a final line feed; nothing at all when there are no columns.
    """
    from tabulate import tabulate

    cells = [[clean(cell) for cell in row] for row in rows]
    limits = _share(columns, cells, width) if width else None
    lines = tabulate(
        cells, [clean(c) for c in columns], tablefmt="simple", disable_numparse=True, maxcolwidths=limits
    )
    return "\n".join(line.rstrip() for line in lines.split("\n"))


def _share(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give each column its share of the width: what it needs if little, else a part of what is left."""
    needs = [max(measure(c) for c in (head, *cells)) for head, *cells in zip(columns, *rows, strict=True)]
    left = max(width - _GAP * (len(columns) - 1), _NARROWEST * len(columns))
    shares = list(needs)
    waiting = sorted(range(len(needs)), key=needs.__getitem__)
    for done, column in enumerate(waiting):
        shares[column] = max(min(needs[column], left // (len(waiting) - done)), 1)
        left -= shares[column]
    return shares


def measure(text: str) -> int:
    """Return how many columns of a terminal a clean text takes.

    >>> measure("가나 ab")
    7
    """
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(int(wcswidth(text)), 0)


def layout_html(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay cells out as an HTML table; links become links, everything else is text."""
    head = "".join(f"<th>{escape(clean(column))}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_cell(cell: str) -> str:
    text = escape(clean(cell))
    if re.match(r"https?://\S+\Z", cell):
        return f'<td><a href="{text}" rel="noopener noreferrer">{text}</a></td>'
    return f"<td>{text}</td>"
