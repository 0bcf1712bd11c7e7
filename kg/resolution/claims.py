"""The results and comparisons that digests report of one paper -> each said once, with all its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from kg.rdf.iris import digest_of, mint_of_paper, mint_paper
from kg.rdf.ntriples import Statement, decimal, iri, string
from kg.rdf.vocabulary import ITSRDF, KG, PROV, RDF, RDFS
from kg.records import Comparison, Result
from kg.resolution.digests import mint_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.records import Findings
    from kg.resolution.things import Item

Statements = Iterator[Statement]
Fact = TypeVar("Fact", Result, Comparison)


class Claim(msgspec.Struct, Generic[Fact], frozen=True):
    """One statement of a result or comparison: the fact, the nodes its entry's entities are, its evidence."""

    fact: Fact
    findings: Findings
    nodes: tuple[str, ...]
    evidence: str

    def node(self, index: int | None) -> str | None:
        """Return the node in a slot of the fact."""
        return None if index is None else self.nodes[index]

    def name(self, index: int | None) -> str | None:
        """Return the entry's own name for what is in a slot of the fact."""
        return None if index is None else self.findings.entities[index].name


def describe_results(paper: str, items: Sequence[Item], introduced: set[str]) -> Statements:
    """Say each result of a paper once.

    Results with the same kind, system, benchmark, metric, value, range, unit and setting are one node with
    several pieces of evidence; its confidence is that of the surest.

    Args:
        paper: the paper's key.
        items: every entry about it.
        introduced: the nodes that the paper presents as its own.
    """
    found = dict(_gather(lambda claim: mint_result(paper, claim.fact, claim.nodes), _results(items)))
    yield from _describe_conflicts(found)
    for node, claims in found.items():
        subject = iri(node)
        yield iri(mint_paper(paper)), iri(KG.reports), subject
        yield from _describe_result(subject, claims, introduced)
        yield from _describe_evidence(subject, paper, claims)


def _describe_conflicts(results: Mapping[str, Sequence[Claim[Result]]]) -> Statements:
    """Link the scores of one paper that differ in nothing but the value."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for node, (claim, *_) in results.items():
        fact = claim.fact
        slots = tuple(claim.node(index) for index in (fact.system, fact.benchmark, fact.metric))
        if fact.kind == "score" and all(slots):
            alike.setdefault((*slots, fact.unit, fact.setting), []).append(node)
    for one, other in (pair for nodes in alike.values() for pair in permutations(nodes, 2)):
        if {c.fact.value for c in results[one]} != {c.fact.value for c in results[other]}:
            yield iri(one), iri(KG.conflictsWith), iri(other)


def describe_comparisons(paper: str, items: Sequence[Item]) -> Statements:
    """Say once of each pair of systems that the paper's digests say one outperforms the other."""
    found = _gather(lambda claim: mint_comparison(paper, claim.fact, claim.nodes), _comparisons(items))
    for node, claims in found:
        subject = iri(node)
        yield from _describe_comparison(subject, claims[0])
        yield from _describe_evidence(subject, paper, claims)


def _results(items: Iterable[Item]) -> Iterator[Claim[Result]]:
    for item, _, observation, nodes in items:
        for ordinal, fact in enumerate(observation.findings.results):
            yield Claim(fact, observation.findings, nodes, mint_evidence(item, fact, ordinal))


def _comparisons(items: Iterable[Item]) -> Iterator[Claim[Comparison]]:
    for item, _, observation, nodes in items:
        for ordinal, fact in enumerate(observation.findings.comparisons):
            if nodes[fact.better] == nodes[fact.worse]:
                continue  # two spellings of one thing: nothing outperforms itself
            yield Claim(fact, observation.findings, nodes, mint_evidence(item, fact, ordinal))


def _gather(
    key_of: Callable[[Claim[Fact]], str], claims: Iterable[Claim[Fact]]
) -> Iterator[tuple[str, list[Claim[Fact]]]]:
    gathered: dict[str, list[Claim[Fact]]] = {}
    for claim in claims:
        gathered.setdefault(key_of(claim), []).append(claim)
    yield from sorted(gathered.items())


def mint_result(paper: str, fact: Result, nodes: Sequence[str]) -> str:
    """Make the IRI of a result of a paper, given the nodes that its entry's entities are."""
    slots = tuple(None if i is None else nodes[i] for i in (fact.system, fact.benchmark, fact.metric))
    numbers = (_canonical(fact.value), _canonical(fact.high), fact.unit, fact.setting)
    return mint_of_paper("result", paper, digest_of(repr((fact.kind, slots, numbers)), 12))


