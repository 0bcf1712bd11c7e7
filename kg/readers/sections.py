"""Papers as headings with prose below -> entries; what a heading and a label hold, a heading layout says."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.readers.draft import draft, finish, report
from kg.readers.labels import split_labels
from kg.records import Entry, Problem, Source
from kg.text.links import clean_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.readers.document import Document
    from kg.readers.layouts import HeadingLayout

_SLOT = re.compile(r"\{([a-z]+)\}")


def recognise(document: Document) -> str | None:
    """Name the layout of the first heading that fits one, if there is any."""
    found = (_fit(document.lines[number - 1], document.sections) for number in document.headings)
    return next((fit[0].name for fit in found if fit), None)


def read(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read every heading that fits a layout, with the lines below it up to the next heading."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, end in _find_blocks(document):
        source = Source(digest=document.key, line=number, end=end)
        fit = _fit(document.lines[number - 1], document.sections)
        if not fit:
            problems += _find_misfit(document, source)
            continue
        layout, printed = fit
        labelled, text = split_labels(document.lines[number:end], layout.labels)
        links = f"[]({printed['url']}) {labelled.get('links', '')}" if "url" in printed else ""
        fields = labelled | printed | {"text": text} | ({"links": links} if links else {})
        found = draft(fields, layout, source, document.date_above(number))
        entry, left_out = finish(found)
        entries += [entry] if entry else []
        problems += left_out
    return tuple(entries), tuple(problems)


def _find_misfit(document: Document, source: Source) -> Iterator[Problem]:
    """Report a heading that stands at the level of papers but gives no paper."""
    heading = document.headings[source.line]
    levels = {
        len(line) - len(line.lstrip("#")): line for line in reversed([s.heading for s in document.sections])
    }
    if heading.level in levels and source.line not in document.dates:
        yield report(
            source, f"the heading {heading.text[:60]!r} gives no paper", f"`{levels[heading.level]}`"
        )


def _find_blocks(document: Document) -> Iterator[tuple[int, int]]:
    """Give the first and the last line of what stands below each heading, blank lines at its end left out."""
    numbers = [*document.headings, len(document.lines) + 1]
    for number, following in pairwise(numbers):
        end = following - 1
        while end > number and not document.lines[end - 1].strip():
            end -= 1
        yield number, end


def _fit(line: str, layouts: Sequence[HeadingLayout]) -> tuple[HeadingLayout, dict[str, str]] | None:
    for layout in layouts:
        parts = match_heading(layout.heading, line)
        if parts and ("url" not in parts or clean_url(parts["url"])):
            return layout, parts
    return None


def match_heading(template: str, line: str) -> dict[str, str] | None:
    """Match a heading with its template from the right, so that a title may hold what follows it.

    >>> match_heading("### [{title}]({url})", "### [An [IDK] token](https://x.org)")
    {'url': 'https://x.org', 'title': 'An [IDK] token'}
    """
    pieces = _SLOT.split(template)
    rest = " ".join(line.split())
    if not rest.startswith(pieces[0]) or not rest.endswith(pieces[-1]):
        return None
    rest = rest[len(pieces[0]) : len(rest) - len(pieces[-1])]
    found: dict[str, str] = {}
    for name, before in zip(pieces[-2::-2], pieces[-3:0:-2], strict=False):
        rest, mark, found[name] = rest.rpartition(before)
        if not mark:
            return None
    found[pieces[1]] = rest
    return {name: value.strip() for name, value in found.items()}
