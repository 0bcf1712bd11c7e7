"""The graph says of itself what it holds and what it can be asked, and says it truly after every change."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from kg.census import block_of_catalogue, count_graph, read_census
from kg.image import refresh
from kg.records import Findings
from kg.resolution.catalogue import FOLDER, Census, describe_catalogue
from kg.sparql.answers import show_term
from kg.sparql.queries import run, saved_queries
from tests.factories import make_entry, make_graph, said_observation, sample_observations

GRAPH = make_graph()


def test_the_partitions_say_what_a_count_says():
    assert read_census(GRAPH.store) == count_graph(GRAPH.store)
    query = "SELECT ?n { ?part void:class kg:Paper ; void:entities ?n }"
    assert show_term(GRAPH.query(query).rows[0][0]) == "3"


def test_the_description_counts_all_but_itself():
    (row,) = GRAPH.query("SELECT ?n { ?graph a dcat:Dataset ; void:triples ?n }").rows
    assert int(show_term(row[0])) == len(GRAPH) - len(block_of_catalogue(GRAPH.store))


def test_every_saved_query_stands_in_the_graph_and_runs():
    found = GRAPH.query(
        "SELECT ?name ?text { ?q a sh:SPARQLExecutable ; skos:prefLabel ?name ; sh:select ?text }"
    )
    assert {show_term(name): show_term(text) for name, text in found.rows} == dict(saved_queries())
    for _, text in found.rows:
        run(GRAPH.store.graph, show_term(text))


def test_every_prefix_is_declared():
    query = "SELECT ?prefix { ?q sh:prefixes/sh:declare ?d . ?d sh:prefix ?prefix } GROUP BY ?prefix"
    assert {"kg", "paper", "void"} <= {show_term(row[0]) for row in GRAPH.query(query).rows}


def test_an_empty_graph_says_nothing():
    assert not list(describe_catalogue(Census(Counter(), Counter())))
    graph = make_graph()
    for row in graph.store.ledger.digests():
        graph.store.ledger.drop_digest(row.key)
    refresh(graph.store)
    assert not len(graph)


def test_it_stays_true_when_one_digest_of_many_goes():
    days = [f"2025-01-{day:02}" for day in range(1, 13)]
    first = sample_observations()[0]
    entries = [make_entry(f"Paper {day}", first.entry.text, digest=f"{day}.md", arxiv=day) for day in days]
    graph = make_graph(replace(first, entry=entry, findings=Findings()) for entry in entries)
    before = read_census(graph.store)
    graph.store.ledger.drop_digest("2025-01-05.md")
    refresh(graph.store)
    assert read_census(graph.store) == count_graph(graph.store) != before
    assert graph.store.size == len(graph.store.graph)


def test_what_two_papers_say_of_a_thing_stands_once_so_that_nothing_is_counted_anew(monkeypatch):
    def read_all(store: object) -> Census:
        raise AssertionError("reading a large graph to count it takes half a minute")

    monkeypatch.setattr("kg.image.drawing.count_graph", read_all)
    first = said_observation()
    papers = (replace(first.entry, arxiv=f"2503.0123{n}") for n in range(3))
    graph = make_graph(replace(first, entry=entry) for entry in papers)
    assert len(graph.query("SELECT ?maker { ?model kg:developedBy ?maker }").rows) == 1
    assert read_census(graph.store) == count_graph(graph.store)


def test_the_store_knows_how_many_facts_it_has():
    assert GRAPH.store.size == len(GRAPH.store.graph) == len(GRAPH)


def test_all_of_it_lies_in_its_own_folder():
    assert {subject[1:-1].startswith(FOLDER) for subject, _, _ in block_of_catalogue(GRAPH.store)} == {True}
