"""Digest files -> what the ledger did not have of them yet, put there, and a report of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.files import DigestFile, folder_of, read_text, stamp
from kg.fingerprint import fingerprint
from kg.gleaning import Gleaning, Sheet, glean_all
from kg.rdf.iris import paper_key
from kg.records import Problem
from kg.resolution.digests import mint_item
from kg.resolution.titles import find_wrong_links

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.readers.layouts import Layout
    from kg.store import Store
    from kg.workforce import Workforce


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did: keys of digests, the number of entries extracted anew or taken from the cache."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    upgraded: tuple[str, ...] = ()
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
        self._refused = list(refused)
        declared = repr(tuple(layouts)).encode()  # a list of none is none
        self._made_by = fingerprint("reading") + fingerprint("extraction") + _hash(declared)[:8]
        self._done: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": [], "upgraded": []}
        self._extracted = self._reused = 0

    def take(
        self, files: Sequence[DigestFile], workforce: Workforce, advance: Callable[[DigestFile], None]
    ) -> None:
        """Read the digests that the store has not as they are, and put what they say into the ledger."""
        waiting: dict[str, _Order] = {}

        def choose() -> Iterator[Sheet]:
            for file in files:
                order = self._order(file)
                if order:
                    waiting[file.key] = order
                    yield Sheet(key=file.key, text=order.text, layouts=tuple(self._layouts))
                else:
                    advance(file)

        for sheet, gleaned in glean_all(choose(), workforce, self._store.ledger.has_findings):
            order = waiting.pop(sheet.key)
            self._record(gleaned, order)
            self._done[order.kind].append(sheet.key)
            advance(order.file)
        self._store.ledger.commit()

    def _order(self, file: DigestFile) -> _Order | None:
        """Give the order to read a digest, unless the store already has it as it is."""
        row, stamped = self._known.get(file.key), stamp(file.path)
        if row and stamped and (row.stamp, row.fingerprint) == (stamped, self._made_by):
            self._done["unchanged"].append(file.key)
            return None
        try:
            text = read_text(file.path)
        except InputError as error:
            self._refuse(file, error.wrong, error.expected, error.line)
            return None
        hashed, folder = _hash(text.encode()), folder_of(file)
        if row and (row.hash, row.fingerprint) == (hashed, self._made_by):
            if stamped != row.stamp or not row.folder:
                self._store.ledger.put_stamp(file.key, stamped, row.folder or folder)
            self._done["unchanged"].append(file.key)
            return None
        if row and row.hash != hashed and row.folder not in ("", folder):  # empty: built on another machine
            wrong = f"the store holds another digest of this name, from {row.folder}"
            self._refuse(file, wrong, "both under one folder that is given, or the other dropped first")
            return None
        kind = "added" if row is None else "upgraded" if row.hash == hashed else "changed"
        return _Order(file, text, kind, (folder, hashed, self._made_by), stamped)

    def _refuse(self, file: DigestFile, wrong: str, expected: str, line: int | None = None) -> None:
        self._refused.append(Problem(digest=file.key, line=line, wrong=wrong, expected=expected))

    def _record(self, gleaned: Gleaning, order: _Order) -> None:
        """Put one digest and what is found in it into the ledger, durably."""
        ledger, entries = self._store.ledger, gleaned.digest.entries
        new = sum(ledger.put_findings(cache, found) for cache, found in gleaned.findings.items())
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
