"""A plain list of titles, links to papers and text -> entries; the reader for what has no other layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.layouts import HeadingLayout
from kg.links import parse_arxiv
from kg.markdown import find_links, unlink
from kg.readers.draft import draft, finish
from kg.readers.sections import split_labels
from kg.records import Entry, Problem, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.document import Document

_LABELS = {
    "authors": ("authors:", "author:", "저자:"),
    "date": ("date:", "published:", "날짜:"),
    "votes": ("votes:", "vote:", "upvotes:"),
    "tags": ("tags:", "topics:", "keywords:"),
    "code": ("code:", "github:", "repository:"),
}
_LAYOUT = HeadingLayout(
    name="plain_list",
    heading="# {title}",
    labels={spelling: name for name, spellings in _LABELS.items() for spelling in spellings},
)
_MARKER = re.compile(r"(?P<indent>[ \t]{0,40})(?P<mark>#{1,6}[ \t]+|[-*+•][ \t]+|\d{1,3}[.)][ \t]+|)")
_ADDRESS = re.compile(
    r"<?(?P<url>https?://[\w.~:/?#@!$&*+,;=%-]+)>?|\barXiv:[ \t]?(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)"
)
_SAYS_NOTHING = frozenset(
    {"", "arxiv", "paper", "pdf", "link", "links", "abs", "url", "abstract", "논문", "링크", "here"}
)
_EDGES = " \t*_`|:;,.()[]<>–—-"
_LONGEST_TITLE = 300
_LONGEST_TOPIC = 80


@dataclass(frozen=True, slots=True)
class _Start:
    """Where one paper begins: the 0-based lines of its title and its link, and what these lines say."""

    first: int
    linked: int
    title: str
    url: str
    text: str
    indent: int
    marked: bool


def recognise(document: Document) -> str | None:
    """Name this layout if any line begins a paper."""
    return _LAYOUT.name if _find_starts(document.lines) else None


def read(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read every line that begins a paper, with the lines below it up to the next paper or heading."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    starts = _find_starts(document.lines)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = _find_end(document, start, following.first if following else len(document.lines))
        labelled, text = split_labels(document.lines[start.linked + 1 : end], _LAYOUT.labels)
        fields = {
            **labelled,
            "title": start.title,
            "links": f"[]({start.url})",
            "text": "\n".join(part for part in (start.text, text) if part),
        }
        source = Source(digest=document.key, line=start.first + 1, end=end)
        entry, left_out = finish(draft(fields, _LAYOUT, source, document.date_above(start.first + 1)))
        entries += [entry] if entry else []
        problems += left_out
    return tuple(entries), tuple(problems)


def _find_starts(lines: Sequence[str]) -> list[_Start]:
    starts: list[_Start] = []
    for number, line in enumerate(lines):
        if line.lstrip().startswith("|") or not ("arxiv" in line.lower() or "/papers/" in line):
            continue
        start = _read_start(lines, number)
        inside = starts and start and start.marked and start.indent > starts[-1].indent and starts[-1].marked
        if start and not inside and (not starts or start.first > starts[-1].linked):
            starts.append(start)
    return starts


def _read_start(lines: Sequence[str], number: int) -> _Start | None:
    marker = _MARKER.match(lines[number])
    body = lines[number][marker.end() :] if marker else lines[number]
    found = _find_paper(body)
    if not marker or not found:
        return None
    shown, url, start, end = found
    before, after = unlink(body[:start]), unlink(body[end:]).strip()
    lead, rest = before.strip(_EDGES), after.lstrip(_EDGES)
    marked, indent = bool(marker["mark"]), len(marker["indent"])
    if shown.strip(_EDGES).casefold() not in _SAYS_NOTHING:
        topic = marked and len(before) <= _LONGEST_TOPIC and before.rstrip(" *_").endswith(":")
        text = "\n".join(part for part in (lead, body[end:].lstrip(_EDGES)) if part)
        return _Start(number, number, shown, url, text, indent, marked) if topic or not lead else None
    if lead.casefold() not in _SAYS_NOTHING:
        title = before.strip(" \t*_:(–—-[")
        good = len(lead) <= _LONGEST_TITLE and (marked or not rest)
        return _Start(number, number, title, url, body[end:].lstrip(_EDGES), indent, marked) if good else None
    return None if rest else _read_title_above(lines, number, url)


def _read_title_above(lines: Sequence[str], number: int, url: str) -> _Start | None:
    above = next((i for i in range(number - 1, max(-1, number - 3), -1) if lines[i].strip()), None)
    marker = _MARKER.match(lines[above]) if above is not None else None
    if above is None or not marker or lines[above].lstrip().startswith("|"):
        return None
    title = lines[above][marker.end() :].strip(" \t*_:")
    if not title or len(title) > _LONGEST_TITLE or _find_paper(title):
        return None
    return _Start(above, number, title, url, "", len(marker["indent"]), bool(marker["mark"]))


def _find_paper(text: str) -> tuple[str, str, int, int] | None:
    """Find the first link to a paper: what it shows, its address, and where it begins and ends."""
    links = [(link.text, link.url, link.start, link.end) for link in find_links(text) if not link.image]
    spans = [(start, end) for _, _, start, end in links]
    for match in _ADDRESS.finditer(text):
        url = match["url"] or f"https://arxiv.org/abs/{match['id']}"
        if not any(start <= match.start() < end for start, end in spans[:20]):
            links.append(("", url.rstrip(".,;:)"), match.start(), match.end()))
    return next((link for link in sorted(links, key=lambda link: link[2]) if parse_arxiv(link[1])), None)


def _find_end(document: Document, start: _Start, limit: int) -> int:
    """Count the lines up to a paper's end: before a heading, or a paragraph that is no part of its item."""
    last = start.linked
    written = bool(start.text)
    for number in range(start.linked + 1, limit):
        line = document.lines[number]
        if number + 1 in document.headings:
            break
        if not line.strip():
            continue
        apart = number > last + 1 and not line.startswith((" ", "\t", "-", "*", "•"))
        if start.marked and written and apart:
            break
        last, written = number, True
    return last + 1
