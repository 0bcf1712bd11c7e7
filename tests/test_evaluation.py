"""Predicted and gold records -> the figures, by hand and against the reference implementation."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.evaluation import (
    Named,
    Outdone,
    Record,
    Reported,
    find_mistakes,
    format_mistakes,
    format_table,
    load_gold,
    record_of,
    resample,
    score,
)
from kg.evaluation.agreement import pair
from kg.records import Comparison, Entity, Entry, Findings, Kind, Mention, Result, Source

GOLD = Path(__file__).parent / "gold"


def reported(value="79.8", **slots):
    return Reported(kind=slots.pop("kind", "score"), value=Decimal(value), **slots)


def named(kind, name, *aliases, **more):
    return Named(kind=Kind(kind), name=name, aliases=aliases, **more)


def record(*entities, results=(), outperforms=(), **more):
    return Record(
        id=more.pop("id", "day.md|2501.00001"),
        entities=entities,
        results=tuple(results),
        outperforms=tuple(outperforms),
        **more,
    )


def figures(table, label):
    return table[label].right, table[label].gold, table[label].predicted


def test_nothing_found_and_nothing_there_is_perfect():
    table = score([record()], [record()])
    assert table["model"].f1 == 1.0
    assert table["model"].precision == 0.0


def test_an_entry_without_prediction_counts_as_missed():
    table = score([record(named("model", "A-7B"))], [])
    assert figures(table, "model") == (0, 1, 0)


def test_a_prediction_without_gold_is_not_looked_at():
    table = score([record()], [record(named("model", "A-7B"), id="other.md|2501.00002")])
    assert figures(table, "model") == (0, 0, 0)


def test_entities_are_paired_one_to_one_by_any_shared_spelling():
    gold = record(named("method", "GRPO", "Group Relative Policy Optimization"))
    found = record(named("method", "group-relative policy optimization"), named("method", "grpo"))
    assert figures(score([gold], [found]), "method") == (1, 1, 2)


def test_a_wrong_kind_counts_only_where_kinds_are_pooled():
    table = score([record(named("benchmark", "QA-Set"))], [record(named("dataset", "QA-Set"))])
    assert figures(table, "benchmark") == (0, 1, 0)
    assert figures(table, "benchmark or dataset") == (1, 1, 1)
    assert figures(table, "core entities") == (0, 1, 1)


def test_an_english_term_is_a_spelling():
    gold = record(named("metric", "정확도", english="accuracy"))
    assert figures(score([gold], [record(named("metric", "accuracy"))]), "metric") == (1, 1, 1)


def test_each_level_asks_for_one_slot_more():
    gold = record(
        named("model", "A-7B"), results=[reported(system="A-7B", benchmark="B", metric="acc", unit="%")]
    )
    found = record(results=[reported(system="A-8B", benchmark="B", metric="accuracy", unit="points")])
    table = score([gold], [found])
    rights = [table[f"result: {label}"].right for label in ("value", "+ benchmark", "+ metric, kind")]
    assert rights == [1, 1, 1]
    assert table["result: + system"].right == 0


def test_a_range_agrees_only_with_the_same_range():
    gold, found = reported("4", high=Decimal(10)), reported("4")
    assert score([record(results=[gold])], [record(results=[found])])["result: value"].right == 0


def test_the_baseline_and_its_value_are_the_last_level():
    gold = reported(baseline="C", baseline_value=Decimal("58.8"))
    found = reported(baseline="c", baseline_value=Decimal("58.80"))
    assert score([record(results=[gold])], [record(results=[found])])["result: + baseline"].right == 1


def test_a_result_may_use_another_spelling_of_an_entity():
    gold = record(named("benchmark", "MMB", "MMBench"), results=[reported(benchmark="MMB")])
    found = record(results=[reported(benchmark="MMBench")])
    assert score([gold], [found])["result: + benchmark"].right == 1


def test_a_paper_reports_a_benchmark_once():
    twice = [reported("1.5", benchmark="MATH-500"), reported("2.5", benchmark="MATH 500")]
    table = score([record(results=twice)], [record(results=twice[:1])])
    assert figures(table, "paper reports benchmark") == (1, 1, 1)


def test_comparisons_and_repositories_are_paired():
    gold = record(outperforms=[Outdone(better="A", worse="B")], repositories=("https://github.com/x/y",))
    found = record(outperforms=[Outdone(better="B", worse="A")], repositories=("http://www.github.com/X/y/",))
    table = score([gold], [found])
    assert figures(table, "outperforms") == (0, 1, 1)
    assert figures(table, "repositories") == (1, 1, 1)


def test_languages_are_told_apart_by_the_entry_or_by_hangul():
    korean = record(named("task", "기계 번역"), id="a|1")
    english = record(named("task", "machine translation"), id="a|2")
    assert figures(score([korean, english], [], "ko"), "task") == (0, 1, 0)
    assert figures(score([korean, english], [record(id="a|2", language="ko")], "ko"), "task") == (0, 2, 0)


def test_mistakes_come_with_their_sentences():
    gold = record(results=[reported(system="A", evidence="79.8% on Set")])
    found = record(
        named("model", "C-9B"),
        results=[reported("5", evidence="5%", kind="gain")],
        text="T\nIt has 79.8% on Set. The C-9B model gains 5%.",
    )
    mistakes = find_mistakes([gold], [found])
    assert [(m.row, m.wrong, m.sentence) for m in mistakes] == [
        ("model", "false alarm", "The C-9B model gains 5%."),
        ("result: + system", "false alarm", "The C-9B model gains 5%."),
        ("result: + system", "missed", "It has 79.8% on Set."),
    ]
    assert "false alarm: C-9B" in format_mistakes(mistakes)


def test_a_record_names_what_findings_index():
    entities = (
        Entity(kind=Kind.MODEL, name="A-7B", mentions=(Mention(start=0, end=4, confidence=1.0, by="test"),)),
        Entity(kind=Kind.METRIC, name="speed"),
    )
    fact = {"start": 5, "end": 8, "confidence": 1.0, "by": "test"}
    findings = Findings(
        entities=entities,
        results=(Result(kind="gain", value=Decimal(2), raw="2x", unit="x", system=0, metric=1, **fact),),
        comparisons=(Comparison(better=0, worse=1, **fact),),
    )
    entry = Entry(
        title="A-7B is 2x fast", text="", source=Source(digest="day.md", line=1, end=1), arxiv="2501.00001"
    )
    made = record_of(findings, entry)
    assert made.id == "day.md|2501.00001"
    assert [e.name for e in made.entities] == ["A-7B"]
    assert (made.results[0].system, made.results[0].metric) == ("A-7B", "speed")
    assert (made.outperforms[0].better, made.outperforms[0].worse) == ("A-7B", "speed")


@pytest.mark.parametrize(
    "text", ["[", '[{"entities": []}]', '[{"id": "a", "entities": [{"type": "x", "name": "y"}]}]']
)
def test_malformed_gold_is_an_error_that_names_the_file(text):
    with pytest.raises(InputError, match=r"^day\.json"):
        load_gold(text, "day.json")


def test_our_own_gold_is_perfect_against_itself():
    for path in sorted(GOLD.glob("*.json")):
        records = load_gold(path.read_text("utf-8"), path.name)
        table = score(records, records)
        assert all(count.right == count.gold == count.predicted for count in table.values()), path.name


def test_intervals_lie_around_the_figure_and_come_out_alike():
    gold = [record(named("model", f"M{i}"), id=f"a|{i}") for i in range(20)]
    found = [r for i, r in enumerate(gold) if i % 2]
    low, high = resample(gold, found)["model"]
    assert low < score(gold, found)["model"].f1 < high
    assert resample(gold, found) == resample(gold, found)
    assert "95 %" in format_table(score(gold, found), resample(gold, found))


@given(st.lists(st.integers(0, 5), max_size=7), st.lists(st.integers(0, 5), max_size=7))
def test_pairing_is_one_to_one_and_as_great_as_can_be(a, b):
    paired = pair(a, b, lambda x, y: x == y)
    assert len(set(paired.values())) == len(paired)
    assert len(paired) == sum(min(a.count(v), b.count(v)) for v in set(a))


def test_figures_equal_the_reference_on_perturbed_gold():
    shared = Path(os.environ.get("KG_SHARED", Path(__file__).parents[2] / "shared"))
    script, corpus = shared / "score" / "score.py", shared / "gold" / "train.json"
    if not script.exists() or not corpus.exists():
        pytest.skip("the reference scorer and its gold are not beside the checkout")
    spec = importlib.util.spec_from_file_location("reference", script)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    items = json.loads(corpus.read_text("utf-8"))[:250]
    perturbed = _perturb(json.loads(json.dumps(items)), random.Random(7))
    expected = reference.score(items, perturbed)
    table = score(load_gold(json.dumps(items)), load_gold(json.dumps(perturbed)))
    ours = [(count.right, count.gold, count.predicted) for count in table.values()]
    theirs = {name: (round(v["p"] * v["pred"]), v["gold"], v["pred"]) for name, v in expected.items()}
    assert sorted(ours) == sorted(theirs.values())
    assert figures(table, "result: + system") == theirs["RESULT FULL (+subject)"]
    assert figures(table, "result: + baseline") == theirs["result: full + unit + baseline"]
    assert figures(table, "paper reports benchmark") == theirs["PAPER REPORTS BENCHMARK"]


def _perturb(items, draw):
    """Drop, swap and respell things, so that every row has hits and misses."""
    for item in items:
        item["entities"] = [_respell(e, draw) for e in item["entities"] if draw.random() > 0.2]
        item["results"] = [_empty(r, draw) for r in item["results"]] + item["results"][:1]
        for loss in item["outperforms"]:
            if draw.random() < 0.3:
                loss["better"], loss["worse"] = loss["worse"], loss["better"]
        item["repos"] = [url.upper() for url in item["repos"] if draw.random() > 0.2]
    return items


def _respell(entity, draw):
    if draw.random() < 0.2:
        entity["name"] = (entity["aliases"] or [entity["name"].upper()])[0]
    if draw.random() < 0.1:
        entity["type"] = draw.choice(["model", "method", "dataset", "benchmark"])
    return entity | {"introduced": entity["introduced"] ^ (draw.random() < 0.1)}


def _empty(result, draw):
    slot = draw.choice(["subject", "benchmark", "metric", "baseline", "unit", "high"])
    return (
        result | ({slot: None} if draw.random() < 0.3 else {}) | ({"value": 1} if draw.random() < 0.1 else {})
    )
