"""A ledger's connection -> one of its books: tables that belong together, read and written in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable


class Book:
    """A part of the ledger.

    Args:
        database: the ledger's own connection; the ledger commits.
        touch: notes (scope, key) pairs that the graph must recompute.
    """

    def __init__(
        self, database: sqlite3.Connection, touch: Callable[[Iterable[tuple[str, str]]], None]
    ) -> None:
        self._db, self._touch = database, touch
