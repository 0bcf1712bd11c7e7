"""What a change of the ledger calls for: the parts of the graph that must be recomputed.

A part of the ledger. A note is a scope and a key: a ``digest``, one ``item`` of it, a ``paper`` or a ``node``
of the graph, a ``finding`` that may no longer be needed, or what the shelf tells papers apart by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class Notes:
    """What the graph of one store has to recompute.

    Args:
        database: the ledger's own connection; the ledger commits.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def touch(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note (scope, key) pairs."""
        self._db.executemany("INSERT OR IGNORE INTO touched VALUES (?, ?)", keys)

    def touched(self, scope: str) -> list[str]:
        """Return the noted keys of one scope, sorted."""
        query = "SELECT key FROM touched WHERE scope = ? ORDER BY key"
        return [row[0] for row in self._db.execute(query, (scope,))]

    def touched_items(self) -> list[tuple[str, str]]:
        """Return the noted items (digest, item IRI) whose digests are not noted as a whole, sorted."""
        query = """SELECT digest, iri FROM item JOIN touched ON scope = 'item' AND key = iri
            WHERE digest NOT IN (SELECT key FROM touched WHERE scope = 'digest') ORDER BY digest, iri"""
        return list(self._db.execute(query))

    def clear(self) -> None:
        """Forget all notes: the graph is up to date."""
        self._db.execute("DELETE FROM touched")
