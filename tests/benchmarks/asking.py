"""Queries on a made-up graph -> what they cost through our own path, beside the engines themselves."""

from __future__ import annotations

import shutil
from functools import partial
from statistics import geometric_mean
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.rdf.ntriples import pages
from kg.rdf.prefixes import PREFIXES
from kg.sparql.formats import write_answer
from kg.sparql.queries import run
from kg.store import Store
from tests.benchmarks.ratios import Ratio
from tests.benchmarks.scholarly import PAIRS, QUERIES, SHORTCUTS, make_graph
from tests.benchmarks.spending import time_by_turns
from tests.benchmarks.virtuoso import Virtuoso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.benchmarks.workshop import Workshop

FEW, MANY = 10_000, 100_000


def make_store(shop: Workshop, papers: int) -> Store:
    """Open a store with the made-up graph of that many papers, made where it is missing."""
    folder = shop.folder / f"scholarly-{papers}"
    if not folder.exists():
        store = Store(folder, writing=True)
        store.replace(pages(make_graph(papers)))
        store.commit()
        store.close()
    return Store(folder)


def _ask(store: Store, query: str) -> str:
    """Answer a query as ``kg query --format csv`` does."""
    return write_answer(run(store.graph, query), "csv")


def _ask_engine(graph: ox.Store, query: str) -> bytes | None:
    found = graph.query(query, prefixes=dict(PREFIXES))
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=ox.QueryResultsFormat.CSV)


def compare_with_engine(shop: Workshop) -> Iterator[Ratio]:
    """Compare our path through a query with pyoxigraph's own, on the same store."""
    store = make_store(shop, FEW)
    ratios, figures = [], []
    for query in (*QUERIES.values(), PAIRS):
        ours, theirs = time_by_turns(partial(_ask, store, query), partial(_ask_engine, store.graph, query))
        ratios.append(ours / theirs)
        figures.append(f"{1000 * ours:.1f}:{1000 * theirs:.1f}")
    yield Ratio(
        what=f"{len(ratios)} queries, {FEW:,} papers",
        against="raw pyoxigraph",
        measured=geometric_mean(ratios),
        must=1.3,
        aim=1.05,
        figures=f"worst {max(ratios):.2f} x; ms {', '.join(figures)}",
    )


def compare_with_rdflib(shop: Workshop) -> Iterator[Ratio]:
    """Compare our path through a query with rdflib in memory."""
    store = make_store(shop, FEW)
    graph = rdflib.Graph()
    text = store.graph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph.parse(data=text, format="nt")
    ratios = []
    for query in QUERIES.values():
        theirs = lambda query=query: list(graph.query(query, initNs=dict(PREFIXES)))  # noqa: E731
        ours, slower = time_by_turns(partial(_ask, store, query), theirs, rounds=3)
        ratios.append(slower / ours)
    yield Ratio(
        what=f"{len(ratios)} queries, {FEW:,} papers",
        against="rdflib in memory",
        measured=geometric_mean(ratios),
        must=10,
        aim=50,
        more=True,
        unit="x as fast",
        figures=f"least {min(ratios):.1f} x, most {max(ratios):.0f} x",
    )


def compare_with_virtuoso(shop: Workshop) -> Iterator[Ratio]:
    """Compare two questions that our graph has shortcuts for with Virtuoso over HTTP, by the clock."""
    store = make_store(shop, MANY)
    with Virtuoso(shop.folder / "virtuoso") as server:
        server.load(_dump(store, shop.folder))
        for name, shortcut in SHORTCUTS.items():
            ours, theirs = time_by_turns(
                partial(_ask, store, shortcut), partial(server.ask, QUERIES[name]), rounds=21, wall=True
            )
            yield Ratio(
                what=f"{name}, {MANY:,} papers",
                against="Virtuoso over HTTP",
                measured=ours / theirs,
                must=2,
                aim=0.5,
                figures=f"{1000 * ours:.1f} : {1000 * theirs:.1f} ms",
            )
    shutil.rmtree(shop.folder / "virtuoso")


def _dump(store: Store, folder: Path) -> Path:
    path = folder / "virtuoso" / "graph.nt"
    path.parent.mkdir(exist_ok=True)
    store.graph.dump(str(path), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return path
