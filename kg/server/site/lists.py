"""A kind of node -> all nodes of that kind, a page at a time: papers and digests by date, others by use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.server.site.faults import show_missing
from kg.server.site.paging import page_through, read_one
from kg.server.site.standing import CLASSES, read_standing
from kg.server.site.things import read_thing
from kg.server.site.visit import Visit
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest

ORDERS = ("use", "name")
_SIZE = 100
_USES = {
    "paper": "OPTIONAL {{ SELECT ?node (MIN(STR(?issued)) AS ?key)"
    " {{ ?item kg:discusses ?node ; dcterms:issued ?issued }} GROUP BY ?node }}",
    "digest": "OPTIONAL {{ ?node dcterms:issued ?issued BIND(STR(?issued) AS ?key) }}",
    "author": "{{ SELECT ?node (COUNT(?paper) AS ?key) {{ ?paper dcterms:creator ?node }} GROUP BY ?node }}",
    "org": "OPTIONAL {{ SELECT ?node (COUNT(?x) AS ?key)"
    " {{ ?x dcterms:creator|kg:developedBy ?node }} GROUP BY ?node }}",
}
_MENTIONED = (
    "OPTIONAL {{ SELECT ?node (COUNT(?paper) AS ?key) {{ ?paper kg:mentions ?node }} GROUP BY ?node }}"
)
_QUERY = """SELECT ?node (SAMPLE(?key) AS ?k) (MIN(LCASE(STR(?name))) AS ?n) WHERE {{
  ?node a <{kind}> . {use} OPTIONAL {{ ?node skos:prefLabel ?name }}
}} GROUP BY ?node ORDER BY {order} ?node LIMIT {size} OFFSET {first}"""
_SORTED = {"use": "ASC(!BOUND(?k)) DESC(?k) ?n", "name": "?n"}


def list_kind(graph: Graph, request: SiteRequest) -> SiteReply:
    """List the nodes of a kind; an unknown kind is a page that does not exist."""
    visit = Visit(graph, request)
    kind = request.values.get("kind", "")
    if kind not in CLASSES:
        return show_missing(graph, request)
    order = read_one(visit.query, "order", ORDERS)
    paging = page_through(dict(read_standing(graph).counts)[kind], _SIZE, visit.ask("page"))
    query = _QUERY.format(
        kind=CLASSES[kind], use=_USES.get(kind, _MENTIONED).format(), order=_SORTED[order],
        size=paging.size, first=paging.first,
    )  # fmt: skip
    shown = [
        (read_thing(visit.facts, node.value, visit.language), show_term(key))
        for node, key, _ in run(graph.store.graph, query).rows
        if isinstance(node, ox.NamedNode)
    ]
    return visit.page("list.html", kind=kind, order=order, shown=shown, paging=paging)
