"""A plain list of titles, links to papers and text -> entries; the reader for what has no other layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from kg.readers.draft import draft, finish, report
from kg.readers.labels import split_labels
from kg.readers.layouts import HeadingLayout
from kg.records import Entry, Problem, Source
from kg.text.links import parse_arxiv
from kg.text.markdown import find_links, unlink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_MARKER = re.compile(
    r"(?P<indent>[ \t]{0,40})(?P<mark>#{1,6}[ \t]+(?:\d{1,3}[.)][ \t]+)?|[-*+•][ \t]+|\d{1,3}[.)][ \t]+|)"
)
_ADDRESS = re.compile(
    r"<?(?P<url>https?://[\w.~:/?#@!$&*+,;=%-]+)>?|\barXiv:[ \t]?(?P<id>\d{4}\.\d{4,5}(?:v\d+)?)"
)
_SAYS_NOTHING = frozenset(
    {
        "",
        "arxiv",
        "paper",
        "pdf",
        "link",
        "links",
        "abs",
        "url",
        "abstract",
        "read more",
        "full paper",
        "source",
    }
    | {"논문", "링크", "here"}
)
_EDGES = " \t*_`|:;,.()[]<>–—-"
_LONGEST_TITLE = 300
_LONGEST_TOPIC = 80


class _Mark(msgspec.Struct, frozen=True):
    """How a line begins: its indent, and ``#`` for a heading, ``-`` a bullet, ``1`` a number, or nothing."""

    indent: int
    kind: str
    rest: str


class _Start(msgspec.Struct, frozen=True):
    """Where one paper begins: the 0-based lines of its title and its link, and what these lines say."""

    first: int
    linked: int
    title: str
    url: str
    text: str
    mark: _Mark


def recognise(document: Document) -> str | None:
    """Name this layout if any line begins a paper."""
    return _LAYOUT.name if _find_starts(document) else None


def read(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read every line that begins a paper, with the lines below it up to the next paper or heading."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    starts = _find_starts(document)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        limit = following.first if following else len(document.lines)
        end = _find_end(document, start, limit)
        body = (
            *document.lines[start.first + 1 : start.linked],
            start.text,
            *document.lines[start.linked + 1 : end],
        )
        labelled, text = split_labels(body, _LAYOUT.labels)
        fields = {**labelled, "title": start.title, "links": f"[]({start.url})", "text": text}
        source = Source(digest=document.key, line=start.first + 1, end=end)
        entry, left_out = finish(draft(fields, _LAYOUT, source, document.date_above(source.line)))
        entries += [entry] if entry else []
        problems += (*left_out, *_find_unlinked(document, start.mark, end, limit))
    return tuple(entries), tuple(problems)


def _read_mark(line: str) -> _Mark:
    match = _MARKER.match(line)
    if not match:
        return _Mark(0, "", line)
    sign = match["mark"][:1]
    kind = sign if sign in ("", "#") else "1" if sign.isdigit() else "-"
    return _Mark(len(match["indent"]), kind, line[match.end() :])


def _find_starts(document: Document) -> list[_Start]:
    starts: list[_Start] = []
    for number, line in enumerate(document.lines):
        if line.lstrip().startswith("|") or not ("arxiv" in line.lower() or "/papers/" in line):
            continue
        before = starts[-1] if starts else None
        start = _read_start(document.lines, number, before.linked if before else -1)
        if start and not (before and _is_inside(document, start, before)):
            starts.append(start)
    return starts


def _is_inside(document: Document, start: _Start, before: _Start) -> bool:
    """Say whether what looks like a new paper is a sub-item of the paper before it."""
    if any(before.linked < number - 1 <= start.first for number in document.headings):
        return False
    deeper = start.mark.indent > before.mark.indent and before.mark.kind != ""
    return start.mark.kind in ("1", "-") and (deeper or (start.mark.kind == "-" and before.mark.kind != "-"))


def _read_start(lines: Sequence[str], number: int, taken: int) -> _Start | None:
    """Read the line of a link as the start of a paper; ``taken`` is the last line that another one has."""
    mark = _read_mark(lines[number])
    found = _find_paper(mark.rest)
    if not found:
        return None
    shown, url, start, end = found
    before, after = unlink(mark.rest[:start]), mark.rest[end:].lstrip(_EDGES)
    lead = before.strip(_EDGES)
    if shown.strip(_EDGES).casefold() not in _SAYS_NOTHING:
        topic = mark.kind and len(before) <= _LONGEST_TOPIC and before.rstrip(" *_").endswith(":")
        text = "\n".join(part for part in (lead, after) if part)
        return _Start(number, number, shown, url, text, mark) if topic or not lead else None
    if lead.casefold() not in _SAYS_NOTHING:
        closed = mark.kind or (not after and before.rstrip().endswith((":", "—", "–", "-", "(", "[", "|")))
        title = before.strip(" \t*_:(–—-[|")
        return (
            _Start(number, number, title, url, after, mark)
            if closed and len(lead) <= _LONGEST_TITLE
            else None
        )
    return None if after else _read_title_above(lines, number, taken, url)


def _read_title_above(lines: Sequence[str], number: int, taken: int, url: str) -> _Start | None:
    """Read a line with only a link: the title heads the lines above it, or stands alone above a blank."""
    below = number if number and lines[number - 1].strip() else number - 1
    top = below
    while top - 1 > taken and lines[top - 1].strip():
        top -= 1
    if top == below or (below != number and top != below - 1):
        return None
    if top - 1 == taken and taken >= 0:
        top = below - 1
    mark = _read_mark(lines[top])
    title = mark.rest.strip(" \t*_:")
    good = title and len(title) <= _LONGEST_TITLE and not title.startswith("|") and not _find_paper(title)
    return _Start(top, number, title, url, "", mark) if good else None


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
    """Count the lines up to a paper's end: a heading, the next item, or a paragraph outside the list."""
    last, written = start.linked, bool(start.text)
    for number in range(start.linked + 1, limit):
        line = document.lines[number]
        if number + 1 in document.headings:
            break
        if not line.strip():
            continue
        outside = number > last + 1 and not line.startswith((" ", "\t", "-", "*", "•"))
        if start.mark.kind in ("1", "-") and ((written and outside) or _is_next(line, start.mark)):
            break
        last, written = number, True
    return last + 1


def _is_next(line: str, mark: _Mark) -> bool:
    """Say whether a line begins another item of the same list."""
    other = _read_mark(line)
    return other.kind == mark.kind and other.indent <= mark.indent


def _find_unlinked(document: Document, mark: _Mark, end: int, limit: int) -> Iterator[Problem]:
    """Report the items of a paper's list that link to no paper."""
    for number in range(end, limit):
        if number + 1 in document.headings:
            return
        if mark.kind in ("1", "-") and _is_next(document.lines[number], mark):
            source = Source(digest=document.key, line=number + 1, end=number + 1)
            yield report(
                source, "an item of the list links to no paper", "a link to arXiv or Hugging Face papers"
            )
