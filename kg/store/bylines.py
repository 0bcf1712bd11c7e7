"""The author lists of papers, and who each author was found to be -> both, by paper, by handle and by name.

A part of the ledger. The book keeps what the digests list of each paper, the people that this makes, and the
node each of them is; its indices say which papers a new digest touches, so that no other is looked at.
"""

from __future__ import annotations

import msgspec

from kg.store.book import Book


class Byline(msgspec.Struct, frozen=True, kw_only=True):
    """All author lists of one paper as one; names and handles stand by their keys, beside what is printed.

    ``pairs`` are (handle, name, digest) where a digest pairs the two; ``bare`` are names that some digest
    lists without a handle; ``apart`` are (handle, name) of one list, thus two people; ``whole``
    says that some list gives names only, so that nobody is missing.
    """

    names: dict[str, str]
    handles: dict[str, str]
    pairs: tuple[tuple[str, str, str], ...] = ()
    bare: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    whole: bool = False


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Why a handle has a name, as printed: a digest pairs the two, or they were aligned, that surely."""

    name: str
    digest: str | None = None
    confidence: float = 1.0


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One author of one paper: the keys of the names and the handle that are this person's, and why.

    ``bare`` are the names of this person that some digest lists without a handle.
    """

    names: tuple[str, ...] = ()
    handle: str | None = None
    bare: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def key(self) -> str:
        """What tells this person from the others of the paper."""
        return f"@{self.handle}" if self.handle else self.names[0]


class Signing(msgspec.Struct, frozen=True):
    """A person of a paper who is a node: ``ground`` says why, where the paper alone does not."""

    paper: str
    person: Person
    ground: str


class BylineBook(Book):
    """The author lists of one store."""

    def clear(self) -> None:
        """Forget everything: it will be worked out anew."""
        for table in ("byline", "listed", "signed", "author"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words

    def byline(self, paper: str) -> Byline | None:
        """Return what the digests list of a paper."""
        row = self._db.execute("SELECT byline FROM byline WHERE paper = ?", (paper,)).fetchone()
        return _BYLINE.decode(row[0]) if row else None

    def put_byline(self, paper: str, byline: Byline | None) -> None:
        """Replace what the digests list of a paper."""
        self._db.execute("DELETE FROM byline WHERE paper = ?", (paper,))
        self._db.execute("DELETE FROM listed WHERE paper = ?", (paper,))
        if byline:
            self._db.execute("INSERT INTO byline VALUES (?, ?)", (paper, msgspec.json.encode(byline)))
            rows = [(handle, paper) for handle in sorted(byline.handles)]
            self._db.executemany("INSERT INTO listed VALUES (?, ?)", rows)

    def papers_listing(self, handle: str) -> list[str]:
        """Return the papers that list a handle, sorted."""
        query = "SELECT paper FROM listed WHERE handle = ? ORDER BY paper"
        return [row[0] for row in self._db.execute(query, (handle,))]

    def people(self, paper: str) -> dict[str, Person]:
        """Return the people of a paper by their keys."""
        query = "SELECT person, record FROM author WHERE paper = ? ORDER BY person"
        return {key: _PERSON.decode(record) for key, record in self._db.execute(query, (paper,))}

    def put_people(self, paper: str, old: dict[str, Person], new: dict[str, Person]) -> None:
        """Replace the people of a paper; those that are new or have changed are no node yet."""
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                if key in old:
                    self.put_node(paper, key, None)
                    self._db.execute("DELETE FROM author WHERE paper = ? AND person = ?", (paper, key))
                    self._db.execute("DELETE FROM signed WHERE paper = ? AND person = ?", (paper, key))
                if key in new:
                    row = (paper, key, msgspec.json.encode(new[key]))
                    self._db.execute("INSERT INTO author VALUES (?, ?, ?, NULL, '')", row)
                    names = [(name, paper, key) for name in new[key].names]
                    self._db.executemany("INSERT INTO signed VALUES (?, ?, ?)", names)

    def signed(self, name: str) -> list[tuple[str, str]]:
        """Return (paper, person) of everybody of that name, sorted."""
        query = "SELECT paper, person FROM signed WHERE name = ? ORDER BY paper, person"
        return list(self._db.execute(query, (name,)))

    def names(self, paper: str) -> frozenset[str]:
        """Return the names of a paper's people."""
        return frozenset(
            row[0] for row in self._db.execute("SELECT name FROM signed WHERE paper = ?", (paper,))
        )

    def put_node(self, paper: str, person: str, node: str | None, ground: str = "") -> None:
        """Say which node a person of a paper is, and note what this changes."""
        query = "SELECT node, ground FROM author WHERE paper = ? AND person = ?"
        row = self._db.execute(query, (paper, person)).fetchone()
        if row is None or row == (node, ground):
            return
        change = "UPDATE author SET node = ?, ground = ? WHERE paper = ? AND person = ?"
        self._db.execute(change, (node, ground, paper, person))
        changed = [("paper", paper)] if row[0] != node else []
        self._touch([*changed, *(("node", each) for each in {row[0], node} if each)])

    def nodes(self, paper: str) -> list[tuple[Person, str]]:
        """Return the people of a paper with their nodes."""
        query = "SELECT record, node FROM author WHERE paper = ? ORDER BY person"
        return [(_PERSON.decode(record), node) for record, node in self._db.execute(query, (paper,))]

    def signings(self, node: str) -> list[Signing]:
        """Return all that make up a node, by paper."""
        query = "SELECT paper, record, ground FROM author WHERE node = ? ORDER BY paper, person"
        return [
            Signing(paper, _PERSON.decode(record), ground)
            for paper, record, ground in self._db.execute(query, (node,))
        ]


_BYLINE = msgspec.json.Decoder(Byline)
_PERSON = msgspec.json.Decoder(Person)
