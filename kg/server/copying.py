"""A store's folder -> its graph in memory, where queries run several times faster than on disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.guard import Limits, run
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TIMES_DISK = 8
"""A graph takes about so many times as much memory as it takes on disk."""


def read_state(folder: Path) -> dict[str, Any]:
    """Return what a store is like: its ``revision``, how many ``statements`` and ``bytes`` its graph has.

    A process of its own opens it, because the engine starts threads that a fork would lose.

    Raises:
        StoreError: it cannot be opened.
    """
    (state,) = (piece for piece in run(lambda: _describe(folder), Limits()) if isinstance(piece, dict))
    return state


def _describe(folder: Path) -> Iterator[dict[str, Any]]:
    store = Store(folder)
    yield {"revision": store.ledger.revision, "statements": len(store.graph), "bytes": store.bytes}


def fits_in_memory(size: int) -> bool:
    """Say whether a copy of a graph of so many bytes on disk leaves room for others."""
    return size * _TIMES_DISK < _measure_free() // 2


def _measure_free() -> int:
    """Return how many bytes of memory are free; where the system does not tell, a quarter of all."""
    page = os.sysconf("SC_PAGE_SIZE")
    if "SC_AVPHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_AVPHYS_PAGES") * page
    return os.sysconf("SC_PHYS_PAGES") * page // 4 if "SC_PHYS_PAGES" in os.sysconf_names else 0


def copy_graph(folder: Path) -> ox.Store:
    """Load a copy of a store's graph into memory.

    Raises:
        StoreError: the graph could not be read to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _dump(folder, reading, writing)
    os.close(writing)
    copy = ox.Store()
    with os.fdopen(reading, "rb") as lines:
        copy.bulk_load(input=lines, format=ox.RdfFormat.N_TRIPLES)
    _, status = os.waitpid(child, 0)
    if status:
        raise StoreError(f"{folder}: the graph could not be read to its end")
    return copy


def _dump(folder: Path, reading: int, writing: int) -> None:
    """Be a process that writes a store's graph to a pipe and ends."""
    code = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as out:
            Store(folder).graph.dump(out, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        code = 0
    finally:
        os._exit(code)
