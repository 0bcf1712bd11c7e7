"""A node that has no page of its own kind -> what is said of it, statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.rdf.prefixes import PREFIXES, compact
from kg.rdf.vocabulary import DCTERMS, KG, NIF, PROV
from kg.server.site.paging import page_through
from kg.server.site.passages import quote_mentions, read_entry
from kg.server.site.relations import Related
from kg.server.site.things import Thing, path_of, read_thing

if TYPE_CHECKING:
    from kg.server.exchange import SiteReply
    from kg.server.site.visit import Visit

_SIZE = 50
_NOT_TOLD = (NIF.isString,)


class Value(NamedTuple):
    """One value of a property: a text with its language, or a node with its address here or on the web."""

    text: str
    language: str
    path: str
    link: str


def show_statements(visit: Visit, thing: Thing) -> SiteReply:
    """Show a digest with its entries, or any other node with its statements."""
    facts = visit.facts
    if thing.kind == "digest":
        items = facts.subjects(DCTERMS.isPartOf, thing.iri)
        items.sort(key=lambda item: (int(facts.value(item, KG.line) or 0), item))
        paging = page_through(len(items), _SIZE, visit.ask("page"))
        papers = [
            paper for item in items[paging.first : paging.last] for paper in facts.values(item, KG.discusses)
        ]
        members = [
            Related(read_thing(facts, paper, visit.language), "", ()) for paper in dict.fromkeys(papers)
        ]
        date = facts.value(thing.iri, DCTERMS.issued) or ""
        return visit.page("digest.html", thing=thing, date=date, members=members, paging=paging)
    mentions = [thing.iri] if thing.kind == "mention" else facts.values(thing.iri, PROV.wasDerivedFrom)
    return visit.page(
        "statements.html",
        thing=thing,
        curie=compact(thing.iri),
        rows=_list_values(visit, thing.iri),
        passages=quote_mentions(facts, mentions),
        entry=read_entry(facts, thing.iri, visit.language) if thing.kind == "item" else None,
    )


def _list_values(visit: Visit, node: str) -> list[tuple[str, list[Value]]]:
    """List the properties of a node with their values, both sorted."""
    found: dict[str, list[Value]] = {}
    for quad in visit.graph.store.graph.quads_for_pattern(ox.NamedNode(node), None, None, ox.DefaultGraph()):
        if quad.predicate.value not in _NOT_TOLD:
            found.setdefault(compact(quad.predicate.value), []).append(_read_value(visit, quad.object))
    return [(name, sorted(values)) for name, values in sorted(found.items())]


def _read_value(visit: Visit, term: object) -> Value:
    if isinstance(term, ox.Literal):
        return Value(term.value, term.language or "", "", "")
    iri = str(getattr(term, "value", term))
    path = f"/ontology#{iri.rpartition('#')[2]}" if iri.startswith(PREFIXES["kg"]) else path_of(iri)
    name = visit.facts.name(iri) if path_of(iri) else compact(iri)
    return Value(name, "", path, "" if path else iri)
