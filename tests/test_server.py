"""The server under attack and under way: limits, bad HTTP, other hosts, slow clients, builds, its end."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from urllib.parse import quote

import pytest

import kg
from kg.errors import LimitError, QueryError, UsageError
from kg.guard.pool import Pool
from kg.guard.replies import Reply, Room
from kg.server.library import prepare
from kg.server.running import _household, serve
from kg.server.settings import Settings
from tests.attacks import ATTACKS, NESTED
from tests.serving import PATIENCE, serving, wait_for

SEEDS = Path(__file__).parent.parent / "seeds"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMITS = ("--timeout", 2, "--memory", 128, "--rows", 5000)
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux alone")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    kg.build([SEEDS / "2025-01-24.md"], folder).close()
    return folder


@pytest.fixture(scope="module")
def served(store):
    with serving(store, *LIMITS, "--workers", 2) as server:
        yield server


@pytest.fixture(scope="module")
def patient(store):
    """A server with one worker, which stops no query for its time."""
    with serving(store, "--timeout", 300, "--host-name", "graph.example.org") as server:
        yield server


# Hostile queries


@on_linux
@pytest.mark.parametrize(
    "name", ["cross product", "cross product in full", "endless order", "construct flood"]
)
def test_a_query_that_takes_too_much_is_503_and_names_its_limit(served, name):
    query, met = ATTACKS[name]
    got = served.query(query)
    assert (got.status, got.type) == (503, "text/plain")
    assert any(f"limit of {limit}" in got.text for limit in {*met, "time"})
    assert served.query(COUNT).status == 200


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_too_deeply_is_400_and_hurts_nobody(served, name):
    got = served.send("POST", "/sparql", NESTED[name], content_type="application/sparql-query")
    assert got.status == 400
    assert served.query(COUNT).status == 200


def test_stopped_queries_are_counted_and_workers_come_back(served):
    before = served.count('kg_stopped_total{limit="time"}')
    with ThreadPoolExecutor(4) as pool:
        statuses = {got.status for got in pool.map(served.query, [LONG] * 4)}
    assert statuses == {503}
    assert served.count('kg_stopped_total{limit="time"}') == before + 4
    assert served.query(COUNT).status == 200
    assert served.count("kg_workers_busy") == 0


def test_a_query_whose_client_has_gone_is_stopped(patient):
    line = patient.open()
    line.sendall(f"GET /sparql?query={quote(LONG)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    wait_for(lambda: patient.count("kg_workers_busy") == 1)
    line.close()
    assert patient.query(COUNT).status == 200  # by the one worker there is


def test_a_worker_that_is_killed_is_made_anew(served):
    for child in _children_of(_children_of([served.process.pid])):
        os.kill(child, signal.SIGKILL)
    wait_for(lambda: served.query(COUNT).status == 200)


def test_a_lost_zygote_is_started_again(store):
    with serving(store) as server:
        (zygote,) = _children_of([server.process.pid])
        os.kill(zygote, signal.SIGKILL)
        wait_for(lambda: set(_children_of([server.process.pid])) - {zygote})
        wait_for(lambda: server.get("/health").status == 200 and server.query(COUNT).status == 200)


def ask(pool, sparql):
    return pool.ask({"do": "query", "sparql": sparql, "table": ("csv", "text/csv"), "graph": None})


def test_large_replies_that_nobody_reads_are_bounded_together(store):
    large = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10000"

    async def work():
        pool = Pool(1)
        await pool.renew(_household(Settings(store=store)))
        try:
            size = (await ask(pool, large)).size
            pool.room = Room(2 * size - 1)
            held = await ask(pool, large)
            assert pool.room.taken == size > 1 << 20
            with pytest.raises(LimitError, match="limit of room"):
                await ask(pool, large)
            assert (await ask(pool, COUNT)).size < 100  # what is small is answered as ever
            next(pieces := held.pieces())
            pieces.close()  # a client that left
            assert pool.room.taken == 0
            assert len(b"".join((await ask(pool, large)).pieces())) == size
            await ask(pool, large)  # and nobody reads it
            return pool.room.taken
        finally:
            await pool.close()

    assert asyncio.run(work()) == 0


def test_a_reply_that_the_disk_cannot_hold_is_nobody_elses(store, monkeypatch):
    def fail(*_):
        raise OSError(errno.ENOSPC, "no space left")

    async def work():
        pool = Pool(1)
        await pool.renew(_household(Settings(store=store)))
        try:
            for place in ((Reply, "add"), (SpooledTemporaryFile, "flush")):
                with monkeypatch.context() as full, pytest.raises(OSError, match="no space"):
                    full.setattr(*place, fail)
                    await ask(pool, "SELECT * { ?s ?p ?o }")
            with pytest.raises(QueryError):
                await ask(pool, "SELECT")
            told = [b"".join((await ask(pool, f"SELECT (1 AS ?{n}) {{}}")).pieces()) for n in "abc"]
            return told, pool.killed
        finally:
            await pool.close()

    assert asyncio.run(work()) == ([b"a\r\n1\r\n", b"b\r\n1\r\n", b"c\r\n1\r\n"], 2)


def _read_processes():
    """Every process that lives, and the one that has started it; those that wait to be buried do not."""
    if not Path("/proc").is_dir():
        pytest.skip("this system does not tell who has started whom")
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(path.parent.name)] = int(parent)
    return found


def _children_of(processes):
    return [process for process, parent in _read_processes().items() if parent in processes]


def _find_living(processes):
    return set(processes) & _read_processes().keys()


def _family_of(server):
    """The zygote and its one child, when both are there."""
    zygotes = _children_of([server.process.pid])
    children = _children_of(zygotes)
    return [*zygotes, *children] if len(zygotes) == len(children) == 1 else []


# Bad HTTP


def test_a_long_body_is_413_however_it_comes(served):
    body = b"ASK {} #" + b"x" * (1 << 20)
    got = served.send("POST", "/sparql", body, content_type="application/sparql-query")
    assert got.status == 413
    with served.open() as line:
        head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        with suppress(OSError):  # refused before all was sent
            for _ in range(40):
                line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        assert b" 413 " in line.recv(65536).split(b"\r\n")[0]


@pytest.mark.parametrize(("length", "status"), [(9_000, 414), (60_000, 414), (300_000, 414)])
def test_a_long_address_is_414(served, length, status):
    with served.open() as line:
        with suppress(OSError):  # refused before all was sent
            line.sendall(b"GET /sparql?query=" + b"x" * length + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert f" {status} ".encode() in line.recv(65536).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 30_000 + b"\r\n",
    ],
    ids=lambda sent: sent[:30].decode("latin-1").encode("unicode_escape").decode(),
)
def test_what_is_no_http_is_refused_in_words(served, store, sent):
    with served.open() as line:
        with suppress(OSError):  # refused before all was sent
            line.sendall(sent)
        got = line.recv(65536)
    assert got.split(b" ")[1] in (b"400", b"421", b"431")
    assert b"Traceback" not in got
    assert str(store).encode() not in got


@pytest.mark.parametrize(
    "host", ["evil.example.org", "127.0.0.1.evil.example.org", "", "localhost.", "[::2]"]
)
def test_the_server_answers_to_its_own_names_alone(served, host):
    assert served.get("/health", host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "LOCALHOST:8360", "[::1]:8360"])
def test_its_own_names_are_those_of_this_machine(served, host):
    assert served.get("/health", host=host).status == 200


def test_names_can_be_given(patient):
    assert patient.get("/health", host="graph.example.org").status == 200
    assert patient.get("/health", host="other.example.org").status == 421


def test_every_reply_has_the_headers_of_security(served):
    for path in ("/", "/sparql", "/health", "/nothing/at/all", "/paper/none", "/assets/none"):
        got = served.get(path, accept="text/html, */*;q=0.1")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in got.headers["content-security-policy"]
        assert "server" not in got.headers


def test_clients_that_send_nothing_or_half_do_not_keep_others_out(served):
    lines = [served.open() for _ in range(100)]
    for number, line in enumerate(lines):
        if number % 2:
            line.sendall(b"GET /sparql HTTP/1.1\r\nHost: loc")
    assert served.query(COUNT).status == 200
    assert served.count("kg_connections") > 50
    for line in lines:
        line.close()
    wait_for(lambda: served.count("kg_connections") < 10)


def test_clients_that_take_too_long_are_left(store):
    flood = quote("SELECT ?a ?b ?c (REPLACE(STR(?c), '.', '$0$0$0$0') AS ?d) { ?a ?b ?c }")
    with serving(store, hasty=True) as server:
        silent, half, slow, deaf = lines = [server.open() for _ in range(4)]
        half.sendall(b"GET /sparql HTTP/1.1\r\nHost: loc")
        head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        slow.sendall(head + b"Content-Length: 100\r\n\r\nASK")
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(f"GET /sparql?query={flood} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        with pytest.raises(OSError, match=r"Broken pipe|reset"):
            drip(half)
        assert read_all(silent) == b""
        told = read_all(slow)
        assert (b" 408 " in told, b"too slowly" in told) == (True, True)
        wait_for(lambda: server.count("kg_connections") == 1)  # the one that asks
        assert 0 < len(read_all(deaf)) < 1_000_000
        assert server.query(COUNT).status == 200
        for line in lines:
            line.close()


def drip(line):
    """Send a byte of a head now and then, for as long as the server takes them."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line.sendall(b"x")
        time.sleep(0.1)


