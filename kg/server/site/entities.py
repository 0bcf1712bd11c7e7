"""A node -> its page: names, facts by what they mean, results, timeline, and what the digests say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.citations import order_authors
from kg.evidence import find_said, first_date
from kg.rdf.prefixes import compact
from kg.rdf.vocabulary import DCTERMS, FABIO, KG, RDF, SCHEMA
from kg.server.site.faults import show_missing
from kg.server.site.namesakes import find_namesakes, name_alone
from kg.server.site.paging import page_through, read_one
from kg.server.site.passages import Passage, quote_mentions, read_entry
from kg.server.site.relations import ORDER, find_related, list_groups, read_related
from kg.server.site.results import COLUMNS, list_results
from kg.server.site.standing import CLASSES
from kg.server.site.statements import show_statements
from kg.server.site.things import path_of, read_thing, read_things
from kg.server.site.visit import Visit
from kg.server.site.words import list_questions
from kg.view.content import is_web_link

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest

_SIZE = 50
_ENTRIES, _QUOTED = 6, 3
_HEADED = ("dcterms:creator",)
"""Relations that a paper's head tells already."""


class Month(NamedTuple):
    """A month of a timeline: how many papers of it name the thing, and that as a share of the fullest one."""

    month: str
    papers: int
    share: int


def show_thing(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show a node: what it is decides how; one that was replaced leads to its successor."""
    visit = Visit(graph, request)
    node = request.iri
    if not _is_iri(node):
        return show_missing(graph, request)
    successor = visit.facts.value(node, DCTERMS.isReplacedBy)
    if successor and path_of(successor):
        return visit.redirect(path_of(successor))
    if not visit.facts.values(node, RDF.type):
        return show_missing(graph, request)
    thing = read_thing(visit.facts, node, visit.language)
    if thing.kind not in CLASSES or thing.kind == "digest":
        return show_statements(visit, thing)
    relation = read_one(visit.query, "relation", ("", *ORDER))
    return _show_group(visit, node, relation) if relation else _show_profile(visit, node)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _show_group(visit: Visit, node: str, relation: str) -> SiteReply:
    """Show all that one relation of a node leads to, a page at a time."""
    nodes = find_related(visit.facts, node, relation)
    paging = page_through(len(nodes), _SIZE, visit.ask("page"))
    shown = nodes[paging.first : paging.last]
    return visit.page(
        "group.html",
        thing=read_thing(visit.facts, node, visit.language),
        relation=relation,
        members=read_related(visit.facts, node, relation, shown, visit.language),
        paging=paging,
    )


def _show_profile(visit: Visit, node: str) -> SiteReply:
    facts, language = visit.facts, visit.language
    thing = read_thing(facts, node, language)
    sort = read_one(visit.query, "sort", COLUMNS)
    falling = visit.ask("order") != "up"
    results = list_results(
        visit.graph, node, sort, falling=falling, page=visit.ask("page"), language=language
    )
    groups = [group for group in list_groups(facts, node, language) if group.relation not in _HEADED]
    own = thing.kind == "paper"
    namesakes = find_namesakes(visit, node)
    asked = thing._replace(name=name_alone(visit, thing)) if namesakes else thing
    return visit.page(
        "paper.html" if own else "thing.html",
        thing=thing,
        curie=compact(node),
        others=[(name, tag) for name, tag in dict.fromkeys(facts.names(node)) if name != thing.name],
        openness=facts.value(node, KG.openWeights) or "",
        told=quote_mentions(facts, find_said(facts, node, ("open.", "closed.")), _QUOTED),
        parameters=facts.value(node, KG.parameterCount) or "",
        groups=groups,
        results=results,
        months=() if own else _count_months(visit, node),
        namesakes=namesakes,
        questions=list_questions(asked, visit.words),
        **(_read_paper(visit, node) if own else {}),
    )


def _read_paper(visit: Visit, paper: str) -> dict[str, Any]:
    facts = visit.facts
    items = facts.subjects(KG.discusses, paper)
    entries: list[Passage] = [read_entry(facts, item, visit.language) for item in items]
    entries.sort(key=lambda entry: (entry.language != visit.language, entry.date, entry.digest.name))
    entries.sort(key=_is_silent)
    told = sum(not _is_silent(entry) for entry in entries[:_ENTRIES])
    links = dict.fromkeys(facts.values(paper, SCHEMA.url), "link")
    links |= dict.fromkeys(facts.values(paper, SCHEMA.codeRepository), "code")
    return {
        "authors": read_things(facts, order_authors(facts, paper)),
        "date": first_date(facts, paper),
        "arxiv": facts.value(paper, FABIO.hasArXivId) or "",
        "links": [(kind, url) for url, kind in links.items() if is_web_link(url)],
        "tags": facts.values(paper, KG.tag),
        "votes": max((int(facts.value(item, KG.upvotes) or 0) for item in items), default=0),
        "entries": entries[:told],
        "listed": entries[told:],
    }


def _is_silent(entry: Passage) -> bool:
    """Say whether an entry has nothing but the paper's title."""
    return not any(piece.text.strip() for piece in entry.pieces)


def _count_months(visit: Visit, node: str) -> tuple[Month, ...]:
    """Count the papers that name a thing, by the month in which a digest first spoke of them."""
    terms = (KG.mentions, KG.introduces, KG.evaluatesOn, KG.usesMethod, KG.usesDataset, KG.addresses)
    papers = {paper for term in (*terms, DCTERMS.creator) for paper in visit.facts.subjects(term, node)}
    months = Counter(date[:7] for paper in papers if (date := first_date(visit.facts, paper)))
    most = max(months.values(), default=1)
    return tuple(Month(month, n, round(100 * n / most)) for month, n in sorted(months.items()))
