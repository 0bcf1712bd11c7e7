"""A graph -> a file, in the format that the file's name asks for; the only door out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.disk import sync_folder
from kg.errors import UsageError
from kg.verification import FORMS, count_statements
from kg.writers import bibtex, csl, graphml, jsonld, ntriples, page, rdfxml, tables, turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyoxigraph as ox

    from kg.graph import Graph


class Writer(Protocol):
    """One format: a module with the suffixes it serves and a function that renders a store."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """The file names' endings, with their point."""

    def render(self, store: ox.Store) -> Iterator[str]:
        """Yield the export in pieces; the same facts give the same text, whatever their order."""


WRITERS: tuple[Writer, ...] = (turtle, jsonld, ntriples, rdfxml, graphml, tables, bibtex, csl, page)
"""Every format; a new one is a module here."""


def write(graph: Graph, path: str | Path, *, verify: bool = False) -> Path:
    """Write a graph in the format of the file's suffix.

    The file is replaced as a whole or, when anything fails, left as it was.

    Args:
        graph: what is written.
        path: where to.
        verify: have rdflib read RDF again, before it takes its place, and count its statements.

    Returns:
        The path written to.

    Raises:
        UsageError: no writer knows the suffix, or the file cannot be written.
        RuntimeError: rdflib reads something else than was to be written.
    """
    path = Path(path)
    writer = find_writer(path)

    def approve(part: Path) -> None:
        suffix = path.suffix.lower()
        if not verify or suffix not in FORMS:
            return
        count = count_statements(part, suffix)
        if count != len(graph):
            raise RuntimeError(f"{path}: rdflib reads {count:,} statements of {len(graph):,}; not written")

    return write_text(path, writer.render(graph.store.graph), approve)


def find_writer(path: Path) -> Writer:
    """Find the writer of a file's suffix, or raise a `UsageError` that lists the known ones."""
    for writer in WRITERS:
        if path.name.lower().endswith(writer.SUFFIXES):
            return writer
    known = ", ".join(suffix for writer in WRITERS for suffix in writer.SUFFIXES)
    raise UsageError(f"{path}: no format is known by the suffix {path.suffix!r}; expected one of {known}")


def write_text(path: Path, pieces: Iterable[str], approve: Callable[[Path], None] = lambda _: None) -> Path:
    """Write text as UTF-8 to a file beside its place, make it durable, then put it there in one step.

    Args:
        path: its place.
        pieces: the text.
        approve: is shown the file before it takes its place, and raises where it must not.

    Raises:
        UsageError: the folder is missing or the file cannot be written; the old file stays.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf8", newline="") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(descriptor)
        approve(part)
        part.chmod(_mode(path))
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)
    return path


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
