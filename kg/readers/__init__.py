"""A digest's text -> its entries: the readers in the order in which they are asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from kg.readers import api_json, plain_list, sections, tables
from kg.readers.document import Document
from kg.readers.layouts import Layout, built_in_layouts
from kg.records import Digest, Entry, Problem
from kg.text.markdown import is_delimiter, split_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PAPER = re.compile(r"arxiv\.org/(?:abs|pdf|html)/|(?:huggingface|hf)\.co/papers/\d", re.IGNORECASE)


class Reader(Protocol):
    """What a module in this folder offers to be a reader."""

    def recognise(self, document: Document) -> str | None:
        """Name the document's layout, or give None where another reader should be asked."""
        ...

    def read(self, document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        """Take the entries out of a document that was recognised, and say what could not be read."""
        ...


READERS: tuple[Reader, ...] = (
    api_json,  # keyed records
    tables,  # a row a paper
    sections,  # a heading a paper
    plain_list,  # a link a paper: asked last, because the others hold links too
)

_PLACES = "a row below a known header, a heading or an item that begins with it"


def read_digest(text: str, key: str, layouts: Sequence[Layout] = ()) -> Digest:
    """Read one digest.

    Args:
        text: the whole file.
        key: its path relative to the folder given; a date in it dates the digest where no heading does.
        layouts: layouts of the user's own (`kg.readers.layouts.parse_layout`), tried before those built in.

    Returns:
        The digest with its entries in the order of the file and everything that could not be read.
    """
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    document = Document(key, clean, (*layouts, *built_in_layouts()))
    for reader in READERS:
        if layout := reader.recognise(document):
            entries, problems = reader.read(document)
            ordered = sorted(entries, key=lambda entry: entry.source.line)
            numbered = tuple(replace(entry, ordinal=i) for i, entry in enumerate(ordered))
            missed = () if reader is api_json else tuple(_find_missed(document, numbered, problems))
            told = sorted((*problems, *missed), key=lambda problem: problem.line or 0)
            return Digest(
                key=key,
                issued=_issue(document, numbered),
                layout=layout,
                entries=numbered,
                problems=tuple(told),
            )
    return Digest(key=key, issued=_issue(document, ()), layout="", entries=(), problems=_refuse(document))


def _issue(document: Document, entries: Sequence[Entry]) -> str | None:
    """Date the digest by its one dated heading, its name, or its entries' one date; several are none."""
    headings = set(document.dates.values())
    if headings:
        return headings.pop() if len(headings) == 1 else None
    dates = {entry.date for entry in entries}
    return document.key_date or (dates.pop() if len(dates) == 1 else None)


def _find_missed(
    document: Document, entries: Sequence[Entry], problems: Sequence[Problem]
) -> Iterator[Problem]:
    """Find the lines that link to a paper and belong to no entry: once for lines that follow each other."""
    taken = {line for entry in entries for line in range(entry.source.line, entry.source.end + 1)}
    taken |= {problem.line for problem in problems if problem.line}
    before = -1
    for number, line in enumerate(document.text.split("\n"), 1):
        if number in taken or not _PAPER.search(line):
            continue
        if number != before + 1:
            yield Problem(
                digest=document.key,
                line=number,
                wrong="a link to a paper stands in no entry",
                expected=_PLACES,
            )
        before = number


def _refuse(document: Document) -> tuple[Problem, ...]:
    """Say why no reader takes a document; a day without papers is no fault."""
    filled = [number for number, line in enumerate(document.lines, 1) if line.strip()]
    empty = document.dates and all(number in document.headings for number in filled)
    if filled and empty and not _PAPER.search(document.text):
        return ()
    names = ", ".join([*(layout.name for layout in document.layouts), "plain_list", "api_json"])
    expected = f"one of {names}, or a layout file of your own"
    header = next((n for n in filled if is_delimiter(document.lines[n - 1])), 0) - 1
    if header > 0 and document.lines[header - 1].lstrip().startswith("|"):
        columns = ", ".join(split_cells(document.lines[header - 1])[:12])
        wrong, line = f"no layout has the columns {columns[:200]!r}", header
    else:
        wrong, line = ("the layout is not known", filled[0]) if filled else ("the file is empty", 1)
    return (Problem(digest=document.key, line=line, wrong=wrong, expected=expected),)
