from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import zlib
from importlib.resources import files
from typing import Any

import pytest

from kg.facts import Facts
from kg.graph import Graph
from kg.network import Edge, Node, read_network
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import KG
from kg.records import Credit, Findings, Kind, Observation
from kg.store import Store
from kg.view import Snapshot, render_page, select_around, select_overview
from kg.view.atlas import place_all
from kg.view.content import describe_selection
from kg.view.layout import place
from kg.view.page import LANGUAGES, SCRIPTS, encode, make_block
from tests.factories import (
    HOSTILE,
    hostile_observation,
    make_entity,
    make_entry,
    make_graph,
    sample_observations,
)

MODEL, PAPER = f"{BASE}model/deepseekr1", f"{BASE}paper/2501.12948"


def snapshot(graph: Graph) -> Snapshot:
    return Snapshot(graph.store.graph)


def overview(graph: Graph, language: str = "en") -> str:
    facts = snapshot(graph)
    return render_page(facts, select_overview(facts), language)


def read_block(page: str, name: str) -> Any:
    block = re.search(rf'<script type="([^"]*)" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert block
    kind, text = block.groups()
    if kind == "application/json":
        return json.loads(text)
    return json.loads(zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS))


def graph_of(page: str) -> Any:
    return read_block(page, "graph")


# What is on the page


def test_an_overview_draws_papers_and_what_ties_them() -> None:
    selection = select_overview(snapshot(make_graph()))
    drawn = {iri.removeprefix(BASE) for iri in selection.drawn}
    assert drawn == {
        "paper/2501.12948",
        "paper/2501.12599",
        "paper/example.org-film-id-1-3c1bb981",
        "benchmark/math500",
    }
    assert len(selection.nodes) == selection.total
    assert not any(
        e.relation == "kg:mentions" and e.source == PAPER and e.target == MODEL for e in selection.edges
    )


def test_a_focus_takes_what_is_near_and_no_more() -> None:
    facts = snapshot(make_graph())
    selection = select_around(facts, [MODEL])
    near = {iri.removeprefix(BASE) for iri in selection.drawn}
    assert near == {"model/deepseekr1", "model/openaio1mini", "paper/2501.12948"}
    known = {node.iri.removeprefix(BASE) for node in selection.nodes}
    assert known - near == {"benchmark/aime2024", "benchmark/math500", "metric/pass%401"}  # of its results
    wider = {node.iri.removeprefix(BASE) for node in select_around(facts, [MODEL], depth=2).nodes}
    assert near < wider
    assert "task/추론" in wider
    assert "paper/2501.12599" not in wider


def test_a_crowd_of_authors_is_not_drawn() -> None:
    authors = tuple(Credit(name=f"Author {number}") for number in range(200))
    entry = make_entry("P: Title", "GRPO helps.", arxiv="2501.00001", authors=authors)
    findings = Findings(entities=(make_entity(entry, "GRPO", Kind.METHOD),))
    facts = snapshot(make_graph([Observation(entry=entry, findings=findings)]))
    selection = select_around(facts, [f"{BASE}paper/2501.00001"])
    assert len(selection.nodes) == 202
    assert f"{BASE}method/grpo" in selection.drawn
    assert len(selection.drawn) < 20


def test_a_large_graph_is_drawn_in_part_and_stays_searchable() -> None:
    observations = []
    for number in range(400):
        entry = make_entry(f"P{number}: Title", "GRPO helps.", ordinal=number, arxiv=f"2501.{number:05d}")
        observations.append(
            Observation(entry=entry, findings=Findings(entities=(make_entity(entry, "GRPO", Kind.METHOD),)))
        )
    selection = select_overview(snapshot(make_graph(observations)))
    assert 100 < len(selection.drawn) <= 300
    assert f"{BASE}method/grpo" in selection.drawn
    assert len(selection.nodes) == 401


