from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

from kg.graph import Graph
from kg.rdf.prefixes import BASE
from kg.records import Credit, Findings, Kind, Observation
from kg.store import Store
from kg.view import render_page, select_around, select_overview
from kg.view.content import shorten
from kg.view.layout import place, place_beside
from kg.view.page import SCRIPTS, encode
from tests.factories import (
    HOSTILE,
    hostile_observation,
    make_entity,
    make_entry,
    make_graph,
    sample_observations,
)

MODEL, PAPER = f"{BASE}model/deepseekr1", f"{BASE}paper/2501.12948"


def overview(graph: Graph) -> str:
    return render_page(graph.store.graph, select_overview(graph.store.graph))


def content_of(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="content">(.*?)</script>', page, re.DOTALL)
    assert block
    read: dict[str, Any] = json.loads(block[1])
    return read


# What is on the page


def test_an_overview_draws_papers_and_what_ties_them() -> None:
    selection = select_overview(make_graph().store.graph)
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
    store = make_graph().store.graph
    near = {node.iri.removeprefix(BASE) for node in select_around(store, [MODEL]).nodes}
    assert near == {"model/deepseekr1", "model/openaio1mini", "paper/2501.12948"}
    wider = {node.iri.removeprefix(BASE) for node in select_around(store, [MODEL], depth=2).nodes}
    assert near < wider
    assert "task/추론" in wider
    assert "paper/2501.12599" not in wider


def test_a_crowd_of_authors_is_not_drawn() -> None:
    authors = tuple(Credit(name=f"Author {number}") for number in range(200))
    entry = make_entry("P: Title", "GRPO helps.", arxiv="2501.00001", authors=authors)
    findings = Findings(entities=(make_entity(entry, "GRPO", Kind.METHOD),))
    store = make_graph([Observation(entry=entry, findings=findings)]).store.graph
    selection = select_around(store, [f"{BASE}paper/2501.00001"])
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
    selection = select_overview(make_graph(observations).store.graph)
    assert 100 < len(selection.drawn) <= 300
    assert f"{BASE}method/grpo" in selection.drawn
    assert len(selection.nodes) == 401


def test_an_empty_graph_makes_a_page() -> None:
    page = overview(Graph(Store(None)))
    assert content_of(page)["nodes"] == []


def test_evidence_is_the_sentence_with_its_place() -> None:
    content = content_of(overview(make_graph()))
    numbers = {node["id"]: number for number, node in enumerate(content["nodes"])}
    edge = next(
        e for e in content["edges"]
        if e[0] == numbers["paper:2501.12948"] and e[1] == numbers["benchmark:aime2024"]
    )  # fmt: skip
    said = []
    for sentence, spans in edge[3]:
        entry, text = content["sentences"][sentence]
        said.append([*content["entries"][entry], [text[a:b] for a, b in spans]])
    assert said == [
        ["2025-01-23-ko.md", 3, "2025-01-23", "ko", ["AIME 2024"]],
        ["2025-01-23.md", 7, "2025-01-23", "en", ["AIME 2024"]],
    ]


def test_links_go_to_the_web_only() -> None:
    content = content_of(overview(make_graph([hostile_observation()])))
    links = [url for node in content["nodes"] for _, url in node.get("links", ())]
    assert "https://arxiv.org/abs/2501.99999" in links
    assert "http://127.0.0.1:1/x" in links
    assert all(url.startswith(("http://", "https://")) for url in links)


def test_titles_are_shortened_to_their_name() -> None:
    assert shorten("TPO: Test-Time Preference Optimization", is_title=True) == "TPO"
    assert (
        shorten("A Name That Is Far Too Long For Any Canvas: And More", is_title=True)
        == "A Name That Is Far Too Long…"
    )
    assert shorten("한" * 40) == "한" * 30 + "…"
    assert shorten(": odd", is_title=True) == ": odd"


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


def test_nodes_placed_beside_others_keep_apart() -> None:
    seats = place_beside([(0, 0)], [(0, 0), (80, 0)], 20)
    assert len({(round(x), round(y)) for x, y in seats}) == 20
    assert all(abs(x) + abs(y) > 20 for x, y in seats)


def test_no_name_ends_the_block_it_stands_in() -> None:
    page = overview(make_graph([*sample_observations(), hostile_observation()]))
    assert (
        page.count("<script") == len(SCRIPTS) + 3
    )  # the library, the content, and one in the library's own text
    assert page.count("</script>") == len(SCRIPTS) + 2
    names = {node["name"] for node in content_of(page)["nodes"]}
    assert HOSTILE[1] in names
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
