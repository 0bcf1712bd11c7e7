"""Queries run with our prefixes, errors name their place, and nothing is changed or reached from a query."""

from __future__ import annotations

import socket

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.rdf.vocabulary import SKOS
from kg.sparql.queries import run, saved_queries
from tests.factories import make_graph


@pytest.fixture(scope="module")
def store():
    return make_graph().store.graph


@pytest.fixture
def offline(monkeypatch):
    """Any connection is a failure."""

    def refuse(*args):
        raise AssertionError(f"a query connected to {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_the_prefixes_are_declared(store):
    answer = run(store, "SELECT ?paper { ?paper kg:evaluatesOn benchmark:math500 } ORDER BY ?paper")
    assert answer.columns == ("paper",)
    assert [row[0].value.rsplit("/", 1)[-1] for row in answer.rows] == ["2501.12599", "2501.12948"]


def test_a_prefix_of_the_query_wins(store):
    assert not run(store, "PREFIX kg: <https://example.org/> ASK { ?paper a kg:Paper }")
    assert run(store, "ASK { ?paper a kg:Paper }")


def test_describe_and_construct_give_a_graph(store):
    answer = run(store, "DESCRIBE method:filmagent")
    assert answer.kind == "construct"
    assert answer.rows == run(store, "CONSTRUCT { method:filmagent ?p ?o } { method:filmagent ?p ?o }").rows


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n  ?a ?b ?c .\n  FILTER(?a == 3)\n}", "3:14:"),
        ("SELECT ?x WHERE {", "1:18: the query ends too early"),
        ("SELECT * { ?s a nope:x }", "1:17: the prefix is not declared"),
        ("SELECT * { ?가 ?p ?o .\n ?s ?p }", "2:"),
        ("SELECT * { ?s a <x y> }", "1:"),
        ("which papers?", "1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("", "1:1: the query ends too early"),
    ],
)
def test_an_error_names_the_place_in_the_users_text(store, query, place):
    with pytest.raises(QueryError) as caught:
        run(store, query)
    assert str(caught.value).startswith(place)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hostname>",
        "DROP ALL",
        "PREFIX a: <x:> CLEAR DEFAULT",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
    ],
)
def test_an_update_is_refused(store, query):
    before = len(store)
    with pytest.raises(QueryError):
        run(store, query)
    assert len(store) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { SERVICE ?e { ?s ?p ?o } VALUES ?e { <http://127.0.0.1:1/> } }",
        "SELECT * { ?s ?p ?o FILTER(?o<?s)SERVICE#>\n<http://127.0.0.1:1/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o FILTER(?a<?b)#>'''\nSERVICE <http://127.0.0.1:1/> { ?x ?y ?z } #'''\n}",
        "ASK { ?s ?p 1SERVICE<http://127.0.0.1:1/>{ ?x ?y ?z } }",
        "ASK { ?s ?p 'a\\\\'SERVICE<http://127.0.0.1:1/>{ ?x ?y ?z } }",
        "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
        "ASK from <http://127.0.0.1:1/> { ?s ?p ?o }",
    ],
)
def test_nothing_outside_is_reached(store, offline, query):
    with pytest.raises(QueryError):
        run(store, query)


def test_the_refused_words_may_be_names_and_strings(store):
    query = """# FROM here: a SERVICE
    PREFIX service: <http://example.org/service#from>
    SELECT ?from ?service { ?from ?service 'FROM "SERVICE"' . ?from service:from <http://x.org/service> }"""
    assert run(store, query).columns == ("from", "service")


def test_saved_queries_say_their_question_and_run(store):
    saved = saved_queries()
    assert {"leaderboard", "outperforms", "papers"} <= set(saved)
    for name, text in saved.items():
        assert text.startswith("# "), name
        assert text.partition("\n")[0].endswith("?"), name
        assert run(store, text).kind == "select", name


def test_every_saved_query_orders_its_rows():
    assert [name for name, text in saved_queries().items() if "ORDER BY" not in text] == []


def test_a_result_without_a_metric_stands_once_in_the_leaderboard(store):
    rows = run(store, saved_queries()["leaderboard"]).rows
    labels = [row[0].value for row in rows]
    assert sorted(labels) == ["AIME 2024", "MATH 500", "MATH 500"] or len(labels) == len(set(rows))
    assert ox.Literal("96.2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")) in {
        row[3] for row in rows
    }


@pytest.mark.parametrize("name", ["leaderboard", "outperforms"])
def test_a_saved_query_tells_what_has_two_names_once(name: str) -> None:
    graph = make_graph().store.graph
    before = run(graph, saved_queries()[name]).rows
    label = ox.NamedNode(SKOS.prefLabel)
    for quad in list(graph.quads_for_pattern(None, label, None)):
        graph.add(ox.Quad(quad.subject, label, ox.Literal("다른 이름", language="ko")))
    assert before
    assert len(run(graph, saved_queries()[name]).rows) == len(before)
