"""What one digest says, in a ledger <-> bytes that say it in any other ledger.

What belongs to a machine is left out: the folder that the digest came from, and the stamp of its file.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from kg.errors import StoreError
from kg.records import Digest, Entry, Findings, Problem
from kg.store.ledger import FORMAT

if TYPE_CHECKING:
    from kg.store.ledger import Ledger
    from kg.store.rows import DigestRow


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """A digest with its entries, each with its item, the key of its paper alone, and its findings by key."""

    key: str
    hash: str
    fingerprint: str
    issued: str | None
    layout: str
    problems: tuple[Problem, ...]
    items: tuple[tuple[str, str, str, Entry], ...]
    findings: dict[str, Findings]


def seal(row: DigestRow) -> str:
    """Return the checksum of what a digest says: it depends on its text and on what read it."""
    known = "\n".join((FORMAT, row.key, row.hash, row.fingerprint))
    return hashlib.sha256(known.encode()).hexdigest()[:24]


def pack(ledger: Ledger, row: DigestRow) -> bytes:
    """Pack one digest of a ledger."""
    items, findings = [], {}
    for item, own, cache, entry, found in ledger.packed_items(row.key):
        items.append((item, own, cache, msgspec.json.decode(entry, type=Entry)))
        findings[cache] = msgspec.json.decode(found, type=Findings)
    return msgspec.json.encode(
        Parcel(
            key=row.key,
            hash=row.hash,
            fingerprint=row.fingerprint,
            issued=row.issued,
            layout=row.layout,
            problems=row.problems,
            items=tuple(items),
            findings=findings,
        )
    )


def unpack(ledger: Ledger, content: bytes, name: str) -> None:
    """Put a packed digest into a ledger, in place of what stood under its key.

    Raises:
        StoreError: it was packed by a version whose records are other ones.
    """
    try:
        parcel = msgspec.json.decode(content, type=Parcel)
    except msgspec.DecodeError as error:
        raise StoreError(f"{name}: cannot be read as a packed digest ({error})") from None
    for cache, findings in parcel.findings.items():
        ledger.archive.put(cache, findings)
    digest = Digest(
        key=parcel.key,
        entries=tuple(entry for *_, entry in parcel.items),
        problems=parcel.problems,
        issued=parcel.issued,
        layout=parcel.layout,
    )
    items = {item: (own, cache) for item, own, cache, _ in parcel.items}
    ledger.put_digest(digest, items, ("", parcel.hash, parcel.fingerprint))
