"""Two servers over one graph, ours and rdflib-endpoint -> what each bears under the same load."""

from __future__ import annotations

import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kg
from tests.benchmarks.server import bear, fill_questions, tell_memory
from tests.serving import Served, _collect, serving, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RIVAL = """
import sys
import oxrdflib, pyoxigraph, rdflib, rdflib_endpoint, uvicorn
store = pyoxigraph.Store()
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
graph = rdflib.Graph(oxrdflib.OxigraphStore(store=store), rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
server = rdflib_endpoint.SparqlEndpoint(graph=graph, path="/sparql")
uvicorn.run(server, port=int(sys.argv[2]), log_level="info", access_log=False)
"""
"""rdflib-endpoint at its best: over Oxigraph in memory instead of rdflib's own store."""
_PORT = 8361


def load(digests: Path, seconds: float, rival: Path | None, place: Path) -> None:
    """Build a store and print what each server bears, and its memory before and after.

    Args:
        digests: what the graph is built of.
        seconds: how long each is asked.
        rival: the Python of an environment that has rdflib-endpoint and oxrdflib; None leaves it out.
        place: an empty folder to work in.
    """
    store = place / "store"
    with closing(kg.build([digests], store=store)) as graph:
        lines = graph.store.graph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        (place / "graph.nt").write_bytes(lines or b"")
        print(f"{len(graph):,} statements")
    questions = fill_questions(store)
    with serving(store) as served:
        _attack("kg serve", served, questions, seconds)
    if rival:
        with _serving_rival(rival, place / "graph.nt") as served:
            _attack("rdflib-endpoint", served, questions, seconds)


def _attack(name: str, served: Served, questions: dict[str, str], seconds: float) -> None:
    print(f"{name}: memory, MB (own, all): {tell_memory(served)}", flush=True)
    bear(f"{served.address}/sparql", questions, seconds)
    print(f"{name}: memory, MB (own, all): {tell_memory(served)}", flush=True)


@contextmanager
def _serving_rival(python: Path, graph: Path) -> Iterator[Served]:
    command = [str(python), "-c", _RIVAL, str(graph), str(_PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        log = _collect(process.stderr)
        try:
            wait_for(lambda: any("running on" in line for line in log) or log.ended)
            assert not log.ended, "".join(log)
            yield Served(process, "127.0.0.1", _PORT, log)
        finally:
            process.kill()
