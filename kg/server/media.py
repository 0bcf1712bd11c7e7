"""The ``Accept`` header of a request -> the media type of the reply, of those that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media type -> the format of the answer to SELECT or ASK; the first is sent to who takes anything."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "text/plain": "nt",
}
"""Media type -> the format of a graph."""

SUFFIXES: Mapping[str, str] = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
"""The ending of an address -> the media type that it asks for, whatever is accepted."""

_MOST = 64  # parts of a header that are looked at


class _Range(NamedTuple):
    kind: str
    subtype: str
    quality: float


def choose(header: str, offers: Sequence[str]) -> str | None:
    """Choose the offer that a client likes best, the first of several; None where it takes none.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> choose("", ["text/csv"]), choose("image/png", ["text/csv"])
    ('text/csv', None)
    """
    ranges = _read(header or "*/*")
    best = max(offers, key=lambda offer: _rate(offer, ranges))  # max keeps the first of equals
    return best if _rate(best, ranges) > 0 else None


def _read(header: str) -> list[_Range]:
    ranges = []
    for part in header.split(",", _MOST)[:_MOST]:
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        kind, _, subtype = media.partition("/")
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        ranges.append(_Range(kind, subtype, _number(quality)))
    return ranges


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return min(max(number, 0.0), 1.0) if number == number else 0.0


def _rate(offer: str, ranges: Sequence[_Range]) -> float:
    """Return the quality of the narrowest range that an offer is in."""
    kind, _, subtype = offer.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        found = [r.quality for r in ranges if (r.kind, r.subtype) == wanted]
        if found:
            return max(found)
    return 0.0


def with_charset(media: str) -> str:
    """Say that a text is UTF-8, where its type does not imply it."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
