"""Columns and cells -> a table for a terminal; Korean lines up, control characters are gone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[@-Z\\-_])?")
_GAP = "  "
_INDENT = "    "
_NARROWEST = 8
_SINGLE = (
    "\xa1\xac",
    "\xae\u02ff",
    "\u0370\u0482",
    "\u2010\u2027",
    "\u2030\u205e",
    "\u2070\u20cf",
    "\u2100\u2319",
)
"""From where to where: Latin, Greek and Cyrillic letters, punctuation, arrows and signs: one column each."""
_DOUBLE = ("가힣", "\u3001\u3029", "\u4e00\u9fff")
"""From where to where: Korean syllables, Chinese characters and their punctuation: two columns each."""


def clean(text: str) -> str:
    r"""Put a text on one line and take out what could steer a terminal or reorder what is shown.

    >>> clean("red \x1b[31malert\x1b[0m\n  \u202eabc")
    'red alert abc'
    """
    text = " ".join(_ESCAPE.sub("", text).split())
    if text.isprintable():
        return text
    return "".join(
        c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\u200c\u200d"
    )


def join_value(value: str, high: str, unit: str) -> str:
    """Write a number, or a range, with its unit.

    >>> join_value("79.8", "", "%"), join_value("3", "5", "points"), join_value("0.67", "", "")
    ('79.8%', '3-5 points', '0.67')
    """
    number = f"{value}-{high}" if high else value
    return f"{number}{'' if unit in {'%', 'x', ''} else ' '}{unit}"


def layout(
    columns: Sequence[str], rows: Iterable[Sequence[str]], width: int | None = None, below: Sequence[str] = ()
) -> str:
    """Lay cells out in columns; where a width is given, long cells are wrapped so that each line fits it.

    Args:
        columns: the headings.
        rows: as many cells in each as there are headings.
        width: of the terminal; None leaves every cell on one line.
        below: a text for each row, set under it; empty ones leave no line.

    Returns:
        The table without a final line feed.
    """
    heads = [clean(column) for column in columns]
    cells = [[clean(cell) for cell in row] for row in rows]
    table = [*zip(heads, *cells, strict=True)]
    widths = needs = [max(map(measure, column)) for column in table]
    if width:
        words = [max(measure(word) for cell in column for word in cell.split(" ")) for column in table]
        widths = _share(needs, words, width)
    lines = [*_lay_row(heads, widths), _GAP.join("-" * w for w in widths)]
    texts = [clean(text) for text in below] or [""] * len(cells)
    for row, text in zip(cells, texts, strict=True):
        lines += _lay_row(row, widths)
        lines += [f"{_INDENT}{part}" for part in wrap(text, width and width - len(_INDENT)) if part]
    return "\n".join(lines)


def _share(needs: Sequence[int], words: Sequence[int], width: int) -> list[int]:
    """Give each column its longest word, if all fit, and of the rest what it needs if that is little."""
    left = max(width - len(_GAP) * (len(needs) - 1), _NARROWEST * len(needs))
    shares = list(words) if sum(words) <= left else [0] * len(needs)
    left -= sum(shares)
    waiting = sorted(range(len(needs)), key=lambda column: needs[column] - shares[column])
    for done, column in enumerate(waiting):
        more = min(needs[column] - shares[column], left // (len(waiting) - done))
        shares[column] = max(shares[column] + more, 2)
        left -= more
    return shares


def _lay_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = zip_longest(*parts, fillvalue="")
    return [_GAP.join(map(_pad, line, widths)).rstrip() for line in lines]


def _pad(text: str, width: int) -> str:
    return text + " " * (width - measure(text))


def wrap(text: str, width: int | None) -> list[str]:
    """Break a text into lines of at most that many columns, between words where that can be.

    >>> wrap("가나다 라마 abcdefgh", 6)
    ['가나다', '라마', 'abcdef', 'gh']
    """
    if width is None or measure(text) <= width:
        return [text]
    lines = [""]
    for word in (piece for part in text.split(" ") for piece in _cut(part, width)):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _cut(word: str, width: int) -> list[str]:
    """Cut a word that is wider than a line into pieces that are not."""
    pieces = [""]
    if measure(word) <= width:
        return [word]
    for character in word:
        if measure(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def measure(text: str) -> int:
    """Return how many columns of a terminal a clean text takes.

    What is rarer than English and Korean is left to wcwidth, whose tables take as long to load as a query.

    >>> measure("가나 ab")
    7
    """
    if text.isascii():
        return len(text)
    widths = [1 if character <= "~" else _measure_one(character) for character in text]
    if all(widths):
        return sum(widths)
    from wcwidth import wcswidth

    return max(int(wcswidth(text)), 0)


@cache
def _measure_one(character: str) -> int:
    """Return how many columns a character takes wherever it stands, or 0 where that is not sure."""
    if any(span[0] <= character <= span[1] for span in _SINGLE):
        return 1
    return 2 * any(span[0] <= character <= span[1] for span in _DOUBLE)
