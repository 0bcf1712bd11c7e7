"""A store -> its papers, entities and authors as a network of named nodes and typed edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.rdf.prefixes import NAMED, compact
from kg.rdf.subjects import parse_literal, read_subjects, section_of
from kg.rdf.vocabulary import SKOS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx
    import pyoxigraph

KINDS = NAMED
"""The kinds of node that the network has."""

_LANGUAGES = (None, "en", "ko")


class Node(NamedTuple):
    """A paper, entity or author: its IRI, what it is called, and its kind (the folder of its IRI)."""

    iri: str
    label: str
    kind: str


class Edge(NamedTuple):
    """One relation between two nodes: their IRIs, and the property as a CURIE."""

    source: str
    target: str
    relation: str


def read_network(store: pyoxigraph.Store) -> tuple[list[Node], list[Edge]]:
    """Read the network of a store: every node, and every statement that relates two of them, in order."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for subject, facts in read_subjects(store):
        kind = section_of(subject)
        if kind not in KINDS:
            continue
        iri = subject[1:-1]
        nodes.append(Node(iri, _label(dict(facts).get(_NAME, []), iri), kind))
        edges += [
            Edge(iri, term[1:-1], compact(predicate[1:-1]))
            for predicate, objects in facts
            for term in objects
            if section_of(term) in KINDS
        ]
    known = {node.iri for node in nodes}
    return nodes, [edge for edge in edges if edge.target in known]


_NAME = f"<{SKOS.prefLabel}>"


def make_network(store: pyoxigraph.Store) -> networkx.MultiDiGraph[str]:
    """Make the network as a networkx graph.

    Returns:
        Nodes by IRI with ``label`` and ``kind``; edges with their property as key, such as ``kg:introduces``.
    """
    import networkx

    nodes, edges = read_network(store)
    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    network.add_nodes_from((node.iri, {"label": node.label, "kind": node.kind}) for node in nodes)
    for edge in edges:
        network.add_edge(edge.source, edge.target, key=edge.relation)
    return network


def _label(terms: Sequence[str], iri: str) -> str:
    """Choose the name to show: a proper name, else the English, else the Korean one."""
    names = [parse_literal(term) for term in terms]
    for language in _LANGUAGES:
        for name in names:
            if name.language == language:
                return name.value
    return iri.rsplit("/", 1)[-1]
