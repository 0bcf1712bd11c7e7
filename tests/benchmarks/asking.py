"""Queries on a made-up graph -> what they cost through our own path, beside the engines themselves."""

from __future__ import annotations

import shutil
from functools import partial
from statistics import geometric_mean
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.rdf.prefixes import PREFIXES
from kg.sparql.formats import write_answer
from kg.sparql.queries import run
from kg.store import Store
from tests.benchmarks.ratios import Ratio
from tests.benchmarks.scholarly import PAIRS, QUERIES, SHORTCUTS, make_graph, write_pages
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
        store.replace(write_pages(make_graph(papers)))
        store.commit()
        store.close()
    return Store(folder)


def _ask(store: Store, query: str) -> str:
    """Answer a query as ``kg query --format csv`` does."""
    return _ask_graph(store.graph, query)


def _ask_graph(graph: ox.Store, query: str) -> str:
    return write_answer(run(graph, query), "csv")


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
    """Compare our path through a query with rdflib in memory: from disk, and from memory as ``kg serve``."""
    store, graph, memory = make_store(shop, FEW), rdflib.Graph(), ox.Store()
    text = store.graph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert text is not None
    graph.parse(data=text, format="nt")
    memory.bulk_load(text, ox.RdfFormat.N_TRIPLES)
    ratios: dict[str, list[float]] = {"from disk": [], "from memory": []}
    for query in QUERIES.values():
        theirs = lambda query=query: list(graph.query(query, initNs=dict(PREFIXES)))  # noqa: E731
        ours = (partial(_ask_graph, held, query) for held in (store.graph, memory))
        *times, slower = time_by_turns(*ours, theirs, rounds=3)
        for found, spent in zip(ratios.values(), times, strict=True):
            found.append(slower / spent)
    for held, found in ratios.items():
        yield Ratio(
            what=f"{len(found)} queries, {FEW:,} papers, {held}",
            against="rdflib in memory",
            measured=geometric_mean(found),
            must=10,
            aim=50,
            more=True,
            unit="x as fast",
            figures=f"least {min(found):.1f} x, most {max(found):.0f} x",
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
