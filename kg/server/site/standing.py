"""A graph -> what pages about all of it say: counts, the latest papers, what is most prominent, rankings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.evidence import first_date
from kg.facts import Facts, kind_of
from kg.rdf.vocabulary import KG
from kg.server.site.rankings import order_names, rank_kinds
from kg.server.site.things import Thing, read_thing, read_things
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from kg.graph import Graph

CLASSES = {
    "paper": KG.Paper, "model": KG.Model, "method": KG.Method, "benchmark": KG.Benchmark,
    "dataset": KG.Dataset, "task": KG.Task, "metric": KG.Metric, "org": KG.Organization, "author": KG.Author,
    "digest": KG.Digest,
}  # fmt: skip
"""The kinds of node that have a list of their own, with their classes."""

_COUNT = "SELECT (COUNT(?node) AS ?n) WHERE { ?node a <%s> }"
_DAYS = """SELECT DISTINCT ?day WHERE {
  ?item a kg:DigestItem ; dcterms:issued ?date BIND(STR(?date) AS ?day)
} ORDER BY DESC(?day) LIMIT 7"""
_DAY = """SELECT DISTINCT ?paper WHERE {
  ?item dcterms:issued ?date ; kg:discusses ?paper FILTER(STR(?date) = "%s")
} ORDER BY ?paper"""
_FEW = 12
_RANKED = "SELECT ?node (COUNT(?user) AS ?n) WHERE { ?user %s ?node } GROUP BY ?node ORDER BY DESC(?n) ?node"
_PROMINENT = (("benchmark", "kg:benchmark"), ("model", "kg:system"), ("method", "kg:usesMethod"))


class Latest(NamedTuple):
    """One paper of a day, what it introduces, and how many results it reports."""

    paper: Thing
    introduced: tuple[Thing, ...]
    results: int


class Standing(NamedTuple):
    """How many nodes of each kind there are; the newest days with their papers; benchmarks by their results.

    ``prominent`` are the benchmark, the model and the method with the most results or users; ``ranked`` has
    the nodes of each kind in the order of its list, each with its date or the number of its papers, ``named``
    those nodes in the order of their names.
    """

    counts: tuple[tuple[str, int], ...]
    results: int
    days: tuple[tuple[str, tuple[str, ...]], ...]
    benchmarks: tuple[tuple[str, int], ...]
    prominent: tuple[str, ...]
    ranked: dict[str, tuple[tuple[str, str], ...]]
    named: dict[str, tuple[str, ...]]


_known: WeakKeyDictionary[Graph, Standing] = WeakKeyDictionary()


def read_standing(graph: Graph) -> Standing:
    """Read it once for each graph; a second look takes no time."""
    if graph not in _known:
        _known[graph] = _read(graph.store.graph)
    return _known[graph]


def know_standing(graph: Graph, standing: Standing) -> None:
    """Take it as it was read already, by a process that had the same graph."""
    _known[graph] = standing


def _read(store: ox.Store) -> Standing:
    used = {kind: _rank(store, term, kind) for kind, term in _PROMINENT}
    ranked = rank_kinds(store, CLASSES)
    return Standing(
        counts=tuple((kind, _count(store, term)) for kind, term in CLASSES.items()),
        results=_count(store, KG.Result),
        days=_read_days(store),
        benchmarks=used["benchmark"],
        prominent=tuple(node for nodes in used.values() for node, _ in nodes[:1]),
        ranked=ranked,
        named=order_names(store, ranked),
    )


def _read_days(store: ox.Store) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read the newest days with the papers that are new in them: as many days as bring a few papers."""
    facts = Facts(store)
    days: list[tuple[str, tuple[str, ...]]] = []
    for (term,) in run(store, _DAYS).rows:
        day = show_term(term)
        named = [node.value for (node,) in run(store, _DAY % day).rows if isinstance(node, ox.NamedNode)]
        papers = tuple(paper for paper in named if first_date(facts, paper) == day)
        if papers:
            days.append((day, papers))
        if sum(len(papers) for _, papers in days) >= _FEW:
            break
    return tuple(days)


def _rank(store: ox.Store, term: str, kind: str) -> tuple[tuple[str, int], ...]:
    """Rank the nodes of a kind by how many others have them as a property."""
    rows = run(store, _RANKED % term).rows
    nodes = [(node.value, int(show_term(n))) for node, n in rows if isinstance(node, ox.NamedNode)]
    return tuple((node, number) for node, number in nodes if kind_of(node) == kind)


def _count(store: ox.Store, kind: str) -> int:
    return int(show_term(run(store, _COUNT % kind).rows[0][0]))


def read_latest(graph: Graph, most: int, language: str) -> tuple[tuple[str, int, tuple[Latest, ...]], ...]:
    """Read the newest days: each with how many papers are new, and the first of them.

    Within a day, the papers that introduce and report most come first.
    """
    facts = Facts(graph.store.graph)
    read = []
    for day, papers in read_standing(graph).days:
        found = [_read_paper(facts, paper, language) for paper in papers]
        found.sort(key=lambda one: (-len(one.introduced) - one.results, one.paper.name))
        read.append((day, len(papers), tuple(found[:most])))
        most -= len(read[-1][2])
    return tuple(read)


def _read_paper(facts: Facts, paper: str, language: str) -> Latest:
    return Latest(
        paper=read_thing(facts, paper, language),
        introduced=read_things(facts, facts.values(paper, KG.introduces), language),
        results=len(facts.values(paper, KG.reports)),
    )
