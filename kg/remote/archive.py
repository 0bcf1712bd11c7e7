"""A ledger <-> the parts of the archive: what each digest said, the names in use, what readers decided."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import msgspec

from kg.curation.adoption import FILE
from kg.errors import StoreError
from kg.files import read_text
from kg.image.drawing import LEAST
from kg.remote.parts import read_part
from kg.store.ledger import FORMAT
from kg.store.parcels import pack, seal, unpack
from kg.store.rows import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.remote.client import Client
    from kg.store import Store
    from kg.store.ledger import Ledger

DIGEST, LABELS, ABOUT = "digest/", "labels/", "about"
"""How the names of parts begin: of digests, of names in use, and of what the store says of itself."""

_SHARES = 64
"""So many parts have the names: a new name changes one of them."""

_KEPT = ("curation", LEAST, "resolution", "facts")
"""What the ledger notes about the store, and other machines need."""


class Archive:
    """All parts that a store wants the server to have.

    ``checksums`` has their names; a part is made when it is asked for, since most are there already.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._digests = {f"{DIGEST}{row.key}": row for row in store.ledger.digests()}
        self._small = {ABOUT: _describe(store), **_share(store.ledger.names.all_labels())}
        self.checksums = {name: seal(row) for name, row in self._digests.items()}
        self.checksums |= {name: hash_bytes(content) for name, content in self._small.items()}

    def make(self, name: str) -> bytes:
        """Return the content of a part."""
        if name in self._digests:
            return pack(self._store.ledger, self._digests[name])
        return self._small[name]

    @property
    def revision(self) -> str:
        """What names this state of the store: two of the same parts have the same."""
        return hash_bytes(json.dumps(self.checksums, sort_keys=True).encode())


def hash_bytes(content: bytes) -> str:
    """Return what tells contents apart, in 24 digits."""
    return hashlib.sha256(content).hexdigest()[:24]


def _describe(store: Store) -> bytes:
    """Write what a store says of itself, with the file of decisions in its folder."""
    kept = {name: store.ledger.meta(name) for name in _KEPT}
    return json.dumps({"format": FORMAT, **kept, "file": read_file(store)}, sort_keys=True).encode()


def read_file(store: Store) -> str:
    """Return the text of the file of decisions in a store's folder."""
    path = store.folder / FILE if store.folder else None
    return read_text(str(path)) if path and path.is_file() else ""


def _share(labels: Iterable[Label]) -> dict[str, bytes]:
    """Divide names into parts by their nodes."""
    shares: dict[int, list[tuple[str, str, str, int]]] = {number: [] for number in range(_SHARES)}
    for label in labels:
        number = hashlib.sha256(label.node.encode()).digest()[0] % _SHARES
        shares[number].append((label.node, label.fold, label.label, label.weight))
    return {f"{LABELS}{n:02d}": msgspec.json.encode(sorted(rows)) for n, rows in shares.items()}


def read_labels(content: bytes) -> list[Label]:
    """Read the names of one part."""
    try:
        rows = msgspec.json.decode(content, type=list[tuple[str, str, str, int]])
    except msgspec.DecodeError as error:
        raise StoreError(f"the archive's names cannot be read ({error})") from None
    return [Label(*row) for row in rows]


def read_about(client: Client) -> dict[str, Any]:
    """Read what a store on a server says of itself.

    Raises:
        StoreError: another version wrote it.
    """
    try:
        about = json.loads(read_part(client, ABOUT) or b"{}")
    except ValueError:
        about = None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        written = about.get("format") if isinstance(about, dict) else "none"
        raise StoreError(
            f"{client.address.name}: the archive has format {written}, this paperkg reads format {FORMAT}; "
            "build it anew into another graph (graph=…)"
        )
    return about


def fetch_digests(client: Client, ledger: Ledger, there: Mapping[str, str]) -> Iterator[str]:
    """Bring the digests of a ledger to what the server has; yield the keys of those that came or went.

    Args:
        client: connected to the server.
        ledger: opened for writing.
        there: name -> checksum of the parts that the server has.
    """
    here = {f"{DIGEST}{row.key}": seal(row) for row in ledger.digests()}
    for name in sorted(here.keys() - there.keys()):
        ledger.drop_digest(name.removeprefix(DIGEST))
        yield name.removeprefix(DIGEST)
    for name, checksum in sorted(there.items()):
        if name.startswith(DIGEST) and here.get(name) != checksum:
            unpack(ledger, read_part(client, name), f"{client.address.name}: {name}")
            yield name.removeprefix(DIGEST)
