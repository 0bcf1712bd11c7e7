"""Markdown -> headings, table rows and links, each with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^#\s]))(.*)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_OPEN_ADDRESS = re.compile(r"\]\([^\s()]{1,2000}\Z")
_MARK = re.compile(
    r"\\[\\\[\]`*_!|]"
    r"|(?P<open>!?\[)"
    r"|\](?P<target>\([ \t]*<?(?P<url>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,3})>?"
    r"(?:[ \t]+[\"'][^\"'\n]{0,300}[\"'])?[ \t]*\))?"
)


class Heading(msgspec.Struct, frozen=True):
    """A heading: its level (1 to 6) and its text without the marks."""

    level: int
    text: str


class Row(msgspec.Struct, frozen=True):
    """A table row with its continuation lines joined; a stray line is a row that begins with no pipe."""

    text: str
    line: int
    end: int

    @property
    def stray(self) -> bool:
        """Whether the line stands inside a table and is neither a row nor the rest of one."""
        return not self.text.startswith("|")


class Link(msgspec.Struct, frozen=True):
    """A Markdown link: what it shows, where it leads, whether it is a picture, and its place in the text."""

    text: str
    url: str
    image: bool
    start: int
    end: int


def parse_heading(line: str) -> Heading | None:
    """Read a heading line, or give None for any other line."""
    match = _HEADING.match(line)
    return Heading(len(match[1]), match[2].strip().rstrip("#").rstrip()) if match else None


def blank_fences(lines: Sequence[str]) -> tuple[str, ...]:
    """Empty the lines of fenced code, so that nothing in it counts as a heading or a row.

    A fence that is never closed is no fence: otherwise one slip would hide the rest of the file.
    """
    kept, opened, mark = list(lines), -1, ""
    for i, line in enumerate(lines):
        match = _FENCE.match(line)
        if match and opened < 0:
            opened, mark = i, match[1]
        elif match and match[1] == mark and line.strip() == mark:
            kept[opened : i + 1] = [""] * (i + 1 - opened)
            opened = -1
    return tuple(kept)


def join_rows(lines: Sequence[str]) -> Iterator[Row]:
    """Join the lines of table rows: a row goes on until a line starts a row or a heading, or is blank.

    >>> list(join_rows(["| A long", "  title | x |", "", "prose"]))
    [Row(text='| A long title | x |', line=1, end=2)]
    """
    parts: list[str] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        text = line.strip()
        if parts and text and text[0] not in "|#":
            if parts[-1].endswith("|"):
                yield Row(text, number, number)
            else:
                parts += [text] if _OPEN_ADDRESS.search(parts[-1][-2100:]) else [" ", text]
            continue
        if parts:
            yield Row("".join(parts), start, start + sum(part != " " for part in parts) - 1)
        parts, start = ([text], number) if text.startswith("|") else ([], 0)


def is_delimiter(row: str) -> bool:
    """Say whether a row is the line of dashes below a table's header."""
    return "-" in row and not row.strip(" \t|:-")


def split_cells(row: str, width: int = 0, free: int = 0) -> list[str]:
    r"""Split a row at its pipes; an escaped pipe stays in its cell.

    Where ``width`` is given, surplus cells, made by pipes that nobody escaped, are folded as printed into the
    column ``free``, which holds free text.

    >>> split_cells("| a | b \\| c | |"), split_cells("| a | p(x|y) | c |", 3, 1)
    (['a', 'b | c', ''], ['a', 'p(x|y)', 'c'])
    """
    inner = row.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    cells = re.split(r"(?<!\\)\|", inner)
    surplus = len(cells) - width if width else 0
    if surplus > 0:
        cells[free : free + surplus + 1] = ["|".join(cells[free : free + surplus + 1])]
    return [cell.replace("\\|", "|").strip() for cell in cells]


def find_links(text: str) -> tuple[Link, ...]:
    """Find the links of a text in the order in which they end; brackets inside a link's text are its own."""
    return _resolve(text)[1]


def unlink(text: str) -> str:
    """Put what a link shows in place of the link; pictures go.

    >>> unlink("[GPT-[n] models](https://x.org/a_(b)) and [IDK]")
    'GPT-[n] models and [IDK]'
    """
    return _resolve(text)[0] if "](" in text else text


def _resolve(text: str) -> tuple[str, tuple[Link, ...]]:
    out: list[str] = []
    opened: list[tuple[int, int]] = []
    links: list[Link] = []
    at = 0
    for mark in _MARK.finditer(text):
        out.append(text[at : mark.start()])
        at = mark.end()
        if mark["open"]:
            opened.append((len(out), mark.start()))
            out.append(mark[0])
        elif mark["target"] is not None and opened:
            first, start = opened.pop()
            image = out[first] == "!["
            shown = "".join(out[first + 1 :])
            links.append(Link(shown, mark["url"], image, start, mark.end()))
            out[first:] = [] if image else [shown]
        else:
            opened = opened[:-1] if mark[0] == "]" else opened
            out.append(mark[0])
    out.append(text[at:])
    return "".join(out), tuple(links)
