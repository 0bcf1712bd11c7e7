"""A page of the arXiv interface (Atom) -> records in the shape of the daily papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from kg.errors import FetchError
from kg.text.links import parse_arxiv

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


@dataclass(frozen=True, slots=True)
class Feed:
    """One page: its records, and how many there are on all pages."""

    records: list[dict[str, Any]]
    total: int


def read_feed(text: str, address: str) -> Feed:
    """Read a page.

    Args:
        text: the Atom feed.
        address: where it comes from, for the message when it is none.

    Raises:
        FetchError: it is no feed, declares entities, or reports an error of the server.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FetchError(f"{address}: the answer declares a document type; expected a plain Atom feed")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as error:
        raise FetchError(f"{address}: the answer is not XML ({error}); expected an Atom feed") from None
    if root.tag != f"{_ATOM}feed":
        raise FetchError(f"{address}: the answer is {root.tag!r}; expected an Atom feed")
    records = [record for entry in root.iter(f"{_ATOM}entry") if (record := _read_entry(entry, address))]
    total = root.findtext(_TOTAL) or ""
    return Feed(records, int(total) if total.strip().isdigit() else len(records))


def _read_entry(entry: ET.Element, address: str) -> dict[str, Any] | None:
    """Read one paper; an entry without an arXiv id is the server's error message."""
    place = _text(entry, "id")
    found = parse_arxiv(place)
    if found is None:
        raise FetchError(f"{address}: {_text(entry, 'summary') or place}")
    names = [_text(author, "name") for author in entry.iter(f"{_ATOM}author")]
    published = _text(entry, "published")
    paper = {
        "id": found[0],
        "title": _text(entry, "title"),
        "summary": _text(entry, "summary"),
        "authors": [{"name": name} for name in names if name],
        "publishedAt": published,
    }
    return {"paper": paper, "publishedAt": published, "title": paper["title"]}


def _text(element: ET.Element, name: str) -> str:
    return " ".join((element.findtext(f"{_ATOM}{name}") or "").split())
