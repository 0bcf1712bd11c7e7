"""Things -> what sets those of one name apart: a date and a number, what is written out, a paper."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.evidence import first_date
from kg.facts import kind_of
from kg.identity import fold
from kg.questions.senses import part_senses
from kg.rdf.vocabulary import DCTERMS, FABIO, KG
from kg.server.site.standing import CLASSES
from kg.server.site.things import Thing, read_thing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.facts import Facts
    from kg.server.site.visit import Visit

_LONGER = 2
"""A name so many times longer than another is written out."""

_BROUGHT = (KG.introduces, DCTERMS.creator)
_NAMED = (KG.evaluatesOn, KG.usesMethod, KG.usesDataset, KG.addresses, KG.mentions)


class Namesake(NamedTuple):
    """Another thing of the same name, and what sets it apart."""

    thing: Thing
    mark: str


def find_namesakes(visit: Visit, node: str) -> tuple[Namesake, ...]:
    """Find what else is called as a node is, the most used first; what has the name beside another is not."""
    facts = visit.facts
    own = fold(facts.name(node))
    labels = visit.graph.store.ledger.names.labels([own]) if own else []
    others = dict.fromkeys(label.node for label in labels if label.node != node)
    return tuple(
        Namesake(read_thing(facts, other, visit.language), _mark(facts, other))
        for other in others
        if kind_of(other) in CLASSES and fold(facts.name(other)) == own
    )


def tell_apart(visit: Visit, nodes: Sequence[str]) -> list[str]:
    """Say what sets each of some nodes apart, or nothing where no other of its kind has its name."""
    called = [(kind_of(node), fold(visit.facts.name(node))) for node in nodes]
    times = Counter(called)
    return [
        _mark(visit.facts, node) if times[name] > 1 else "" for node, name in zip(nodes, called, strict=True)
    ]


def name_alone(visit: Visit, thing: Thing) -> str:
    """Return the name by which to ask for a thing: the first that mostly means it, else what it is called."""
    names = visit.graph.store.ledger.names
    spoken = [name for name, tag in visit.facts.names(thing.iri) if tag in ("", visit.language)]
    for name in dict.fromkeys((thing.name, *spoken)):
        labels = [label for label in names.labels([fold(name)]) if kind_of(label.node) != "paper"]
        common, _ = part_senses(labels)
        if {label.node for label in common} == {thing.iri}:
            return name
    return thing.name


def _mark(facts: Facts, node: str) -> str:
    if kind_of(node) == "paper":
        return " · ".join(filter(None, (first_date(facts, node), facts.value(node, FABIO.hasArXivId))))
    own, *others = [name for name, _ in facts.names(node)] or [""]
    longer = (name for name in others if len(fold(name)) > _LONGER * len(fold(own)))
    return next(longer, "") or _tell_paper(facts, node)


def _tell_paper(facts: Facts, node: str) -> str:
    """Tell the latest paper that brought a thing, or else of those that name it, and the year."""
    for relations in (_BROUGHT, _NAMED):
        papers = {paper for relation in relations for paper in facts.subjects(relation, node)}
        dated = [(first_date(facts, paper), paper) for paper in papers]
        if dated:
            date, latest = max(dated)
            return " · ".join(filter(None, (facts.name(latest), date[:4])))
    return ""
