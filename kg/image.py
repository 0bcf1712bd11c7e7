"""The ledger -> the graph that is its image, made anew or brought up to date where something was touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.census import block_of_catalogue, count_graph, read_census
from kg.identity import fold
from kg.rdf.iris import mint_digest, mint_paper
from kg.rdf.ntriples import iri
from kg.rdf.vocabulary import DCTERMS, NIF, PROV, RDF, SOA
from kg.records import Kind
from kg.resolution import describe_catalogue, describe_digest, describe_node, describe_paper, label_node
from kg.resolution.authors import describe_author, identify_credits
from kg.resolution.identification import identify_all, identify_touched
from kg.resolution.nodes import Ties, find_families, folder_of
from kg.resolution.papers import title_of
from kg.resolution.people import settle_authors
from kg.resolution.things import Item, mint_thing, mint_things, read_thing
from kg.resolution.titles import settle_papers
from kg.store.rows import Label, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf.ntriples import Statement
    from kg.records import Credit, Observation
    from kg.store import Store

_HANDLE_RANK = 2
"""A handle is the last choice for an author's name."""

_REBUILD_SHARE = 0.2
"""From this share of touched digests on, loading the whole graph anew is faster than changing it."""


def refresh(store: Store) -> bool:
    """Bring the graph up to date with the ledger.

    Returns:
        True when anything had to be recomputed.
    """
    ledger = store.ledger
    digests = ledger.touched("digest")
    if not (digests or ledger.touched("paper") or ledger.touched("node")):
        return False
    settle_papers(ledger, lambda paper: paper)
    digests = ledger.touched("digest")
    if len(digests) > _REBUILD_SHARE * ledger.counts()["digests"]:
        _rebuild(store)
    else:
        settle_authors(ledger, ledger.touched("paper"))
        identify_touched(ledger)
        _update(store)
    ledger.clear_touched()
    ledger.prune_findings()
    ledger.commit()
    return True


def _rebuild(store: Store) -> None:
    labels: list[Label] = []
    store.replace(_describe_all(store, labels))
    store.update(set(), set(describe_catalogue(count_graph(store))))
    store.ledger.names.put_labels({label.node for label in labels}, labels)


def _describe_all(store: Store, labels: list[Label]) -> Iterator[Statement]:
    ledger = store.ledger
    ledger.names.forget(map(mint_paper, set(ledger.touched("paper")) - set(ledger.shelf.papers())))
    ledger.bylines.clear()
    settle_authors(ledger, ledger.shelf.papers())
    identify_all(ledger)
    for row in ledger.digests():
        yield from describe_digest(row, _name_items(store, row.key))
    for paper in ledger.shelf.papers():
        items, authors = _name_authors(store, paper)
        labels += _label_paper(paper, items)
        yield from describe_paper(paper, items, authors, _replaced_keys(store, paper))
    for node in ledger.names.nodes():
        labels += label_node(node, ledger.names.namings(node))
        yield from _describe_node(store, node)


def _update(store: Store) -> None:
    """Recompute the blocks that were touched, and what they touch in turn, as one difference."""
    old: set[Statement] = set()
    new: set[Statement] = set()
    labels: list[Label] = []
    for key in store.ledger.touched("digest"):
        old |= store.block(_owned_by_digest(store, key))
        row = store.ledger.digest_row(key)
        if row:
            new |= set(describe_digest(row, _name_items(store, key)))
    papers = store.ledger.touched("paper")
    for paper in papers:
        old |= _block_of_nodes(store, _owned_by_paper(store, paper))
        items, authors = _name_authors(store, paper)
        if items:
            labels += _label_paper(paper, items)
            new |= set(describe_paper(paper, items, authors, _replaced_keys(store, paper)))
    nodes = _with_kin(store, store.ledger.touched("node"))
    old |= _block_of_nodes(store, nodes)
    for node in nodes:
        if store.ledger.names.has_node(node):
            labels += label_node(node, store.ledger.names.namings(node))
            new |= set(_describe_node(store, node))
    census = read_census(store).change(old - new, new - old)
    store.update(old | block_of_catalogue(store), new | set(describe_catalogue(census)))
    store.ledger.names.put_labels({*nodes, *map(mint_paper, papers)}, labels)


def _owned_by_digest(store: Store, key: str) -> Iterator[str]:
    """Yield the subjects that the graph holds for a digest: itself, its items, mentions and extractions."""
    digest = mint_digest(key)
    yield digest
    yield from store.subjects(PROV.used, digest)
    for item in store.subjects(DCTERMS.isPartOf, digest):
        yield item
        yield from store.subjects(NIF.referenceContext, item)


def _owned_by_paper(store: Store, key: str) -> Iterator[str]:
    """Yield the subjects that the graph holds for a paper: itself, its claims and authorships."""
    paper = mint_paper(key)
    yield paper
    yield from store.subjects(PROV.hadPrimarySource, paper)
    yield from store.objects(paper, SOA.hasAuthorship)


