"""The terms that the entries of papers use -> who uses a term, and who says what it stands for.

A part of the ledger. Every entity of every entry is one row; ``key`` is what it was last resolved to.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kg.store.rows import Term

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence


class Use(NamedTuple):
    """One entity of one entry: its item, its place among the item's entities, its term, its resolved key."""

    item: str
    place: int
    term: Term
    key: str


class Glossary:
    """The terms in use in one store, and what their papers say they stand for.

    Args:
        database: the ledger's own connection; the ledger commits.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def uses(self, paper: str) -> list[Use]:
        """Return every use of a term in the entries about one paper, by item and place."""
        columns = "item, place, kind, spelled, own, long, titled, key"
        query = f"SELECT {columns} FROM term WHERE paper = ? ORDER BY item, place"  # noqa: S608
        return [Use(i, p, Term(*term), key) for i, p, *term, key in self._db.execute(query, (paper,))]

    def put(self, paper: str, uses: Iterable[Use]) -> None:
        """Record the terms of a paper's entries in place of what these entries or the paper had before."""
        self._db.execute("DELETE FROM term WHERE paper = ?", (paper,))
        rows = [(use.item, use.place, paper, *use.term, use.key) for use in uses]
        self._db.executemany("INSERT OR REPLACE INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def put_keys(self, keys: Mapping[tuple[str, int], str]) -> None:
        """Record what entities, given by item and place, were resolved to."""
        rows = [(key, item, place) for (item, place), key in keys.items()]
        self._db.executemany("UPDATE term SET key = ? WHERE item = ? AND place = ?", rows)

    def keys(self, item: str) -> list[tuple[str, str]]:
        """Return the kind and the resolved key of each entity of an item, in order."""
        query = "SELECT kind, key FROM term WHERE item = ? ORDER BY place"
        return list(self._db.execute(query, (item,)))

    def definitions(self, spelled: str) -> list[tuple[str, str, str, str]]:
        """Return what a term stands for where some entry says so.

        Returns:
            (paper, kind of a use in it, kind of a definition in it, what it stands for), each once, sorted.
        """
        query = """SELECT DISTINCT use.paper, use.kind, said.kind, said.long FROM term said
            JOIN term use ON use.spelled = said.spelled AND use.paper = said.paper
            WHERE said.spelled = ? AND said.long != '' ORDER BY 1, 2, 3, 4"""
        return list(self._db.execute(query, (spelled,)))

    def titled(self, kind: str, spelled: str) -> list[tuple[str, str]]:
        """Return (paper, title or words) where a paper gives that name to something new, sorted."""
        query = """SELECT DISTINCT paper, titled FROM term
            WHERE spelled = ? AND kind = ? AND titled != '' ORDER BY 1"""
        return list(self._db.execute(query, (spelled, kind)))

    def abbreviations(self, long: str) -> list[str]:
        """Return the terms that some entry says stand for this one, sorted."""
        query = "SELECT DISTINCT spelled FROM term WHERE long = ? AND long != '' ORDER BY 1"
        return [row[0] for row in self._db.execute(query, (long,))]

    def company(self, papers: Sequence[str]) -> set[str]:
        """Return all terms that stand in the entries of these papers."""
        query = "SELECT group_concat(own, char(10)) FROM term WHERE paper IN (SELECT value FROM json_each(?))"
        (said,) = self._db.execute(query, (json.dumps(papers),)).fetchone()
        return set() if said is None else set(said.split("\n"))  # one text: a row a term costs twice as much

    def kinds(self, term: str) -> set[str]:
        """Return as which kinds the entries of papers use a term, short or spelled out."""
        query = "SELECT kind FROM term WHERE spelled = ?1 UNION SELECT kind FROM term WHERE own = ?1"
        return {row[0] for row in self._db.execute(query, (term,))}

    def users(self, kind: str, term: str) -> set[str]:
        """Return the papers whose entries use a term as this kind, short or spelled out."""
        query = "SELECT paper FROM term WHERE spelled = ?1 AND kind = ?2"
        query += " UNION SELECT paper FROM term WHERE own = ?1 AND kind = ?2"
        return {row[0] for row in self._db.execute(query, (term, kind))}

    def papers_naming(self, terms: Iterable[str]) -> set[str]:
        """Return the papers whose entries use one of these terms, as they themselves understand it."""
        query = "SELECT paper FROM term WHERE own = ?"
        return {row[0] for term in terms for row in self._db.execute(query, (term,))}

    def has_key(self, kind: str, key: str) -> bool:
        """Say whether some entity of that kind was resolved to this key."""
        query = "SELECT 1 FROM term WHERE key = ?1 AND key != own AND kind = ?2 UNION ALL "
        query += "SELECT 1 FROM term WHERE own = ?1 AND key = own AND kind = ?2 LIMIT 1"
        return self._db.execute(query, (key, kind)).fetchone() is not None

    def successors(self, kind: str, own: str) -> list[str]:
        """Return the keys, other than its own, to which uses of a term were resolved, sorted."""
        query = "SELECT DISTINCT key FROM term WHERE own = ? AND kind = ? AND key != own ORDER BY 1"
        return [row[0] for row in self._db.execute(query, (own, kind))]

    def predecessors(self, kind: str, key: str) -> list[str]:
        """Return the own keys, other than this one, of the terms that were resolved to a key, sorted."""
        query = "SELECT DISTINCT own FROM term WHERE key = ? AND kind = ? AND key != own ORDER BY 1"
        return [row[0] for row in self._db.execute(query, (key, kind))]
