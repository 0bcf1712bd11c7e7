"""SPARQL servers of others, each in a process and a folder of its own: Virtuoso and Oxigraph."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serving import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 2000
"""Virtuoso gives no more rows than these at once, fewer than the graph of the examples has statements."""

_CONFIG = f"""[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {{sql}}
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 7500
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{{http}}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {ROWS}
"""


@contextmanager
def serve_virtuoso(folder: Path) -> Iterator[str]:
    """Run Virtuoso, whose user is ``dba`` and whose password is ``dba``; the address of its endpoint."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("virtuoso-t is not installed; on Debian: apt install virtuoso-opensource")
    sql, http = find_port(), find_port()
    (folder / "virtuoso.ini").write_text(_CONFIG.format(sql=sql, http=http))
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D"):
        yield f"sparql+http://127.0.0.1:{http}/sparql?update=/sparql-auth"


@contextmanager
def serve_oxigraph(folder: Path) -> Iterator[str]:
    """Run Oxigraph's own server; the address of its endpoint."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if not program:
        pytest.skip("oxigraph is not installed; with pip: pip install oxigraph")
    port = find_port()
    command = [program, "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield f"sparql+http://127.0.0.1:{port}/query?data=/store"


@contextmanager
def running(command: list[str], folder: Path, question: str) -> Iterator[None]:
    """Run a server until it is no longer needed; it is there when it answers a question."""
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not answers(question):
            assert server.poll() is None, f"{command[0]} ended at once"
            assert time.monotonic() < end, f"{command[0]} does not answer"
            time.sleep(0.05)
        yield
    finally:
        server.kill()
        server.wait()


def answers(question: str) -> bool:
    """Whether a server answers."""
    try:
        with urllib.request.urlopen(question, timeout=5) as reply:
            return bool(reply.read())
    except (urllib.error.URLError, OSError):
        return False


def find_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


ENGINES = {"virtuoso": serve_virtuoso, "oxigraph": serve_oxigraph}
