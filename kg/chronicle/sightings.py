"""A graph -> everything in it with the day on which an entry first has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.facts import Facts, kind_of
from kg.rdf.vocabulary import RDFS
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

KINDS = ("paper", "model", "method", "benchmark", "dataset", "task", "metric", "result", "comparison")
"""What is told, in this order."""

_QUERIES = (
    """SELECT ?node (MIN(STR(?issued)) AS ?first) {
      ?item kg:discusses ?node ; dcterms:issued ?issued
    } GROUP BY ?node""",
    """SELECT ?node (MIN(STR(?issued)) AS ?first) {
      ?mention itsrdf:taIdentRef ?node ; nif:referenceContext ?item . ?item dcterms:issued ?issued
    } GROUP BY ?node""",
    """SELECT ?node (MIN(STR(?issued)) AS ?first) {
      ?node prov:hadPrimarySource ?paper ; prov:wasDerivedFrom ?mention .
      ?mention nif:referenceContext ?item . ?item dcterms:issued ?issued
    } GROUP BY ?node""",
)


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """One thing: its kind, the day it was first seen, its name and its IRI."""

    kind: str
    first: str
    name: str
    node: str


def list_sightings(graph: Graph) -> Iterator[Sighting]:
    """Yield papers, things, results and comparisons that stand in dated entries, in no order."""
    facts = Facts(graph.store.graph)
    for query in _QUERIES:
        for node, first in run(graph.store.graph, query).rows:
            kind = kind_of(node.value) if isinstance(node, ox.NamedNode) else ""
            if isinstance(node, ox.NamedNode) and kind in KINDS:
                label = facts.value(node.value, RDFS.label)
                yield Sighting(kind, show_term(first), label or facts.name(node.value), node.value)


def sort_sightings(found: list[Sighting]) -> tuple[Sighting, ...]:
    """Sort by kind as `KINDS` has them, then by day and name."""
    return tuple(sorted(found, key=lambda s: (KINDS.index(s.kind), s.first, s.name, s.node)))
