from __future__ import annotations

import networkx
import pyoxigraph as ox

from kg.network import make_network, read_network
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import KG, SKOS
from tests.factories import make_graph


def test_nodes_are_papers_entities_and_authors() -> None:
    network = make_graph().network
    kinds = set(dict(network.nodes(data="kind")).values())
    assert kinds == {"paper", "author", "org", "model", "method", "benchmark", "metric", "task"}
    assert network.nodes[f"{BASE}paper/2501.12948"] == {
        "label": "DeepSeek-R1: Reasoning by Reward",
        "kind": "paper",
    }


def test_edges_are_keyed_by_their_property() -> None:
    network = make_graph().network
    paper, model = f"{BASE}paper/2501.12948", f"{BASE}model/deepseekr1"
    assert set(network[paper][model]) == {"kg:introduces", "kg:mentions"}
    assert network.has_edge(paper, f"{BASE}author/%40ada", key="dcterms:creator")
    assert network.has_edge(model, f"{BASE}model/openaio1mini", key="kg:outperforms")


def test_what_a_korean_and_an_english_digest_say_meets_in_one_component() -> None:
    network = make_graph().network
    parts = [part for part in networkx.weakly_connected_components(network) if f"{BASE}task/추론" in part]
    assert f"{BASE}model/deepseekr1" in parts[0]
    assert f"{BASE}method/filmagent" not in parts[0]


def test_a_name_is_shown_in_the_language_of_its_node() -> None:
    store = ox.Store()
    for value, language in (("훈련", "ko"), ("training", "en")):
        label = ox.Literal(value, language=language)
        store.add(ox.Quad(ox.NamedNode(f"{BASE}task/x"), ox.NamedNode(SKOS.prefLabel), label))
    store.add(
        ox.Quad(ox.NamedNode(f"{BASE}task/x"), ox.NamedNode(KG.mentions), ox.NamedNode(f"{BASE}task/gone"))
    )
    nodes, edges = read_network(store)
    assert [node.label for node in nodes] == ["training"]
    assert edges == [], "an edge to a node that is not described"


def test_two_readings_agree() -> None:
    store = make_graph().store.graph
    assert read_network(store) == read_network(store)
    assert list(make_network(store).edges(keys=True)) == list(make_network(store).edges(keys=True))
