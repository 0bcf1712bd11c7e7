"""A kind of node -> all nodes of that kind, a page at a time: by date or use, or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.server.site.faults import show_missing
from kg.server.site.namesakes import tell_apart
from kg.server.site.paging import page_through, read_one
from kg.server.site.rankings import DATED
from kg.server.site.standing import CLASSES, read_standing
from kg.server.site.things import read_thing
from kg.server.site.visit import Visit

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest

ORDERS = ("use", "name")
_SIZE = 100


def list_kind(graph: Graph, request: SiteRequest) -> SiteReply:
    """List the nodes of a kind; an unknown kind is a page that does not exist."""
    visit = Visit(graph, request)
    kind = request.values.get("kind", "")
    if kind not in CLASSES:
        return show_missing(graph, request)
    order = read_one(visit.query, "order", ORDERS)
    standing = read_standing(graph)
    keys = dict(standing.ranked[kind])
    paging = page_through(len(keys), _SIZE, visit.ask("page"))
    nodes = standing.named[kind] if order == "name" else tuple(keys)
    part = nodes[paging.first : paging.last]
    things = [read_thing(visit.facts, node, visit.language) for node in part]
    shown = list(zip(things, tell_apart(visit, part), (keys[node] for node in part), strict=True))
    return visit.page("list.html", kind=kind, dated=kind in DATED, order=order, shown=shown, paging=paging)
