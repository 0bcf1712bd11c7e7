"""The graph as it is -> the statements in it that belong to one digest, one paper or some nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.iris import mint_digest, mint_paper
from kg.rdf.ntriples import iri
from kg.rdf.vocabulary import DCTERMS, NIF, PROV, SOA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf.ntriples import Statement
    from kg.store import Store


def block_of_digest(store: Store, key: str) -> set[Statement]:
    """Return what the graph holds of a digest: of itself, its items, their mentions and its extractions."""
    return store.block(_owned_by_digest(store, mint_digest(key)))


def block_of_entry(store: Store, item: str) -> set[Statement]:
    """Return what the graph holds of an entry of a digest: of itself and its mentions."""
    return store.block(_owned_by_item(store, item))


def _owned_by_digest(store: Store, digest: str) -> Iterator[str]:
    yield digest
    yield from store.subjects(PROV.used, digest)
    for item in store.subjects(DCTERMS.isPartOf, digest):
        yield from _owned_by_item(store, item)


def _owned_by_item(store: Store, item: str) -> Iterator[str]:
    yield item
    yield from store.subjects(NIF.referenceContext, item)


def block_of_paper(store: Store, key: str) -> set[Statement]:
    """Return what the graph holds of a paper: of itself, its claims and authorships, and what it replaced."""
    paper = mint_paper(key)
    owned = [*store.subjects(PROV.hadPrimarySource, paper), *store.objects(paper, SOA.hasAuthorship)]
    return block_of_nodes(store, [paper]) | store.block(owned)


def block_of_nodes(store: Store, nodes: Iterable[str]) -> set[Statement]:
    """Return what the graph holds of nodes: all about them, and of which IRIs they took the place."""
    nodes, replaced = list(nodes), iri(DCTERMS.isReplacedBy)
    about = {statement for statement in store.block(nodes) if statement[1] != replaced}
    gone = {
        (iri(old), replaced, iri(new)) for new in nodes for old in store.subjects(DCTERMS.isReplacedBy, new)
    }
    return about | gone
