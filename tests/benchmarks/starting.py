"""The command line -> what a cold process costs until it has answered, and until a graph is exported."""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.ratios import Ratio
from tests.benchmarks.spending import KG, spend, spend_by_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.workshop import Workshop

NOTHING = (sys.executable, "-c", "pass")
QUESTIONS = (
    "which papers report MATH-500?",
    "best on AIME 2024",
    "what does DeepSeek-R1 report?",
    "what outperforms GPT-4o?",
    "GRPO를 쓰는 논문은?",
)
EXPORT = """
import sys, pyoxigraph as ox
store = ox.Store.read_only(sys.argv[1])
store.dump(sys.argv[2], format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
"""


def ask_cold(shop: Workshop) -> Iterator[Ratio]:
    """Compare ``kg ask`` on the store of the corpus with a process that does nothing."""
    commands = [(*KG, "ask", question, "--store", str(shop.store)) for question in QUESTIONS]
    nothing, *ours = spend_by_turns(NOTHING, *commands, rounds=7)
    each = ", ".join(f"{1000 * cpu:.0f}" for cpu in ours)
    yield Ratio(
        what="kg ask on the full store, cold",
        against="python -c pass",
        measured=median(ours) / nothing,
        must=15,
        aim=8,
        figures=f"{each} : {1000 * nothing:.0f} CPU-ms",
    )


def show_help(_: Workshop) -> Iterator[Ratio]:
    """Compare ``kg --help`` with a process that does nothing."""
    nothing, ours = spend_by_turns(NOTHING, (*KG, "--help"), rounds=15)
    yield Ratio(
        what="kg --help",
        against="python -c pass",
        measured=ours / nothing,
        must=8,
        aim=5,
        figures=f"{1000 * ours:.0f} : {1000 * nothing:.0f} CPU-ms",
    )


def export_turtle(shop: Workshop) -> Iterator[Ratio]:
    """Compare the export of the whole graph with what pyoxigraph dumps of the same store."""
    graph = max(shop.store.glob("graph-*"))
    plain, sorted_ = shop.folder / "plain.ttl", shop.folder / "graph.ttl"
    theirs = spend([sys.executable, "-c", EXPORT, str(graph), str(plain)])
    ours = spend([*KG, "export", str(sorted_), "--store", str(shop.store)])
    sizes = [path.stat().st_size >> 20 for path in (sorted_, plain)]
    plain.unlink()
    sorted_.unlink()
    yield Ratio(
        what="export of the full graph to Turtle",
        against="pyoxigraph dump",
        measured=ours.cpu / theirs.cpu,
        must=3,
        aim=1.5,
        figures=f"{ours.cpu:.1f} : {theirs.cpu:.1f} CPU-s, {sizes[0]} : {sizes[1]} MiB, {ours.peak:.0f} MiB",
    )
