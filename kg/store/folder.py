"""A folder on disk, or memory -> the ledger of observations and the graph computed from it.

A store folder holds ``ledger.sqlite`` and one Oxigraph folder ``graph-N``; the ledger names the N in use. A
large change writes the next graph beside the present one and then switches; a small one is a single
transaction. Either way a reader sees the old graph or the new one, never something between.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.ntriples import line
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.rdf.ntriples import Statement


class Store:
    """One store: its ledger, and the graph as a `pyoxigraph.Store` with every fact in the default graph.

    Args:
        folder: where it lies, or None for a store in memory.
        writing: True creates what is missing and locks out other writers; False opens for reading only.

    Raises:
        StoreError: there is no store (when reading), it is locked, or its format is another one.
    """

    def __init__(self, folder: Path | None, *, writing: bool = False) -> None:
        self.folder = folder
        if folder is None:
            self.ledger, self.graph = Ledger(None), ox.Store()
            return
        if writing:
            _make_folder(folder)
        elif not (folder / "ledger.sqlite").is_file():
            raise StoreError(
                f"{folder}: there is no store here; build one with: kg build DIGESTS --store {folder}"
            )
        self.ledger = Ledger(folder / "ledger.sqlite", writing=writing)
        self.graph = self._open_graph(writing)

    def _graph_folder(self, generation: int) -> Path:
        assert self.folder is not None
        return self.folder / f"graph-{generation:06d}"

    def _generation(self) -> int:
        return int(self.ledger.meta("generation", "0"))

    def _open_graph(self, writing: bool) -> ox.Store:
        path = self._graph_folder(self._generation())
        try:
            if writing:
                self._remove_other_graphs(path)
                return ox.Store(path)
            return ox.Store.read_only(str(path)) if path.is_dir() else ox.Store()
        except OSError as error:
            busy = "another build is writing to it" if "lock" in str(error).lower() else str(error)
            raise StoreError(f"{self.folder}: the store cannot be opened: {busy}") from error

    def _remove_other_graphs(self, present: Path) -> None:
        """Remove what an interrupted build left behind, and graphs that were replaced."""
        assert self.folder is not None
        for path in self.folder.glob("graph-*"):
            if path != present:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def replace(self, statements: Iterable[Statement]) -> None:
        """Load a whole new graph and switch to it; the caller commits the ledger afterwards.

        Args:
            statements: all statements of the new graph, in any order.
        """
        if self.folder is None:
            self.graph = ox.Store()
            self.graph.bulk_load("".join(map(line, statements)).encode(), ox.RdfFormat.N_TRIPLES)
            return
        generation = self._generation() + 1
        path = self._graph_folder(generation)
        text = path.with_suffix(".nt")
        with text.open("w", encoding="utf8") as out:
            out.writelines(map(line, statements))
        graph = ox.Store(path)
        graph.bulk_load(path=str(text), format=ox.RdfFormat.N_TRIPLES)
        graph.flush()
        text.unlink()
        self.graph = graph
        self.ledger.set_meta("generation", str(generation))

    def update(self, old: set[Statement], new: set[Statement]) -> None:
        """Change the graph in one transaction: what only ``old`` has goes, what only ``new`` has comes."""
        gone, added = (sorted(part) for part in (old - new, new - old))
        if gone or added:
            parts = [
                f"{verb} DATA {{\n{''.join(map(line, rows))}}}"
                for verb, rows in (("DELETE", gone), ("INSERT", added))
                if rows
            ]
            self.graph.update(" ;\n".join(parts))
            self.graph.flush()

    def block(self, subjects: Iterable[str]) -> set[Statement]:
        """Return every statement about these subjects (IRIs) that the graph holds now."""
        return {
            (str(quad.subject), str(quad.predicate), str(quad.object))
            for subject in subjects
            for quad in self.graph.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
        }

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
        """Close ledger and graph."""
        self.ledger.close()
        del self.graph


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the store's folder cannot be made ({error.strerror})") from error


def _value(term: object) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value
