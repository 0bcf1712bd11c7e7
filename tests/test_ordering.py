"""Rows that are put in order here come as the engine itself would order them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import KgError
from kg.questions.grammar import LANGUAGES, load_questions
from kg.sparql.ordering import sort_rows, split_order
from kg.sparql.queries import run
from tests.gold_graph import make_gold_graph

MIXED = (
    "<x:b> <x:is> 10", "<x:a> <x:is> 9.5", "<x:c> <x:is> 2", "<x:d> <x:is> -1", "<x:e> <x:is> <x:z>",
    "<x:f> <x:is> <x:y>", '<x:g> <x:is> "Ten"', '<x:h> <x:is> "Zebra"', '<x:i> <x:is> "apple"',
    "<x:j> <x:as> 1",
)  # fmt: skip


def _mixed() -> ox.Store:
    store = ox.Store()
    store.update(f"INSERT DATA {{ {' . '.join(MIXED)} }}")
    return store


def _order_here(store: ox.Store, sparql: str) -> tuple:
    unordered, order = split_order(sparql)
    found = run(store, unordered)
    return sort_rows(found.rows, found.columns, order)


@pytest.mark.parametrize(
    "order",
    [
        "?value ?thing",
        "DESC(?value) ?thing",
        "?thing",
        "DESC(?thing) DESC(?value)",
        'DESC(REGEX(STR(?thing), "[a-e]$")) DESC(?thing) ?value',
        'DESC(REGEX(STR(?value), "^[0-9]")) ?thing',
    ],
)
def test_mixed_values_come_in_the_order_of_the_engine(order):
    sparql = (
        "SELECT ?thing ?value WHERE { ?thing ?any ?one OPTIONAL { ?thing <x:is> ?value } } ORDER BY " + order
    )
    store = _mixed()
    assert split_order(sparql)[1]
    assert _order_here(store, sparql) == run(store, sparql).rows


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?a WHERE { ?a ?is ?b }",
        "SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?b",
        "SELECT ?a ?b WHERE { ?a ?is ?b } ORDER BY (?a != ?b) ?a",
        "SELECT ?a ?b WHERE { ?a ?is ?b } ORDER BY ?a LIMIT 3",
        "SELECT ?a WHERE { { SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?a LIMIT 1 } }",
    ],
)
def test_another_order_is_left_to_the_engine(sparql):
    assert split_order(sparql) == (sparql, ())


def test_rows_of_equal_keys_have_an_order_as_well():
    columns, rows = ("a", "b"), tuple((ox.Literal(1), ox.Literal(text)) for text in "cab")
    _, order = split_order("SELECT ?a ?b WHERE { ?a ?is ?b } ORDER BY ?a")
    assert [row[1].value for row in sort_rows(rows, columns, order)] == ["a", "b", "c"]


def test_answers_to_questions_come_in_the_order_that_their_queries_say():
    graph, compared = make_gold_graph(), 0
    for question in load_questions().values():
        for example in (e for language in LANGUAGES for e in question.wordings[language].examples):
            try:
                sparql = graph.ask(example).sparql
            except KgError:
                continue  # about something that the example digests do not name
            _, order = split_order(sparql)
            engine = run(graph.store.graph, sparql)
            at = [engine.columns.index(key.column) for key in order]
            ours = _order_here(graph.store.graph, sparql) if order else engine.rows
            assert [[row[i] for i in at] for row in ours] == [[row[i] for i in at] for row in engine.rows]
            compared += bool(order and engine.rows)
    assert compared > 40
