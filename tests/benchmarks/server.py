"""A store -> how fast ``kg serve`` answers eight questions over HTTP, and what it bears.

Run ``python -m tests.benchmarks.server STORE [--workers 2] [--load MINUTES]``; ``--endpoint URL`` asks
another endpoint over the same data in the same way, such as rdflib-endpoint:

    import pyoxigraph, rdflib, uvicorn, oxrdflib, rdflib_endpoint     # in an environment of its own
    store = pyoxigraph.Store()
    store.bulk_load(path="graph.nt", format=pyoxigraph.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph(oxrdflib.OxigraphStore(store=store), rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
    uvicorn.run(rdflib_endpoint.SparqlEndpoint(graph=graph, path="/sparql"), port=8361)

The client runs on the same machine, so rates are of both together.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import socket
import threading
import time
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode, urlsplit

import kg
from kg.rdf.prefixes import PREFIXES
from tests.serving import Served, serving

_MOST = "SELECT ?x {{ {pattern} }} GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"
_NAMES = {
    "BENCHMARK": "?p kg:evaluatesOn ?x",
    "AUTHOR": "?p dcterms:creator ?x",
    "MODEL": "?y kg:outperforms ?x",
    "RESULT": "?x prov:wasDerivedFrom ?m . ?x a kg:Score",
}
"""Slot -> what the most used node that fills it is found by."""

QUESTIONS = {
    "papers on a benchmark": """SELECT ?p ?t { ?p kg:evaluatesOn BENCHMARK ; dcterms:title ?t }
        ORDER BY ?p LIMIT 100""",
    "leaderboard": """SELECT ?s ?v ?p {
        ?r kg:benchmark BENCHMARK ; kg:system ?s ; kg:value ?v . ?p kg:reports ?r }
        ORDER BY DESC(?v) ?s LIMIT 100""",
    "co-authors of one": """SELECT ?a (COUNT(*) AS ?n) { ?p dcterms:creator AUTHOR, ?a FILTER (?a != AUTHOR) }
        GROUP BY ?a ORDER BY DESC(?n) ?a LIMIT 100""",
    "who outperforms it": """SELECT DISTINCT ?s ?l { ?s kg:outperforms MODEL ; skos:prefLabel ?l }
        ORDER BY ?s LIMIT 100""",
    "methods with a benchmark": """SELECT ?m (COUNT(*) AS ?n) {
        ?p kg:evaluatesOn BENCHMARK ; kg:usesMethod ?m }
        GROUP BY ?m ORDER BY DESC(?n) ?m LIMIT 100""",
    "count by type": "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t ORDER BY ?t",
    "provenance of a result": """SELECT ?m ?a ?i { RESULT prov:wasDerivedFrom ?m .
        ?m nif:anchorOf ?a ; nif:referenceContext ?i } ORDER BY ?m""",
    "names that contain": """SELECT ?x ?l { ?x skos:prefLabel ?l FILTER CONTAINS(LCASE(?l), "bench") }
        ORDER BY ?l ?x LIMIT 100""",
}
"""The eight questions, with slots for names."""


def main() -> None:
    """Measure a store's server, or another endpoint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=10, help="for the rates")
    parser.add_argument("--endpoint", help="another endpoint, instead of our own")
    parser.add_argument(
        "--load", type=float, default=0, help="minutes under 200 clients, slow ones and silent ones"
    )
    given = parser.parse_args()
    questions = fill_questions(given.store)
    if given.endpoint:
        measure(given.endpoint, questions, given.seconds)
        if given.load:
            bear(given.endpoint, questions, given.load * 60)
        return
    since = time.perf_counter()
    with serving(given.store, "--workers", given.workers) as served:
        health = json.loads(served.get("/health").body)
        print(f"{health['statements']:,} statements, ready after {time.perf_counter() - since:.1f} s")
        print(f"memory, MB: {tell_memory(served)}")
        measure(f"{served.address}/sparql", questions, given.seconds)
        if given.load:
            bear(f"{served.address}/sparql", questions, given.load * 60)
            print(f"memory, MB: {tell_memory(served)}")


def fill_questions(store: Path) -> dict[str, str]:
    """Put the most used names of a store into the questions, and the prefixes before them."""
    graph = kg.open(store)
    names = {}
    for slot, pattern in _NAMES.items():
        names[slot] = f"<{graph.query(_MOST.format(pattern=pattern)).rows[0][0].value}>"  # type: ignore[union-attr]
    graph.close()
    shown = {"kg", "dcterms", "skos", "prov", "nif"}
    heads = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(shown))
    return {name: heads + _fill(text, names) for name, text in QUESTIONS.items()}


def _fill(text: str, names: dict[str, str]) -> str:
    for slot, iri in names.items():
        text = text.replace(slot, iri)
    return text


