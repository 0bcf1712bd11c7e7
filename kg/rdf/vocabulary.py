"""A term's name -> its IRI, and the files that define it.

The meaning of every term stands in ``ontology/kg.ttl``; a test keeps that file and this module equal.
A misspelt term fails the type check, and the import of whoever wrote it.

>>> KG.introduces
'https://w3id.org/paperkg/ontology#introduces'
>>> compact(DCTERMS.title)
'dcterms:title'
"""
# ruff: noqa: N815 - terms keep the spelling of their ontology

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kg.errors import StoreError
from kg.rdf.prefixes import BASE, KINDS, PREFIXES, compact, expand

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BASE", "DCTERMS", "FABIO", "FAIR4ML", "FOAF", "ITSRDF", "KG", "KINDS", "NIF", "PREFIXES", "PROV",
    "RDF", "RDFS", "SCHEMA", "SKOS", "SOA", "XSD", "compact", "expand", "ontology_file", "ontology_folder",
    "read_context",
]  # fmt: skip


class _Terms(type):
    """Makes a namespace of a class: each annotated name becomes the IRI of that term, for good."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any], prefix: str) -> _Terms:
        terms = {term: PREFIXES[prefix] + term for term in body.get("__annotations__", ())}
        return super().__new__(mcs, name, bases, {**body, **terms})

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_: str) -> None:
        super().__init__(name, bases, body)

    def __iter__(cls) -> Iterator[str]:
        return (getattr(cls, term) for term in cls.__annotations__)

    def __setattr__(cls, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{cls.__name__}.{name} is fixed by the ontology")


class KG(metaclass=_Terms, prefix="kg"):
    """Our own terms: classes, individuals, properties."""

    Paper: str
    Author: str
    Organization: str
    Model: str
    Method: str
    Benchmark: str
    Dataset: str
    Metric: str
    Task: str
    Result: str
    Score: str
    Gain: str
    Comparison: str
    Mention: str
    Digest: str
    DigestItem: str
    Extraction: str
    Direction: str
    Party: str

    higherIsBetter: str
    lowerIsBetter: str
    notOrdered: str
    firstParty: str
    thirdParty: str

    discusses: str
    line: str
    upvotes: str
    mentions: str
    introduces: str
    evaluatesOn: str
    usesMethod: str
    addresses: str
    usesDataset: str
    tag: str
    identifiedBy: str
    reports: str
    system: str
    benchmark: str
    metric: str
    impliedMetric: str
    leaderboard: str
    value: str
    high: str
    unit: str
    rawValue: str
    setting: str
    baseline: str
    baselineValue: str
    reportedBy: str
    conflictsWith: str
    better: str
    worse: str
    on: str
    outperforms: str
    direction: str
    variantOf: str
    forTask: str
    developedBy: str
    parameterCount: str
    openWeights: str
    status: str


class DCTERMS(metaclass=_Terms, prefix="dcterms"):
    """DCMI metadata terms."""

    title: str
    creator: str
    issued: str
    identifier: str
    language: str
    isPartOf: str
    isReplacedBy: str


class SKOS(metaclass=_Terms, prefix="skos"):
    """Names, and links between nodes of one name."""

    prefLabel: str
    altLabel: str
    closeMatch: str
    exactMatch: str


class SCHEMA(metaclass=_Terms, prefix="schema"):
    """Links of a paper, and what made an extraction."""

    url: str
    codeRepository: str
    softwareVersion: str
    sha256: str


class FABIO(metaclass=_Terms, prefix="fabio"):
    """The arXiv id."""

    hasArXivId: str


class FOAF(metaclass=_Terms, prefix="foaf"):
    """An author's handle."""

    nick: str


class NIF(metaclass=_Terms, prefix="nif"):
    """Text and offsets in it."""

    isString: str
    referenceContext: str
    beginIndex: str
    endIndex: str
    anchorOf: str


class ITSRDF(metaclass=_Terms, prefix="itsrdf"):
    """What a mention means, and how sure that is."""

    taIdentRef: str
    taConfidence: str


class PROV(metaclass=_Terms, prefix="prov"):
    """Evidence, its source, and what made it."""

    wasDerivedFrom: str
    hadPrimarySource: str
    wasGeneratedBy: str
    used: str


class FAIR4ML(metaclass=_Terms, prefix="fair4ml"):
    """What a model was trained on."""

    trainedOn: str


class SOA(metaclass=_Terms, prefix="soa"):
    """The order of authors."""

    Authorship: str
    hasAuthorship: str
    hasAuthor: str
    position: str


class RDF(metaclass=_Terms, prefix="rdf"):
    """The type of a node."""

    type: str


class RDFS(metaclass=_Terms, prefix="rdfs"):
    """The label of a node that has no name."""

    label: str


class XSD(metaclass=_Terms, prefix="xsd"):
    """Datatypes of the graph's literals."""

    string: str
    boolean: str
    integer: str
    decimal: str
    date: str
    gYearMonth: str
    gYear: str


def ontology_folder() -> Path:
    """Find the folder of the vocabulary: inside the installed package, else beside it in the repository."""
    package = Path(__file__).parent.parent
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise StoreError(f"{package}: the ontology is missing; expected kg.ttl in {package / 'ontology'}")


def ontology_file(name: str) -> Path:
    """Find one file of the vocabulary: ``kg.ttl``, ``shapes.ttl`` or ``context.jsonld``."""
    return ontology_folder() / name


def read_context() -> dict[str, Any]:
    """Read the JSON-LD context of the vocabulary: prefixes and the types of properties."""
    document = json.loads(ontology_file("context.jsonld").read_text(encoding="utf8"))
    context: dict[str, Any] = document["@context"]
    return context
