"""A graph -> a file, in the format that the file's name asks for; the only door out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import UsageError
from kg.verification import FORMS, count_statements
from kg.writers import bibtex, csl, graphml, jsonld, ntriples, page, rdfxml, tables, turtle
from kg.writers.placement import make_folder, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.graph import Graph
    from kg.writers.placement import Address

__all__ = ["WRITERS", "Writer", "find_writer", "make_folder", "write", "write_text"]


class Writer(Protocol):
    """One format: a module with the suffixes it serves and a function that renders a store."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """The file names' endings, with their point."""

    def render(self, store: ox.Store) -> Iterator[str]:
        """Yield the export in pieces; the same facts give the same text, whatever their order."""


WRITERS: tuple[Writer, ...] = (turtle, jsonld, ntriples, rdfxml, graphml, tables, bibtex, csl, page)
"""Every format; a new one is a module here."""


def write(graph: Graph, path: Address, *, verify: bool = False, inside: str | Path | None = None) -> Address:
    """Write a graph in the format of the file's suffix.

    The file is replaced as a whole or, when anything fails, left as it was. A symbolic link stays, and what
    it leads to is replaced.

    Args:
        graph: what is written.
        path: where to, on this machine or at a URL (``s3://bucket/graph.ttl``).
        verify: have rdflib read RDF again, before it takes its place, and count its statements.
        inside: the folder that a symbolic link may not lead out of; None for anywhere.

    Returns:
        The path as given.

    Raises:
        UsageError: no writer knows the suffix, or the file cannot be written.
        RuntimeError: rdflib reads something else than was to be written.
    """
    writer, suffix = find_writer(path), Path(path).suffix.lower()

    def approve(part: Path) -> None:
        if not verify or suffix not in FORMS:
            return
        count = count_statements(part, suffix)
        if count != len(graph):
            raise RuntimeError(f"{path}: rdflib reads {count:,} statements of {len(graph):,}; not written")

    return write_text(path, writer.render(graph.store.graph), approve, inside=inside)


def find_writer(path: str | Path) -> Writer:
    """Find the writer of a file's suffix, or raise a `UsageError` that lists the known ones."""
    for writer in WRITERS:
        if str(path).lower().endswith(writer.SUFFIXES):
            return writer
    known = ", ".join(suffix for writer in WRITERS for suffix in writer.SUFFIXES)
    raise UsageError(
        f"{path}: no format is known by the suffix {Path(path).suffix!r}; expected one of {known}"
    )
