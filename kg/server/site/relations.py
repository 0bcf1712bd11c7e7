"""A node -> what it is related to, grouped by what the relation means, each relation with its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.evidence import SAID, find_said, first_date
from kg.facts import kind_of
from kg.network import KINDS
from kg.rdf.prefixes import expand
from kg.rdf.vocabulary import ITSRDF, KG, NIF, PROV
from kg.server.site.passages import Passage, quote_mentions
from kg.server.site.things import Thing, read_thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.facts import Facts

ORDER = (
    "kg:introduces", "kg:introduces^", "kg:evaluatesOn", "kg:usesMethod", "kg:usesDataset", "kg:addresses",
    "dcterms:creator^", "kg:outperforms", "kg:outperforms^", "kg:variantOf", "kg:variantOf^",
    "kg:developedBy", "kg:developedBy^", "fair4ml:trainedOn", "fair4ml:trainedOn^",
    "kg:forTask", "kg:forTask^",
    "kg:evaluatesOn^", "kg:usesMethod^", "kg:usesDataset^", "kg:addresses^", "kg:mentions", "kg:mentions^",
    "skos:closeMatch", "skos:closeMatch^",
)  # fmt: skip
"""The relations of a page in its order; ``^`` means that the other node has the relation to this one."""

_SPECIFIC = (KG.introduces, KG.evaluatesOn, KG.usesMethod, KG.usesDataset, KG.addresses)
_SHOWN = 12
_QUOTED = 3


class Related(NamedTuple):
    """One node of a group: the thing, the day from which its paper is known, the sentences that say so."""

    thing: Thing
    date: str
    passages: tuple[Passage, ...]


class Group(NamedTuple):
    """The nodes to which a node has one relation; ``members`` are those shown, ``total`` counts all."""

    relation: str
    members: tuple[Related, ...]
    total: int


def list_groups(facts: Facts, node: str, language: str) -> tuple[Group, ...]:
    """List every relation of a node, with the first of those that it is related to."""
    found = {relation: find_related(facts, node, relation) for relation in ORDER}
    return tuple(
        Group(relation, read_related(facts, node, relation, nodes[:_SHOWN], language), len(nodes))
        for relation, nodes in found.items()
        if nodes
    )


def find_related(facts: Facts, node: str, relation: str) -> list[str]:
    """Find what has a relation to a node; papers the newest first, others by their IRIs."""
    predicate = expand(relation.removesuffix("^"))
    inverse = relation.endswith("^")
    nodes = facts.subjects(predicate, node) if inverse else facts.values(node, predicate)
    found = [other for other in nodes if kind_of(other) in KINDS]
    if predicate == KG.mentions:
        found = sorted(set(found).difference(_list_specific(facts, node, inverse=inverse)))
    if relation == "skos:closeMatch^":
        found = sorted(set(found).difference(facts.values(node, predicate)))
    if any(kind_of(other) == "paper" for other in found):
        dates = {other: first_date(facts, other) for other in found}
        found.sort(key=lambda other: dates[other], reverse=True)
    return found


def _list_specific(facts: Facts, node: str, *, inverse: bool) -> set[str]:
    """Return the nodes to which a more specific relation than a mention exists."""
    if inverse:
        return {other for predicate in _SPECIFIC for other in facts.subjects(predicate, node)}
    return {other for predicate in _SPECIFIC for other in facts.values(node, predicate)}


def read_related(
    facts: Facts, node: str, relation: str, nodes: Iterable[str], language: str
) -> tuple[Related, ...]:
    """Read some nodes of a group, with the sentences that state the relation."""
    return tuple(
        Related(
            read_thing(facts, other, language),
            first_date(facts, other) if kind_of(other) == "paper" else "",
            quote_mentions(facts, _find_mentions(facts, node, other, relation), _QUOTED),
        )
        for other in nodes
    )


def _find_mentions(facts: Facts, node: str, other: str, relation: str) -> list[str]:
    """Find the mentions that state a relation between two nodes."""
    source, target = (other, node) if relation.endswith("^") else (node, other)
    if relation.startswith("kg:outperforms"):
        return _find_comparisons(facts, source, target)
    if rules := SAID.get(expand(relation.removesuffix("^"))):
        return find_said(facts, source, rules, target)
    if kind_of(source) != "paper" or kind_of(target) == "author":
        return []
    return [
        mention
        for item in facts.subjects(KG.discusses, source)
        for mention in facts.subjects(NIF.referenceContext, item)
        if target in facts.values(mention, ITSRDF.taIdentRef)
    ]


def _find_comparisons(facts: Facts, better: str, worse: str) -> list[str]:
    said = [c for c in facts.subjects(KG.better, better) if worse in facts.values(c, KG.worse)]
    return [mention for c in said for mention in facts.values(c, PROV.wasDerivedFrom)]
