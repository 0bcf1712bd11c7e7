"""What every digest said, kept in SQLite: the observations from which the graph is computed.

The ledger is the truth and the graph its image. Digests are recorded one by one, each in a transaction that
also notes what the graph must recompute; the notes are cleared when the graph has been brought up to date, so
an interrupted build is finished by the next one.
"""

from __future__ import annotations

import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.identity import fold
from kg.store.connection import connect
from kg.store.glossary import Glossary
from kg.store.namebook import NameBook
from kg.store.notes import Notes
from kg.store.rows import DigestRow, ItemRow
from kg.store.shelf import Shelf
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.records import Credit, Digest, Entity, Entry, Observation
    from kg.store.archive import Archive
    from kg.store.bylines import BylineBook
    from kg.store.coder import Coder

FORMAT = "7"
"""Raised whenever the tables or the records in them change their meaning."""


class Ledger:
    """The observations of one store.

    ``names`` is the book of the names in use, ``bylines`` that of author lists, ``glossary`` that of what
    terms mean, ``shelf`` that of which papers there are, ``notes`` that of what the graph must recompute;
    ``archive`` keeps what was found in entries.

    Args:
        path: the SQLite file, or None for one in memory. A new file gets its tables.
        writing: False opens an existing file for reading only.

    Raises:
        StoreError: the file is none of ours, or was written in another format.
    """

    def __init__(self, path: Path | None, *, writing: bool = True) -> None:
        self._path = path
        try:
            self._db = connect(path, writing=writing)
            version = self._check_format(writing)
        except sqlite3.Error as error:
            raise StoreError(f"{path}: cannot be opened as a store ({error})") from error
        self.notes = Notes(self._db)
        self.names = NameBook(self._db, self.notes.touch)
        self.glossary = Glossary(self._db)
        self.shelf = Shelf(self._db, self.notes.touch)
        if version is None:
            self._make_tables()

    @cached_property
    def bylines(self) -> BylineBook:
        """The book of author lists; who reads the graph alone does without it."""
        from kg.store.bylines import BylineBook

        return BylineBook(self._db, self.notes.touch)

    @cached_property
    def archive(self) -> Archive:
        """The archive of what was found in entries; who reads the graph alone does without it."""
        from kg.store.archive import Archive

        return Archive(self._db, self._coder)

    @cached_property
    def _coder(self) -> Coder:
        """What writes and reads records; who reads the graph alone does without it."""
        from kg.store.coder import Coder

        return Coder()

    def _check_format(self, writing: bool) -> str | None:
        """Return the file's format, None when it is empty; refuse a foreign one."""
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            if not writing:
                raise StoreError(f"{self._path}: the store is still empty; build it first")
            return None
        version = self.meta("format")
        if version != FORMAT:
            raise StoreError(
                f"{self._path}: the store has format {version}, this paperkg reads format {FORMAT}; "
                "build it anew into another folder (--store)"
            )
        return version

    def _make_tables(self) -> None:
        """Make tables and note their format, all or nothing."""
        try:
            self._db.executescript((FOLDER / "ledger.sql").read_text(encoding="utf8"))
            self.set_meta("format", FORMAT)
            self.commit()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self._db.close()

    def commit(self) -> None:
        """Make everything since the last commit durable."""
        self._db.commit()

    def rollback(self) -> None:
        """Undo everything since the last commit."""
        self._db.rollback()

    def copy_to(self, other: Ledger) -> None:
        """Write everything that stands here over what stands in another ledger."""
        self._db.backup(other._db)

    def meta(self, name: str, default: str = "") -> str:
        """Return a value that the store keeps about itself."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value about the store itself."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @property
    def revision(self) -> str:
        """What names the state of a store on disk; another name means that something may have changed."""
        assert self._path
        return f"{self._path.stat().st_ino:x}-{self.meta('generation', '0')}"

    # Digests and their items

    def digests(self) -> Iterator[DigestRow]:
        """Yield every digest by key."""
        yield from map(self._make_row, self._db.execute("SELECT * FROM digest ORDER BY key"))

    def put_digest(
        self, digest: Digest, items: dict[str, tuple[str, str]], origin: tuple[str, str, str], stamp: str = ""
    ) -> None:
        """Record a digest in place of what stood under its key.

        Args:
            digest: the digest as read.
            items: item IRI -> (own paper key, cache key) in the order of ``digest.entries``.
            origin: folder, content hash and reading fingerprint.
            stamp: that of its file (see `DigestRow`).
        """
        self.drop_digest(digest.key)
        row = (digest.key, *origin, stamp, digest.issued, digest.layout, self._coder.encode(digest.problems))
        self._db.execute("INSERT INTO digest VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        rows = [
            (iri, digest.key, entry.source.line, own, own, "", entry.arxiv or "", entry.title,
             fold(entry.title), cache, self._coder.encode(entry))
            for (iri, (own, cache)), entry in zip(items.items(), digest.entries, strict=True)
        ]  # fmt: skip
        self._db.executemany(f"INSERT INTO item VALUES ({', '.join('?' * 11)})", rows)  # noqa: S608
        self._touch_digest(digest.key)

    def put_stamp(self, key: str, stamp: str, folder: str) -> None:
        """Note the stamp under which a digest's file was found to be as it was, and the folder."""
        self._db.execute("UPDATE digest SET stamp = ?, folder = ? WHERE key = ?", (stamp, folder, key))

    def drop_digest(self, key: str) -> None:
        """Forget a digest and its items, and note what the graph must recompute."""
        self._touch_digest(key)
        rows = self._db.execute("SELECT iri, cache FROM item WHERE digest = ?", (key,)).fetchall()
        self.names.forget(iri for iri, _ in rows)
        self.notes.touch(("finding", cache) for _, cache in rows)
        self._db.execute("DELETE FROM item WHERE digest = ?", (key,))
        self._db.execute("DELETE FROM digest WHERE key = ?", (key,))

    def _touch_digest(self, key: str) -> None:
        self.notes.touch([("digest", key)])
        self.shelf.touch_digest(key)

    def touch_all(self) -> None:
        """Note everything: the graph is to be made anew."""
        for row in list(self.digests()):
            self._touch_digest(row.key)

    def digest_row(self, key: str) -> DigestRow | None:
        """Return one digest, or None."""
        row = self._db.execute("SELECT * FROM digest WHERE key = ?", (key,)).fetchone()
        return self._make_row(row) if row else None

    def _make_row(self, row: tuple[Any, ...]) -> DigestRow:
        *values, problems = row
        return DigestRow._make((*values, self._coder.read_problems(problems)))

    def observations(self, scope: str, key: str) -> list[tuple[str, str, Observation]]:
        """Return (item IRI, paper, observation) of one ``digest``, ``paper`` or ``item``, by item IRI."""
        return [
            (iri, paper, self._coder.read(entry, findings))
            for iri, paper, entry, findings in self._read_items(scope, key)
        ]

    def item_rows(self, scope: str, key: str) -> list[ItemRow]:
        """Return the items of one ``digest`` or ``paper``, or one ``item``, as they are kept, by item IRI."""
        return [ItemRow(*row, self.glossary.keys(row[0])) for row in self._read_items(scope, key)]

    def _read_items(self, scope: str, key: str) -> list[tuple[str, str, bytes, bytes]]:
        column = {"digest": "digest", "paper": "paper", "item": "iri"}[scope]
        joined = "SELECT iri, paper, entry, findings FROM item JOIN finding USING (cache)"
        return self._db.execute(f"{joined} WHERE {column} = ? ORDER BY iri", (key,)).fetchall()

    def packed_items(self, digest: str) -> list[tuple[str, str, str, bytes, bytes]]:
        """Return (item IRI, own paper key, cache key, entry, findings) of a digest's items, by line."""
        query = """SELECT iri, own, cache, entry, findings FROM item JOIN finding USING (cache)
            WHERE digest = ? ORDER BY line, iri"""
        return self._db.execute(query, (digest,)).fetchall()

    def entries(self, paper: str) -> list[Entry]:
        """Return every entry about a paper, by item IRI."""
        rows = self._db.execute("SELECT entry FROM item WHERE paper = ? ORDER BY iri", (paper,))
        return [self._coder.read_entry(entry) for (entry,) in rows]

    def credits(self, paper: str) -> list[tuple[str, tuple[Credit, ...]]]:
        """Return (digest key, authors as printed) of every item about a paper, by item IRI."""
        rows = self._db.execute("SELECT digest, entry FROM item WHERE paper = ? ORDER BY iri", (paper,))
        return [(digest, self._coder.read_credits(entry)) for digest, entry in rows]

    def entities(self, paper: str) -> list[tuple[str, str, tuple[Entity, ...]]]:
        """Return (item IRI, title, what it names) of every item about a paper, by item IRI."""
        query = (
            "SELECT iri, title, findings FROM item JOIN finding USING (cache) WHERE paper = ? ORDER BY iri"
        )
        rows = self._db.execute(query, (paper,))
        return [(iri, title, self._coder.read_entities(found)) for iri, title, found in rows]

    def counts(self) -> dict[str, int]:
        """Return how many digests, entries and papers there are."""
        columns = "(SELECT count(*) FROM digest), count(*), count(DISTINCT paper)"
        row = self._db.execute(f"SELECT {columns} FROM item").fetchone()  # noqa: S608
        return dict(zip(("digests", "entries", "papers"), row, strict=True))
