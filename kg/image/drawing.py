"""What was touched in the ledger -> the graph changed there, or drawn anew where much was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.census import Tally, block_of_catalogue, count_graph, read_census
from kg.curation import Curation, parse_decisions, write_decision
from kg.curation.succession import follow
from kg.identity import fold
from kg.image.blocks import block_of_digest, block_of_nodes, block_of_paper
from kg.image.items import LEAST, Sources, name_authors, name_items
from kg.image.ties import describe_tied, with_kin
from kg.rdf.iris import mint_paper
from kg.resolution import describe_catalogue, describe_digest, describe_paper, label_node
from kg.resolution.identification import identify_all, identify_touched
from kg.resolution.papers import title_of
from kg.resolution.people import settle_authors
from kg.resolution.titles import settle_papers
from kg.store.rows import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.ntriples import Statement
    from kg.resolution.catalogue import Census
    from kg.resolution.things import Item
    from kg.store import Store

_HEIRS = "heirs"
"""Under this name the ledger keeps the decisions about people who are other nodes now."""

_REBUILD_SHARE = 0.2
"""From this share of touched digests on, loading the whole graph anew is faster than changing it."""


def refresh(store: Store) -> bool:
    """Bring the graph up to date with the ledger, durably.

    Returns:
        True when anything had to be recomputed.
    """
    ledger = store.ledger
    if not any(ledger.touched(scope) for scope in ("digest", "paper", "node")):
        return False
    curation = Curation(parse_decisions(ledger.meta("curation"), "curation"))
    sources = Sources(store, curation, float(ledger.meta(LEAST, "0")))
    settle_papers(ledger, sources.curation.place_paper)
    if len(ledger.touched("digest")) > _REBUILD_SHARE * ledger.counts()["digests"]:
        _rebuild(sources)
    else:
        settle_authors(ledger, ledger.touched("paper"))
        identify_touched(ledger)
        followed = _follow(sources)
        if _note_heirs(followed):
            _rebuild(sources)
        else:
            _update(followed)
    ledger.prune_findings()
    ledger.clear_touched()
    store.commit()
    return True


def _follow(sources: Sources) -> Sources:
    """Let decisions about people hold for the nodes that these people are now."""
    decisions = follow(sources.curation.decisions, sources.store.ledger.bylines)
    return sources._replace(curation=Curation(decisions))


def _note_heirs(sources: Sources) -> bool:
    """Note which decisions are about another node than their line says; return whether that is news.

    It is rare, and touches all that the nodes of old have to do with.
    """
    ledger = sources.store.ledger
    said = set(parse_decisions(ledger.meta("curation"), "curation"))
    moved = "".join(f"{write_decision(d)}\n" for d in sources.curation.decisions if d not in said)
    news = ledger.meta(_HEIRS) != moved
    ledger.set_meta(_HEIRS, moved)
    return news


def _rebuild(sources: Sources) -> None:
    store = sources.store
    labels: list[Label] = []
    tally = Tally()
    store.ledger.names.clear()
    store.replace(tally.watch(_describe_all(sources, labels)))
    once = tally.census.properties.total() == len(store.graph)  # else a thing was said twice, and stands once
    _change(store, set(), set(), tally.census if once else count_graph(store))
    store.ledger.names.put_labels({label.node for label in labels}, labels)


def _change(store: Store, old: set[Statement], new: set[Statement], census: Census) -> None:
    """Change the graph, and what it says of itself; note how many facts it then has."""
    catalogue = set(describe_catalogue(census))
    store.update(old | block_of_catalogue(store), new | catalogue)
    store.note_size(census.properties.total() + len(catalogue))


def _describe_all(sources: Sources, labels: list[Label]) -> Iterator[Statement]:
    ledger = sources.store.ledger
    ledger.bylines.clear()
    settle_authors(ledger, ledger.shelf.papers())
    identify_all(ledger)
    sources = _follow(sources)
    _note_heirs(sources)
    for row in ledger.digests():
        yield from describe_digest(row, name_items(sources, row.key))
    for paper in ledger.shelf.papers():
        items, authors = name_authors(sources, paper)
        labels += _label_paper(paper, items)
        yield from describe_paper(paper, items, authors, ledger.shelf.replaced(paper))
    for node in ledger.names.nodes():
        labels += label_node(node, ledger.names.namings(node))
        yield from describe_tied(sources, node)


def _update(sources: Sources) -> None:
    """Recompute the blocks that were touched, and what they touch in turn, as one difference."""
    store, ledger = sources.store, sources.store.ledger
    old: set[Statement] = set()
    new: set[Statement] = set()
    labels: list[Label] = []
    for key in ledger.touched("digest"):
        old |= block_of_digest(store, key)
        row = ledger.digest_row(key)
        if row:
            new |= set(describe_digest(row, name_items(sources, key)))
    papers = ledger.touched("paper")
    for paper in papers:
        old |= block_of_paper(store, paper)
        items, authors = name_authors(sources, paper)
        if items:
            labels += _label_paper(paper, items)
            new |= set(describe_paper(paper, items, authors, ledger.shelf.replaced(paper)))
    nodes = with_kin(sources, ledger.touched("node"))
    old |= block_of_nodes(store, nodes)
    for node in nodes:
        if ledger.names.has_node(node):
            labels += label_node(node, ledger.names.namings(node))
            new |= set(describe_tied(sources, node))
    _change(store, old, new, read_census(store).change(old - new, new - old))
    ledger.names.put_labels({*nodes, *map(mint_paper, papers)}, labels)


def _label_paper(paper: str, items: list[Item]) -> Iterator[Label]:
    title = title_of([item.observation for item in items])
    yield Label(mint_paper(paper), fold(title), title, len(items))
