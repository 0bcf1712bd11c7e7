"""A few words -> entries, observations and whole graphs, made as a build does but with no file."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.graph import Graph
from kg.image import refresh
from kg.rdf.iris import paper_key
from kg.records import (
    Attribute,
    Comparison,
    Credit,
    Digest,
    Entity,
    Entry,
    Findings,
    Kind,
    Mention,
    Observation,
    Property,
    Relation,
    Result,
    Source,
)
from kg.resolution.digests import mint_item
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable


def make_entry(
    title: str, text: str, *, digest: str = "2025-01-23.md", line: int = 7, **fields: Any
) -> Entry:
    """An entry of one digest; ``fields`` are those of `kg.records.Entry`."""
    return Entry(title=title, text=text, source=Source(digest=digest, line=line, end=line), **fields)


def make_entity(entry: Entry, name: str, kind: Kind, **fields: Any) -> Entity:
    """An entity with a mention wherever the entry's text has its name."""
    starts = [i for i in range(len(entry.plain)) if entry.plain.startswith(name, i)]
    mentions = tuple(Mention(start=i, end=i + len(name), confidence=0.9, by="names") for i in starts)
    return Entity(kind=kind, name=name, mentions=mentions, **fields)


def make_result(entry: Entry, sentence: str, raw: str, **slots: Any) -> Result:
    """A score that a sentence of the entry states; ``slots`` are indices of entities, or fields."""
    start = entry.plain.index(sentence)
    fields: dict[str, Any] = {
        "kind": "score", "value": Decimal(raw.rstrip("%")), "raw": raw, "start": start,
        "end": start + len(sentence), "confidence": 0.8, "by": "scores", "unit": "%" if "%" in raw else None,
    }  # fmt: skip
    return Result(**{**fields, **slots})


def make_graph(observations: Iterable[Observation] | None = None) -> Graph:
    """A graph in memory of these observations, by default the four of `sample_observations`."""
    store = Store(None)
    record(store, sample_observations() if observations is None else observations)
    refresh(store)
    return Graph(store)


def record(store: Store, observations: Iterable[Observation]) -> None:
    """Put observations into a store's ledger, digest by digest; its graph is not touched."""
    digests: dict[str, list[Observation]] = {}
    for observation in observations:
        digests.setdefault(observation.entry.source.digest, []).append(observation)
    for key, observed in digests.items():
        items = {}
        for number, observation in enumerate(observed):
            items[mint_item(observation.entry)] = (paper_key(observation.entry), f"{key}-{number}")
            store.ledger.archive.put(f"{key}-{number}", observation.findings)
        entries = tuple(observation.entry for observation in observed)
        digest = Digest(key=key, issued=key[:10], layout="table", entries=entries)
        store.ledger.put_digest(digest, items, ("seeds", "0" * 64, "0"))


def said_observation() -> Observation:
    """An entry that says of a model who made it, whether it is open and what it learned from."""
    entry = make_entry(
        "HillBench: A Benchmark for Climbing",
        "HillSet is new. The closed-source Rocket-7B of Hillside Labs was trained on HillSet, not on others.",
        arxiv="2503.01234",
    )
    names = {
        "Rocket-7B": Kind.MODEL, "Hillside Labs": Kind.ORGANIZATION, "HillSet": Kind.DATASET,
        "HillBench": Kind.BENCHMARK, "Climbing": Kind.TASK,
    }  # fmt: skip

    def say(of: int, said: Property, words: str, by: str, **more: Any) -> Attribute:
        start = entry.plain.index(words)
        end = start + len(words)
        return Attribute(of=of, property=said, start=start, end=end, confidence=0.9, by=by, **more)

    attributes = (
        say(0, Property.OPEN_WEIGHTS, "Rocket-7B", "closed.attribute", holds=False),
        say(0, Property.DEVELOPED_BY, "Rocket-7B of Hillside Labs", "developer.maker", to=1),
        say(0, Property.TRAINED_ON, "Rocket-7B of Hillside Labs was trained on HillSet", "trained.on", to=2),
        say(3, Property.FOR_TASK, "HillBench: A Benchmark for Climbing", "task.for", to=4),
    )
    entities = tuple(make_entity(entry, name, kind) for name, kind in names.items())
    return Observation(entry=entry, findings=Findings(entities=entities, attributes=attributes))


def sample_observations() -> list[Observation]:
    """Three papers in an English and a Korean digest, with scores, a comparison and Korean names."""
    return [_deepseek(), _deepseek_in_korean(), _kimi(), _film()]