def read_all(line):
    """Read until the other end hangs up."""
    parts = []
    with suppress(ConnectionError):
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_a_slow_reader_keeps_no_worker(patient):
    query = "SELECT ?a ?b ?c (REPLACE(STR(?c), '.', '$0$0$0$0') AS ?d) { ?a ?b ?c }"
    slow = [patient.open() for _ in range(5)]
    for line in slow:
        line.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    wait_for(lambda: patient.count("kg_requests_open") >= 2)
    wait_for(lambda: patient.count("kg_workers_busy") + patient.count("kg_requests_waiting") == 0)
    assert patient.query(COUNT).status == 200
    for line in slow:
        assert line.recv(20).startswith(b"HTTP/1.1 200")
        line.close()


def test_a_reply_is_let_go_when_its_client_leaves(patient):
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
    for begins_to_read in (False, True):
        with patient.open() as line:
            line.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            wait_for(lambda: patient.count("kg_reply_bytes") > 1 << 20)
            if begins_to_read:
                line.recv(65536)
        wait_for(lambda: patient.count("kg_reply_bytes") == 0)


def test_many_clients_at_once_all_get_their_answer(served):
    queries = [f"SELECT ?s {{ ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT 1 OFFSET {n % 50}" for n in range(200)]
    expected = {query: served.query(query).rows for query in set(queries)}
    with ThreadPoolExecutor(50) as pool:
        got = list(pool.map(served.query, queries))
    assert {reply.status for reply in got} == {200}
    assert [reply.rows for reply in got] == [expected[query] for query in queries]


