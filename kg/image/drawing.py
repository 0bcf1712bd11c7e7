"""What was touched in the ledger -> the graph changed there, or drawn anew where much was."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from kg.census import block_of_catalogue, count_graph, read_census
from kg.curation import Curation, parse_decisions, write_decision
from kg.curation.succession import follow
from kg.image.blocks import block_of_digest, block_of_entry, block_of_nodes, block_of_paper
from kg.image.gathering import Sources, gather_digest, gather_entry, gather_node, gather_paper, with_kin
from kg.image.items import View
from kg.image.portions import write_batch
from kg.rdf.iris import mint_paper
from kg.rdf.ntriples import iri
from kg.rdf.vocabulary import PROV
from kg.resolution import Census, describe_catalogue
from kg.resolution.identification import identify_all, identify_touched
from kg.resolution.people import settle_authors
from kg.resolution.titles import settle_papers
from kg.workforce import ALONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.image.items import Usage
    from kg.image.portions import Portion
    from kg.rdf.ntriples import Statement
    from kg.store import Store
    from kg.store.ledger import Ledger
    from kg.store.rows import Label
    from kg.workforce import Workforce

LEAST = "least"
"""Under this name the ledger keeps how sure a fact must be to come into the graph, 0 to 1."""

_HEIRS = "heirs"
"""Under this name the ledger keeps the decisions about people who are other nodes now."""

_REBUILD_SHARE = 0.2
"""From this share of touched digests on, loading the whole graph anew is faster than changing it."""

_ITEMS, _NAMES = 300, 3000
"""So many items of digests or papers, or names of nodes, make a batch of some ten thousand statements."""


def refresh(store: Store, workforce: Workforce = ALONE) -> bool:
    """Bring the graph up to date with the ledger, durably.

    Args:
        store: opened for writing.
        workforce: who describes it where all of it is drawn anew.

    Returns:
        True when anything had to be recomputed.
    """
    ledger = store.ledger
    if not any(ledger.notes.touched(scope) for scope in ("digest", "paper", "node")):
        return False
    curation = Curation(parse_decisions(ledger.meta("curation"), "curation"))
    sources = Sources(store, View(curation, float(ledger.meta(LEAST, "0"))))
    settle_papers(ledger, sources.curation.place_paper)
    if len(ledger.notes.touched("digest")) > _REBUILD_SHARE * ledger.counts()["digests"]:
        _rebuild(sources, workforce)
    else:
        settle_authors(ledger, ledger.notes.touched("paper"))
        identify_touched(ledger)
        followed = _follow(sources)
        if _note_heirs(followed):
            _rebuild(sources, workforce)
        else:
            _update(followed)
    ledger.archive.prune()
    ledger.notes.clear()
    store.commit()
    return True


def _follow(sources: Sources) -> Sources:
    """Let decisions about people hold for the nodes that these people are now."""
    decisions = follow(sources.curation.decisions, sources.store.ledger.bylines)
    return sources._replace(view=sources.view._replace(curation=Curation(decisions)))


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


def _rebuild(sources: Sources, workforce: Workforce) -> None:
    store, ledger = sources.store, sources.store.ledger
    ledger.names.clear()
    ledger.bylines.clear()
    settle_authors(ledger, ledger.shelf.papers())
    identify_all(ledger)
    sources = _follow(sources)
    _note_heirs(sources)
    census = Census(Counter(), Counter())
    store.replace(_draw(sources, workforce, census), beside=not workforce.is_here)
    once = census.properties.total() == len(store.graph)  # else a thing was said twice, and stands once
    _change(store, set(), set(), census if once else count_graph(store))


def _draw(sources: Sources, workforce: Workforce, census: Census) -> Iterator[bytes]:
    """Yield the graph batch by batch, and take down the names that it uses."""
    names = sources.store.ledger.names
    work = partial(write_batch, view=sources.view)
    for hands, portions in _gather_all(sources, workforce):
        for _, batch in hands.map(work, portions):
            _put_usages(sources.store.ledger, batch.usages)
            names.put_labels((), batch.labels)
            census.add(batch.census)
            yield batch.triples
            del batch, _  # they may be large: they go before the next ones come


def _gather_all(
    sources: Sources, workforce: Workforce
) -> Iterator[tuple[Workforce, Iterator[tuple[Portion, ...]]]]:
    """Yield all digests, all papers, then all nodes, since these are what digests and papers name.

    A node takes longer to send than to describe, so that this is done here.
    """
    ledger = sources.store.ledger
    yield workforce, _bundle((gather_digest(sources, row) for row in list(ledger.digests())), _ITEMS)
    yield workforce, _bundle((gather_paper(sources, paper) for paper in ledger.shelf.papers()), _ITEMS)
    yield ALONE, _bundle((gather_node(sources, node) for node in ledger.names.nodes()), _NAMES)


def _bundle(portions: Iterable[Portion], most: int) -> Iterator[tuple[Portion, ...]]:
    """Put portions together until they are large enough."""
    coming = iter(portions)
    while bundle := tuple(_take(coming, most)):
        yield bundle
        del bundle  # as above


def _take(coming: Iterator[Portion], most: int) -> Iterator[Portion]:
    """Yield portions up to the one with which there are enough."""
    size = 0
    while size < most and (portion := next(coming, None)) is not None:
        size += len(portion)
        yield portion


def _put_usages(ledger: Ledger, usages: Iterable[Usage]) -> None:
    for usage in usages:
        ledger.names.put(usage.owner, usage.namings, usage.sayings)


def _update(sources: Sources) -> None:
    """Recompute the blocks that were touched, and what they touch in turn, as one difference."""
    store, ledger = sources.store, sources.store.ledger
    difference = _Difference(sources)
    digests = set(ledger.notes.touched("digest"))
    for key, item in ledger.notes.touched_items():
        gone = block_of_entry(store, item)
        come = difference.redo(gone, [gather_entry(sources, key, item)])
        if _makers(gone) != _makers(come):
            digests.add(key)
    for key in sorted(digests):
        row = ledger.digest_row(key)
        difference.redo(block_of_digest(store, key), [gather_digest(sources, row)] if row else [])
    papers = ledger.notes.touched("paper")
    for paper in papers:
        difference.redo(block_of_paper(store, paper), [gather_paper(sources, paper)])
    nodes = with_kin(sources, ledger.notes.touched("node"))
    named = (gather_node(sources, node) for node in nodes if ledger.names.has_node(node))
    difference.redo(block_of_nodes(store, nodes), named)
    gone, come = difference.old - difference.new, difference.new - difference.old
    _change(store, gone, come, read_census(store).change(gone, come))
    ledger.names.put_labels({*nodes, *map(mint_paper, papers)}, difference.labels)


class _Difference(msgspec.Struct):
    """What the graph said, and what it is to say, of all that is described again."""

    sources: Sources
    old: set[Statement] = msgspec.field(default_factory=set)
    new: set[Statement] = msgspec.field(default_factory=set)
    labels: list[Label] = msgspec.field(default_factory=list)

    def redo(self, block: set[Statement], portions: Iterable[Portion]) -> set[Statement]:
        """Describe what has this block in the graph; return what is now said of it."""
        said: set[Statement] = set()
        for portion in portions:
            part = portion.describe(self.sources.view)
            said.update(part.statements)
            self.labels.extend(part.labels)
            _put_usages(self.sources.store.ledger, part.usages)
        self.old |= block
        self.new |= said
        return said


def _makers(block: set[Statement]) -> set[str]:
    """Return what made the mentions of an entry; where that is not the same as before, its digest is not."""
    made = iri(PROV.wasGeneratedBy)
    return {maker for _, said, maker in block if said == made}


def _change(store: Store, old: set[Statement], new: set[Statement], census: Census) -> None:
    """Change the graph, and what it says of itself; note how many facts it then has."""
    catalogue = set(describe_catalogue(census))
    store.update(old | block_of_catalogue(store), new | catalogue)
    store.note_size(census.properties.total() + len(catalogue))
