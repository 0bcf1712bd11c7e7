"""One digest's observations -> its statements: the digest, its items, their mentions and what made them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kg import __version__
from kg.rdf.iris import (
    digest_of,
    local_name,
    mint_digest,
    mint_mention,
    mint_of_paper,
    mint_paper,
    paper_key,
)
from kg.rdf.ntriples import Statement, date, decimal, integer, iri, string
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, ITSRDF, KG, NIF, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.records import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.records import Attribute, Comparison, Entry, Findings, Observation
    from kg.resolution.things import Item
    from kg.store.rows import DigestRow

Statements = Iterator[Statement]

_REMEMBERED = 4096
"""So many names of extractions and confidences are written once: all mentions of a digest share a few."""


def mint_item(entry: Entry) -> str:
    """Make the IRI of one entry: digest, paper and ordinal."""
    digest = f"{local_name(entry.source.digest)}-"
    return mint_of_paper("item", paper_key(entry), str(entry.ordinal), before=digest)


def mint_evidence(item: str, fact: Result | Comparison, ordinal: int) -> str:
    """Make the IRI of the span that states a result or a comparison."""
    letter = "r" if isinstance(fact, Result) else "c"
    return mint_mention(item, fact.start, fact.end, f"-{letter}{ordinal}")


def mint_saying(item: str, attribute: Attribute) -> str:
    """Make the IRI of the span that says something of a thing itself."""
    return mint_mention(item, attribute.start, attribute.end, f"-{attribute.property.value}")


def describe_digest(row: DigestRow, items: Sequence[Item]) -> Statements:
    """Say everything that belongs to one digest alone.

    Args:
        row: the digest as the ledger knows it.
        items: its entries with what was found in them.
    """
    digest = iri(mint_digest(row.key))
    name = row.key.rsplit("/", 1)[-1]
    yield digest, _TYPE, iri(KG.Digest)
    yield digest, iri(SKOS.prefLabel), string(row.key)
    yield digest, iri(DCTERMS.identifier), string(name)
    if row.issued:
        yield digest, iri(DCTERMS.issued), date(row.issued)
    rules: set[str] = set()
    for item in items:
        yield from describe_entry(row, item)
        rules |= _rules(item.observation)
    for rule in sorted(rules):
        yield from _describe_extraction(row, rule)


def describe_entry(row: DigestRow, item: Item) -> Statements:
    """Say everything that belongs to one entry of a digest alone."""
    yield from _describe_item(iri(mint_digest(row.key)), item, row.issued)
    yield from _describe_mentions(row, item)
    yield from _describe_evidence(row, item.iri, item.observation)


_TYPE = iri(RDF.type)


def _describe_item(digest: str, item: Item, issued: str | None) -> Statements:
    entry, subject = item.observation.entry, iri(item.iri)
    yield subject, _TYPE, iri(KG.DigestItem)
    yield subject, iri(SKOS.prefLabel), string(entry.title)
    yield subject, iri(DCTERMS.isPartOf), digest
    yield subject, iri(KG.discusses), iri(mint_paper(item.paper))
    yield subject, iri(DCTERMS.language), string(entry.language)
    yield subject, iri(NIF.isString), string(entry.plain)
    yield subject, iri(KG.line), integer(entry.source.line)
    if entry.date or issued:
        yield subject, iri(DCTERMS.issued), date(entry.date or issued or "")
    if entry.votes is not None:
        yield subject, iri(KG.upvotes), integer(entry.votes)


def _describe_mentions(row: DigestRow, item: Item) -> Statements:
    observation = item.observation
    for node, entity in zip(item.nodes, observation.findings.entities, strict=True):
        for mention in entity.mentions:
            subject = iri(mint_mention(item.iri, mention.start, mention.end))
            yield from _describe_span(subject, item.iri, observation.entry.plain, mention.start, mention.end)
            yield subject, iri(ITSRDF.taIdentRef), iri(node)
            yield from _describe_making(row, subject, mention.confidence, mention.by)


def _describe_evidence(row: DigestRow, item: str, observation: Observation) -> Statements:
    findings = observation.findings
    for fact, ordinal in _claims(findings):
        subject = iri(mint_evidence(item, fact, ordinal))
        yield from _describe_span(subject, item, observation.entry.plain, fact.start, fact.end)
        yield from _describe_making(row, subject, fact.confidence, fact.by)
        if isinstance(fact, Result):
            yield subject, iri(KG.rawValue), string(fact.raw)
    for attribute in findings.attributes:
        subject = iri(mint_saying(item, attribute))
        yield from _describe_span(subject, item, observation.entry.plain, attribute.start, attribute.end)
        yield from _describe_making(row, subject, attribute.confidence, attribute.by)


def _claims(findings: Findings) -> Iterator[tuple[Result | Comparison, int]]:
    """Pair each result and each comparison with its ordinal among its kind."""
    yield from ((fact, ordinal) for ordinal, fact in enumerate(findings.results))
    yield from ((fact, ordinal) for ordinal, fact in enumerate(findings.comparisons))


def _describe_span(subject: str, item: str, plain: str, start: int, end: int) -> Statements:
    yield subject, _TYPE, iri(KG.Mention)
    yield subject, iri(RDFS.label), string(plain[start:end])
    yield subject, iri(NIF.referenceContext), iri(item)
    yield subject, iri(NIF.beginIndex), integer(start)
    yield subject, iri(NIF.endIndex), integer(end)
    yield subject, iri(NIF.anchorOf), string(plain[start:end])


def _describe_making(row: DigestRow, subject: str, confidence: float, rule: str) -> Statements:
    yield subject, iri(ITSRDF.taConfidence), _write_confidence(confidence)
    yield subject, iri(PROV.wasGeneratedBy), iri(mint_extraction(row, rule))


@lru_cache(_REMEMBERED)
def _write_confidence(confidence: float) -> str:
    return decimal(Decimal(str(round(confidence, 3))))


def mint_extraction(row: DigestRow, rule: str) -> str:
    """Make the IRI of one rule's work on one state of one digest."""
    return _name_extraction(row.key, row.hash, rule)


@lru_cache(_REMEMBERED)
def _name_extraction(key: str, state: str, rule: str) -> str:
    return f"{BASE}extraction/{local_name(key)}-{local_name(rule)}-{digest_of(state + __version__, 8)}"


def _describe_extraction(row: DigestRow, rule: str) -> Statements:
    subject = iri(mint_extraction(row, rule))
    yield subject, _TYPE, iri(KG.Extraction)
    yield subject, iri(SKOS.prefLabel), string(rule)
    yield subject, iri(PROV.used), iri(mint_digest(row.key))
    yield subject, iri(SCHEMA.softwareVersion), string(f"paperkg {__version__}")
    yield subject, iri(SCHEMA.sha256), string(row.hash)


def _rules(observation: Observation) -> set[str]:
    findings = observation.findings
    rules = {mention.by for entity in findings.entities for mention in entity.mentions}
    return rules | {fact.by for fact, _ in _claims(findings)} | {each.by for each in findings.attributes}
