"""Virtuoso (Debian: ``virtuoso-opensource``) -> a server here, loaded and asked over HTTP."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    from types import TracebackType

CONFIG = Path(__file__).with_name("virtuoso.ini")
GRAPH = "https://example.org/graph"
SQL, HTTP = "18111", "http://localhost:18890/sparql"
_PATIENCE = 600
"""So many tenths of a second the server may take to start."""
_DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


class Virtuoso:
    """A server of its own with an empty database.

    Args:
        folder: where its files lie.
    """

    def __init__(self, folder: Path) -> None:
        if not shutil.which("virtuoso-t"):
            raise SystemExit("virtuoso-t is not installed; on Debian: apt install virtuoso-opensource")
        self._folder = folder

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(CONFIG, self._folder)
        self._server = subprocess.Popen(
            ["virtuoso-t", "+foreground", "+configfile", CONFIG.name],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(_PATIENCE):
            if self._run("status();").returncode == 0:
                return self
            time.sleep(0.1)
        raise SystemExit("virtuoso-t did not start")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait()

    def load(self, path: Path) -> None:
        """Load a file of N-Triples that lies in the server's folder, and write a checkpoint."""
        loaded = self._run(f"ld_dir('.', '{path.name}', '{GRAPH}'); rdf_loader_run(); checkpoint;")
        if loaded.returncode:
            raise SystemExit(f"Virtuoso did not load {path}: {loaded.stderr}")

    def ask(self, query: str) -> bytes:
        """Answer a query as CSV."""
        form = {"query": _DECLARED + query, "default-graph-uri": GRAPH, "format": "text/csv"}
        with urllib.request.urlopen(f"{HTTP}?{urllib.parse.urlencode(form)}") as answer:
            read: bytes = answer.read()
            return read

    def _run(self, statements: str) -> subprocess.CompletedProcess[str]:
        command = ["isql-vt", SQL, "dba", "dba", f"exec={statements}"]
        return subprocess.run(command, capture_output=True, text=True)
