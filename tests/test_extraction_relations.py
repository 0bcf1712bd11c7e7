from __future__ import annotations

from decimal import Decimal

from kg.extraction import find
from kg.extraction.relations import relate
from kg.extraction.repositories import find_repositories
from kg.records import Entity, Entry, Kind, Relation, Result, Source

SOURCE = Source(digest="digest.md", line=1, end=1)


def named(kind: Kind, introduced: bool = False) -> Entity:
    return Entity(kind=kind, name="Quark", introduced=introduced)


def test_models_and_metrics_have_no_relation_of_their_own() -> None:
    assert relate((named(Kind.MODEL), named(Kind.METRIC), named(Kind.ORGANIZATION)), ()) == ()


def test_what_a_paper_presents_it_does_not_use() -> None:
    assert (
        relate((named(Kind.METHOD, True), named(Kind.DATASET, True), named(Kind.BENCHMARK, True)), ()) == ()
    )


def test_each_kind_has_its_relation() -> None:
    kinds = (Kind.BENCHMARK, Kind.METHOD, Kind.TASK, Kind.DATASET)
    expected = (Relation.EVALUATES_ON, Relation.USES_METHOD, Relation.ADDRESSES, Relation.USES_DATASET)
    assert relate(tuple(map(named, kinds)), ()) == tuple(enumerate(expected))


def test_a_new_benchmark_with_a_result_is_evaluated_on() -> None:
    result = Result(
        kind="score", value=Decimal("71.2"), raw="71.2", start=0, end=4, confidence=1, by="test", benchmark=0
    )
    assert relate((named(Kind.BENCHMARK, True),), (result,)) == ((0, Relation.EVALUATES_ON),)


def test_repositories_come_from_columns_and_text_once() -> None:
    entry = Entry(
        title="Quarks",
        text="Code: https://github.com/quark/net. See https://arxiv.org/abs/2401.00001, github.com/quark/net",
        source=SOURCE,
        repositories=("https://huggingface.co/quark/net",),
    )
    assert find_repositories(entry) == ("https://huggingface.co/quark/net", "https://github.com/quark/net")


def test_an_entry_is_found_whole() -> None:
    text = (
        "We introduce QuarkNet, a new method. QuarkNet achieves 71.2% accuracy on GSM8K, surpassing GPT-4o."
    )
    findings = find(Entry(title="QuarkNet: Faster Reasoning", text=text, source=SOURCE))
    names = [entity.name for entity in findings.entities]
    assert {"QuarkNet", "GSM8K", "GPT-4o", "accuracy"} <= set(names)
    (result,) = findings.results
    assert (result.value, names[result.benchmark or 0]) == (Decimal("71.2"), "GSM8K")
    assert (names.index("GSM8K"), Relation.EVALUATES_ON) in findings.relations
