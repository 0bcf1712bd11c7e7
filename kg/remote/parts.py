"""Bytes <-> a part of the archive on a server: one named graph that holds them, compressed, in pieces."""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.rdf.ntriples import iri, string
from kg.remote.manifest import PIECE, part_of, write_checksum
from kg.remote.tables import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.remote.address import Address
    from kg.remote.client import Client

_PIECE = 60_000
"""Characters of a piece: literals of this length trouble no server."""

_AT_ONCE = 8
"""So many pieces go into one request."""

_LARGEST = 256 << 20
"""Bytes that a part may have: what is packed smaller must not fill the memory when it is unpacked."""


def write_part(address: Address, name: str, content: bytes, checksum: str) -> Iterator[str]:
    """Write the updates that put a part in place of what stood under its name.

    It is not in the manifest from the first update to the last, so that nobody takes half of it for all.
    """
    part = iri(part_of(address, name))
    yield f"{write_checksum(address, name, '')} ; DROP SILENT GRAPH {part}"
    packed = base64.b64encode(hashlib.sha256(content).digest() + zlib.compress(content, 9)).decode()
    pieces = [packed[start : start + _PIECE] for start in range(0, len(packed), _PIECE)]
    for start in range(0, len(pieces), _AT_ONCE):
        some = "".join(
            f"{part} {PIECE} {string(f'{number:06d} {piece}')} .\n"
            for number, piece in enumerate(pieces[start : start + _AT_ONCE], start)
        )
        yield f"INSERT DATA {{ GRAPH {part} {{\n{some}}} }}"
    yield write_checksum(address, name, checksum)


def drop_part(address: Address, name: str) -> str:
    """Write the update that takes a part out."""
    return f"{write_checksum(address, name, '')} ; DROP SILENT GRAPH {iri(part_of(address, name))}"


def read_part(client: Client, name: str) -> bytes:
    """Read a part.

    Raises:
        StoreError: it is not whole, or larger than any that was written.
    """
    part = part_of(client.address, name)
    rows = read_rows(client, f"SELECT ?piece {{ ?s {PIECE} ?piece }}", part)
    pieces = sorted(row["piece"].value for row in rows)
    try:
        packed = base64.b64decode("".join(piece[7:] for piece in pieces), validate=True)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed[32:], _LARGEST)
    except (binascii.Error, zlib.error):
        content, packed = b"", b""
    if hashlib.sha256(content).digest() != packed[:32]:
        raise StoreError(
            f"{client.address.name}: part {name!r} of the archive is not whole; expected a build from a "
            "machine that has it, or all digests built anew into another graph (graph=…)"
        )
    return content
