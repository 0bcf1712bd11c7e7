"""A paper of the graph -> what a citation says of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evidence import first_date
from kg.facts import Facts, kind_of
from kg.rdf.vocabulary import DCTERMS, FABIO, KG, RDF, SCHEMA, SOA

if TYPE_CHECKING:
    from collections.abc import Iterable

_ARXIV = re.compile(r"(\d{2})(\d{2})\.\d{4,5}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One author: family and given name, or, where a name cannot be parted, all of it as ``literal``."""

    literal: str = ""
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One paper: a key that stays, its title, authors (in order where known), date, arXiv id and link."""

    key: str
    title: str
    authors: tuple[Name, ...]
    year: int | None
    month: int | None
    arxiv: str
    link: str


def list_papers(facts: Facts) -> list[str]:
    """Return all papers of a graph, sorted."""
    return facts.subjects(RDF.type, KG.Paper)


def cite(facts: Facts, papers: Iterable[str]) -> list[Citation]:
    """Make the citation of each paper, in their order."""
    return [_cite(facts, paper) for paper in papers]


def _cite(facts: Facts, paper: str) -> Citation:
    arxiv = facts.value(paper, FABIO.hasArXivId) or ""
    year, month = _date(facts, paper, arxiv)
    return Citation(
        key=f"arxiv-{arxiv}" if arxiv else paper.rpartition("/")[2],
        title=_clean(facts.value(paper, DCTERMS.title) or facts.name(paper)),
        authors=tuple(_name(facts, author) for author in order_authors(facts, paper)),
        year=year,
        month=month,
        arxiv=arxiv,
        link=facts.value(paper, SCHEMA.url) or "",
    )


def _date(facts: Facts, paper: str, arxiv: str) -> tuple[int | None, int | None]:
    """Read year and month off an arXiv id, else off the first digest that brought the paper."""
    found = _ARXIV.match(arxiv)
    if found:
        return 2000 + int(found[1]), int(found[2])
    parts = [int(part) for part in first_date(facts, paper).split("-")[:2] if part]
    return (parts[0] if parts else None), (parts[1] if len(parts) > 1 else None)


def order_authors(facts: Facts, paper: str) -> list[str]:
    """Return the authors: in the order that a digest states, then the others by name."""
    places: dict[str, int] = {}
    for authorship in facts.values(paper, SOA.hasAuthorship):
        author, place = facts.value(authorship, SOA.hasAuthor), facts.value(authorship, SOA.position)
        if author and place:
            places[author] = int(place)
    authors = facts.values(paper, DCTERMS.creator)
    return sorted(authors, key=lambda a: (places.get(a, len(authors) + 1), facts.name(a), a))


def _name(facts: Facts, author: str) -> Name:
    """Part a name at its last blank; organisations, handles and names of one word stay whole."""
    name = _clean(facts.name(author))
    given, _, family = name.rpartition(" ")
    return Name(family=family, given=given) if given and kind_of(author) == "author" else Name(literal=name)


def _clean(text: str) -> str:
    """Put a text on one line, without control characters."""
    kept = (c if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else " " for c in text)
    return " ".join("".join(kept).split())
