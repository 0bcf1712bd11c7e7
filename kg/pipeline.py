"""Digests in, graph out: the whole house on one screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.curation.adoption import FILE, adopt, report_decisions
from kg.errors import UnknownNameError
from kg.files import Found, find_digests, list_gone, read_text
from kg.fingerprint import fingerprint
from kg.graph import Graph
from kg.image import refresh, require
from kg.intake import Intake, Report
from kg.readers import read_digest
from kg.remote.opening import open_store
from kg.store import Store
from kg.workforce import ALONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.files import DigestFile
    from kg.readers.layouts import Layout
    from kg.records import Entry, Problem
    from kg.remote.opening import Location
    from kg.workforce import Workforce


def read(path: str | Path) -> tuple[Entry, ...]:
    """Read the entries of one digest file, in order.

    Raises:
        InputError: the file cannot be used; the message names file and line.
    """
    return read_digest(read_text(str(path)), Path(path).name).entries


def build(
    paths: str | Path | Iterable[str | Path],
    store: Location | None = None,
    *,
    layouts: Sequence[Layout] = (),
    curation: str | Path | None = None,
    min_confidence: float | None = None,
) -> Graph:
    """Build a graph from digests, or bring an existing one up to date.

    Args:
        paths: digest files, folders of them, glob patterns, or URLs of these; one, or several.
        store: the folder or the address of a server to keep it in; None keeps it in memory.
        layouts: layouts of your own, tried before the known ones (see `kg.readers.layouts.parse_layout`).
        curation: the file of what readers decided; None for ``curation.txt`` in the store's folder.
        min_confidence: leave what is less sure out of the graph; None for what the store was built with, 0
            for everything.

    Raises:
        UsageError: a path does not exist, a folder holds no digest, or two files have one key.
        StoreError: the store is locked or of another format.
    """
    given = [paths] if isinstance(paths, str | Path) else paths
    opened = Store(None) if store is None else open_store(store, writing=True)
    try:
        found = find_digests([str(path) for path in given])
        decided = Path(curation) if curation else None
        update(opened, found, layouts=layouts, curation=decided, min_confidence=min_confidence)
    except BaseException:
        opened.close()
        raise
    return Graph(opened, store)


def update(
    store: Store,
    found: Found,
    *,
    layouts: Sequence[Layout] = (),
    curation: Path | None = None,
    min_confidence: float | None = None,
    sync: bool = False,
    workforce: Workforce = ALONE,
    advance: Callable[[DigestFile], None] = lambda _: None,
) -> Report:
    """Bring a store up to date with these digests.

    Args:
        store: opened for writing.
        found: the digests, each with its key, and what was refused on the way.
        layouts: layouts of the user's own.
        curation: the file of what readers decided; None for the one in the store's folder, if there is one.
        min_confidence: how sure a fact must be to come into the graph; None for as sure as before.
        sync: also drop digests that are gone from the folders that were walked; a file alone is no folder.
        workforce: who reads, extracts and describes; the graph is the same, whoever does it.
        advance: called after each digest, for a progress bar.

    Returns:
        What was done, with every problem of every digest that the store now holds.
    """
    with store.changing():
        decided = adopt(store, curation)
        work = Intake(store, layouts, found.problems)
        work.take(found.files, workforce, advance)
        dropped = _drop_missing(store, found) if sync else ()
        _touch_all_after_upgrade(store)
        if min_confidence is not None:
            require(store, min_confidence)
        refresh(store, workforce)
    return work.report(dropped, report_decisions(store, decided, curation.name if curation else FILE))


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


def _drop_missing(store: Store, found: Found) -> tuple[str, ...]:
    gone = list_gone([(row.folder, row.key) for row in store.ledger.digests()], found)
    for key in gone:
        store.ledger.drop_digest(key)
    return tuple(gone)


def _touch_all_after_upgrade(store: Store) -> None:
    """Have the whole graph computed anew when what computes it has changed."""
    present = fingerprint("resolution")
    if store.ledger.meta("resolution") != present:
        store.ledger.touch_all()
        store.ledger.set_meta("resolution", present)
