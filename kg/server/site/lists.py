"""A kind of node -> all nodes of that kind, a page at a time: papers and digests by date, others by use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.facts import Facts
from kg.rdf.vocabulary import DCTERMS, KG, RDF
from kg.server.site.faults import show_missing
from kg.server.site.paging import page_through, read_one
from kg.server.site.standing import CLASSES
from kg.server.site.things import read_thing
from kg.server.site.visit import Visit
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest

ORDERS = ("use", "name")
_SIZE = 100
_DATED = {"paper": "?item kg:discusses ?node", "digest": "?item a kg:Digest . BIND(?item AS ?node)"}
"""The kinds that are listed by date, the newest first; the others by how many papers have them."""

_DATES = "SELECT ?node (MIN(STR(?day)) AS ?first) { ?item dcterms:issued ?day . %s } GROUP BY ?node"
_USED = {"author": (DCTERMS.creator,), "org": (DCTERMS.creator, KG.developedBy)}
_NAMES = """SELECT ?node WHERE { { SELECT ?node (MIN(LCASE(STR(?name))) AS ?key) {
  ?node a <%s> ; skos:prefLabel ?name
} GROUP BY ?node } } ORDER BY ?key ?node LIMIT %d OFFSET %d"""

_ranked: WeakKeyDictionary[Graph, dict[str, tuple[tuple[str, str], ...]]] = WeakKeyDictionary()


def list_kind(graph: Graph, request: SiteRequest) -> SiteReply:
    """List the nodes of a kind; an unknown kind is a page that does not exist."""
    visit = Visit(graph, request)
    kind = request.values.get("kind", "")
    if kind not in CLASSES:
        return show_missing(graph, request)
    order = read_one(visit.query, "order", ORDERS)
    keys = dict(rank_kind(graph, kind))
    paging = page_through(len(keys), _SIZE, visit.ask("page"))
    if order == "name":
        rows = run(graph.store.graph, _NAMES % (CLASSES[kind], paging.size, paging.first)).rows
        nodes = [node.value for (node,) in rows if isinstance(node, ox.NamedNode)]
    else:
        nodes = list(keys)[paging.first : paging.last]
    shown = [(read_thing(visit.facts, node, visit.language), keys[node]) for node in nodes]
    return visit.page("list.html", kind=kind, dated=kind in _DATED, order=order, shown=shown, paging=paging)


def rank_kind(graph: Graph, kind: str) -> tuple[tuple[str, str], ...]:
    """Rank the nodes of a kind, each with its date or its number of papers; once for each graph.

    The uses are counted here: over a hundred thousand of them that is five times faster than a query.
    """
    known = _ranked.setdefault(graph, {})
    if kind not in known:
        known[kind] = _rank(graph.store.graph, kind)
    return known[kind]


def _rank(store: ox.Store, kind: str) -> tuple[tuple[str, str], ...]:
    facts = Facts(store)
    nodes = facts.subjects(RDF.type, CLASSES[kind])
    if kind in _DATED:
        dates = dict.fromkeys(nodes, "") | _read_dates(store, kind)
        return tuple(sorted(dates.items(), key=lambda pair: pair[1], reverse=True))
    uses = _count_uses(store, _USED.get(kind, (KG.mentions,)))
    nodes.sort(key=lambda node: -uses[node])
    return tuple((node, str(uses[node])) for node in nodes)


def _read_dates(store: ox.Store, kind: str) -> dict[str, str]:
    """Read the first day of each paper, or the day of each digest."""
    rows = run(store, _DATES % _DATED[kind]).rows
    return {node.value: show_term(day) for node, day in rows if isinstance(node, ox.NamedNode)}


def _count_uses(store: ox.Store, predicates: tuple[str, ...]) -> Counter[str]:
    """Count how often each node is the object of some properties."""
    return Counter(
        quad.object.value
        for predicate in predicates
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode)
    )
