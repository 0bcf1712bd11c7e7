"""Digests in, graph out: the whole house on one screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.curation.adoption import FILE, adopt, report_decisions
from kg.errors import InputError, UnknownNameError
from kg.extraction import find
from kg.files import DigestFile, Found, find_digests, read_text
from kg.fingerprint import fingerprint
from kg.graph import Graph
from kg.image import refresh, require
from kg.rdf.iris import paper_key
from kg.readers import read_digest
from kg.records import Digest, Entry, Problem
from kg.resolution.digests import mint_item
from kg.resolution.titles import find_wrong_links
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.readers.layouts import Layout


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


def read(path: str | Path) -> tuple[Entry, ...]:
    """Read the entries of one digest file, in order.

    Raises:
        InputError: the file cannot be used; the message names file and line.
    """
    path = Path(path)
    return read_digest(read_text(str(path)), path.name).entries


def build(
    paths: Iterable[str | Path],
    store: str | Path | None = None,
    *,
    layouts: Sequence[Layout] = (),
    curation: str | Path | None = None,
    min_confidence: float | None = None,
) -> Graph:
    """Build a graph from digests, or bring an existing one up to date.

    Args:
        paths: digest files, folders of them, or glob patterns.
        store: the folder to keep it in; None keeps it in memory.
        layouts: layouts of your own, tried before the known ones (see `kg.readers.layouts.parse_layout`).
        curation: the file of what readers decided; None for ``curation.txt`` in the store's folder.
        min_confidence: leave what is less sure out of the graph; None for what the store was built with, 0
            for everything.

    Raises:
        UsageError: a path does not exist, a folder holds no digest, or two files have one key.
        StoreError: the store is locked or of another format.
    """
    opened = Store(Path(store) if store is not None else None, writing=True)
    found = find_digests([str(path) for path in paths])
    decided = Path(curation) if curation else None
    update(opened, found, layouts=layouts, curation=decided, min_confidence=min_confidence)
    return Graph(opened)


def update(
    store: Store,
    found: Found,
    *,
    layouts: Sequence[Layout] = (),
    curation: Path | None = None,
    min_confidence: float | None = None,
    sync: bool = False,
    advance: Callable[[DigestFile], None] = lambda _: None,
) -> Report:
    """Bring a store up to date with these digests.

    Args:
        store: opened for writing.
        found: the digests, each with its key, and what was refused on the way.
        layouts: layouts of the user's own.
        curation: the file of what readers decided; None for the one in the store's folder, if there is one.
        min_confidence: how sure a fact must be to come into the graph; None for as sure as before.
        sync: also drop digests that came from the same folders and are there no more.
        advance: called after each digest, for a progress bar.

    Returns:
        What was done, with every problem of every digest that the store now holds.
    """
    with store.changing():
        decided = adopt(store, curation)
        work = _Work(store, layouts, found.problems)
        for file in found.files:
            work.take(file)
            advance(file)
        dropped = _drop_missing(store, found.files) if sync else ()
        _touch_all_after_upgrade(store)
        if min_confidence is not None:
            require(store, min_confidence)
        refresh(store)
    return work.report(dropped, report_decisions(store, decided, curation.name if curation else FILE))


class _Work:
    """One run over digests: what it reads goes into the store, what it counts into the report."""

    def __init__(self, store: Store, layouts: Sequence[Layout], refused: Sequence[Problem]) -> None:
        self._store, self._layouts = store, layouts
        self._refused = list(refused)
        declared = repr(layouts).encode()
        self._made_by = fingerprint("reading") + fingerprint("extraction") + _hash(declared)[:8]
        self._done: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": [], "upgraded": []}
        self._extracted = self._reused = 0

    def take(self, file: DigestFile) -> None:
        """Read one digest unless the store already has it as it is."""
        try:
            text = read_text(file.path)
        except InputError as error:
            self._refuse(file, error.wrong, error.expected, error.line)
            return
        ledger, hashed, folder = self._store.ledger, _hash(text.encode()), _folder_of(file)
        row = ledger.digest_row(file.key)
        if row and row.hash == hashed and row.fingerprint == self._made_by:
            self._done["unchanged"].append(file.key)
        elif row and row.hash != hashed and row.folder != folder:
            wrong = f"the store holds another digest of this name, from {row.folder}"
            self._refuse(file, wrong, "both under one folder that is given, or the other dropped first")
        else:
            self._record(read_digest(text, file.key, self._layouts), (folder, hashed, self._made_by))
            kind = "added" if row is None else "upgraded" if row.hash == hashed else "changed"
            self._done[kind].append(file.key)

    def _refuse(self, file: DigestFile, wrong: str, expected: str, line: int | None = None) -> None:
        self._refused.append(Problem(digest=file.key, line=line, wrong=wrong, expected=expected))

    def _record(self, digest: Digest, origin: tuple[str, str, str]) -> None:
        """Put one digest and what is found in it into the ledger, durably."""
        items = {mint_item(entry): (paper_key(entry), self._extract(entry)) for entry in digest.entries}
        self._store.ledger.put_digest(digest, items, origin)
        self._store.ledger.commit()

    def _extract(self, entry: Entry) -> str:
        """Find what an entry says unless that is known; return the key under which it is kept."""
        read_from = (entry.title, entry.text, entry.language, entry.repositories, entry.layout)
        cache = _hash(msgspec.json.encode(read_from))[:32] + fingerprint("extraction")
        if self._store.ledger.has_findings(cache):
            self._reused += 1
        else:
            self._store.ledger.put_findings(cache, find(entry))
            self._extracted += 1
        return cache

    def report(self, dropped: tuple[str, ...], idle: Sequence[Problem]) -> Report:
        """Sum up, with the problems of all digests in the store and those that show only across digests."""
        ledger = self._store.ledger
        problems = [problem for row in ledger.digests() for problem in row.problems]
        problems += [*self._refused, *idle, *find_wrong_links(ledger)]
        problems.sort(key=lambda p: (p.digest, p.line or 0, p.wrong))
        return Report(
            **{kind: tuple(keys) for kind, keys in self._done.items()},
            dropped=dropped,
            extracted=self._extracted,
            reused=self._reused,
            problems=tuple(problems),
        )


def drop(store: Store, keys: Sequence[str]) -> None:
    """Take digests out of a store, with all that only they support.

    Raises:
        UnknownNameError: the store has no digest of that key.
    """
    known = [row.key for row in store.ledger.digests()]
    for key in keys:
        if key not in known:
            raise UnknownNameError(key, tuple(k for k in known if key in k)[:5])
    with store.changing():
        for key in keys:
            store.ledger.drop_digest(key)
        refresh(store)


def curate(store: Store, curation: Path | None = None) -> list[Problem]:
    """Bring a store up to date with what readers decided, without reading any digest.

    Args:
        store: opened for writing.
        curation: the file of decisions; None for the one in the store's folder.

    Returns:
        The decisions that contradict each other or no longer apply.
    """
    with store.changing():
        decided = adopt(store, curation)
        refresh(store)
    return report_decisions(store, decided, curation.name if curation else FILE)


def _drop_missing(store: Store, files: Sequence[DigestFile]) -> tuple[str, ...]:
    folders, present = {_folder_of(file) for file in files}, {file.key for file in files}
    gone = [row.key for row in store.ledger.digests() if row.folder in folders and row.key not in present]
    for key in gone:
        store.ledger.drop_digest(key)
    return tuple(gone)


def _touch_all_after_upgrade(store: Store) -> None:
    """Have the whole graph computed anew when what computes it has changed."""
    present = fingerprint("resolution")
    if store.ledger.meta("resolution") != present:
        store.ledger.touch_all()
        store.ledger.set_meta("resolution", present)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _folder_of(file: DigestFile) -> str:
    """Return the folder that a digest's key is relative to."""
    path = Path(file.path).resolve()
    return str(path.parents[min(file.key.count("/"), len(path.parents) - 1)])
