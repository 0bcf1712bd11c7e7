"""The facts -> the nodes and edges of a page: the latest papers and what ties them, or a neighbourhood."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evidence import first_date
from kg.rdf.vocabulary import KG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.facts import Facts
    from kg.network import Edge, Node
    from kg.view.snapshot import Snapshot

DRAWN = 220
"""So many nodes are drawn at first: as many as a person takes in, far fewer than a browser minds."""

_PAPERS = 120
"""So many papers an overview draws, the latest ones that share something if there are more."""

_AUTHORS = 12
"""So many authors are drawn around a node; some papers have two hundred."""

_SLOTS = (KG.system, KG.benchmark, KG.metric, KG.impliedMetric)

_TYING = ("model", "method", "benchmark", "dataset", "task")
_MENTIONS = "kg:mentions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a page holds.

    ``nodes`` are all it knows, in the order of an export (papers first, then authors); ``drawn`` the IRIs of
    those on the canvas at first, the others are found by its search;
    ``around`` the nodes it was made for, none for an overview; ``total`` counts the nodes of the whole graph.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    drawn: frozenset[str]
    around: tuple[str, ...]
    total: int


def select_overview(facts: Snapshot) -> Selection:
    """Select everything, and draw the latest papers and the entities that tie at least two of them."""
    nodes = facts.nodes
    edges = drop_repeats(facts.edges)
    kinds = {node.iri: node.kind for node in nodes}
    papers = _latest(facts, [node.iri for node in nodes if node.kind == "paper"])
    if len(papers) > _PAPERS:
        papers = _drop_lone(papers[: 2 * _PAPERS], kinds, edges)[:_PAPERS]
    ties = _find_ties(set(papers), kinds, edges)
    return Selection(
        nodes=tuple(nodes),
        edges=tuple(edges),
        drawn=frozenset([*papers, *ties][:DRAWN]),
        around=(),
        total=len(nodes),
    )


def select_around(facts: Snapshot, around: Sequence[str], depth: int = 1) -> Selection:
    """Select some nodes and all that is at most so many steps away; draw the nearest.

    What the results of these papers speak of is known as well, or their tables would have gaps.

    Args:
        facts: the graph.
        around: IRIs of papers, entities or authors.
        depth: how many relations may lie between them and another node.
    """
    nodes = facts.nodes
    edges = drop_repeats(facts.edges)
    known = list(around)
    for _ in range(depth):
        known = list(dict.fromkeys([*known, *_neighbours(known, edges)]))
    authors = {node.iri for node in nodes if node.kind == "author"}.difference(around)
    drawn = [node for node in known if node not in authors]
    drawn += [node for node in known if node in authors][:_AUTHORS]
    kept = {*known, *find_slots(facts, known)}
    return Selection(
        nodes=tuple(node for node in nodes if node.iri in kept),
        edges=tuple(edge for edge in edges if edge.source in kept and edge.target in kept),
        drawn=frozenset(drawn[:DRAWN]),
        around=tuple(around),
        total=len(nodes),
    )


def find_slots(facts: Facts, nodes: Iterable[str]) -> set[str]:
    """Find the systems, benchmarks and metrics of the results that papers among some nodes report."""
    results = [result for node in nodes for result in facts.values(node, KG.reports)]
    return {value for result in results for slot in _SLOTS for value in facts.values(result, slot)}


def drop_repeats(edges: Iterable[Edge]) -> list[Edge]:
    """Drop ``kg:mentions`` between two nodes that a more specific relation joins."""
    edges = list(edges)
    specific = {(edge.source, edge.target) for edge in edges if edge.relation != _MENTIONS}
    return [e for e in edges if e.relation != _MENTIONS or (e.source, e.target) not in specific]


def _latest(facts: Facts, papers: Sequence[str]) -> list[str]:
    dates = {paper: first_date(facts, paper) for paper in papers}
    return sorted(sorted(papers), key=lambda paper: dates[paper], reverse=True)


def _drop_lone(papers: Sequence[str], kinds: Mapping[str, str], edges: Iterable[Edge]) -> list[str]:
    """Drop the papers that share nothing with another one."""
    edges = list(edges)
    ties = set(_find_ties(set(papers), kinds, edges))
    tied = {edge.source for edge in edges if edge.target in ties}
    return [paper for paper in papers if paper in tied]


def _find_ties(papers: Collection[str], kinds: Mapping[str, str], edges: Iterable[Edge]) -> list[str]:
    """Find the entities that several of these papers share, those of most papers first."""
    owners: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.source in papers and kinds.get(edge.target) in _TYING:
            owners[edge.target].add(edge.source)
    shared = [node for node, owning in owners.items() if len(owning) > 1]
    return sorted(shared, key=lambda node: (-len(owners[node]), node))


def _neighbours(nodes: Iterable[str], edges: Iterable[Edge]) -> list[str]:
    """Return the nodes one step away, the best connected first."""
    centre = set(nodes)
    found: dict[str, int] = defaultdict(int)
    for edge in edges:
        if edge.source in centre:
            found[edge.target] += 1
        if edge.target in centre:
            found[edge.source] += 1
    return sorted(found.keys() - centre, key=lambda node: (-found[node], node))
