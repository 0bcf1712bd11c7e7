"""``kg serve`` in a process of its own, and the plainest of clients for it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 60
"""So many seconds a test waits for what must come, on the slowest machine."""


@dataclass
class Got:
    """A reply: its status, its headers by lower-case name and its body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The values of a table in SPARQL JSON."""
        bindings = json.loads(self.body)["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in bindings]


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    host: str
    port: int
    log: list[str]

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def send(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Got:
        """Send one request on a connection of its own; ``content_type`` is written ``Content-Type``."""
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            content = body.encode() if isinstance(body, str) else body
            if content is not None:
                connection.putheader("Content-Length", str(len(content)))
            connection.endheaders()
            if content is not None:
                connection.send(content)
            reply = connection.getresponse()
            return Got(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        return self.send("GET", path, **headers)

    def query(self, sparql: str, **headers: str) -> Got:
        return self.get(f"/sparql?{urlencode({'query': sparql})}", **headers)

    def post_form(
        self, fields: dict[str, str] | list[tuple[str, str]], path: str = "/sparql", **headers: str
    ) -> Got:
        headers.setdefault("content_type", "application/x-www-form-urlencoded")
        return self.send("POST", path, urlencode(fields), **headers)

    def open(self) -> socket.socket:
        """Connect and send nothing."""
        return socket.create_connection((self.host, self.port), timeout=PATIENCE)

    def count(self, name: str) -> float:
        """Read one number of ``/metrics``."""
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[1]) if found else 0.0


_HASTY = """
import sys
from pathlib import Path
from kg.server.running import serve
from kg.server.settings import Deadlines, Settings
deadlines = Deadlines(head=2, body=2, unread=2)
serve(Settings(store=Path(sys.argv[1]), port=0, deadlines=deadlines), lambda *said: print(*said, flush=True))
"""
"""A server that waits for its clients as short as a test can."""


@contextmanager
def serving(store: Path, *options: Any, hasty: bool = False) -> Iterator[Served]:
    """Run ``kg serve`` on a free port until the block ends; it must then end in good order.

    Whatever happens, nothing here waits for ever, and no server outlives the block.
    """
    command = [sys.executable, "-m", "kg", "serve", "--store", store, "--port", "0", *options]
    if hasty:
        command = [sys.executable, "-c", _HASTY, store]
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        said, log = _collect(process.stdout), _collect(process.stderr)
        try:
            yield _meet(process, said, log)
            _stop(process)
        finally:
            process.kill()  # does nothing to one that has ended, as it should have
            wait_for(lambda: said.ended and log.ended)
    assert process.returncode == 0, log


def _meet(process: subprocess.Popen[str], said: _Lines, log: _Lines) -> Served:
    """Wait until a server says where it is."""
    wait_for(lambda: said or said.ended)
    found = re.search(r"http://([\d.]+):(\d+)/", "".join(said))
    if not found:
        wait_for(lambda: log.ended)
        raise AssertionError(f"the server did not start: {''.join(log)}")
    return Served(process, found[1], int(found[2]), log)


class _Lines(list[str]):
    """What a process has said so far, and whether that is all."""

    ended = False


def _collect(stream: IO[str] | None) -> _Lines:
    lines = _Lines()

    def read() -> None:
        for line in stream or ():
            lines.append(line)
        lines.ended = True

    threading.Thread(target=read, daemon=True).start()
    return lines


def _stop(process: subprocess.Popen[str]) -> None:
    """Tell a server to stop, unless it has; one that does not in good time fails the test."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def wait_for(met: Callable[[], Any]) -> Any:
    """Wait until something is so, and return what it is."""
    until = time.monotonic() + PATIENCE
    while not (found := met()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)
    return found
