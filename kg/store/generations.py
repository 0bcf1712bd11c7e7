"""A store's folder -> its graph folders: the one in use, and the next one, written beside it.

A folder ``graph-N`` is never changed once the ledger names it, because readers may be in it. A change is made
in the folder of the next number, which takes over the files of the present one by hard links or is loaded
from nothing; it comes into use when the ledger says so, and never if it does not.
"""

from __future__ import annotations

import shutil
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.disk import sync_files, sync_folder
from kg.rdf.ntriples import line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.rdf.ntriples import Statement

_BATCH = 150_000
"""So many statements are loaded at once: memory depends on this number and not on the size of the graph."""


class Generations:
    """The graph folders of one store.

    Args:
        folder: the store's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, number: int) -> Path:
        """Return where a generation lies."""
        return self._folder / f"graph-{number:06d}"

    def has(self, number: int) -> bool:
        """Say whether a generation is there; the one before the first, which is empty, always is."""
        return number == 0 or self.place(number).is_dir()

    def open(self, number: int) -> ox.Store:
        """Open a generation for reading; the one before the first is empty."""
        path = self.place(number)
        return ox.Store.read_only(str(path)) if path.is_dir() else ox.Store()

    def load(self, number: int, statements: Iterable[Statement]) -> ox.Store:
        """Make a generation of these statements, in any order, and leave it open for changes."""
        graph, waiting = ox.Store(self._clear(number)), iter(statements)
        while batch := "".join(map(line, islice(waiting, _BATCH))):
            graph.bulk_load(batch.encode(), ox.RdfFormat.N_TRIPLES)
        return graph

    def copy(self, number: int, graph: ox.Store) -> ox.Store:
        """Make a generation that begins as another one is, and leave it open for changes."""
        path = self._clear(number)
        graph.backup(str(path))
        return ox.Store(path)

    def seal(self, number: int) -> None:
        """Make a generation durable that was flushed and closed."""
        sync_files(self.place(number))
        sync_folder(self._folder)

    def prune(self, present: int) -> None:
        """Remove the generations that were replaced, and what an interrupted build left behind."""
        for path in self._folder.glob("graph-*"):
            if path != self.place(present):
                _remove(path)

    def _clear(self, number: int) -> Path:
        path = self.place(number)
        if path.exists():
            _remove(path)
        return path


def _remove(path: Path) -> None:
    """Remove a file or folder; where the system keeps it for its readers, the next build does it."""
    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
