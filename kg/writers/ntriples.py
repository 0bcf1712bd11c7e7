"""A graph -> N-Triples and N-Quads, one statement a line, the lines in order: made for diff and sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf.subjects import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

SUFFIXES = (".nt", ".nq")
"""N-Quads without a graph name are N-Triples: every fact stands in the default graph."""


def render(store: ox.Store) -> Iterator[str]:
    """Yield the lines of the export, sorted by code point."""
    lines = read_lines(store)
    lines.sort()
    for line in lines:
        yield f"{line}\n"
