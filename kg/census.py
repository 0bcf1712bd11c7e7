"""The graph as it is -> how often each class and property stands in it, less what it says of itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from kg.resolution.catalogue import FOLDER, GRAPH, Census

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.rdf.ntriples import Statement
    from kg.store import Store

_COUNT = """
SELECT ?term (COUNT(*) AS ?number) WHERE {{
  ?s {pattern} FILTER(!STRSTARTS(STR(?s), "{folder}"))
}} GROUP BY ?term
"""
_PARTS = """
SELECT ?term ?number WHERE {{
  <{graph}> void:{kind}Partition ?part . ?part void:{kind} ?term ; void:{counted} ?number
}}
"""
_PREFIXES = {"void": "http://rdfs.org/ns/void#"}


def count_graph(store: Store) -> Census:
    """Count a graph by reading all of it."""
    patterns = ("a ?term", "?term ?o")
    classes, properties = (_count(store, _COUNT.format(pattern=p, folder=FOLDER)) for p in patterns)
    return Census(classes, properties)


def read_census(store: Store) -> Census:
    """Read what the graph says of itself; one that says nothing is counted."""
    kinds = (("class", "entities"), ("property", "triples"))
    classes, properties = (_count(store, _PARTS.format(graph=GRAPH, kind=k, counted=c)) for k, c in kinds)
    return Census(classes, properties) if properties else count_graph(store)


def _count(store: Store, query: str) -> Counter[str]:
    rows = cast("ox.QuerySolutions", store.graph.query(query, prefixes=_PREFIXES))
    return Counter({str(row["term"]): int(cast("ox.Literal", row["number"]).value) for row in rows})


def block_of_catalogue(store: Store) -> set[Statement]:
    """Return what the graph says of itself now: all that the description leads to within its own folder."""
    found: set[Statement] = set()
    ahead = {GRAPH}
    while ahead:
        statements = store.block(sorted(ahead)) - found
        found |= statements
        ahead = {value[1:-1] for _, _, value in statements if value.startswith(f"<{FOLDER}")}
    return found
