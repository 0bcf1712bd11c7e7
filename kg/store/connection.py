"""A ledger's file -> a connection to it, for its one writer or for a reader beside it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_CACHED = 16_000
"""So many KiB of a ledger its writer keeps at hand: the keys that it looks up are spread over all of it."""

_MAPPED = 1 << 40
"""So many bytes of a ledger that was there before are read as memory: all of it, if the system allows it."""


def connect(path: Path | None, *, writing: bool) -> sqlite3.Connection:
    """Open a ledger's file, or one in memory for None.

    Args:
        path: the file; one that is missing is made where it is to be written.
        writing: False opens the file as it is at this moment: what builds commit later is not seen.
    """
    if path is None:
        return sqlite3.connect(":memory:")
    if not writing:
        return _connect_to_read(path)
    grown = path.exists() and path.stat().st_size > 0
    connection = sqlite3.connect(path, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHED}")
    connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk before old graphs are removed
    if grown:  # one that grows now would count, as it is read, as memory of the build
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    place = path.resolve().as_uri()
    try:
        return _begin(f"{place}?mode=ro")
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _begin(
            f"{place}?mode=ro&immutable=1"
        )  # nobody can write there: read-only, or the disk is full


def _begin(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, uri=True)
    try:
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