def test_an_empty_graph_makes_a_page() -> None:
    page = overview(Graph(Store(None)))
    assert graph_of(page)["nodes"]["id"] == []


def test_evidence_is_the_sentence_with_its_place() -> None:
    page = overview(make_graph())
    graph, evidence = graph_of(page), read_block(page, "evidence")
    source, target = map(graph["nodes"]["id"].index, ("paper:2501.12948", "benchmark:aime2024"))
    edges = list(zip(graph["edges"]["source"], graph["edges"]["target"], strict=True))
    said = []
    for entry, first, last, *spans in evidence["edges"][edges.index((source, target))]:
        text, place = evidence["texts"][entry], graph["entries"]
        digest = place["digests"][place["digest"][entry]]
        marked = [text[a:b] for a, b in zip(spans[::2], spans[1::2], strict=True)]
        said.append(
            [digest, place["line"][entry], place["language"][entry], text[first:last].split()[0], marked]
        )
    assert said == [
        ["2025-01-23-ko.md", 3, "ko", "DeepSeek-R1은", ["AIME 2024"]],
        ["2025-01-23.md", 7, "en", "On", ["AIME 2024"]],
    ]


def test_every_reported_result_has_its_sentence() -> None:
    page = overview(make_graph())
    graph, evidence = graph_of(page), read_block(page, "evidence")
    values = dict(zip(graph["results"]["value"], evidence["results"], strict=True))
    assert set(values) == {"79.8", "97.3", "96.2"}
    assert len(values["79.8"]) == 2
    assert graph["results"]["sure"] == [80] * len(values)


def test_an_edge_is_as_sure_as_its_best_mention() -> None:
    edges = graph_of(overview(make_graph()))["edges"]
    sure = {
        edges["relations"][relation]: sure
        for relation, sure in zip(edges["relation"], edges["sure"], strict=True)
    }
    assert sure["dcterms:creator"] == 100
    assert sure["kg:introduces"] == 90
    assert sure["kg:outperforms"] == 70


def test_links_go_to_the_web_only() -> None:
    papers = graph_of(overview(make_graph([hostile_observation()])))["papers"]
    links = [url for links in papers["links"] for _, url in links]
    assert papers["arxiv"] == ["2501.99999"]
    assert "http://127.0.0.1:1/x" in links
    assert all(url.startswith(("http://", "https://")) for url in links)


def test_a_snapshot_says_what_the_store_says() -> None:
    graph = make_graph([*sample_observations(), hostile_observation()])
    nodes, edges = read_network(graph.store.graph)
    facts = snapshot(graph)
    assert list(facts.nodes) == nodes
    assert sorted(facts.edges) == sorted(edges)
    looked_up = Facts(graph.store.graph)
    for node in nodes:
        assert facts.names(node.iri) == looked_up.names(node.iri)
        assert facts.subjects(KG.discusses, node.iri) == looked_up.subjects(KG.discusses, node.iri)


# The same bytes, within bounds, with a policy that holds


def test_the_page_is_the_same_whatever_came_first() -> None:
    assert overview(make_graph()) == overview(make_graph(list(reversed(sample_observations()))))


def test_places_are_the_same_every_time_and_apart() -> None:
    nodes = [f"n{number}" for number in range(60)]
    edges = [(f"n{number}", f"n{number // 3}") for number in range(1, 50)]
    places = place(nodes, edges)
    assert places == place(nodes, list(reversed(edges)))
    assert len(set(places.values())) == 60
    close = [
        (a, b) for a in nodes for b in nodes
        if a < b and abs(places[a][0] - places[b][0]) < 60 and abs(places[a][1] - places[b][1]) < 30
    ]  # fmt: skip
    assert not close


