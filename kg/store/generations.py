"""A store's folder -> its graph folders: the one in use, and the next one, written beside it.

A folder ``graph-N`` is never changed once the ledger names it, because readers may be in it. A change is made
in the folder of the next number, which takes over the files of the present one by hard links or is loaded
from nothing; it comes into use when the ledger says so, and never if it does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.disk import sync_files, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

_BATCH = 80_000_000
"""So many bytes are loaded at once: memory depends on this number and not on the size of the graph."""

_OURS = re.compile(r"graph-\d{6}(?:\.parts)?")
"""The names that we give to folders of graphs."""

_LOADERS = 2
"""So many batches are loaded at the same time, where loading goes on beside other work."""


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

    def measure(self, number: int) -> int:
        """Return how many bytes a generation takes."""
        return sum(path.stat().st_size for path in self.place(number).glob("*"))

    def open(self, number: int) -> ox.Store:
        """Open a generation for reading; the one before the first is empty."""
        path = self.place(number)
        return ox.Store.read_only(str(path)) if path.is_dir() else ox.Store()

    def load(self, number: int, parts: Iterable[bytes], *, beside: bool = False) -> ox.Store:
        """Make a generation of these statements, and leave it open for changes.

        Args:
            number: of the generation.
            parts: N-Triples, in any order.
            beside: load what there is while further parts are worked out.
        """
        graph = ox.Store(self._clear(number))
        if beside:
            self._load_beside(graph, number, _gather(parts))
        else:
            for batch in _gather(parts):
                graph.bulk_load(batch, ox.RdfFormat.N_TRIPLES)
        graph.optimize()  # each batch spans all keys: queries would look for every term in every batch
        return graph

    def _load_beside(self, graph: ox.Store, number: int, batches: Iterable[bytes]) -> None:
        """Load batches in threads, from files: only while it reads these does the engine let others work."""
        from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, ThreadPoolExecutor

        folder = self.place(number).with_suffix(".parts")
        folder.mkdir()

        def load(path: Path) -> None:
            graph.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
            path.unlink()

        with ThreadPoolExecutor(_LOADERS) as pool:
            waiting: set[Future[None]] = set()
            for place, batch in enumerate(batches):
                path = folder / f"{place}.nt"
                path.write_bytes(batch)
                waiting.add(pool.submit(load, path))
                if len(waiting) > _LOADERS:
                    waiting = _collect(waiting, FIRST_COMPLETED)
            _collect(waiting, ALL_COMPLETED)
        _remove(folder)

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
        """Remove the generations that were replaced, and what an interrupted build left behind.

        What else lies in the folder, whatever it is called, is somebody else's.
        """
        for path in self._folder.glob("graph-*"):
            if _OURS.fullmatch(path.name) and path != self.place(present):
                _remove(path)

    def _clear(self, number: int) -> Path:
        path = self.place(number)
        if path.exists():
            _remove(path)
        return path


def _gather(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Join parts until there is enough to be loaded at once."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _BATCH:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _collect(waiting: set[Future[None]], until: str) -> set[Future[None]]:
    """Wait for loading to be done, raise what went wrong there, and return what is under way still."""
    from concurrent.futures import wait

    done, still = wait(waiting, return_when=until)
    for each in done:
        each.result()
    return still


def _remove(path: Path) -> None:
    """Remove a file or folder; where the system keeps it for its readers, the next build does it."""
    import shutil

    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
