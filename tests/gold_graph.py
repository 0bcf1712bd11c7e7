"""The example digests and their gold -> the graph as it would be if nothing were missed and nothing wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.evaluation import Record, load_gold
from kg.records import Comparison, Entity, Entry, Findings, Kind, Mention, Observation, Relation, Result
from tests.factories import make_graph

if TYPE_CHECKING:
    from kg.graph import Graph

ROOT = Path(__file__).parent.parent

_RELATIONS = {
    Kind.BENCHMARK: Relation.EVALUATES_ON,
    Kind.METHOD: Relation.USES_METHOD,
    Kind.TASK: Relation.ADDRESSES,
    Kind.DATASET: Relation.USES_DATASET,
}


@cache
def make_gold_graph() -> Graph:
    """A graph in memory with what the gold says of every entry of the example digests."""
    texts = [path.read_text("utf8") for path in sorted((ROOT / "tests/gold").glob("*.json"))]
    gold = {record.id: record for text in texts for record in load_gold(text)}
    entries = [entry for path in sorted((ROOT / "seeds").glob("2*.md")) for entry in kg.read(path)]
    return make_graph(_observe(entry, gold[f"{entry.source.digest}|{entry.arxiv}"]) for entry in entries)


def _observe(entry: Entry, record: Record) -> Observation:
    entities = [_make_entity(entry, named) for named in record.entities]
    index = {name: i for i, entity in enumerate(entities) for name in (entity.name, *entity.aliases)}
    relations = tuple(
        (i, _RELATIONS[e.kind]) for i, e in enumerate(entities) if e.kind in _RELATIONS and not e.introduced
    )
    results = tuple(_make_result(entry, reported, index) for reported in record.results)
    comparisons = tuple(
        Comparison(better=index[c.better], worse=index[c.worse], **_find(entry, c.evidence))
        for c in record.outperforms
        if c.better in index and c.worse in index
    )
    return Observation(
        entry=entry,
        findings=Findings(
            entities=tuple(entities), results=results, comparisons=comparisons, relations=relations
        ),
    )


def _make_entity(entry, named) -> Entity:
    names = (named.name, *named.aliases)
    starts = [(i, name) for name in names for i in range(len(entry.plain)) if entry.plain.startswith(name, i)]
    return Entity(
        kind=named.kind,
        name=named.name,
        aliases=named.aliases,
        english=named.english,
        introduced=named.introduced,
        mentions=tuple(Mention(start=i, end=i + len(name), confidence=1.0, by="gold") for i, name in starts),
    )


def _make_result(entry, reported, index) -> Result:
    slots = {
        slot: index.get(getattr(reported, slot)) for slot in ("system", "benchmark", "metric", "baseline")
    }
    fields = {name: getattr(reported, name) for name in ("kind", "value", "high", "unit", "baseline_value")}
    return Result(**fields, **slots, raw=str(reported.value), **_find(entry, reported.evidence))


def _find(entry, evidence: str) -> dict:
    start = max(entry.plain.find(evidence), 0)
    return {"start": start, "end": start + max(len(evidence), 1), "confidence": 1.0, "by": "gold"}
