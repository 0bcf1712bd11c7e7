"""A graph -> the interactive page, with the latest papers in view and the rest in its search."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

SUFFIXES = (".html",)


def render(store: ox.Store) -> Iterator[str]:
    """Yield the page, whole: its policy needs the hash of all its parts."""
    from kg.view import Snapshot, render_page, select_overview

    facts = Snapshot(store)
    yield render_page(facts, select_overview(facts))