class Client:
    """One connection that asks an endpoint again and again."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self._path = parts.path
        self._line = HTTPConnection(parts.hostname or "", parts.port, timeout=120)

    def ask(self, query: str) -> tuple[int, float, int]:
        """Ask once; the status, the seconds it took, and the length of the reply."""
        since = time.perf_counter()
        headers = {"Accept": "application/sparql-results+json"}
        try:
            self._line.request("GET", f"{self._path}?{urlencode({'query': query})}", headers=headers)
            reply = self._line.getresponse()
            length = len(reply.read())
        except OSError:
            self._line.close()
            return 0, time.perf_counter() - since, 0
        return reply.status, time.perf_counter() - since, length


def measure(endpoint: str, questions: dict[str, str], seconds: float) -> None:
    """Print how long each question takes alone, and how many a second four clients get answered."""
    client = Client(endpoint)
    print(f"{'':26}{'p50 ms':>9}{'p95 ms':>9}{'bytes':>9}{'a second':>10}")
    for name, query in questions.items():
        status, once, length = client.ask(query)
        times = [client.ask(query)[1] for _ in range(max(5, min(100, int(3 / max(once, 0.001)))))]
        rate = f"{_rate(endpoint, [query], seconds / 4):10.0f}" if status == 200 else f"{status:>10}"
        print(f"{name:26}{_share(times, 50):9.1f}{_share(times, 95):9.1f}{length:9,}{rate}", flush=True)
    print(
        f"{'all eight in turn':26}{'':27}{_rate(endpoint, list(questions.values()), seconds):10.0f}",
        flush=True,
    )


def _share(times: list[float], percent: int) -> float:
    return quantiles(times, n=100)[percent - 1] * 1000


def _rate(endpoint: str, queries: list[str], seconds: float, clients: int = 4) -> float:
    until, done = time.perf_counter() + seconds, [0] * clients

    def ask_on(number: int) -> None:
        client, place = Client(endpoint), number
        while time.perf_counter() < until:
            done[number] += client.ask(queries[place % len(queries)])[0] == 200
            place += 1

    _run(ask_on, clients)
    return sum(done) / seconds


def _run(work: object, times: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(times)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def bear(endpoint: str, questions: dict[str, str], seconds: float, clients: int = 200) -> None:
    """Print what happens to 200 clients while others are slow, silent or talk nonsense."""
    until = time.perf_counter() + seconds
    statuses: Counter[int] = Counter()
    times: list[float] = []
    quick = [
        query for name, query in questions.items() if name not in ("count by type", "names that contain")
    ]

    def ask_on(number: int) -> None:
        client, chance = Client(endpoint), random.Random(number)
        while time.perf_counter() < until:
            status, took, _ = client.ask(chance.choice(quick))
            statuses[status] += 1
            times.append(took)
            time.sleep(chance.random())

    def annoy(number: int) -> None:
        parts, chance = urlsplit(endpoint), random.Random(number)
        ask = f"GET {parts.path}?query={quote(quick[0])} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        sent = (b"", ask[:30], b"\x00nonsense\r\n\r\n", ask, b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n")
        while time.perf_counter() < until:
            with (
                contextlib.suppress(OSError),
                socket.create_connection((parts.hostname, parts.port), 5) as line,
            ):
                line.sendall(chance.choice(sent))
                time.sleep(chance.random() * 5)

    background = [threading.Thread(target=annoy, args=(number,), daemon=True) for number in range(50)]
    for thread in background:
        thread.start()
    _run(ask_on, clients)
    print(
        f"{clients} clients and 50 that are slow, silent or talk nonsense, {seconds:.0f} s: "
        f"{sum(statuses.values()) / seconds:.0f} a second, p50 {_share(times, 50):.0f} ms, "
        f"p95 {_share(times, 95):.0f} ms, statuses {dict(statuses)}"
    )


def tell_memory(served: Served) -> dict[str, tuple[int, int]]:
    """Return the memory of each process in megabytes: what is its own, and all it sees."""
    found: dict[str, tuple[int, int]] = {}
    known = {served.process.pid: "server"}
    for path in [*Path("/proc").glob("[0-9]*")] * 2:  # a child may have a smaller number than its parent
        with contextlib.suppress(OSError):
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if parent in known:
                known[int(path.name)] = "zygote" if known[parent] == "server" else "worker"
            if int(path.name) in known:
                sizes = dict(line.split(":") for line in (path / "smaps_rollup").read_text().splitlines()[1:])
                own, all_ = (int(sizes[name].split()[0]) // 1024 for name in ("Private_Dirty", "Rss"))
                found[f"{known[int(path.name)]} {path.name}"] = (own, all_)
    return found


if __name__ == "__main__":
    main()
