"""What entries say of things themselves -> the statements about each thing that come of all of it.

Systems outperform others, weights are open or not, benchmarks are for tasks: whatever paper says so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.rdf.ntriples import boolean, iri
from kg.rdf.vocabulary import FAIR4ML, KG, PROV
from kg.records import Kind, Property
from kg.resolution.digests import mint_saying
from kg.resolution.things import read_thing
from kg.store.rows import Saying

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.rdf.ntriples import Statement
    from kg.records import Attribute
    from kg.resolution.things import Item

_OUTPERFORMS = "outperforms"
_TRUTHS = {True: "true", False: "false"}
_TERMS = {
    _OUTPERFORMS: KG.outperforms,
    Property.DEVELOPED_BY: KG.developedBy,
    Property.FOR_TASK: KG.forTask,
    Property.OPEN_WEIGHTS: KG.openWeights,
    Property.TRAINED_ON: FAIR4ML.trainedOn,
}
_KINDS = {
    Property.DEVELOPED_BY: (Kind.MODEL, Kind.ORGANIZATION),
    Property.FOR_TASK: (Kind.BENCHMARK, Kind.TASK),
    Property.OPEN_WEIGHTS: (Kind.MODEL, None),
    Property.TRAINED_ON: (Kind.MODEL, Kind.DATASET),
}
"""Property -> the kind of what has it, and that of its value: as readers decide kinds, some fit no longer."""


def quote(item: Item, makers: Mapping[str, str]) -> Iterator[Saying]:
    """Yield what one entry says of things.

    Args:
        item: the entry, with the node that each of its entities is.
        makers: the node of each organisation that is said to have made something and is no entity, by name.
    """
    findings, nodes = item.observation.findings, item.nodes
    for beaten in findings.comparisons:
        if nodes[beaten.better] != nodes[beaten.worse]:
            yield Saying(nodes[beaten.better], _OUTPERFORMS, nodes[beaten.worse])
    for attribute in findings.attributes:
        node, value = nodes[attribute.of], _find_value(attribute, nodes, makers)
        if value and (_kind(node), _kind(value)) == _KINDS[attribute.property]:
            yield Saying(node, attribute.property.value, value, mint_saying(item.iri, attribute))


def describe_sayings(node: str, sayings: Sequence[Saying]) -> Iterator[Statement]:
    """Say of one node what entries say of it, with the evidence; weights are open or not as most have it.

    Args:
        node: its IRI.
        sayings: what each owner says of it.
    """
    votes = Counter(said.value for said in sayings if said.property == Property.OPEN_WEIGHTS)
    yes, no = (votes[_TRUTHS[holds]] for holds in (True, False))
    if yes != no:
        yield iri(node), iri(KG.openWeights), boolean(yes > no)
    overruled = {_TRUTHS[holds] for holds in (True, False) if yes == no or holds != (yes > no)}
    told = [(said.property, said.value) for said in sayings if said.property != Property.OPEN_WEIGHTS]
    for name, value in dict.fromkeys(told):  # several papers may say the same: it stands once
        yield iri(node), iri(_TERMS[name]), iri(value)
    evidence = [said.evidence for said in sayings if said.evidence and said.value not in overruled]
    for place in dict.fromkeys(evidence):
        yield iri(node), iri(PROV.wasDerivedFrom), iri(place)


def _find_value(attribute: Attribute, nodes: Sequence[str], makers: Mapping[str, str]) -> str | None:
    if attribute.to is not None:
        return nodes[attribute.to]
    return makers.get(attribute.name) if attribute.name else _TRUTHS[attribute.holds]


def _kind(value: str) -> Kind | None:
    thing = None if value in _TRUTHS.values() else read_thing(value)
    return thing[0] if thing else None
