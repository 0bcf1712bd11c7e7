"""The names that owners use for nodes -> which node a name means, what a node is called and is said to be.

A part of the ledger. An owner is an item or a paper; it puts the names it uses, and what it says of nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.store.book import Book
from kg.store.rows import Label, Naming, Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class NameBook(Book):
    """The names in use in one store."""

    def put(self, owner: str, namings: Iterable[Naming], sayings: Iterable[Saying] = ()) -> None:
        """Record the names one owner uses and what it says of nodes.

        What was recorded before stays where it is the same; only the nodes of which something else is now
        said are noted.
        """
        named = {(n.node, n.spelling, n.rank) for n in namings}
        self._note(owner, "naming", ("node", "spelling", "rank"), named)
        self._note(owner, "saying", ("node", "property", "value", "evidence"), set(sayings))

    def _note(self, owner: str, table: str, columns: tuple[str, ...], new: set[tuple[Any, ...]]) -> None:
        """Change what a table has of an owner, and note the nodes in the first column of what differs."""
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE owner = ?"  # noqa: S608 - our own words
        old = set(self._db.execute(query, (owner,)))
        equal, marks = " AND ".join(f"{name} = ?" for name in columns), ", ?" * len(columns)
        for change, rows in (
            (f"DELETE FROM {table} WHERE owner = ? AND {equal}", old - new),  # noqa: S608
            (f"INSERT INTO {table} VALUES (?{marks})", new - old),  # noqa: S608
        ):
            self._db.executemany(change, [(owner, *row) for row in sorted(rows)])
        self._touch([("node", row[0]) for row in sorted(old ^ new)])

    def clear(self) -> None:
        """Forget everything: all owners put their names again."""
        for table in ("naming", "saying", "label"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words

    def forget(self, owners: Iterable[str]) -> None:
        """Drop the names of these owners and note the nodes that lose them."""
        for owner in owners:
            nodes = self._db.execute("SELECT DISTINCT node FROM naming WHERE owner = ?", (owner,)).fetchall()
            self._touch([("node", row[0]) for row in nodes])
            self._db.execute("DELETE FROM naming WHERE owner = ?", (owner,))
            self._db.execute("DELETE FROM saying WHERE owner = ?", (owner,))

    def namings(self, node: str) -> list[tuple[str, int, int]]:
        """Return (spelling, best rank, number of owners) of one node, sorted by spelling."""
        columns = "spelling, min(rank), count(DISTINCT owner)"
        query = f"SELECT {columns} FROM naming WHERE node = ? GROUP BY spelling ORDER BY 1"  # noqa: S608
        return list(self._db.execute(query, (node,)))

    def sayings(self, node: str) -> list[Saying]:
        """Return what each owner says of one node, sorted."""
        columns = "node, property, value, evidence"
        query = f"SELECT {columns} FROM saying WHERE node = ? ORDER BY property, value, evidence, owner"  # noqa: S608
        return [Saying(*row) for row in self._db.execute(query, (node,))]

    def nodes(self) -> list[str]:
        """Return the IRIs of all named nodes, sorted."""
        return [row[0] for row in self._db.execute("SELECT DISTINCT node FROM naming ORDER BY node")]

    def has_node(self, node: str) -> bool:
        """Say whether anything names this node."""
        return self._db.execute("SELECT 1 FROM naming WHERE node = ? LIMIT 1", (node,)).fetchone() is not None

    def nodes_below(self, node: str) -> list[str]:
        """Return the IRIs that begin with that of a node and go on, sorted."""
        query = "SELECT DISTINCT node FROM naming WHERE node > ? AND node < ? ORDER BY node"
        return [row[0] for row in self._db.execute(query, (node, f"{node}\U0010ffff"))]

    def put_labels(self, nodes: Iterable[str], labels: Iterable[Label]) -> None:
        """Replace the labels of these nodes."""
        self._db.executemany("DELETE FROM label WHERE node = ?", [(node,) for node in sorted(nodes)])
        rows = sorted({(label.node, label.fold, label.label, label.weight) for label in labels})
        self._db.executemany("INSERT INTO label VALUES (?, ?, ?, ?)", rows)

    def labels(self, folds: Iterable[str]) -> list[Label]:
        """Return the labels whose folded form is one of these, most used first."""
        wanted = sorted(set(folds))
        marks = ",".join("?" * len(wanted))
        query = f"SELECT * FROM label WHERE fold IN ({marks}) ORDER BY weight DESC, node, label"  # noqa: S608
        return [Label(*row) for row in self._db.execute(query, wanted)]

    def labels_like(self, part: str, most: int) -> list[Label]:
        """Return labels whose folded form begins with this one, then some that hold it elsewhere.

        Each of the two is given most used first, and has at most so many labels.
        """
        order = "ORDER BY weight DESC, node, label LIMIT ?"
        begun = f"SELECT * FROM label WHERE fold >= ? AND fold < ? {order}"  # noqa: S608 - our own words
        held = f"SELECT * FROM label WHERE instr(fold, ?) > 1 {order}"  # noqa: S608
        found = self._db.execute(begun, (part, f"{part}\U0010ffff", most)).fetchall()
        found += self._db.execute(held, (part, most)).fetchall()
        return [Label(*row) for row in found]

    def labels_below(self, start: str) -> list[Label]:
        """Return the labels of the nodes whose IRIs begin so, most used first."""
        query = "SELECT * FROM label WHERE node >= ? AND node < ? ORDER BY weight DESC, node, label"
        return [Label(*row) for row in self._db.execute(query, (start, f"{start}\U0010ffff"))]

    def all_labels(self) -> Iterator[Label]:
        """Yield every label, most used first."""
        yield from (
            Label(*row) for row in self._db.execute("SELECT * FROM label ORDER BY weight DESC, node, label")
        )
