"""The ledger -> the graph that is its image, made anew or brought up to date where something was touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.identity import fold
from kg.rdf.iris import mint_digest, mint_paper
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, NIF, PROV, SOA
from kg.resolution import describe_digest, describe_node, describe_paper, label_node
from kg.resolution.authors import describe_author, identify_credits
from kg.resolution.nodes import folder_of
from kg.resolution.papers import title_of
from kg.resolution.people import settle_authors
from kg.resolution.things import FOLDERS, identify_all
from kg.store.rows import Label, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf.ntriples import Statement
    from kg.records import Credit, Observation
    from kg.store import Store

Observed = list[tuple[str, "Observation"]]

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
    if len(digests) > _REBUILD_SHARE * ledger.counts()["digests"]:
        _rebuild(store)
    else:
        settle_authors(ledger, ledger.touched("paper"))
        _update(store, digests)
    ledger.clear_touched()
    ledger.prune_findings()
    ledger.commit()
    return True


def _rebuild(store: Store) -> None:
    labels: list[Label] = []
    store.replace(_describe_all(store, labels))
    store.ledger.names.put_labels({label.node for label in labels}, labels)


def _describe_all(store: Store, labels: list[Label]) -> Iterator[Statement]:
    ledger = store.ledger
    ledger.names.forget(map(mint_paper, set(ledger.touched("paper")) - set(ledger.papers())))
    ledger.bylines.clear()
    settle_authors(ledger, ledger.papers())
    for row in ledger.digests():
        yield from describe_digest(row, _name_items(store, row.key))
    for paper in ledger.papers():
        observed, authors = _name_authors(store, paper)
        labels += _label_paper(paper, observed)
        yield from describe_paper(paper, observed, authors)
    for node in ledger.names.nodes():
        labels += label_node(node, ledger.names.namings(node))
        yield from _describe_node(store, node)


def _update(store: Store, digests: list[str]) -> None:
    """Recompute the blocks that were touched, and what they touch in turn, as one difference."""
    old: set[Statement] = set()
    new: set[Statement] = set()
    labels: list[Label] = []
    for key in digests:
        old |= store.block(_owned_by_digest(store, key))
        row = store.ledger.digest_row(key)
        if row:
            new |= set(describe_digest(row, _name_items(store, key)))
    papers = store.ledger.touched("paper")
    for paper in papers:
        old |= store.block(_owned_by_paper(store, paper))
        observed, authors = _name_authors(store, paper)
        if observed:
            labels += _label_paper(paper, observed)
            new |= set(describe_paper(paper, observed, authors))
    nodes = _with_twins(store, store.ledger.touched("node"))
    old |= store.block(_owned_by_nodes(store, nodes))
    for node in nodes:
        if store.ledger.names.has_node(node):
            labels += label_node(node, store.ledger.names.namings(node))
            new |= set(_describe_node(store, node))
    store.update(old, new)
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


def _owned_by_nodes(store: Store, nodes: Iterable[str]) -> Iterator[str]:
    """Yield the subjects that the graph holds for nodes: themselves, and the IRIs they took the place of."""
    for node in nodes:
        yield node
        yield from store.subjects(DCTERMS.isReplacedBy, node)


def _name_items(store: Store, digest: str) -> Observed:
    """Record the names that a digest's items use, and return the items with their observations."""
    observed = store.ledger.observations("digest", digest)
    for item, observation in observed:
        findings = observation.findings
        nodes = identify_all(findings)
        beats = [
            (nodes[c.better], nodes[c.worse])
            for c in findings.comparisons
            if nodes[c.better] != nodes[c.worse]
        ]
        store.ledger.names.put(item, _namings(nodes, observation), beats)
    return observed


def _namings(nodes: Iterable[str], observation: Observation) -> Iterator[Naming]:
    """Yield what an entry calls each thing: its own name first, then its other spellings."""
    plain = observation.entry.plain
    for node, entity in zip(nodes, observation.findings.entities, strict=True):
        yield Naming(node, entity.name, 0)
        if entity.english:
            yield Naming(node, entity.english, 0)
        for spelling in {*entity.aliases, *(plain[m.start : m.end] for m in entity.mentions)} - {entity.name}:
            yield Naming(node, " ".join(spelling.split()), 1)


def _name_authors(store: Store, paper: str) -> tuple[Observed, dict[str, set[Credit]]]:
    """Record the names of a paper's authors, and return its items and who its authors are."""
    observed = store.ledger.observations("paper", paper)
    authors = identify_credits([o.entry.authors for _, o in observed], store.ledger.bylines.nodes(paper))
    namings = [
        Naming(node, name, rank)
        for node, named in authors.items()
        for credit in named
        for name, rank in ((credit.name, 0), (credit.handle, _HANDLE_RANK))
        if name
    ]
    store.ledger.names.put(mint_paper(paper), namings)
    return observed, authors


def _label_paper(paper: str, observed: Observed) -> Iterator[Label]:
    title = title_of([o for _, o in observed])
    yield Label(mint_paper(paper), fold(title), title, len(observed))


def _describe_node(store: Store, node: str) -> Iterator[Statement]:
    ledger = store.ledger
    twins = [twin for twin in _twins(node) if ledger.names.has_node(twin)]
    namings = ledger.names.namings(node)
    yield from describe_node(node, namings, ledger.names.beaten_by(node), twins)
    if folder_of(node) == "author":
        yield from describe_author(node, namings, ledger.bylines.signings(node))


def _twins(node: str) -> list[str]:
    """Return the nodes of the same key and another kind, whether or not they exist."""
    folder, key = node[len(BASE) :].split("/", 1)
    if folder not in FOLDERS.values():
        return []
    return [f"{BASE}{other}/{key}" for other in sorted(FOLDERS.values()) if other != folder]


def _with_twins(store: Store, nodes: list[str]) -> list[str]:
    twins = {twin for node in nodes for twin in _twins(node) if store.ledger.names.has_node(twin)}
    return sorted({*nodes, *twins})
