"""Canonical keys -> the IRIs of the graph; nothing else makes an IRI of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from kg.identity import slug
from kg.rdf.prefixes import BASE

if TYPE_CHECKING:
    from kg.records import Entry

_SPAN = re.compile(rf"{BASE}mention/(.+)-(\d+)-(\d+)(?:-[a-z]\w*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def mint(kind: str, key: str) -> str:
    """Make the IRI of one thing from its kind (a folder of our namespace) and its folded key."""
    return f"{BASE}{kind}/{slug(key)}"


def mint_digest(key: str) -> str:
    """Make a digest's IRI from its key; keys that are no plain file name also carry a short hash."""
    return f"{BASE}digest/{local_name(key)}"


def local_name(text: str) -> str:
    """Turn any text into a readable local name; unequal texts stay unequal.

    >>> local_name("2025-01-23.md"), local_name("ko/2025-01-23.md")
    ('2025-01-23.md', 'ko-2025-01-23.md-bb4d00d0')
    """
    if _PLAIN.match(text):
        return text
    readable = re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-.")[:60]
    return f"{readable}-{digest_of(text, 8)}" if readable else digest_of(text, 16)


def digest_of(text: str, length: int) -> str:
    """Hash a text to that many hexadecimal digits."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:length]


def paper_key(entry: Entry) -> str:
    """Name the paper that an entry alone says it is about: its arXiv id, else its URL, else its title."""
    if entry.arxiv:
        return entry.arxiv
    if entry.url:
        parts = urlsplit(entry.url)
        host = parts.netloc.lower().removeprefix("www.")
        return local_name(f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else ""))
    return title_key(entry.title)


def title_key(title: str) -> str:
    """Name a paper of which only the title is known."""
    return local_name(" ".join(title.casefold().split()))


def mint_paper(key: str) -> str:
    """Make a paper's IRI from its key (see `paper_key`)."""
    return f"{BASE}paper/{_escape(key)}"


def mint_of_paper(kind: str, paper: str, tail: str, *, before: str = "") -> str:
    """Make the IRI of something that a paper has: its key stands before the tail, and after what precedes it.

    >>> mint_of_paper("result", "hep-th/0101001", "0a1b2c")
    'https://w3id.org/paperkg/result/hep-th%2F0101001-0a1b2c'
    """
    return f"{BASE}{kind}/{before}{_escape(paper)}-{tail}"


def mint_mention(item: str, start: int, end: int, tail: str = "") -> str:
    """Make the IRI of a span of an item; evidence spans carry a tail that tells facts of one span apart.

    >>> mint_mention("https://w3id.org/paperkg/item/2025-01-23.md-2501.12948-0", 35, 46, "-r0")
    'https://w3id.org/paperkg/mention/2025-01-23.md-2501.12948-0-35-46-r0'
    """
    return f"{item.replace('/item/', '/mention/', 1)}-{start}-{end}{tail}"


def read_mention(iri: str) -> tuple[str, int, int] | None:
    """Return item and offsets of a span from its IRI; None where the IRI is not as `mint_mention` makes it.

    >>> read_mention("https://w3id.org/paperkg/mention/2025-01-23.md-2501.12948-0-35-46-r0")
    ('https://w3id.org/paperkg/item/2025-01-23.md-2501.12948-0', 35, 46)
    """
    found = _SPAN.fullmatch(iri)
    return (f"{BASE}item/{found[1]}", int(found[2]), int(found[3])) if found else None


def read_paper(iri: str) -> str:
    """Return the key of a paper from its IRI."""
    return unquote(iri.removeprefix(f"{BASE}paper/"))


def _escape(paper: str) -> str:
    """Write a paper's key as an IRI has it: ids of before 2007 have a slash."""
    return quote(paper, safe=".-_")
