"""Names of measurements -> the table of ratios that says how fast the house is.

Run ``python -m tests.benchmarks`` for all of them, or name some. Each is a ratio of two figures measured in
one run, ours and a baseline at its best documented settings, mostly in processor seconds with those of child
processes: they can be trusted on a machine that has other work to do. What is slow to make (the store of the
corpus, a made-up graph) stays in the working folder for the next run.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import answering, asking, building, loading, scaling, starting
from tests.benchmarks.ratios import Ratio, print_ratios
from tests.benchmarks.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
WORK = Path(tempfile.gettempdir()) / "paperkg-benchmarks"

MEASUREMENTS: Mapping[str, Callable[[Workshop], Iterator[Ratio]]] = {
    "tagging": building.compare_with_tagging,
    "tokenising": building.compare_with_tokenising,
    "jobs": building.compare_jobs,
    "workers": building.compare_workers,
    "again": building.build_again,
    "memory": building.measure_memory,
    "loading": loading.compare_loading,
    "engine": asking.compare_with_engine,
    "rdflib": asking.compare_with_rdflib,
    "virtuoso": asking.compare_with_virtuoso,
    "ask": starting.ask_cold,
    "questions": answering.ask_every_kind,
    "help": starting.show_help,
    "export": starting.export_turtle,
    "scaling": scaling.scale,
}
"""Name -> what is measured, in the order of the table."""


def main() -> None:
    """Measure what is asked for and print it as one table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument(
        "--corpus", type=Path, default=CORPUS, help="a folder of digests for each source [%(default)s]"
    )
    parser.add_argument("--work", type=Path, default=WORK, help="folder to work in [%(default)s]")
    parser.add_argument("--store", type=Path, help="a store of the corpus that stands already")
    parser.add_argument("--every", type=int, default=1, help="scaling takes every n-th digest [%(default)s]")
    given = parser.parse_args()
    unknown = set(given.names) - MEASUREMENTS.keys()
    if unknown:
        parser.error(
            f"there is no measurement {', '.join(sorted(unknown))}; known: {', '.join(MEASUREMENTS)}"
        )
    shop = Workshop(given.corpus, given.work, given.store, given.every)
    ratios: list[Ratio] = []
    for name in given.names or MEASUREMENTS:
        print(f"measuring {name} …", flush=True)
        ratios += MEASUREMENTS[name](shop)
    print_ratios(ratios)


if __name__ == "__main__":
    main()
