"""What was found in entries, by what it was found in: a text that is known is not extracted again.

A part of the ledger. The key of an entry covers its text and what extracts (see `kg.gleaning`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from kg.records import Findings
    from kg.store.coder import Coder


class Archive:
    """The findings of one store.

    Args:
        database: the ledger's own connection; the ledger commits.
        coder: what writes findings.
    """

    def __init__(self, database: sqlite3.Connection, coder: Coder) -> None:
        self._db, self._coder = database, coder

    def has(self, cache: str) -> bool:
        """Say whether an entry of this key has been extracted before."""
        return self._db.execute("SELECT 1 FROM finding WHERE cache = ?", (cache,)).fetchone() is not None

    def put(self, cache: str, findings: Findings | bytes) -> bool:
        """Keep what was found in an entry, as it is or encoded; say whether that was not known before."""
        encoded = findings if isinstance(findings, bytes) else self._coder.encode(findings)
        return self._db.execute("INSERT OR IGNORE INTO finding VALUES (?, ?)", (cache, encoded)).rowcount > 0

    def prune(self) -> None:
        """Forget the touched findings that no item refers to any more."""
        self._db.execute("""DELETE FROM finding WHERE cache IN (SELECT key FROM touched
            WHERE scope = 'finding' AND NOT EXISTS (SELECT 1 FROM item WHERE cache = key))""")
