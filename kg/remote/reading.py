"""A graph on a server -> every statement in it, also where the server cuts its replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.remote.client import TABLE
from kg.remote.tables import ask, parse_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.remote.client import Client

_PAGE = 10_000
_ANY = "?s ?p ?o"
_PLAIN = f"SELECT {_ANY} {{ {_ANY} }}"
_ORDERED = f"SELECT {_ANY} {{ SELECT {_ANY} {{ {_ANY} }} ORDER BY {_ANY} }}"


def count_statements(client: Client) -> int:
    """Count the statements of the graph."""
    rows = _select(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return next((int(row["n"].value) for row in rows), 0)


def read_lines(client: Client) -> Iterator[bytes]:
    """Yield every statement once, as a line of N-Triples with its end, in any order.

    The ways in which a server can give a whole graph are tried, the cheapest first, until one gives as many
    statements as the server counts: in one stream, page by page in the order it has, page by page sorted.

    Raises:
        StoreError: the server gives its graph in none of these ways.
    """
    total = count_statements(client)
    for way in (_stream, _page_as_they_come, _page_in_order) if total else ():
        lines = set(way(client, total))
        if len(lines) == total:
            yield from lines
            return
    if total:
        raise StoreError(
            f"{client.address.name}: the graph has {total:,} statements, of which the server gives fewer; "
            "is another build changing it?"
        )


def _stream(client: Client, _: int) -> Iterator[bytes]:
    if not client.address.data:
        return
    rest = b""
    try:
        for piece in client.stream():
            *lines, rest = (rest + piece).split(b"\n")
            yield from _parse(b"\n".join(lines))
        yield from _parse(rest)
    except StoreError:
        return  # it gives pages, perhaps; whether all is there is counted


def _parse(text: bytes) -> Iterator[bytes]:
    """Write statements as this program does, however the server writes them."""
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
            yield f"{quad.triple} .\n".encode()
    except SyntaxError as error:
        raise StoreError(f"the server's reply is not N-Triples ({error})") from None


def _page_as_they_come(client: Client, total: int) -> Iterator[bytes]:
    return _page(client, _PLAIN, total)


def _page_in_order(client: Client, total: int) -> Iterator[bytes]:
    return _page(client, _ORDERED, total)


def _page(client: Client, query: str, total: int) -> Iterator[bytes]:
    read, size = 0, _PAGE
    while read < total:
        rows = [
            f"{s} {p} {o} .\n".encode() for s, p, o in _select(client, f"{query} OFFSET {read} LIMIT {size}")
        ]
        if not rows:
            return
        yield from rows
        read, size = read + len(rows), len(rows)


def _select(client: Client, query: str) -> ox.QuerySolutions:
    found = parse_answer(ask(client, query, TABLE).body)
    if not isinstance(found, ox.QuerySolutions):
        raise StoreError(
            f"{client.address.name}: the reply is not a table; expected the address of an endpoint"
        )
    return found
