"""An endpoint's address -> what it can do, in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from kg.rdf.prefixes import BASE, PREFIXES
from kg.rdf.vocabulary import RDF, XSD
from kg.sparql.answers import Answer
from kg.sparql.formats import write_answer

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
)  # fmt: skip


def describe_service(address: str, graph: str, statements: int, form: str) -> str:
    """Describe an endpoint.

    Args:
        address: where it is asked.
        graph: the IRI of the one graph that it has.
        statements: how many there are in it.
        form: one of `kg.sparql.formats.GRAPHS`.
    """
    service, dataset = ox.NamedNode(address), ox.NamedNode(f"{address}#dataset")
    default, void = ox.NamedNode(graph), PREFIXES["void"]
    kind = ox.NamedNode(RDF.type)
    rows: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (service, kind, _term("Service")),
        (service, _term("endpoint"), service),
        (service, _term("supportedLanguage"), _term("SPARQL11Query")),
        (service, _term("defaultDataset"), dataset),
        *((service, _term("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS),
        (dataset, kind, _term("Dataset")),
        (dataset, _term("defaultGraph"), default),
        (default, kind, _term("Graph")),
        (default, ox.NamedNode(f"{void}triples"), ox.Literal(str(statements), datatype=_integer())),
        (default, ox.NamedNode(f"{void}uriSpace"), ox.Literal(BASE)),
    ]
    columns = ("subject", "predicate", "object")
    return write_answer(Answer(kind="construct", columns=columns, rows=tuple(sorted(rows, key=str))), form)


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _integer() -> ox.NamedNode:
    return ox.NamedNode(XSD.integer)
