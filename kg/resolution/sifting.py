"""Findings -> the part of them that is sure enough, or that is about some of their entities alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.records import Comparison, Findings, Result
    from kg.resolution.things import Item

_SLOTS = ("system", "benchmark", "metric", "implied", "baseline")
"""The slots of a result that name entities."""


def sift(item: Item, least: float) -> Item:
    """Leave out of one entry every mention, result and comparison that is less sure, and what hangs on them.

    A result or a comparison goes with the system, the benchmark or the metric that is left out.

    Args:
        item: the entry, with the node that each of its entities is.
        least: the confidence that is still enough, 0 to 1.
    """
    if least <= 0:
        return item
    read = item.observation.findings
    entities = tuple(
        replace(entity, mentions=tuple(m for m in entity.mentions if m.confidence >= least))
        for entity in read.entities
    )
    named = [
        place
        for place, (old, new) in enumerate(zip(read.entities, entities, strict=True))
        if new.mentions or not old.mentions
    ]
    sure = replace(
        read,
        entities=entities,
        results=tuple(result for result in read.results if result.confidence >= least),
        comparisons=tuple(c for c in read.comparisons if c.confidence >= least),
        attributes=tuple(each for each in read.attributes if each.confidence >= least),
    )
    sure = keep(sure, named)
    if sure == read:
        return item
    needed = find_needed(sure)
    nodes = tuple(item.nodes[named[place]] for place in needed)
    return item._replace(nodes=nodes, observation=replace(item.observation, findings=keep(sure, needed)))


def find_needed(findings: Findings) -> list[int]:
    """Return the places of the things that are mentioned, or stand in a result or a comparison."""
    stand = {getattr(result, slot) for result in findings.results for slot in _SLOTS}
    stand |= {each for c in findings.comparisons for each in (c.better, c.worse, c.on)}
    return [place for place, entity in enumerate(findings.entities) if entity.mentions or place in stand]


def keep(findings: Findings, kept: Sequence[int]) -> Findings:
    """Keep only some entities, and what is said of these alone."""
    if len(kept) == len(findings.entities):
        return findings
    new = {old: place for place, old in enumerate(kept)}
    results = (_keep_result(result, new) for result in findings.results)
    comparisons = (_keep_comparison(comparison, new) for comparison in findings.comparisons)
    return replace(
        findings,
        entities=tuple(findings.entities[place] for place in kept),
        results=tuple(result for result in results if result),
        comparisons=tuple(comparison for comparison in comparisons if comparison),
        relations=tuple((new[index], relation) for index, relation in findings.relations if index in new),
        attributes=tuple(
            replace(each, of=new[each.of], to=None if each.to is None else new[each.to])
            for each in findings.attributes
            if each.of in new and (each.to is None or each.to in new)
        ),
    )


def _keep_result(result: Result, new: Mapping[int, int]) -> Result | None:
    """Number the slots of a result anew; without its system, benchmark or metric it is none."""
    slots = {slot: getattr(result, slot) for slot in _SLOTS}
    if any(slots[slot] is not None and slots[slot] not in new for slot in ("system", "benchmark", "metric")):
        return None
    value = result.baseline_value if result.baseline is None or result.baseline in new else None
    numbered: dict[str, Any] = {
        slot: None if index is None else new.get(index) for slot, index in slots.items()
    }
    return replace(result, **numbered, baseline_value=value)


def _keep_comparison(comparison: Comparison, new: Mapping[int, int]) -> Comparison | None:
    if comparison.better not in new or comparison.worse not in new:
        return None
    on = None if comparison.on is None else new.get(comparison.on)
    return replace(comparison, better=new[comparison.better], worse=new[comparison.worse], on=on)