def _deepseek() -> Observation:
    first = "On AIME 2024 DeepSeek-R1 scores 79.8% Pass@1 and beats OpenAI-o1-mini."
    second = "On MATH-500 it reaches 97.3%."
    entry = make_entry(
        "DeepSeek-R1: Reasoning by Reward",
        f"DeepSeek-R1 learns by reinforcement learning. {first} {second}",
        arxiv="2501.12948",
        url="https://arxiv.org/abs/2501.12948",
        authors=(Credit(name="Ada Example", handle="ada"), Credit(name="DeepSeek-AI")),
        repositories=("https://github.com/deepseek-ai/DeepSeek-R1",),
        votes=42,
    )
    kinds = {
        "DeepSeek-R1": Kind.MODEL, "AIME 2024": Kind.BENCHMARK, "Pass@1": Kind.METRIC,
        "OpenAI-o1-mini": Kind.MODEL, "MATH-500": Kind.BENCHMARK, "reinforcement learning": Kind.METHOD,
    }  # fmt: skip
    entities = tuple(make_entity(entry, n, k, introduced=n == "DeepSeek-R1") for n, k in kinds.items())
    start = entry.plain.index(first)
    findings = Findings(
        entities=entities,
        results=(
            make_result(entry, first, "79.8%", system=0, benchmark=1, metric=2),
            make_result(entry, second, "97.3%", system=0, benchmark=4),
        ),
        comparisons=(
            Comparison(
                better=0, worse=3, on=1, start=start, end=start + len(first), confidence=0.7, by="beats"
            ),
        ),
        relations=((1, Relation.EVALUATES_ON), (4, Relation.EVALUATES_ON), (5, Relation.USES_METHOD)),
    )
    return Observation(entry=entry, findings=findings)


def _deepseek_in_korean() -> Observation:
    sentence = "DeepSeek-R1은 AIME 2024에서 Pass@1 79.8%를 기록했다."
    entry = make_entry(
        "DeepSeek-R1: Reasoning by Reward",
        f"강화 학습으로 추론을 배운다. {sentence}",
        digest="2025-01-23-ko.md",
        line=3,
        arxiv="2501.12948",
        language="ko",
    )
    entities = (
        make_entity(entry, "DeepSeek-R1", Kind.MODEL),
        make_entity(entry, "AIME 2024", Kind.BENCHMARK),
        make_entity(entry, "Pass@1", Kind.METRIC),
        make_entity(entry, "강화 학습", Kind.METHOD, english="reinforcement learning"),
        make_entity(entry, "추론", Kind.TASK),
    )
    findings = Findings(
        entities=entities,
        results=(make_result(entry, sentence, "79.8%", system=0, benchmark=1, metric=2),),
        relations=((1, Relation.EVALUATES_ON), (3, Relation.USES_METHOD), (4, Relation.ADDRESSES)),
    )
    return Observation(entry=entry, findings=findings)


def _kimi() -> Observation:
    sentence = "Kimi k1.5 scores 96.2 on MATH 500."
    entry = make_entry("Kimi k1.5: Longer Contexts", sentence, ordinal=1, line=8, arxiv="2501.12599")
    findings = Findings(
        entities=(
            make_entity(entry, "Kimi k1.5", Kind.MODEL, introduced=True),
            make_entity(entry, "MATH 500", Kind.BENCHMARK),
        ),
        results=(make_result(entry, sentence, "96.2", system=0, benchmark=1),),
        relations=((1, Relation.EVALUATES_ON),),
    )
    return Observation(entry=entry, findings=findings)


def _film() -> Observation:
    entry = make_entry(
        "A Film by Agents",
        "FilmAgent lets a crew of agents shoot a film.",
        ordinal=2,
        line=9,
        url="https://example.org/film?id=1",
    )
    findings = Findings(entities=(make_entity(entry, "FilmAgent", Kind.METHOD, introduced=True),))
    return Observation(entry=entry, findings=findings)


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "javascript:window.hacked=1",
    "'-window.hacked-'",
    "<!--<script>",
    "\u2028window.hacked=1",
)
"""Names that try to leave the place where a page puts them."""


def hostile_observation() -> Observation:
    """A paper in which every name that a digest can choose tries to run or to ask for something."""
    sentence = f"{HOSTILE[1]} scores 12.5% on {HOSTILE[2]}."
    entry = make_entry(
        f"{HOSTILE[0]}: A Title",
        f"{sentence} {HOSTILE[4]} {HOSTILE[3]}",
        arxiv="2501.99999",
        url="https://example.org/%22%3E%3Cimg%20src=x%20onerror=window.hacked=1%3E",
        digest="<img src=x onerror=window.hacked=1>.md",
        authors=(Credit(name=HOSTILE[0], handle=HOSTILE[1]),),
        repositories=("javascript:window.hacked=1", "data:text/html,<script>window.hacked=1</script>", "http://127.0.0.1:1/x"),
        date="2025-01-23",
    )  # fmt: skip
    findings = Findings(
        entities=(
            make_entity(entry, HOSTILE[1], Kind.MODEL, introduced=True, aliases=HOSTILE),
            make_entity(entry, HOSTILE[2], Kind.BENCHMARK),
            make_entity(entry, HOSTILE[4], Kind.METHOD),
        ),
        results=(make_result(entry, sentence, "12.5%", system=0, benchmark=1, setting=HOSTILE[0]),),
        relations=((1, Relation.EVALUATES_ON), (2, Relation.USES_METHOD)),
    )
    return Observation(entry=entry, findings=findings)
