"""Addresses name no password; servers that are hostile, wrong or away end with words, and within limits."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import pytest

import kg
from kg.errors import StoreError, UsageError
from kg.remote import is_address
from kg.remote.address import Address, parse_address
from kg.remote.client import TABLE, Client, Patience
from kg.remote.credentials import Credentials
from kg.remote.graph import RemoteGraph
from kg.remote.manifest import read_head
from kg.remote.parts import read_part
from tests.engines import find_port, serve_virtuoso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = Patience(connect=2, silence=2, seconds=5, reply=1 << 20, tries=2, pause=0.01)
NOTHING = b'{"head": {"vars": []}, "results": {"bindings": []}}'


@contextmanager
def serving(body: bytes, status: int = 200, **headers: str) -> Iterator[tuple[Client, list[str]]]:
    """A server that gives one reply to everything; a client of it, and the requests it got."""
    got: list[str] = []

    class Replying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Replying)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = parse_address(f"sparql+http://127.0.0.1:{server.server_port}/query", {"KG_USER": "me"})
        yield Client(address, PATIENCE), got
    finally:
        server.shutdown()
        server.server_close()


def test_an_address_names_endpoints_and_graph() -> None:
    said = {"KG_UPDATE_ENDPOINT": "/other", "KG_GRAPH": "https://example.org/g"}
    address = parse_address("sparql+https://host:1/a/query?data=/store&update=https://b.example/u", said)
    assert address.query == "https://host:1/a/query"
    assert address.update == "https://b.example/u"
    assert address.data == "https://host:1/store"
    assert address.graph == "https://example.org/g"
    assert parse_address("sparql+http://host/a/query", {}).update == "http://host/a/update"
    assert parse_address("sparql+http://host/sparql", {}).update == "http://host/sparql"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sparql+http://me:secret@host/sparql", "KG_USER"),
        ("sparql+http:///sparql", "is not the address of a store"),
        ("sparql+http://host/sparql?color=red", "no parameter 'color'"),
        ("sparql+http://host/sparql?graph=a b", "is not an IRI"),
        ("sparql+http://host/sparql?graph=https://x/%3E%7D", "is not an IRI"),
        ("sparql+http://host/sparql?update=file:///etc/passwd", "not an address of the web"),
        ("sparql+http://host/sparql?answers=maybe", "expected server or copy"),
    ],
)
def test_a_wrong_address_is_refused_and_repeats_no_password(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        parse_address(text, {})
    assert "secret" not in str(caught.value)


def test_a_password_stands_in_no_text_of_an_address(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine host login me password secret\n")
    address = parse_address("sparql+http://host/sparql", {"NETRC": str(netrc)})
    assert (address.user, address.password) == ("me", "secret")
    assert "secret" not in repr(address) + str(address) + address.name
    assert not is_address("https://host/sparql")


def offer(challenge: str, address: Address) -> httpx.Request:
    """What is sent after a server has asked for a password."""
    flow = Credentials(address).auth_flow(httpx.Request("POST", address.query))
    next(flow)
    return flow.send(httpx.Response(401, headers={"WWW-Authenticate": challenge}))


def test_a_password_is_not_sent_where_others_read_it() -> None:
    known = {"KG_USER": "me", "KG_PASSWORD": "secret"}
    with pytest.raises(StoreError, match="plain text"):
        offer('Basic realm="x"', parse_address("sparql+http://host.example/sparql", known))
    for place in ("sparql+https://host.example/sparql", "sparql+http://localhost/sparql"):
        assert (
            offer('Basic realm="x"', parse_address(place, known))
            .headers["Authorization"]
            .startswith("Basic ")
        )


def test_a_wrong_password_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KG_USER", "dba")
    monkeypatch.setenv("KG_PASSWORD", "wrong-one")
    with serve_virtuoso(tmp_path) as place, pytest.raises(StoreError, match="refuses access") as caught:
        kg.build(["seeds/2025-01-23.md"], store=place)
    assert "wrong-one" not in str(caught.value)


def test_a_server_that_is_away_is_said() -> None:
    client = Client(parse_address(f"sparql+http://127.0.0.1:{find_port()}/sparql", {}), PATIENCE)
    with pytest.raises(StoreError, match="the server is not reached"):
        read_head(client)


def test_a_busy_server_is_asked_again() -> None:
    with serving(b"later", 503) as (client, got):
        with pytest.raises(StoreError, match="says 503: later"):
            read_head(client)
        assert len(got) == PATIENCE.tries


def test_the_words_of_a_server_steer_no_terminal() -> None:
    words = b"\x1b[2Jgone\r\n\x07" + "\u202e".encode() + b"x" * 9999
    with serving(words, 400) as (client, _), pytest.raises(StoreError, match="gone") as caught:
        read_head(client)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[" * 100_000, b'{"results": {"bindings": 1}}', b'{"boolean": "x"}', b"\xff\xfe"],
)
def test_a_reply_that_is_none_is_said(body: bytes) -> None:
    with serving(body) as (client, _), pytest.raises(StoreError):
        read_head(client)


def test_a_reply_may_only_be_so_large() -> None:
    with serving(b" " * (2 << 20)) as (client, _), pytest.raises(StoreError, match="more than 1 MB"):
        client.ask("ASK {}", TABLE)


def test_a_server_sends_nobody_elsewhere() -> None:
    with serving(b"", 302, Location="http://127.0.0.1:1/") as (client, got):
        with pytest.raises(StoreError, match="says 302"):
            client.ask("ASK {}", TABLE)
        assert len(got) == 1


def test_rows_that_are_none_are_said() -> None:
    row = b'{"p": {"type": "uri", "value": "no iri"}}'
    odd = b'{"head": {"vars": ["p", "o"]}, "results": {"bindings": [' + row + b"]}}"
    with serving(odd) as (client, _), pytest.raises(StoreError, match="not an answer of SPARQL"):
        read_head(client)


def test_a_part_that_is_not_whole_is_refused() -> None:
    with serving(NOTHING) as (client, _), pytest.raises(StoreError, match="is not whole"):
        read_part(client, "digest/a.md")


def test_an_answer_that_was_cut_is_no_answer() -> None:
    row = '{"s": {"type": "uri", "value": "x:a"}, "n": {"type": "literal", "value": "1001"}}'
    rows = f'{{"head": {{"vars": ["s", "n"]}}, "results": {{"bindings": [{", ".join([row] * 1000)}]}}}}'
    with serving(rows.encode()) as (client, got):
        assert len(list(RemoteGraph(client).query("SELECT ?s { ?s ?p ?o }"))) > 1000
        assert "COUNT" in got[1]
    with (
        serving(NOTHING, X_SQL_State="S1TAT") as (client, _),
        pytest.raises(StoreError, match="before its end"),
    ):
        RemoteGraph(client).query("SELECT ?s { ?s ?p ?o }")


def test_what_cannot_be_read_or_would_change_anything_is_not_sent() -> None:
    with serving(NOTHING) as (client, got):
        for query in ("SELEC", "DELETE WHERE { ?s ?p ?o }"):
            with pytest.raises(SyntaxError):
                RemoteGraph(client).query(query)
        assert not got
        assert not list(RemoteGraph(client).quads_for_pattern(None, ox.NamedNode("x:p"), None))