def mint_comparison(paper: str, fact: Comparison, nodes: Sequence[str]) -> str:
    """Make the IRI of a comparison in a paper, given the nodes that its entry's entities are."""
    sides = (nodes[fact.better], nodes[fact.worse], None if fact.on is None else nodes[fact.on])
    return mint_of_paper("comparison", paper, digest_of(repr(sides), 12))


def _canonical(value: Decimal | None) -> str | None:
    return None if value is None else decimal(value)


def _describe_result(subject: str, claims: Sequence[Claim[Result]], introduced: set[str]) -> Statements:
    claim = claims[0]
    fact = claim.fact
    yield subject, iri(RDF.type), iri(KG.Result)
    yield subject, iri(RDF.type), iri(KG.Gain if fact.kind == "gain" else KG.Score)
    yield subject, iri(RDFS.label), string(_label_result(claim))
    yield subject, iri(KG.value), decimal(fact.value)
    slots = _fill_slots(claims)
    for predicate, node in slots.items():
        yield subject, iri(predicate), iri(node)
    if fact.kind == "score":
        yield from _place_score(subject, slots)
    yield from _describe_details(subject, claims)
    system = claim.node(fact.system)
    if system:
        yield subject, iri(KG.reportedBy), iri(KG.firstParty if system in introduced else KG.thirdParty)


def _fill_slots(claims: Sequence[Claim[Result]]) -> dict[str, str]:
    """Tell which entities a result is about; those outside its key come from the first claim that has them.

    Returns:
        Predicate -> node.
    """
    slots = {
        "system": KG.system, "benchmark": KG.benchmark, "metric": KG.metric,
        "implied": KG.impliedMetric, "baseline": KG.baseline,
    }  # fmt: skip
    filled = {}
    for slot, predicate in slots.items():
        nodes = (claim.node(getattr(claim.fact, slot)) for claim in claims)
        if node := next(filter(None, nodes), None):
            filled[predicate] = node
    return filled


def _place_score(subject: str, slots: Mapping[str, str]) -> Statements:
    """Say on which leaderboard a score stands, so that all of one are found without asking each."""
    metric = slots.get(KG.metric) or slots.get(KG.impliedMetric)
    if metric and KG.benchmark in slots:
        board = "/".join(node.rpartition("/")[2] for node in (slots[KG.benchmark], metric))
        yield subject, iri(KG.leaderboard), string(board)


def _describe_details(subject: str, claims: Sequence[Claim[Result]]) -> Statements:
    fact = claims[0].fact
    if fact.high is not None:
        yield subject, iri(KG.high), decimal(fact.high)
    if fact.unit:
        yield subject, iri(KG.unit), string(fact.unit)
    if fact.setting:
        yield subject, iri(KG.setting), string(fact.setting)
    baseline_value = next((c.fact.baseline_value for c in claims if c.fact.baseline_value is not None), None)
    if baseline_value is not None:
        yield subject, iri(KG.baselineValue), decimal(baseline_value)


def _label_result(claim: Claim[Result]) -> str:
    fact = claim.fact
    number = fact.raw + (f" {fact.unit}" if fact.unit and fact.unit not in fact.raw else "")
    metric = claim.name(fact.metric)
    benchmark = claim.name(fact.benchmark)
    words = [claim.name(fact.system), f"{'gain ' if fact.kind == 'gain' else ''}{number}", metric]
    return " ".join(w for w in words if w) + (f" on {benchmark}" if benchmark else "")


def _describe_comparison(subject: str, claim: Claim[Comparison]) -> Statements:
    fact = claim.fact
    better, worse, on = (claim.node(index) for index in (fact.better, fact.worse, fact.on))
    assert better
    assert worse
    label = f"{claim.name(fact.better)} outperforms {claim.name(fact.worse)}"
    yield subject, iri(RDF.type), iri(KG.Comparison)
    yield subject, iri(RDFS.label), string(label + (f" on {claim.name(fact.on)}" if on else ""))
    yield subject, iri(KG.better), iri(better)
    yield subject, iri(KG.worse), iri(worse)
    if on:
        yield subject, iri(KG.on), iri(on)
    if fact.condition:
        yield subject, iri(KG.setting), string(fact.condition)


def _describe_evidence(subject: str, paper: str, claims: Sequence[Claim[Fact]]) -> Statements:
    yield subject, iri(PROV.hadPrimarySource), iri(mint_paper(paper))
    surest = max(claim.fact.confidence for claim in claims)
    yield subject, iri(ITSRDF.taConfidence), decimal(Decimal(str(round(surest, 3))))
    for claim in claims:
        yield subject, iri(PROV.wasDerivedFrom), iri(claim.evidence)
