"""The ontology -> its page, and the words with which the editor completes a query."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.facts import Facts
from kg.rdf.prefixes import PREFIXES, compact
from kg.rdf.vocabulary import RDF, RDFS, ontology_file
from kg.server.exchange import SiteReply
from kg.server.site.visit import Visit

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteRequest

_OWL = PREFIXES["owl"]
_SORTS = (
    ("classes", ("Class",)),
    ("properties", ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
    ("individuals", ("NamedIndividual",)),
)
_COMMENT = f"{PREFIXES['rdfs']}comment"
_EXAMPLE = f"{PREFIXES['skos']}example"


class Term(NamedTuple):
    """A class, property or individual: its CURIE and local name, label and comment in every language."""

    curie: str
    name: str
    labels: dict[str, str]
    comments: dict[str, str]
    example: str


def show_ontology(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show what the classes and properties mean, each under an anchor of its name."""
    return Visit(graph, request).page("ontology.html", sections=read_terms())


def send_terms(graph: Graph, request: SiteRequest) -> SiteReply:
    """Send the words of queries as JSON: prefixes, and terms with a label in the reader's language."""
    visit = Visit(graph, request)
    terms = [
        {"term": term.curie, "label": term.labels.get(visit.language, ""), "sort": sort}
        for sort, found in read_terms()
        for term in found
    ]
    body = json.dumps({"prefixes": dict(PREFIXES), "terms": terms}, ensure_ascii=False)
    return SiteReply(type="application/json", body=body.encode())


@cache
def read_terms() -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Read the terms of the vocabulary by what they are; those that are reused from others as well."""
    store = ox.Store()
    store.bulk_load(path=str(ontology_file("kg.ttl")), format=ox.RdfFormat.TURTLE)
    facts = Facts(store)
    return tuple(
        (sort, tuple(_read_term(facts, iri) for iri in _list(facts, kinds))) for sort, kinds in _SORTS
    )


def _list(facts: Facts, kinds: tuple[str, ...]) -> list[str]:
    """List the terms of some kinds of OWL: our own, then those of others."""
    found = {iri for kind in kinds for iri in facts.subjects(RDF.type, _OWL + kind)}
    return sorted(found, key=lambda iri: (not iri.startswith(PREFIXES["kg"]), iri))


def _read_term(facts: Facts, iri: str) -> Term:
    return Term(
        curie=compact(iri),
        name=iri.rpartition("#")[2] if iri.startswith(PREFIXES["kg"]) else "",
        labels={tag: text for text, tag in facts.literals(iri, RDFS.label)},
        comments={tag: text for text, tag in facts.literals(iri, _COMMENT)},
        example=facts.value(iri, _EXAMPLE) or "",
    )
