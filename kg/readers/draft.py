"""What a digest prints about one paper -> its entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from kg.readers.credits import read_credits, split_list
from kg.records import Credit, Entry, Problem, Source
from kg.text.dates import find_date
from kg.text.links import clean_url, find_urls, is_repository, is_unsafe, parse_arxiv
from kg.text.markdown import find_links, unlink
from kg.text.plaintext import to_line, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.readers.layouts import Layout

_BARE_URL = re.compile(r"<?https?://[^\s<>]+>?")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LETTER = re.compile(r"[^\W\d_]")
_KOREAN_SHARE = 0.15
_VOTES = re.compile(r"\d{1,9}")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One paper as printed, field by field, before anything is cleaned.

    ``title`` and ``text`` are Markdown; ``links`` are addresses that say which paper it is, the first that is
    on arXiv decides; ``code`` holds addresses of code and data; ``date`` is as printed, ``above`` the ISO
    date of the heading that stands over the paper.
    """

    source: Source
    layout: str
    title: str
    text: str
    links: tuple[str, ...]
    code: tuple[str, ...]
    authors: tuple[Credit, ...]
    ordered: bool
    date: str
    votes: int | None
    above: str | None = None
    tags: tuple[str, ...] = ()


def draft(printed: Mapping[str, str], layout: Layout, source: Source, above: str | None) -> Draft:
    """Sort what columns, labels or a heading hold into a draft, by the names of `layouts.FIELDS`."""
    title = printed.get("title", "")
    return Draft(
        source=source,
        layout=layout.name,
        title=_cut(_BARE_URL.sub("", unlink(title)), layout.title_ends_at),
        text=printed.get("text", ""),
        links=(*find_addresses(title), *find_addresses(printed.get("links", ""))),
        code=find_addresses(printed.get("code", "")),
        authors=read_credits(printed.get("authors", ""), handles=layout.handles),
        ordered=layout.ordered,
        date=printed.get("date", ""),
        above=above,
        votes=_read_votes(printed.get("votes", "")),
        tags=tuple(dict.fromkeys(to_line(tag) for tag in split_list(printed.get("tags", "")))),
    )


def finish(draft: Draft) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Clean a draft into an entry, None if it has no title; what was left out comes back as problems."""
    title = to_line(draft.title)
    if not title:
        return None, (report(draft.source, "a paper has no title", "a title"),)
    targets = tuple(link.url for link in find_links(draft.text) if not link.image)
    named, code = _clean(draft.links), _clean(draft.code)
    in_text = (*_clean(targets), *find_urls(draft.text))
    shown = tuple(dict.fromkeys([*named, *code, *in_text]))
    arxiv, version = next((found for url in named if (found := parse_arxiv(url))), (None, None))
    date = find_date(draft.date)
    text = to_plain(draft.text)
    entry = Entry(
        title=title,
        text=text,
        source=draft.source,
        arxiv=arxiv,
        version=version,
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else next(iter(named), None),
        links=shown,
        authors=draft.authors,
        ordered=draft.ordered,
        date=date or draft.above,
        votes=draft.votes,
        tags=draft.tags,
        repositories=tuple(dict.fromkeys(filter(is_repository, (*code, *in_text)))),
        language=guess_language(text or draft.title),
        layout=draft.layout,
    )
    unread = [
        report(draft.source, f"the date {draft.date.strip()[:60]!r} is not understood", "a day or a month")
    ]
    unsafe = [
        report(draft.source, f"the address {address[:60]!r} is not followed", "http or https")
        for address in (*draft.links, *draft.code, *targets)
        if is_unsafe(address)
    ]
    return entry, (*(unread if draft.date.strip(" -") and not date else []), *unsafe)


def report(source: Source, wrong: str, expected: str) -> Problem:
    """Say that something at a place could not be read as it stands."""
    return Problem(digest=source.digest, line=source.line, wrong=wrong, expected=expected)


def find_addresses(markdown: str) -> tuple[str, ...]:
    """Find the addresses in a cell or a line: link targets, and where there are none, bare URLs.

    >>> find_addresses("[Link](null), [Link](a.github.io)"), find_addresses("code: github.com/a/b")
    (('null', 'a.github.io'), ('https://github.com/a/b',))
    """
    linked = tuple(link.url for link in find_links(markdown) if not link.image)
    return linked or find_urls(markdown)


def guess_language(text: str) -> str:
    """Say ``ko`` where Hangul makes up a good share of the letters, else ``en``."""
    hangul = len(_HANGUL.findall(text))
    return "ko" if hangul and hangul >= _KOREAN_SHARE * len(_LETTER.findall(text)) else "en"


def _cut(title: str, marks: Iterable[str]) -> str:
    for mark in marks:
        title = re.split(re.escape(mark), title, maxsplit=1, flags=re.IGNORECASE)[0]
    return title.strip()


def _read_votes(text: str) -> int | None:
    match = _VOTES.search(text.replace(",", ""))
    return int(match[0]) if match else None


def _clean(printed: Iterable[str]) -> tuple[str, ...]:
    cleaned = (clean_url(address) for address in printed)
    return tuple(dict.fromkeys(url for url in cleaned if url))
