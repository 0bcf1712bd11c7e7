"""A mention -> the sentence around it, the digest and line it stands in, and the span in that sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.language import sentence_at
from kg.rdf.iris import read_mention
from kg.rdf.vocabulary import DCTERMS, FAIR4ML, ITSRDF, KG, NIF, PROV, RDF

if TYPE_CHECKING:
    from kg.facts import Facts


SAID = {KG.developedBy: "developer.", KG.forTask: "task.", FAIR4ML.trainedOn: "trained."}
"""What entries say of things themselves -> how the rules that find it begin."""


class Evidence(NamedTuple):
    """One place where a digest says something.

    ``sentence[start:end]`` is the span itself; ``digest`` is the digest's name, ``line`` that of its entry,
    ``raw`` the value as printed there (results only).
    """

    sentence: str
    start: int
    end: int
    digest: str
    line: int
    date: str
    language: str
    raw: str


class Reported(NamedTuple):
    """One reported result as text: names, not IRIs; an empty string where the graph says nothing."""

    iri: str
    paper: str
    kind: str
    system: str
    benchmark: str
    metric: str
    implied: str
    value: str
    high: str
    unit: str
    setting: str
    baseline: str
    baseline_value: str
    confidence: str
    evidence: tuple[Evidence, ...]


class Place(NamedTuple):
    """Where a mention stands: at ``[start:end]`` of the text of an item."""

    item: str
    start: int
    end: int


def find_place(facts: Facts, mention: str) -> Place:
    """Find where a mention stands: its IRI says so if we made it, else the graph does."""
    told = read_mention(mention)
    if told:
        return Place(*told)
    start, end = (int(facts.value(mention, index) or 0) for index in (NIF.beginIndex, NIF.endIndex))
    return Place(facts.value(mention, NIF.referenceContext) or "", start, end)


def read_evidence(facts: Facts, mention: str) -> Evidence:
    """Read the sentence that a mention's span stands in; a span over several takes all of them."""
    item, start, end = find_place(facts, mention)
    text = facts.value(item, NIF.isString) or ""
    first, last = sentence_at(text, start, end)
    digest = facts.value(item, DCTERMS.isPartOf) or ""
    return Evidence(
        sentence=text[first:last],
        start=start - first,
        end=end - first,
        digest=facts.name(digest),
        line=int(facts.value(item, KG.line) or 0),
        date=date_of_entry(facts, item),
        language=facts.value(item, DCTERMS.language) or "",
        raw=facts.value(mention, KG.rawValue) or "",
    )


def quote(facts: Facts, mention: str) -> str:
    """Return the sentence that a mention's span stands in, alone."""
    item, start, end = find_place(facts, mention)
    text = facts.value(item, NIF.isString) or ""
    first, last = sentence_at(text, start, end)
    return text[first:last]


def find_said(facts: Facts, node: str, rules: str | tuple[str, ...], other: str = "") -> list[str]:
    """Find the mentions that say something of a thing itself, by how the rules begin that found them.

    Args:
        facts: the graph.
        node: the thing.
        rules: how the rules begin.
        other: what it is said to be related to, if anything; who made it may stand in its name.
    """
    said = [m for m in facts.values(node, PROV.wasDerivedFrom) if _is_made_by(facts, m, rules)]
    both = [mention for mention in said if other and _names(facts, mention, other)]
    return both or said


def _is_made_by(facts: Facts, mention: str, rules: str | tuple[str, ...]) -> bool:
    made = facts.values(mention, PROV.wasGeneratedBy)
    return any(name.startswith(rules) for each in made for name, _ in facts.names(each))


def _names(facts: Facts, mention: str, node: str) -> bool:
    """Say whether a thing is named within a mention that is the evidence of something."""
    entry, start, end = find_place(facts, mention)
    named = (
        m for m in facts.subjects(NIF.referenceContext, entry) if node in facts.values(m, ITSRDF.taIdentRef)
    )
    return any(start <= find_place(facts, each).start < end for each in named)


def date_of_entry(facts: Facts, item: str) -> str:
    """Return the day of a digest entry, else that of its digest, or an empty string."""
    day = facts.value(item, DCTERMS.issued)
    return day or facts.value(facts.value(item, DCTERMS.isPartOf) or "", DCTERMS.issued) or ""


def first_date(facts: Facts, paper: str) -> str:
    """Return the day on which a digest first spoke of a paper, or an empty string."""
    dates = [date_of_entry(facts, item) for item in facts.subjects(KG.discusses, paper)]
    return min(filter(None, dates), default="")


def read_results(facts: Facts, paper: str) -> list[Reported]:
    """Read what is reported in a paper, by the results' IRIs."""
    return [read_result(facts, result, paper) for result in facts.values(paper, KG.reports)]


def read_result(facts: Facts, result: str, paper: str) -> Reported:
    """Read one result of a paper, with the sentences that state it."""

    def name(predicate: str) -> str:
        node = facts.value(result, predicate)
        return facts.name(node) if node else ""

    def text(predicate: str) -> str:
        return facts.value(result, predicate) or ""

    return Reported(
        iri=result,
        paper=paper,
        kind="gain" if KG.Gain in facts.values(result, RDF.type) else "score",
        system=name(KG.system),
        benchmark=name(KG.benchmark),
        metric=name(KG.metric),
        implied=name(KG.impliedMetric),
        value=text(KG.value),
        high=text(KG.high),
        unit=text(KG.unit),
        setting=text(KG.setting),
        baseline=name(KG.baseline),
        baseline_value=text(KG.baselineValue),
        confidence=text(ITSRDF.taConfidence),
        evidence=tuple(read_evidence(facts, m) for m in facts.values(result, PROV.wasDerivedFrom)),
    )