def test_a_map_has_a_place_for_every_node_and_few_share_one() -> None:
    nodes = [Node(f"p{n}", "", "paper") for n in range(300)] + [
        Node(f"a{n}", "", "author") for n in range(300)
    ]
    edges = [Edge(f"p{n}", f"p{n // 2}", "kg:mentions") for n in range(200)]
    edges += [Edge(f"p{n}", f"a{n}", "dcterms:creator") for n in range(299)]
    places = place_all(nodes, edges)
    assert places == place_all(nodes, edges)
    assert len(set(places)) > 0.95 * len(nodes)
    assert math.dist(places[5], places[305]) < 60
    assert max(math.dist(place, (0, 0)) for place in places) < 1500


def test_a_large_block_is_compressed_and_reads_the_same() -> None:
    value = {"names": [f"<b>{number}</b>" for number in range(9000)]}
    block = make_block("graph", value)
    assert 'type="application/octet-stream"' in block
    assert len(block) < len(encode(value)) / 3
    assert read_block(block, "graph") == value


def test_every_word_is_said_in_every_language() -> None:
    said = read_block(overview(make_graph()), "settings")["words"]
    folder = files("kg") / "data" / "page"
    script = "".join((folder / name).read_text(encoding="utf8") for name in (*SCRIPTS, "page.html"))
    for key, words in said.items():
        assert set(words) == set(LANGUAGES), key
        slots = [set(re.findall(r"\{\w+\}", text)) for text in words.values()]
        assert slots[0] | {"{count}"} == slots[1] | {"{count}"}, key
    asked = set(re.findall(r"""(?:say|act|row)\("([^"]+)\"""", script))
    asked |= set(re.findall(r'data-say(?:-\w+)?="([^"]+)"', script))
    asked |= {f"{k}.{n}" for k in re.findall(r'sayCount\("([^"]+)"', script) for n in ("one", "many")}
    assert asked - set(said) == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_small_and_says_what_it_is(name: str) -> None:
    lines = (files("kg") / "data" / "page" / name).read_text(encoding="utf8").splitlines()
    assert len(lines) <= 250
    assert max(map(len, lines)) <= 150
    assert lines[0] == '"use strict";'
    assert lines[1].startswith("// ")


def test_every_script_is_on_the_page() -> None:
    folder = files("kg") / "data" / "page"
    assert {entry.name for entry in folder.iterdir() if entry.name.endswith(".js")} == set(SCRIPTS)


def test_the_page_opens_in_the_language_asked_for() -> None:
    page = overview(make_graph(), "ko")
    assert '<html lang="ko">' in page
    assert read_block(page, "settings")["language"] == "ko"


def test_no_name_ends_the_block_it_stands_in() -> None:
    page = overview(make_graph([*sample_observations(), hostile_observation()]))
    assert (
        page.count("<script") == len(SCRIPTS) + 5
    )  # the library, three blocks, and one in the library's own text
    assert page.count("</script>") == len(SCRIPTS) + 4
    assert HOSTILE[1] in graph_of(page)["nodes"]["name"]
    assert not set(encode(list(HOSTILE))) & set("<>&\u2028")


def test_the_policy_names_every_script_and_the_style() -> None:
    page = overview(make_graph())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        for text in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
            assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy[1]


def test_the_page_has_no_handler_and_no_address_of_its_own() -> None:
    page = overview(make_graph())
    own = re.sub(r"<script.*?</script>|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.search(r"\son\w+=|javascript:|\ssrc=|<link|@import|url\(", own)
    assert "sourceMappingURL" not in page


def test_the_authors_of_a_paper_come_in_its_own_order() -> None:
    names = ("Zoe Young", "Adam Old", "Mira Oakes")
    entry = make_entry("HillBench", "New.", ordered=True, authors=tuple(Credit(name=name) for name in names))
    facts = Snapshot(make_graph([Observation(entry=entry, findings=Findings())]).store.graph)
    selection = select_overview(facts)
    edges = describe_selection(facts, selection).graph["edges"]
    creators = [
        selection.nodes[target].label
        for target, relation in zip(edges["target"], edges["relation"], strict=True)
        if edges["relations"][relation] == "dcterms:creator"
    ]
    assert creators == list(names)
