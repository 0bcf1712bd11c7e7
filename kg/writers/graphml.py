"""A graph -> GraphML: papers, entities and authors as nodes, relations as edges, for Gephi and yEd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.network import read_network
from kg.text.markup import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

SUFFIXES = (".graphml",)

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<graph id="paperkg" edgedefault="directed">
"""


def render(store: ox.Store) -> Iterator[str]:
    """Yield the export: every node by kind and IRI, then every edge."""
    nodes, edges = read_network(store)
    yield _HEAD
    for iri, label, kind in nodes:
        yield (
            f'<node id="{escape(iri)}"><data key="label">{escape(label)}</data>'
            f'<data key="kind">{kind}</data></node>\n'
        )
    for number, (source, target, relation) in enumerate(edges):
        yield (
            f'<edge id="e{number}" source="{escape(source)}" target="{escape(target)}">'
            f'<data key="relation">{escape(relation)}</data></edge>\n'
        )
    yield "</graph>\n</graphml>\n"
