"""Digest files -> what the ledger did not have of them yet, put there, and a report of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.errors import InputError
from kg.files import STDIN, DigestFile, folder_of, holds, read_text, stamp
from kg.fingerprint import fingerprint
from kg.gleaning import Gleaning, UnreadDigest, glean_all
from kg.rdf.iris import paper_key
from kg.records import Problem
from kg.resolution.digests import mint_item
from kg.resolution.titles import find_wrong_links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.readers.layouts import Layout
    from kg.store import Store
    from kg.store.rows import DigestRow
    from kg.workforce import Workforce


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did: keys of digests, the number of entries extracted anew or taken from the cache.

    Refused are those that another digest of the same name keeps out.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    upgraded: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    extracted: int = 0
    reused: int = 0
    problems: tuple[Problem, ...] = ()


class _Order(NamedTuple):
    """A digest that is to be read: its text, what that will be to the store, and where it came from."""

    file: DigestFile
    text: str
    kind: str
    origin: tuple[str, str, str]
    stamp: str


class Intake:
    """One run over digests: what it reads goes into the store, what it counts into the report."""

    def __init__(self, store: Store, layouts: Sequence[Layout], refused: Sequence[Problem]) -> None:
        self._store, self._layouts = store, layouts
        self._known = {row.key: row for row in store.ledger.digests()}
        self._names = {f"{row.folder}/{row.key}": row.key for row in self._known.values()}
        self._refused = list(refused)
        declared = repr(tuple(layouts)).encode()  # a list of none is none
        self._made_by = fingerprint("reading") + fingerprint("extraction") + _hash(declared)[:8]
        kinds = ("added", "changed", "unchanged", "upgraded", "refused")
        self._done: dict[str, list[str]] = {kind: [] for kind in kinds}
        self._folders: dict[str, str] = {}
        self._extracted = self._reused = 0

    def take(
        self, files: Sequence[DigestFile], workforce: Workforce, advance: Callable[[DigestFile], None]
    ) -> None:
        """Read the digests that the store has not as they are, and put what they say into the ledger."""
        waiting: dict[str, _Order] = {}

        def choose() -> Iterator[UnreadDigest]:
            for file in map(self._name_as_known, files):
                order = self._order(file)
                if order:
                    waiting[file.key] = order
                    yield UnreadDigest(key=file.key, text=order.text, layouts=tuple(self._layouts))
                else:
                    advance(file)

        for unread, gleaned in glean_all(choose(), workforce, self._store.ledger.archive.has):
            order = waiting.pop(unread.key)
            self._record(gleaned, order)
            self._done[order.kind].append(unread.key)
            advance(order.file)
        self._store.ledger.commit()

    def _name_as_known(self, file: DigestFile) -> DigestFile:
        """Give a file the key that it came under when another folder above it was given, if it did."""
        known = self._names.get(f"{self._folder_of(file)}/{file.key}", file.key)
        return file if known == file.key else file._replace(key=known)

    def _order(self, file: DigestFile) -> _Order | None:
        """Give the order to read a digest, unless the store already has it as it is."""
        row, stamped, folder = self._known.get(file.key), stamp(file.path), self._folder_of(file)
        seen = (stamped, self._made_by, folder)
        if row and stamped and (row.stamp, row.fingerprint, row.folder) == seen:
            self._done["unchanged"].append(file.key)
            return None
        try:
            text = read_text(file.path)
        except InputError as error:
            self._refuse(file, error.wrong, error.expected, error.line)
            return None
        order = _Order(file, text, "added", (folder, _hash(text.encode()), self._made_by), stamped)
        return self._weigh(order, row) if row else order

    def _folder_of(self, file: DigestFile) -> str:
        """Return the folder of a digest; looked up once for all that lie below one."""
        above = file.path.removesuffix(file.key)
        if above not in self._folders:
            self._folders[above] = folder_of(file)
        return self._folders[above]

    def _weigh(self, order: _Order, row: DigestRow) -> _Order | None:
        """Give the order to read a digest that the store has otherwise; note what is new of one that it has.

        Where a digest of this name came from another folder, this one takes its place if it says the same or
        the other is there no more.
        """
        file, (folder, hashed, _) = order.file, order.origin
        stays = row.folder not in ("", folder) and holds(row.folder, row.key)  # empty: built elsewhere
        if row.hash != hashed and (stays or STDIN == row.folder != folder):
            self._done["refused"].append(file.key)
            place = "standard input" if row.folder == STDIN else row.folder
            wrong = f"the store holds another digest of this name, from {place}"
            self._refuse(file, wrong, "both under one folder that is given, or the other dropped first")
            return None
        if (row.hash, row.fingerprint) == (hashed, self._made_by):
            if not stays and (row.stamp, row.folder) != (order.stamp, folder):
                self._store.ledger.put_stamp(file.key, order.stamp, folder)
            self._done["unchanged"].append(file.key)
            return None
        if stays:
            order = order._replace(origin=(row.folder, *order.origin[1:]), stamp="")
        return order._replace(kind="upgraded" if row.hash == hashed else "changed")

    def _refuse(self, file: DigestFile, wrong: str, expected: str, line: int | None = None) -> None:
        self._refused.append(Problem(digest=file.key, line=line, wrong=wrong, expected=expected))

    def _record(self, gleaned: Gleaning, order: _Order) -> None:
        """Put one digest and what is found in it into the ledger, durably."""
        ledger, entries = self._store.ledger, gleaned.digest.entries
        new = sum(ledger.archive.put(cache, found) for cache, found in gleaned.findings.items())
        items = {
            mint_item(entry): (paper_key(entry), cache)
            for entry, cache in zip(entries, gleaned.caches, strict=True)
        }
        ledger.put_digest(gleaned.digest, items, order.origin, order.stamp)
        ledger.commit()
        self._extracted += new
        self._reused += len(entries) - new

    def report(self, dropped: tuple[str, ...], idle: Sequence[Problem]) -> Report:
        """Sum up, with the problems of all digests in the store and those that show only across digests."""
        ledger = self._store.ledger
        problems = [problem for row in ledger.digests() for problem in row.problems]
        problems += [*self._refused, *idle, *find_wrong_links(ledger)]
        problems.sort(key=lambda p: (p.digest, p.line or 0, p.wrong))
        return Report(
            **{kind: tuple(sorted(keys)) for kind, keys in self._done.items()},
            dropped=dropped,
            extracted=self._extracted,
            reused=self._reused,
            problems=tuple(problems),
        )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
