"""The texts of digests -> their entries and what these say."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from kg.extraction import find
from kg.fingerprint import fingerprint
from kg.readers import read_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.readers.layouts import Layout
    from kg.records import Digest, Entry
    from kg.workforce import Workforce


class UnreadDigest(msgspec.Struct, frozen=True, kw_only=True):
    """A digest to be read: its key, its text, and the layouts to try first."""

    key: str
    text: str
    layouts: tuple[Layout, ...] = ()


class Gleaning(msgspec.Struct, frozen=True, kw_only=True):
    """All that one digest says.

    ``caches`` are the keys under which the findings of its entries are kept, in their order; ``findings`` are
    those that were not known before, by that key, encoded as the ledger keeps them.
    """

    digest: Digest
    caches: tuple[str, ...]
    findings: dict[str, bytes]


def glean(unread: UnreadDigest, is_known: Callable[[str], bool] = lambda _: False) -> Gleaning:
    """Read one digest, and find what each of its entries says unless that is known."""
    digest = read_digest(unread.text, unread.key, unread.layouts)
    caches = tuple(map(_name_findings, digest.entries))
    findings: dict[str, bytes] = {}
    for cache, entry in zip(caches, digest.entries, strict=True):
        if cache not in findings and not is_known(cache):
            findings[cache] = msgspec.json.encode(find(entry))
    return Gleaning(digest=digest, caches=caches, findings=findings)


def glean_all(
    digests: Iterable[UnreadDigest], workforce: Workforce, is_known: Callable[[str], bool]
) -> Iterator[tuple[UnreadDigest, Gleaning]]:
    """Glean digests, each as soon as it is done.

    Args:
        digests: taken as they are needed.
        workforce: who does the work.
        is_known: says of a key whether the findings under it are known; who works elsewhere does not ask.
    """
    return workforce.map(partial(glean, is_known=is_known) if workforce.is_here else glean, digests)


def _name_findings(entry: Entry) -> str:
    """Make the key under which the findings of an entry are kept: all that they depend on, hashed."""
    read_from = (entry.title, entry.text, entry.language, entry.repositories, entry.layout)
    return hashlib.sha256(msgspec.json.encode(read_from)).hexdigest()[:32] + fingerprint("extraction")
