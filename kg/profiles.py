"""A name -> what the graph knows of each thing it names, with the sentences that say so and who read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evidence import Evidence, read_evidence
from kg.facts import Facts, kind_of
from kg.questions.naming import name_nodes
from kg.rdf.vocabulary import DCTERMS, FAIR4ML, ITSRDF, KG, PROV, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

_OF_PAPER = {
    "introduced by": KG.introduces, "evaluated on in": KG.evaluatesOn, "used by": KG.usesMethod,
    "data of": KG.usesDataset, "addressed by": KG.addresses, "wrote": DCTERMS.creator,
}  # fmt: skip
_OF_NODE = {
    "outperforms": KG.outperforms, "variant of": KG.variantOf, "developed by": KG.developedBy,
    "trained on": FAIR4ML.trainedOn, "for task": KG.forTask,
}  # fmt: skip
_TO_NODE = {
    "outperformed by": KG.outperforms, "develops": KG.developedBy, "training data of": FAIR4ML.trainedOn,
    "measured by": KG.forTask,
}  # fmt: skip
_WEIGHTS = {"true": "open", "false": "not open"}
_OF_SUBJECT = {
    "introduces": KG.introduces, "evaluates on": KG.evaluatesOn, "uses": KG.usesMethod,
    "uses data": KG.usesDataset, "addresses": KG.addresses, "authors": DCTERMS.creator,
    "code": "https://schema.org/codeRepository",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """One sentence about a thing, the confidence in it and the rule or model that read it."""

    evidence: Evidence
    confidence: str
    rule: str

    @property
    def marked(self) -> str:
        """The sentence with its span between « and »."""
        text, start, end = self.evidence.sentence, self.evidence.start, self.evidence.end
        return f"{text[:start]}«{text[start:end]}»{text[end:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One thing: its IRI, kind and names; its links by what they mean; its results; its evidence.

    Papers and evidence come with the newest first.
    """

    node: str
    kind: str
    names: tuple[str, ...]
    links: tuple[tuple[str, tuple[str, ...]], ...]
    results: tuple[str, ...]
    quotations: tuple[Quotation, ...]

    @property
    def name(self) -> str:
        """What it is called first, or its IRI where it has no name."""
        return self.names[0] if self.names else self.node


def describe(graph: Graph, name: str) -> tuple[Profile, ...]:
    """Describe everything that goes by a name.

    Raises:
        UnknownNameError: nothing does; it carries the nearest names that are known.
    """
    facts = Facts(graph.store.graph)
    return tuple(_describe(facts, node) for node in name_nodes(graph.store, name, ()))


def _describe(facts: Facts, node: str) -> Profile:
    types = [kind.rpartition("#")[2].lower() for kind in facts.values(node, RDF.type)]
    names = dict.fromkeys(text for text, _ in facts.names(node))
    return Profile(
        node=node,
        kind=", ".join(types),
        names=tuple(names),
        links=tuple(_read_links(facts, node)),
        results=tuple(_read_results(facts, node)),
        quotations=tuple(_read_quotations(facts, node)),
    )


def _read_links(facts: Facts, node: str) -> list[tuple[str, tuple[str, ...]]]:
    found = {
        **{label: facts.subjects(predicate, node) for label, predicate in _OF_PAPER.items()},
        **{label: facts.values(node, predicate) for label, predicate in _OF_NODE.items()},
        **{label: facts.subjects(predicate, node) for label, predicate in _TO_NODE.items()},
    }
    if kind_of(node) == "paper":
        found |= {label: facts.values(node, predicate) for label, predicate in _OF_SUBJECT.items()}
    mentioned = set(facts.subjects(KG.mentions, node)).difference(*found.values())
    found["mentioned by"] = sorted(mentioned)
    links = [(label, tuple(map(facts.name, _order(nodes)))) for label, nodes in found.items() if nodes]
    told = {
        "parameters": [f"{int(count):,}" for count in facts.values(node, KG.parameterCount)],
        "weights": [_WEIGHTS[value] for value in facts.values(node, KG.openWeights)],
        "one person because": facts.values(node, KG.identifiedBy),
    }
    return links + [(label, tuple(values)) for label, values in told.items() if values]


def _order(nodes: Sequence[str]) -> list[str]:
    """Put papers with the newest first, by their arXiv ids; other nodes stay as they are."""
    return sorted(nodes, reverse=True) if kind_of(nodes[0]) == "paper" else list(nodes)


def _read_results(facts: Facts, node: str) -> list[str]:
    predicates = (KG.system, KG.benchmark, KG.metric)
    results = {result for predicate in predicates for result in facts.subjects(predicate, node)}
    own = facts.values(node, KG.reports)
    return sorted(facts.value(result, RDFS.label) or result for result in results.union(own))


def _read_quotations(facts: Facts, node: str) -> list[Quotation]:
    mentions = facts.subjects(ITSRDF.taIdentRef, node)
    mentions += facts.values(node, PROV.wasDerivedFrom)
    claims = facts.values(node, KG.reports) or facts.subjects(KG.system, node)
    mentions += [m for claim in claims for m in facts.values(claim, PROV.wasDerivedFrom)]
    quotations = [_quote(facts, mention) for mention in mentions]
    quotations.sort(key=lambda q: (q.evidence.digest, q.evidence.line, q.marked))
    return sorted(quotations, key=lambda q: q.evidence.date, reverse=True)


def _quote(facts: Facts, mention: str) -> Quotation:
    rules = facts.values(mention, PROV.wasGeneratedBy)
    return Quotation(
        evidence=read_evidence(facts, mention),
        confidence=facts.value(mention, ITSRDF.taConfidence) or "",
        rule=", ".join(map(facts.name, rules)),
    )
