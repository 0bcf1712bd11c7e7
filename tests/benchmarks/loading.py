"""The statements of the corpus's graph -> what it costs to put them into a store, beside pyoxigraph alone."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store import Store
from tests.benchmarks.ratios import Ratio
from tests.benchmarks.scholarly import write_pages
from tests.benchmarks.spending import spend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.ntriples import Statement
    from tests.benchmarks.workshop import Workshop


def compare_loading(shop: Workshop) -> Iterator[Ratio]:
    """Compare writing a graph to a new store, from terms, with bulk-loading it from a file of N-Quads."""
    quads = shop.folder / "graph.nq"
    Store(shop.store).graph.dump(str(quads), format=ox.RdfFormat.N_QUADS)
    module, target = [sys.executable, "-m", "tests.benchmarks.loading"], shop.folder / "loaded"
    read, ours, theirs = (spend([*module, task, str(quads), str(target)]) for task in ("read", "kg", "ox"))
    shutil.rmtree(target)
    quads.unlink()
    yield Ratio(
        what="writing quads to the store",
        against="pyoxigraph bulk_load from N-Quads",
        measured=(ours.cpu - read.cpu) / theirs.cpu,
        must=1.5,
        aim=1.1,
        figures=f"{ours.cpu - read.cpu:.1f} : {theirs.cpu:.1f} CPU-s, {ours.peak:.0f} MiB",
    )


def _read(quads: str) -> Iterator[Statement]:
    """Yield the terms of a file of N-Quads, as the build has them in hand."""
    with Path(quads).open(encoding="utf8", newline="\n") as lines:
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            yield subject, predicate, rest[:-3]


def main(task: str, quads: str, target: str) -> None:
    """Read the terms only, write them by way of a store of ours, or load the file with pyoxigraph."""
    shutil.rmtree(target, ignore_errors=True)
    if task == "read":
        Path(target).mkdir()
        for _ in _read(quads):
            pass
    elif task == "kg":
        store = Store(Path(target), writing=True)
        store.replace(write_pages(_read(quads)))
        store.commit()
        store.close()
    else:
        graph = ox.Store(target)
        graph.bulk_load(path=quads, format=ox.RdfFormat.N_QUADS)
        graph.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
