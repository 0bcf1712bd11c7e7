"""A job in a child: what it yields, its errors, and every limit attacked by queries that want to break it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.errors import LimitError, NotUnderstoodError, QueryError, UnknownNameError
from kg.guard import Limits, run
from kg.guard.frames import ChildError
from kg.guard.once import CAN_FORK
from kg.sparql.formats import write_answer
from kg.sparql.queries import run as ask
from tests.attacks import ATTACKS, NESTED

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
LIMITS = Limits(seconds=0.5, megabytes=96, rows=5000, reply=2)
PATIENT = LIMITS._replace(seconds=60)
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is limited on Linux alone")


@pytest.fixture(scope="module")
def store():
    """A store whose cross product is long enough, and whose paths are."""
    nodes = [ox.NamedNode(f"https://example.org/{i}") for i in range(1500)]
    tie = ox.NamedNode("https://example.org/tie")
    store = ox.Store()
    for i, node in enumerate(nodes):
        for step in (1, 7, 50):
            store.add(ox.Quad(node, tie, nodes[(i * step + step) % len(nodes)]))
        store.add(ox.Quad(node, ox.NamedNode("https://example.org/says"), ox.Literal(f"x{i} " * 20)))
    return store


def attack(store, query, limits=LIMITS):
    def job():
        yield write_answer(ask(store, query, limits.rows), "csv").encode()

    return b"".join(run(job, limits))


@on_linux
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_stopped_and_the_limit_named(store, name):
    query, met = ATTACKS[name]
    with pytest.raises(LimitError) as caught:
        attack(store, query, LIMITS if "time" in met else PATIENT)
    assert caught.value.limit in met
    assert f"limit of {caught.value.limit}" in str(caught.value)
    assert caught.value.allowed in {"0.5 s", "96 MB", "5,000", "2 MB"}


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_too_deeply_is_an_error_of_the_query(store, name):
    with pytest.raises(QueryError):
        attack(store, NESTED[name], PATIENT)


def test_within_the_limits_nothing_is_noticed(store):
    query = "SELECT ?a { ?a <https://example.org/says> ?c } ORDER BY ?a LIMIT 3"
    for limits in (PATIENT, Limits()):
        assert attack(store, query, limits) == write_answer(ask(store, query), "csv").encode()


@pytest.mark.parametrize("kept", ["in memory", "on disk"])
def test_a_graph_of_a_program_answers_within_limits(kept, tmp_path):
    seeds = Path(__file__).parent.parent / "seeds" / "2025-01-24.md"
    graph = kg.build([seeds], store=None if kept == "in memory" else tmp_path / "store")
    for query in (
        "SELECT ?s ?t ?none { ?s dcterms:title ?t } ORDER BY ?t",
        "ASK { ?s a kg:Paper }",
        "ASK { kg:nothing a kg:Paper }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s a kg:Paper ; ?p ?o }",
    ):
        assert graph.query(query, limits=kg.Limits(seconds=60, megabytes=512)) == graph.query(query)
    with pytest.raises(LimitError, match=r"limit of rows, 2\b"):
        graph.query("SELECT * { ?s ?p ?o }", limits=kg.Limits(rows=2))
    with pytest.raises(LimitError, match=r"limit of time, 0\.1 s"):
        graph.query(
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", limits=kg.Limits(seconds=0.1)
        )
    with pytest.raises(QueryError, match="1:7"):
        graph.query("SELECT", limits=kg.Limits(seconds=60))


def test_a_job_yields_words_and_bodies_in_order():
    pieces = [{"a": 1}, b"x" * 200_000, {"b": "\ud800 가"}, b"", b"y"]
    received = list(run(lambda: iter(pieces), Limits(seconds=30)))
    assert [p for p in received if isinstance(p, dict)] == [{"a": 1}, {"b": "\ud800 가"}]
    assert b"".join(p for p in received if isinstance(p, bytes)) == b"x" * 200_000 + b"y"


@pytest.mark.parametrize(
    "error",
    [QueryError("1:2: no"), UnknownNameError("GRPO", ("GRPO2", "가")), NotUnderstoodError("why?", ("who?",))],
)
def test_an_error_of_ours_arrives_as_it_was(error):
    def job():
        raise error
        yield b""

    with pytest.raises(type(error)) as caught:
        list(run(job, Limits(seconds=30)))
    assert (str(caught.value), vars(caught.value)) == (str(error), vars(error))


def test_any_other_error_arrives_by_its_name():
    with pytest.raises(ChildError, match=r"ZeroDivisionError: .*zero"):
        list(run(lambda: iter([bytes(1 // 0)]), Limits(seconds=30)))


def test_a_name_of_a_class_that_is_no_error_is_not_trusted():
    from kg.guard.frames import dump, unpack_error

    for name in ("KgError", "annotations", "__builtins__", "Exception"):
        packed = dump({"name": name, "text": "t", "ours": True, "fields": {}})
        assert isinstance(unpack_error(packed), Exception)


def test_a_child_that_is_killed_is_an_error():
    def job():
        yield b"half"
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)

    with pytest.raises(ChildError):
        list(run(job, Limits(seconds=30)))


def test_time_is_counted_only_while_the_child_is_waited_for():
    def job():
        for _ in range(3):
            yield b"x" * 100_000

    for _ in run(job, Limits(seconds=2)):
        time.sleep(0.4)  # in all longer than the limit: a reader that pages through the answer


def test_no_child_is_left_when_the_caller_leaves():
    def job():
        yield str(os.getpid()).encode()
        time.sleep(60)

    pieces = run(job, Limits(seconds=30))
    child = int(next(pieces))
    pieces.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
