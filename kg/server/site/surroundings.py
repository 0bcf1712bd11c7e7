"""A node -> what stands around it, cut out of the graph, as the interactive page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.evidence import first_date
from kg.facts import Facts, kind_of
from kg.network import KINDS
from kg.rdf.vocabulary import DCTERMS, KG, NIF, PROV, SKOS
from kg.server.exchange import SiteReply
from kg.server.site.faults import show_missing
from kg.server.site.standing import read_standing
from kg.server.site.things import find_node
from kg.server.site.visit import Visit
from kg.view import Snapshot, render_page, select_around
from kg.view.selection import find_slots
from kg.view.snapshot import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph
    from kg.server.exchange import SiteRequest

_PAPERS = 80
_OTHERS = 400
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def show_surroundings(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show the graph around a node: the page that ``kg view`` makes, with the policy that it carries."""
    visit = Visit(graph, request)
    node = find_node(visit.facts, request.values.get("kind", ""), request.values.get("key", ""))
    if node is None or kind_of(node) not in KINDS:
        return show_missing(graph, request)
    facts = Snapshot(cut_out(graph.store.graph, node))
    selection = select_around(facts, [node])
    total = sum(number for kind, number in read_standing(graph).counts if kind in KINDS)
    page = render_page(facts, replace(selection, total=total), visit.language, visit.link("/"))
    policy = _POLICY.search(page)
    assert policy is not None  # the page forbids itself everything else
    return SiteReply(body=page.encode("utf8", "replace"), headers=(("Content-Security-Policy", policy[1]),))


def cut_out(store: ox.Store, node: str) -> ox.Store:
    """Cut out of a graph a node, its neighbours and what is said of them.

    Of the papers around it the latest are taken; of each paper what its digests say, so that every relation
    keeps its sentences. Looking up what is near is faster than reading the whole graph.
    """
    facts = Facts(store)
    near = _find_neighbours(facts, node)
    papers = [one for one in (node, *near) if kind_of(one) == "paper"]
    subjects = dict.fromkeys((node, *near))
    for paper in papers:
        for item in facts.subjects(KG.discusses, paper):
            subjects |= dict.fromkeys((item, *facts.values(item, DCTERMS.isPartOf)))
            subjects |= dict.fromkeys(facts.subjects(NIF.referenceContext, item))
        subjects |= dict.fromkeys(facts.values(paper, KG.reports))
    subjects |= dict.fromkeys(sorted(find_slots(facts, papers)))
    for one in (node, *near):
        comparisons = facts.subjects(KG.better, one)
        subjects |= dict.fromkeys(comparisons)
        subjects |= dict.fromkeys(m for c in comparisons for m in facts.values(c, PROV.wasDerivedFrom))
    return _copy(store, subjects)


def _find_neighbours(facts: Facts, node: str) -> list[str]:
    """Find what is one relation away: the latest papers, and of the other nodes the first."""
    found = {
        other
        for relation in RELATIONS
        for other in (*facts.values(node, relation), *facts.subjects(relation, node))
        if kind_of(other) in KINDS
    }
    dates = {other: first_date(facts, other) for other in found if kind_of(other) == "paper"}
    papers = sorted(sorted(dates), key=lambda paper: dates[paper], reverse=True)
    return [*papers[:_PAPERS], *sorted(found - dates.keys() - {node})[:_OTHERS]]


def _copy(store: ox.Store, subjects: Iterable[str]) -> ox.Store:
    """Copy the statements about some subjects, and the names of what these statements speak of."""
    cut = ox.Store()
    objects: set[ox.NamedNode] = set()
    for subject in subjects:
        quads = list(store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph()))
        cut.extend(quads)
        objects.update(quad.object for quad in quads if isinstance(quad.object, ox.NamedNode))
    known = set(subjects)
    label = ox.NamedNode(SKOS.prefLabel)
    for term in objects:
        if term.value not in known and kind_of(term.value) in ("digest", "extraction"):
            cut.extend(store.quads_for_pattern(term, label, None, ox.DefaultGraph()))
    return cut