# What it tells


def test_the_log_is_json_without_the_text_of_queries(store):
    secret = "SELECT ?s { ?s ?p 'a secret' }"
    for options in ((), ("--log-queries",)):
        with serving(store, *options) as server:
            server.query(secret)
            server.get("/health")
        lines = [json.loads(line) for line in server.log]
        assert [(line["method"], line["path"], line["status"]) for line in lines] == [
            ("GET", "/sparql", 200),
            ("GET", "/health", 200),
        ]
        assert all(line["ms"] >= 0 and line["bytes"] > 0 for line in lines)
        assert ("secret" in "".join(server.log)) == bool(options)


def test_health_and_metrics_tell_how_it_is(served):
    health = json.loads(served.get("/health").body)
    assert (health["status"], health["copied"]) == ("ok", True)
    assert str(health["statements"]) == served.query(COUNT).rows[0]["n"]
    assert served.count("kg_statements") == health["statements"]
    text = served.get("/metrics").text
    assert served.get("/metrics").type == "text/plain"
    for line in text.splitlines():
        assert line.startswith("# ") or float(line.rpartition(" ")[2]) >= 0
    assert 'kg_request_seconds_bucket{area="sparql",le="+Inf"}' in text


def test_the_graph_on_disk_gives_the_same_answers(store, served):
    with serving(store, "--no-copy", *LIMITS) as server:
        assert json.loads(server.get("/health").body)["copied"] is False
        for query in (COUNT, "SELECT ?p { ?p a kg:Paper } ORDER BY ?p"):
            assert server.query(query).rows == served.query(query).rows
        assert server.query(LONG).status == 503
        assert server.query(COUNT).status == 200