def _block_of_nodes(store: Store, nodes: Iterable[str]) -> set[Statement]:
    """Return what the graph holds of nodes: all about them, and of which IRIs they took the place."""
    nodes, replaced = list(nodes), iri(DCTERMS.isReplacedBy)
    about = {statement for statement in store.block(nodes) if statement[1] != replaced}
    gone = {
        (iri(old), replaced, iri(new)) for new in nodes for old in store.subjects(DCTERMS.isReplacedBy, new)
    }
    return about | gone


def _replaced_keys(store: Store, paper: str) -> list[str]:
    return [stem for stem in store.ledger.shelf.stems(paper) if stem != paper]


def _read_items(store: Store, scope: str, key: str) -> list[Item]:
    """Read the items of one digest or one paper, with the node that each of their entities is."""
    observed = store.ledger.observations(scope, key)
    keys = store.ledger.glossary.keys
    return [Item(item, paper, seen, mint_things(keys(item))) for item, paper, seen in observed]


def _name_items(store: Store, digest: str) -> list[Item]:
    """Record the names that a digest's items use, and return the items."""
    items = _read_items(store, "digest", digest)
    for item, _, observation, nodes in items:
        beats = [
            (nodes[c.better], nodes[c.worse])
            for c in observation.findings.comparisons
            if nodes[c.better] != nodes[c.worse]
        ]
        store.ledger.names.put(item, _namings(nodes, observation), beats)
    return items


def _namings(nodes: Iterable[str], observation: Observation) -> Iterator[Naming]:
    """Yield what an entry calls each thing: its own name first, then its other spellings."""
    plain = observation.entry.plain
    for node, entity in zip(nodes, observation.findings.entities, strict=True):
        yield Naming(node, entity.name, 0)
        if entity.english:
            yield Naming(node, entity.english, 0)
        for spelling in {*entity.aliases, *(plain[m.start : m.end] for m in entity.mentions)} - {entity.name}:
            yield Naming(node, " ".join(spelling.split()), 1)


def _name_authors(store: Store, paper: str) -> tuple[list[Item], dict[str, set[Credit]]]:
    """Record the names of a paper's authors, and return its items and who its authors are."""
    items = _read_items(store, "paper", paper)
    authors = identify_credits(
        [i.observation.entry.authors for i in items], store.ledger.bylines.nodes(paper)
    )
    namings = [
        Naming(node, name, rank)
        for node, named in authors.items()
        for credit in named
        for name, rank in ((credit.name, 0), (credit.handle, _HANDLE_RANK))
        if name
    ]
    store.ledger.names.put(mint_paper(paper), namings)
    return items, authors


def _label_paper(paper: str, items: list[Item]) -> Iterator[Label]:
    title = title_of([item.observation for item in items])
    yield Label(mint_paper(paper), fold(title), title, len(items))


def _describe_node(store: Store, node: str) -> Iterator[Statement]:
    names = store.ledger.names
    namings = names.namings(node)
    ties = Ties(
        beaten=names.beaten_by(node),
        twins=[twin for twin in _twins(node) if names.has_node(twin)],
        family=next((f for f in find_families(node, namings) if names.has_node(f)), None),
        replaced=[gone for gone in _predecessors(store, node) if not names.has_node(gone)],
    )
    yield from describe_node(node, namings, ties)
    if folder_of(node) == "author":
        yield from describe_author(node, namings, store.ledger.bylines.signings(node))


def _has_variants(node: str) -> bool:
    thing = read_thing(node)
    return thing is not None and thing[0] in (Kind.MODEL, Kind.BENCHMARK)


def _twins(node: str) -> list[str]:
    """Return the nodes of the same key and another kind, whether or not they exist."""
    thing = read_thing(node)
    return sorted(mint_thing(kind, thing[1]) for kind in Kind if kind is not thing[0]) if thing else []


def _predecessors(store: Store, node: str) -> list[str]:
    """Return the IRIs that things would have had which turned out to be this one."""
    thing = read_thing(node)
    return [mint_thing(thing[0], own) for own in store.ledger.glossary.predecessors(*thing)] if thing else []


def _successors(store: Store, node: str) -> list[str]:
    """Return the nodes that things turned out to be which would have had this IRI."""
    thing = read_thing(node)
    return [mint_thing(thing[0], key) for key in store.ledger.glossary.successors(*thing)] if thing else []


def _with_kin(store: Store, touched: list[str]) -> list[str]:
    """Add to touched nodes those whose statements a coming or going of these changes."""
    names = store.ledger.names
    kin: set[str] = set(touched)
    for node in touched:
        if bool(store.objects(node, RDF.type)) != names.has_node(node):
            kin.update(twin for twin in _twins(node) if names.has_node(twin))
            kin.update(_successors(store, node))
            if _has_variants(node):
                kin.update(names.nodes_below(node))
    return sorted(kin)
