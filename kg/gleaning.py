"""The texts of digests -> their entries and what these say, worked out in this process or in several."""

from __future__ import annotations

import hashlib
import multiprocessing
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kg.extraction import find
from kg.fingerprint import fingerprint
from kg.readers import read_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from kg.readers.layouts import Layout
    from kg.records import Digest, Entry

_AHEAD = 3
"""So many digests wait for each process: enough to keep it busy, few enough to be held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A digest to be read: its key, its text, and the layouts to try first."""

    key: str
    text: str
    layouts: tuple[Layout, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gleaning:
    """All that one digest says.

    ``caches`` are the keys under which the findings of its entries are kept, in their order; ``findings`` are
    those that were not known before, by that key, encoded as the ledger keeps them.
    """

    digest: Digest
    caches: tuple[str, ...]
    findings: dict[str, bytes]


def glean(sheet: Sheet, is_known: Callable[[str], bool] = lambda _: False) -> Gleaning:
    """Read one digest, and find what each of its entries says unless that is known."""
    digest = read_digest(sheet.text, sheet.key, sheet.layouts)
    caches = tuple(map(_name_findings, digest.entries))
    findings: dict[str, bytes] = {}
    for cache, entry in zip(caches, digest.entries, strict=True):
        if cache not in findings and not is_known(cache):
            findings[cache] = msgspec.json.encode(find(entry))
    return Gleaning(digest=digest, caches=caches, findings=findings)


def glean_all(
    sheets: Iterable[Sheet], jobs: int, is_known: Callable[[str], bool]
) -> Iterator[tuple[Sheet, Gleaning]]:
    """Glean digests one by one, or several at a time, each as soon as it is done.

    Args:
        sheets: the digests, taken as they are needed.
        jobs: how many processes do the work; 1 for this one alone.
        is_known: says of a key whether the findings under it are known; several processes do not ask.
    """
    if jobs == 1:
        yield from ((sheet, glean(sheet, is_known)) for sheet in sheets)
        return
    # Not forked: the store's own threads would not live on in a copy of this process.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        waiting: dict[Future[Gleaning], Sheet] = {}
        for sheet in sheets:
            waiting[pool.submit(glean, sheet)] = sheet
            if len(waiting) >= _AHEAD * jobs:
                yield from _collect(waiting)
        while waiting:
            yield from _collect(waiting)


def _collect(waiting: dict[Future[Gleaning], Sheet]) -> Iterator[tuple[Sheet, Gleaning]]:
    """Wait for one digest or more to be done, and take them out."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for each in done:
        yield waiting.pop(each), each.result()


def _name_findings(entry: Entry) -> str:
    """Make the key under which the findings of an entry are kept: all that they depend on, hashed."""
    read_from = (entry.title, entry.text, entry.language, entry.repositories, entry.layout)
    return hashlib.sha256(msgspec.json.encode(read_from)).hexdigest()[:32] + fingerprint("extraction")
