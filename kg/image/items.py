"""The ledger under the decisions of readers -> the entries of a digest or paper, and the names they use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.curation.amendments import amend
from kg.rdf.iris import mint_paper
from kg.resolution.authors import identify_credits
from kg.resolution.sifting import sift
from kg.resolution.things import Item, mint_things
from kg.store.rows import Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.curation import Curation
    from kg.records import Credit, Observation
    from kg.store import Store

LEAST = "least"
"""Under this name the ledger keeps how sure a fact must be to come into the graph, 0 to 1."""

_DECIDED_RANK = -1
"""A name that a reader decided comes before all that digests print."""

_HANDLE_RANK = 2
"""A handle is the last choice for an author's name."""


class Sources(NamedTuple):
    """All that the graph is made of: what digests say, what readers decided, how sure a fact must be."""

    store: Store
    curation: Curation
    least: float


def read_items(sources: Sources, scope: str, key: str) -> list[Item]:
    """Read the entries of one digest or one paper, with the node that each of their entities is."""
    ledger = sources.store.ledger
    items = (
        Item(item, paper, seen, mint_things(ledger.glossary.keys(item)))
        for item, paper, seen in ledger.observations(scope, key)
    )
    return [sift(amend(item, sources.curation), sources.least) for item in items]


def name_items(sources: Sources, digest: str) -> list[Item]:
    """Record the names that a digest's entries use, and return the entries."""
    items = read_items(sources, "digest", digest)
    for item, _, observation, nodes in items:
        beats = [
            (nodes[c.better], nodes[c.worse])
            for c in observation.findings.comparisons
            if nodes[c.better] != nodes[c.worse]
        ]
        namings = [*_name_things(nodes, observation), *_rename(nodes, sources.curation)]
        sources.store.ledger.names.put(item, namings, beats)
    return items


def _name_things(nodes: Iterable[str], observation: Observation) -> Iterator[Naming]:
    """Yield what an entry calls each thing: its own name first, then its other spellings."""
    plain = observation.entry.plain
    for node, entity in zip(nodes, observation.findings.entities, strict=True):
        yield Naming(node, entity.name, 0)
        if entity.english:
            yield Naming(node, entity.english, 0)
        for spelling in {*entity.aliases, *(plain[m.start : m.end] for m in entity.mentions)} - {entity.name}:
            yield Naming(node, " ".join(spelling.split()), 1)


def _rename(nodes: Iterable[str], curation: Curation) -> Iterator[Naming]:
    """Yield the names that readers decided for nodes."""
    for node in nodes:
        if node in curation.names:
            yield Naming(node, curation.names[node], _DECIDED_RANK)


def name_authors(sources: Sources, paper: str) -> tuple[list[Item], dict[str, set[Credit]]]:
    """Record the names of a paper's authors, and return its entries and who its authors are."""
    items = read_items(sources, "paper", paper)
    authors = _find_authors(sources, paper, items)
    namings = [
        Naming(node, name, rank)
        for node, named in authors.items()
        for credit in named
        for name, rank in ((credit.name, 0), (credit.handle, _HANDLE_RANK))
        if name
    ]
    namings += _rename(authors, sources.curation)
    sources.store.ledger.names.put(mint_paper(paper), namings)
    return items, authors


def _find_authors(sources: Sources, paper: str, items: list[Item]) -> dict[str, set[Credit]]:
    """Find who wrote a paper, as readers decided it."""
    curation = sources.curation
    lists = [item.observation.entry.authors for item in items]
    found = identify_credits(lists, sources.store.ledger.bylines.nodes(paper))
    authors: dict[str, set[Credit]] = {}
    for node, named in found.items():
        placed = curation.place(node, mint_paper(paper))
        if placed not in curation.rejected:
            authors.setdefault(placed, set()).update(named)
    return authors
