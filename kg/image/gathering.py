"""A digest, a paper or a node -> its portion: all in the ledger that its part of the graph depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.image.portions import DigestPortion, EntryPortion, NodePortion, PaperPortion
from kg.rdf.iris import mint_paper
from kg.rdf.vocabulary import RDF
from kg.records import Kind
from kg.resolution.nodes import Ties, find_families, folder_of
from kg.resolution.things import mint_thing, read_thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.curation import Curation
    from kg.image.items import View
    from kg.store import Store
    from kg.store.bylines import Signing
    from kg.store.rows import DigestRow


class Sources(NamedTuple):
    """All that the graph is made of: what digests say, and how that is to be seen."""

    store: Store
    view: View

    @property
    def curation(self) -> Curation:
        """What readers decided."""
        return self.view.curation


def gather_digest(sources: Sources, row: DigestRow) -> DigestPortion:
    """Take a digest and its entries from the ledger."""
    return DigestPortion(row, sources.store.ledger.item_rows("digest", row.key))


def gather_entry(sources: Sources, digest: str, item: str) -> EntryPortion:
    """Take one entry of a digest from the ledger."""
    ledger = sources.store.ledger
    row = ledger.digest_row(digest)
    assert row is not None  # whoever drops a digest drops its entries
    return EntryPortion(row, *ledger.item_rows("item", item))


def gather_paper(sources: Sources, key: str) -> PaperPortion:
    """Take a paper from the ledger, whether or not any entry is about it still."""
    ledger = sources.store.ledger
    items, people = ledger.item_rows("paper", key), ledger.bylines.nodes(key)
    return PaperPortion(key, items, people, ledger.shelf.replaced(key))


def gather_node(sources: Sources, node: str) -> NodePortion:
    """Take one thing or author that has a name from the ledger."""
    names = sources.store.ledger.names
    namings = names.namings(node)
    ties = Ties(
        sayings=names.sayings(node),
        twins=[twin for twin in _twins(node) if names.has_node(twin)],
        family=next((f for f in find_families(node, namings) if names.has_node(f)), None),
        replaced=[gone for gone in _predecessors(sources, node) if not names.has_node(gone)],
    )
    return NodePortion(node, namings, ties, _signings(sources, node) if folder_of(node) == "author" else [])


def with_kin(sources: Sources, touched: Iterable[str]) -> list[str]:
    """Give the nodes to be described again: the touched ones, and those whose statements these change."""
    store, curation = sources.store, sources.curation
    names = store.ledger.names
    placed = {place for node in touched for place in (node, *curation.places(node))}
    kin = set(placed)
    for node in placed:
        if bool(store.objects(node, RDF.type)) != names.has_node(node):
            kin.update(twin for twin in _twins(node) if names.has_node(twin))
            kin.update(place for heir in _successors(sources, node) for place in curation.places(heir))
            if _has_variants(node):
                kin.update(names.nodes_below(node))
    return sorted(kin)


def _signings(sources: Sources, node: str) -> list[Signing]:
    """Return the people of papers that are an author, as readers decided it."""
    return [
        signing
        for source in sorted(sources.curation.sources(node))
        for signing in sources.store.ledger.bylines.signings(source)
        if sources.curation.place(source, mint_paper(signing.paper)) == node
    ]


def _has_variants(node: str) -> bool:
    thing = read_thing(node)
    return thing is not None and thing[0] in (Kind.MODEL, Kind.BENCHMARK)


def _twins(node: str) -> list[str]:
    """Return the nodes of the same key and another kind, whether or not they exist."""
    thing = read_thing(node)
    return sorted(mint_thing(kind, thing[1]) for kind in Kind if kind is not thing[0]) if thing else []


def _predecessors(sources: Sources, node: str) -> list[str]:
    """Return the IRIs that things would have had which turned out, or were decided, to be this one."""
    found = sources.curation.replaced(node)
    for each in (node, *found):
        if thing := read_thing(each):
            owns = sources.store.ledger.glossary.predecessors(*thing)
            found |= {mint_thing(thing[0], own) for own in owns}
    return sorted(found - {node})


def _successors(sources: Sources, node: str) -> list[str]:
    """Return the nodes that things turned out to be which would have had this IRI."""
    thing = read_thing(node)
    glossary = sources.store.ledger.glossary
    return [mint_thing(thing[0], key) for key in glossary.successors(*thing)] if thing else []
