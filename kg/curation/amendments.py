"""An entry as it was read -> the entry as readers decided it: other nodes and kinds, nothing rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from kg.rdf.iris import mint_mention, mint_paper
from kg.records import RELATIONS, Kind
from kg.resolution.claims import mint_comparison, mint_result
from kg.resolution.digests import mint_saying
from kg.resolution.sifting import find_needed, keep
from kg.resolution.things import read_thing

if TYPE_CHECKING:
    from kg.curation.rulings import Curation
    from kg.records import Comparison, Entity, Findings, Result
    from kg.resolution.things import Item

_FITTING = {
    "system": {Kind.MODEL, Kind.METHOD},
    "benchmark": {Kind.BENCHMARK},
    "metric": {Kind.METRIC},
    "implied": {Kind.METRIC},
}
"""Slot of a result -> the kinds of things that can stand in it."""


def amend(item: Item, curation: Curation) -> Item:
    """Apply what was decided to one entry; one that no decision concerns stays as it is."""
    if not curation:
        return item
    paper = mint_paper(item.paper)
    placed = tuple(curation.place(node, paper) for node in item.nodes)
    read = item.observation.findings
    findings = read if placed == item.nodes else _retype(read, placed)
    findings = _judge_claims(item, findings, placed, curation)
    entities = tuple(
        _judge_mentions(item.iri, entity, node, curation)
        for node, entity in zip(placed, findings.entities, strict=True)
    )
    kept = [
        place
        for place, (old, new) in enumerate(zip(findings.entities, entities, strict=True))
        if placed[place] not in curation.rejected and (new.mentions or not old.mentions)
    ]
    findings = keep(replace(findings, entities=entities), kept)
    if placed == item.nodes and findings == read:
        return item
    needed = find_needed(findings)
    nodes = tuple(placed[kept[place]] for place in needed)
    findings = keep(findings, needed)
    return item._replace(nodes=nodes, observation=replace(item.observation, findings=findings))


def _retype(findings: Findings, nodes: tuple[str, ...]) -> Findings:
    """Give things the kinds of the nodes that they are, and leave out what only another kind can be."""
    kinds = [thing[0] for node in nodes if (thing := read_thing(node))]
    changed = {i for i, e in enumerate(findings.entities) if e.kind is not kinds[i]}
    entities = tuple(replace(e, kind=k) for e, k in zip(findings.entities, kinds, strict=True))
    relations = [
        (index, RELATIONS.get(kinds[index]) if index in changed else relation)
        for index, relation in findings.relations
    ]
    results = ((result, _fit(result, kinds, nodes)) for result in findings.results)
    return replace(
        findings,
        entities=entities,
        relations=tuple(dict.fromkeys((i, r) for i, r in relations if r)),
        results=tuple(new for old, new in results if _has_scale(new) or not _has_scale(old)),
    )


def _fit(result: Result, kinds: list[Kind], nodes: tuple[str, ...]) -> Result:
    """Empty the slots of a result in which no such thing can stand, or that repeat another slot."""
    slots: dict[str, Any] = {}
    for slot, fitting in _FITTING.items():
        index = getattr(result, slot)
        slots[slot] = index if index is not None and kinds[index] in fitting else None
    metric, implied, baseline = slots["metric"], slots["implied"], result.baseline
    if metric is not None and implied is not None and nodes[metric] == nodes[implied]:
        slots["implied"] = None
    if baseline is not None and result.system is not None and nodes[baseline] == nodes[result.system]:
        baseline = None
    return replace(result, **slots, baseline=baseline)


def _has_scale(result: Result) -> bool:
    """Say whether a result says what it is measured on or in."""
    return result.benchmark is not None or result.metric is not None


def _judge_claims(item: Item, findings: Findings, nodes: tuple[str, ...], curation: Curation) -> Findings:
    """Leave out rejected results and comparisons, and be certain of accepted ones, by old or new IRI."""

    def judge(minted: set[str], confidence: float) -> float | None:
        if minted & curation.rejected:
            return None
        return 1.0 if minted & curation.accepted else confidence

    def judge_result(fact: Result) -> float | None:
        return judge({mint_result(item.paper, fact, n) for n in (item.nodes, nodes)}, fact.confidence)

    def judge_comparison(fact: Comparison) -> float | None:
        return judge({mint_comparison(item.paper, fact, n) for n in (item.nodes, nodes)}, fact.confidence)

    return replace(
        findings,
        results=tuple(
            replace(f, confidence=c) for f in findings.results if (c := judge_result(f)) is not None
        ),
        comparisons=tuple(
            replace(f, confidence=c) for f in findings.comparisons if (c := judge_comparison(f)) is not None
        ),
        attributes=tuple(a for a in findings.attributes if mint_saying(item.iri, a) not in curation.rejected),
    )


def _judge_mentions(item: str, entity: Entity, node: str, curation: Curation) -> Entity:
    """Leave out rejected mentions of a thing, and be certain of accepted ones."""
    named = [(mint_mention(item, m.start, m.end), m) for m in entity.mentions]
    sure = curation.accepted
    return replace(
        entity,
        mentions=tuple(
            replace(mention, confidence=1.0) if node in sure or name in sure else mention
            for name, mention in named
            if name not in curation.rejected
        ),
    )