# Builds, and the end


def test_a_build_is_served_when_it_is_done_and_no_request_is_lost(store, tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(store, folder)
    with serving(folder, "--workers", 2) as server:
        before, seen, statuses = server.query(COUNT), set(), []
        done = threading.Event()

        def ask_on():
            while not done.is_set():
                got = server.query(COUNT)
                statuses.append(got.status)
                seen.add(got.body)

        askers = [threading.Thread(target=ask_on) for _ in range(3)]
        for asker in askers:
            asker.start()
        try:
            kg.build([SEEDS / "2025-01-23.md"], folder).close()
            wait_for(lambda: server.query(COUNT).body != before.body)
            assert server.query(COUNT, if_none_match=before.headers["etag"]).status == 200
        finally:
            done.set()
            for asker in askers:
                asker.join(PATIENCE)
        assert set(statuses) == {200}
        assert seen == {before.body, server.query(COUNT).body}
        assert server.count("kg_reloads_total") == 1
        assert int(server.query(COUNT).rows[0]["n"]) == len(kg.open(folder))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_answers_first(store, told):
    with serving(store, "--timeout", 2) as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, LONG)
        wait_for(lambda: server.count("kg_workers_busy") == 1)
        family = _family_of(server)
        server.process.send_signal(told)
        assert asked.result().status == 503
        assert server.process.wait(PATIENCE) == 0
        wait_for(lambda: not _find_living(family))


def test_a_server_that_is_killed_leaves_no_child(store):
    with serving(store) as server:
        family = wait_for(lambda: _family_of(server))
        server.process.kill()
        server.process.wait(PATIENCE)
        wait_for(lambda: not _find_living(family))
        server.process.returncode = 0  # as it was meant


@pytest.mark.parametrize("copy", [True, False])
def test_what_pages_say_of_all_is_read_before_children_are_made(store, monkeypatch, copy):
    begin, _ = prepare(json.dumps({"store": str(store), "copy": copy, "rows": 100}))
    monkeypatch.setattr("kg.server.site.standing._read", None)  # in a child nothing may be read again
    reply = begin()
    for page, path in (("entrance.show_home", "/"), ("lists.list_kind", "/paper")):
        asked = {"path": path, "values": {"kind": path[1:]}, "query": {}, "headers": {}, "iris": []}
        head, body = reply({"do": "page", "page": page, **asked})
        assert (head["status"], b"/paper" in body) == (200, True)


def test_a_system_that_cannot_fork_is_told_so(store, monkeypatch):
    monkeypatch.setattr("kg.server.running.CAN_FORK", False)
    with pytest.raises(UsageError, match="a system that can fork"):
        serve(Settings(store=store), print)


def test_what_cannot_be_served_is_said_at_once(store, tmp_path):
    with pytest.raises(AssertionError, match="there is no store here"), serving(tmp_path):
        pass
    taken = pytest.raises(AssertionError, match="expected a free port")
    with serving(store) as server, taken, serving(store, "--port", server.port):
        pass
