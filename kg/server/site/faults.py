"""What went wrong -> a page that says so in words, with what might have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.facts import kind_of
from kg.questions.naming import name_nodes
from kg.server.site.entrance import find_names
from kg.server.site.standing import CLASSES
from kg.server.site.things import Thing, read_thing
from kg.server.site.visit import Reader, Visit
from kg.server.site.words import load_words

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest

_LONGEST = 200
_KINDS_OF = {"leaderboards": "benchmark"}
_WRONG, _INSIDE = 400, 500


def show_missing(graph: Graph, request: SiteRequest) -> SiteReply:
    """Say that there is no such page, and link to the nodes with names nearest to the end of its path."""
    visit = Visit(graph, request)
    *place, name = request.path.rstrip("/").split("/")
    kind = _KINDS_OF.get(place[-1], place[-1]) if place else ""
    nearest = _find_nearest(visit, kind if kind in CLASSES else "", name[:_LONGEST])
    return visit.page("fault.html", 404, status=404, told="", nearest=nearest)


def _find_nearest(visit: Visit, kind: str, name: str) -> list[Thing]:
    """Find the nodes with names nearest to one, those of the kind that was meant first."""
    nodes = [label.node for label in find_names(visit.graph, name)]
    if not nodes and name:
        try:
            nodes = list(name_nodes(visit.graph.store, name, (kind,) if kind else ()))
        except UnknownNameError as error:
            nodes = [label.node for near in error.nearest for label in find_names(visit.graph, near)[:1]]
    nodes.sort(key=lambda node: kind_of(node) != kind)
    return [read_thing(visit.facts, node, visit.language) for node in dict.fromkeys(nodes)]


def show_fault(request: SiteRequest, status: int, told: str) -> SiteReply:
    """Say what went wrong where no graph is at hand: a query too slow, a method that is not allowed.

    Args:
        request: whose language the page speaks.
        status: that of HTTP; ``fault.STATUS`` among the words says what it means.
        told: what happened, in words; shown as text.
    """
    known = f"fault.{status}" in load_words()
    meaning = status if known else _INSIDE if status >= _INSIDE else _WRONG
    return Reader(request).page("fault.html", status, status=meaning, told=told, nearest=())
