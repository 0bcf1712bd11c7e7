"""How often each class and property stands in the graph -> what the graph says of itself.

They are a block of their own: a VoID and DCAT description with a partition for each class and property, the
prefixes, and the saved queries as ``sh:SPARQLExecutable``, so that editors can complete and offer them. The
block says nothing of itself, so that it is a function of all the others.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from kg.rdf.examples import load_examples
from kg.rdf.iris import local_name
from kg.rdf.ntriples import integer, iri, string
from kg.rdf.prefixes import BASE, PREFIXES, compact
from kg.rdf.vocabulary import DCTERMS, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.rdf.ntriples import Statement

FOLDER = f"{BASE}catalog/"
"""What the IRIs of the description begin with."""

GRAPH = f"{FOLDER}graph"
"""The graph itself, as a data set."""

_VOID, _DCAT, _SH = (PREFIXES[prefix] for prefix in ("void", "dcat", "sh"))
_TYPE, _LABEL = iri(RDF.type), iri(SKOS.prefLabel)
_ANY_URI = iri(f"{PREFIXES['xsd']}anyURI")
_ABOUT = "Papers, authors, models, benchmarks, methods and reported results, read from digests of AI papers."


class Census(msgspec.Struct, frozen=True):
    """How many nodes each class has, and how many statements each property; as N-Triples terms."""

    classes: Counter[str]
    properties: Counter[str]

    def add(self, other: Census) -> None:
        """Count another census as well."""
        self.classes.update(other.classes)
        self.properties.update(other.properties)

    def change(self, gone: Iterable[Statement], came: Iterable[Statement]) -> Census:
        """Return the census after some statements went and others came; none of them may count twice."""
        classes, properties = Counter(self.classes), Counter(self.properties)
        for statements, one in ((gone, -1), (came, 1)):
            for _, predicate, value in statements:
                properties[predicate] += one
                if predicate == _TYPE:
                    classes[value] += one
        return Census(+classes, +properties)


def take_census(statements: Collection[Statement]) -> Census:
    """Count the classes and properties of statements; one that stands there twice counts twice."""
    return Census(
        Counter([value for _, predicate, value in statements if predicate == _TYPE]),
        Counter([predicate for _, predicate, _ in statements]),
    )


def describe_catalogue(census: Census) -> Iterator[Statement]:
    """Say what the graph holds, under which prefixes, and what it can be asked; nothing of an empty graph."""
    if not census.properties:
        return
    graph = iri(GRAPH)
    yield graph, _TYPE, iri(f"{_VOID}Dataset")
    yield graph, _TYPE, iri(f"{_DCAT}Dataset")
    yield graph, _LABEL, string("paperkg", "en")
    yield graph, iri(DCTERMS.title), string("paperkg", "en")
    yield graph, iri(f"{PREFIXES['dcterms']}description"), string(_ABOUT, "en")
    yield graph, iri(f"{_VOID}uriSpace"), string(BASE)
    yield graph, iri(f"{_VOID}triples"), integer(sum(census.properties.values()))
    for prefix in ("kg", "dcterms", "schema", "prov", "nif", "itsrdf", "skos"):
        yield graph, iri(f"{_VOID}vocabulary"), iri(PREFIXES[prefix])
    for term, number in sorted(census.classes.items()):
        yield from _describe_partition("class", term, "entities", number)
    for term, number in sorted(census.properties.items()):
        yield from _describe_partition("property", term, "triples", number)
    yield from _describe_prefixes()
    for name, text in load_examples().items():
        yield from _describe_query(name, text)


def _describe_partition(kind: str, term: str, counted: str, number: int) -> Iterator[Statement]:
    name = compact(term[1:-1])
    part = iri(f"{FOLDER}{kind}-{local_name(name.replace(':', '-', 1))}")
    yield iri(GRAPH), iri(f"{_VOID}{kind}Partition"), part
    yield part, _TYPE, iri(f"{_VOID}Dataset")
    yield part, _LABEL, string(name)
    yield part, iri(f"{_VOID}{kind}"), term
    yield part, iri(f"{_VOID}{counted}"), integer(number)


def _describe_prefixes() -> Iterator[Statement]:
    for prefix, namespace in PREFIXES.items():
        declaration = iri(f"{FOLDER}prefix-{prefix}")
        yield iri(GRAPH), iri(f"{_SH}declare"), declaration
        yield declaration, _TYPE, iri(f"{_SH}PrefixDeclaration")
        yield declaration, iri(f"{_SH}prefix"), string(prefix)
        yield declaration, iri(f"{_SH}namespace"), f"{string(namespace)}^^{_ANY_URI}"


def _describe_query(name: str, text: str) -> Iterator[Statement]:
    query = iri(f"{FOLDER}query-{name}")
    question = text.partition("\n")[0].lstrip("# ")
    yield iri(GRAPH), iri(f"{PREFIXES['dcterms']}hasPart"), query
    yield query, _TYPE, iri(f"{_SH}SPARQLExecutable")
    yield query, _TYPE, iri(f"{_SH}SPARQLSelectExecutable")
    yield query, _LABEL, string(name)
    yield query, iri(f"{PREFIXES['rdfs']}comment"), string(question, "en")
    yield query, iri(f"{_SH}prefixes"), iri(GRAPH)
    yield query, iri(f"{_SH}select"), string(text)
