"""What each entry calls the paper it is about -> the paper that it turned out to be.

A part of the ledger. Every item has its own key (that of its entry alone), a stem (the own key, or that of
its title where the link is wrong) and the paper; all items of one stem are about one paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable


class Copy(NamedTuple):
    """One item as a bearer of a title: where it stands, what it prints and folded, its stem, its paper."""

    item: str
    digest: str
    line: int
    title: str
    fold: str
    stem: str
    paper: str


class Shelf(Book):
    """The papers of one store, by own key, by stem and by title."""

    def touch_digest(self, digest: str) -> None:
        """Note all that a digest's coming or going changes: its papers, and whose links and titles."""
        query = "SELECT paper, own, stem, fold FROM item WHERE digest = ?"
        rows = self._db.execute(query, (digest,)).fetchall()
        self._touch([(scope, key) for row in rows for scope, key in zip(_SCOPES, row, strict=True) if key])

    def papers(self) -> list[str]:
        """Return the keys of all papers, sorted."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT paper FROM item ORDER BY paper")]

    def replaced(self, paper: str) -> list[str]:
        """Return the stems of a paper's entries that are not its key, sorted."""
        query = "SELECT DISTINCT stem FROM item WHERE paper = ? AND stem != paper ORDER BY stem"
        return [row[0] for row in self._db.execute(query, (paper,))]

    def has_stem(self, stem: str) -> bool:
        """Say whether some entry has this stem."""
        return self._db.execute("SELECT 1 FROM item WHERE stem = ? LIMIT 1", (stem,)).fetchone() is not None

    def strays(self) -> list[str]:
        """Return the own keys that some entry bears with the title of another paper, sorted."""
        query = "SELECT DISTINCT own FROM item WHERE stem != '' AND stem != own ORDER BY own"
        return [row[0] for row in self._db.execute(query)]

    def copies(self, own: str) -> list[Copy]:
        """Return all items of one own key, by digest and line."""
        columns, order = "iri, digest, line, title, fold, stem, paper", "digest, line, iri"
        query = f"SELECT {columns} FROM item WHERE own = ? ORDER BY {order}"  # noqa: S608 - our own words
        return [Copy(*row) for row in self._db.execute(query, (own,))]

    def put_stem(self, item: str, stem: str) -> None:
        """Say which stem an item has."""
        self._db.execute("UPDATE item SET stem = ? WHERE iri = ?", (stem, item))

    def stems_titled(self, folds: Iterable[str]) -> set[str]:
        """Return the stems of which an entry has one of these titles."""
        query = "SELECT stem FROM item WHERE fold = ? AND fold != ''"
        return {row[0] for fold in folds for row in self._db.execute(query, (fold,))}

    def owns_titled(self, folds: Iterable[str]) -> set[str]:
        """Return the arXiv ids as own keys of entries that print one of these titles."""
        query = "SELECT own FROM item WHERE fold = ? AND fold != '' AND own = arxiv"
        return {row[0] for fold in folds for row in self._db.execute(query, (fold,))}

    def is_arxiv(self, stem: str) -> bool:
        """Say whether a stem is an arXiv id."""
        query = "SELECT 1 FROM item WHERE stem = ? AND arxiv = stem LIMIT 1"
        return self._db.execute(query, (stem,)).fetchone() is not None

    def namesakes(self, stem: str) -> list[str]:
        """Return the arXiv ids that stand with one of a stem's titles, sorted."""
        query = """SELECT DISTINCT other.stem FROM item own JOIN item other ON other.fold = own.fold
            WHERE own.stem = ? AND own.fold != '' AND other.arxiv = other.stem ORDER BY 1"""
        return [row[0] for row in self._db.execute(query, (stem,))]

    def put_paper(self, stem: str, paper: str) -> None:
        """Say which paper the items of a stem are about, and note what this changes."""
        query = "SELECT iri, paper FROM item WHERE stem = ? AND paper != ?"
        moved = self._db.execute(query, (stem, paper)).fetchall()
        if moved:
            self._db.execute("UPDATE item SET paper = ? WHERE stem = ?", (paper, stem))
            self._touch([("paper", paper), *(("paper", old) for _, old in moved)])
            self._touch([("item", item) for item, _ in moved])


_SCOPES = ("paper", "own", "stem", "title")
"""What is touched, in the order of the columns that say it."""
