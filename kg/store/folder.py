"""A folder on disk, or memory -> the ledger of observations and the graph computed from it.

A store folder holds ``ledger.sqlite`` and one Oxigraph folder ``graph-N``; the ledger names the N in use. A
change writes the next graph beside the present one, and the ledger's commit switches to it together with all
that the ledger itself says anew: whenever the machine stops, the store is as it was before or as it is after.
Readers hold the ledger and the graph of the moment in which they came; one process writes at a time.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.disk import WriterLock, reporting, sync_folder
from kg.errors import StoreError
from kg.rdf.ntriples import line
from kg.store.generations import Generations
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.rdf.ntriples import Statement

_ATTEMPTS = 20
"""So often a reader looks again for the graph that builds replace while it opens it."""


def open_ledger(folder: Path, *, writing: bool = False) -> Ledger:
    """Open the ledger in a store's folder."""
    return Ledger(folder / "ledger.sqlite", writing=writing)


class Store:
    """One store: its ledger, and the graph as a `pyoxigraph.Store` with every fact in the default graph.

    Args:
        folder: where it lies, or None for a store in memory.
        writing: True creates what is missing and locks out other writers; False opens for reading only.

    Raises:
        StoreError: there is no store (when reading), it is locked, or its format is another one.
    """

    folder: Path | None = None
    _drafting = False
    _lock: WriterLock | None = None

    def __init__(self, folder: Path | None, *, writing: bool = False) -> None:
        self.folder = folder
        if folder is None:
            self.ledger, self.graph = Ledger(None), ox.Store()
            return
        self._generations = Generations(folder)
        if writing:
            self._open_to_write(folder)
        elif not (folder / "ledger.sqlite").is_file():
            raise StoreError(
                f"{folder}: there is no store here; build one with: kg build DIGESTS --store {folder}"
            )
        else:
            self._open_to_read(folder)

    @classmethod
    def around(cls, ledger: Ledger, graph: ox.Store) -> Store:
        """Make a store for readers around a ledger and a graph that are open already."""
        store = cls.__new__(cls)
        store.ledger, store.graph = ledger, graph
        return store

    def _open_to_write(self, folder: Path) -> None:
        _make_folder(folder)
        self._lock = WriterLock(folder)
        try:
            with reporting(folder):
                self.ledger = open_ledger(folder, writing=True)
                self._generations.prune(self._number())
                self.graph = self._open_or_make_anew(self._number())
        except BaseException:
            self._lock.release()
            raise

    def _open_or_make_anew(self, number: int) -> ox.Store:
        """Open a graph; where that cannot be done, note that all of it is to be made from the ledger."""
        try:
            if self._generations.has(number):
                return self._generations.open(number)
        except (OSError, RuntimeError):
            pass
        self.ledger.touch_all()
        return ox.Store()

    def _open_to_read(self, folder: Path) -> None:
        wrong = ""
        for _ in range(_ATTEMPTS):
            self.ledger = open_ledger(folder)
            number = self._number()
            if number == 0:
                raise StoreError(f"{folder}: the store is still empty; build it first")
            try:
                if self._generations.has(number):
                    self.graph = self._generations.open(number)
                    return
                wrong = f"{self._generations.place(number).name} is missing"
            except (OSError, RuntimeError) as error:
                wrong = str(error)
            self.ledger.close()
        again = "build it again, which makes the graph anew from the ledger"
        raise StoreError(f"{folder}: the graph cannot be opened: {wrong}; {again}")

    @cached_property
    def graph(self) -> ox.Store:
        """The graph in use, for who asks for it after a change: most who make one are done then."""
        return self._generations.open(self._number())

    def _number(self) -> int:
        return int(self.ledger.meta("generation", "0"))

    def replace(self, parts: Iterable[bytes], *, beside: bool = False) -> None:
        """Load a whole new graph in place of the present one; `commit` makes it last.

        Args:
            parts: all statements of the new graph in N-Triples, in any order.
            beside: load what there is while further parts are worked out.
        """
        if self.folder is None:
            self.graph = ox.Store()
            self.graph.bulk_load(b"".join(parts), ox.RdfFormat.N_TRIPLES)
            return
        self.graph = self._generations.load(self._number() + 1, parts, beside=beside)
        self._drafting = True

    def update(self, old: set[Statement], new: set[Statement]) -> None:
        """Change the graph: what only ``old`` has goes, only ``new`` comes; `commit` makes it last."""
        gone, added = old - new, new - old
        if (gone or added) and self.folder is not None and not self._drafting:
            self.graph = self._generations.copy(self._number() + 1, self.graph)
            self._drafting = True
        if gone:
            self.graph.update(f"DELETE DATA {{\n{''.join(map(line, gone))}}}")
        if added:
            self.graph.bulk_load("".join(map(line, added)).encode(), ox.RdfFormat.N_TRIPLES)

    def note_size(self, facts: int) -> None:
        """Note how many facts the graph has, since counting them takes the reading of all."""
        self.ledger.set_meta("facts", str(facts))

    @property
    def size(self) -> int:
        """How many facts the graph has."""
        return int(self.ledger.meta("facts") or len(self.graph))

    @property
    def bytes(self) -> int:
        """How many bytes the graph takes on disk."""
        return self._generations.measure(self._number())

    def commit(self) -> None:
        """Make the graph and all that the ledger says durable, both in one step."""
        if self._drafting:
            number = self._number() + 1
            self.graph.flush()
            self._let_go()  # from here on nothing in its folder changes
            self._generations.seal(number)
            self.ledger.set_meta("generation", str(number))
            self._drafting = False
        self.ledger.commit()

    def rollback(self) -> None:
        """Undo all changes since the last commit; a graph in memory stays as it is until it is made anew."""
        self.ledger.rollback()
        self._drafting = False
        if self.folder is not None:
            self._let_go()

    def _let_go(self) -> None:
        """Close the graph, if it is open."""
        self.__dict__.pop("graph", None)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Undo what was begun within when anything stops it; say what the disk refuses as a `StoreError`."""
        try:
            with reporting(self.folder):
                yield
        except BaseException:
            self.rollback()
            raise

    def block(self, subjects: Iterable[str]) -> set[Statement]:
        """Return every statement about these subjects (IRIs) that the graph holds now."""
        block: set[Statement] = set()
        for node in map(ox.NamedNode, subjects):
            subject, about = str(node), self.graph.quads_for_pattern(node, None, None, ox.DefaultGraph())
            block.update((subject, str(quad.predicate), str(quad.object)) for quad in about)
        return block

    def subjects(self, predicate: str, node: str) -> list[str]:
        """Return the IRIs that have this node as an object of that property."""
        pattern = (None, ox.NamedNode(predicate), ox.NamedNode(node), ox.DefaultGraph())
        return [_value(quad.subject) for quad in self.graph.quads_for_pattern(*pattern)]

    def objects(self, node: str, predicate: str) -> list[str]:
        """Return the IRIs that this node has as objects of that property."""
        pattern = (ox.NamedNode(node), ox.NamedNode(predicate), None, ox.DefaultGraph())
        return [_value(quad.object) for quad in self.graph.quads_for_pattern(*pattern)]

    def select(self, query: str) -> list[tuple[str, ...]]:
        """Run one of our own SELECT queries; every variable must be bound."""
        solutions = self.graph.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return [tuple(term.value for term in solution) for solution in solutions]

    def close(self) -> None:
        """Close ledger and graph; what was not committed is undone."""
        self.ledger.close()
        self._let_go()
        if self._lock:
            self._lock.release()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise StoreError(f"{folder}: the store's folder cannot be made ({error.strerror})") from error


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value
