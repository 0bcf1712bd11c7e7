"""Marked sentences -> the results they report. What must be left alone comes first."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.choices import load_choices
from kg.extraction.figures import read_sheet
from kg.extraction.results import find_results
from kg.records import Entity, Kind, Mention
from tests.marked import read_marked


def results(*sentences, title="A title without names", unclaimed=()):
    marked = read_marked(*sentences, title=title)
    entities, found = find_results(read_sheet(marked.plain, marked.entities, unclaimed))

    def name(index):
        return None if index is None else entities[index].name

    return [
        (r.kind, name(r.system), name(r.benchmark), name(r.metric), f"{r.value}{r.unit or ''}") for r in found
    ]


def baselines(*sentences):
    marked = read_marked(*sentences)
    entities, found = find_results(read_sheet(marked.plain, marked.entities, ()))
    return [
        (
            str(r.value),
            None if r.baseline is None else entities[r.baseline].name,
            None if r.baseline_value is None else str(r.baseline_value),
        )
        for r in found
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "[Ours|method!] is trained on 20% of the original training data.",
        "We collect 5,560 problems in 2024 with a 7B model.",
        "The learning rate is 0.001 and the temperature 0.7.",
        "[Ours|method!] uses 16x downsampling and models 10x larger.",
        "The effect is significant (p < 0.05).",
        "[Ours|method!]는 132,037개의 질문과 2배 큰 모델을 쓴다.",
        "It ships 12 figures and 40 pages.",
    ],
)
def test_numbers_that_report_nothing_are_left_alone(sentence):
    assert results(sentence) == []


def test_nothing_is_taken_from_what_claims_nothing():
    sentence = "[Ours|method!] scores 84.2% on [MATH|benchmark]."
    end = len(read_marked(sentence).plain)
    assert results(sentence, unclaimed=((23, end),)) == []


def test_a_gain_is_never_a_score():
    for sentence in (
        "[Ours|method!] beats [Base|method] by 5.7% on [MATH|benchmark].",
        "[Ours|method!] shows a 5.7% improvement on [MATH|benchmark].",
        "[Ours|method!] gets +5.7 on [MATH|benchmark].",
        "[Ours|method!]는 [MATH|benchmark]에서 5.7% 향상을 보였다.",
    ):
        assert [r[0] for r in results(sentence)] == ["gain"], sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "[Ours|method!] reaches 84.2% [accuracy|metric] on [MATH|benchmark].",
            [("score", "Ours", "MATH", "accuracy", "84.2%")],
        ),
        (
            "On [MATH|benchmark], [Ours|method!] has an [accuracy|metric] of 0.842.",
            [("score", "Ours", "MATH", "accuracy", "0.842")],
        ),
        (
            "[Ours|method!] gets 38.4% on [MATH|benchmark] and 69.9% on [GSM8K|benchmark].",
            [("score", "Ours", "MATH", None, "38.4%"), ("score", "Ours", "GSM8K", None, "69.9%")],
        ),
        (
            "On [Tanks|benchmark] [Ours|method!] has 20.4 [PSNR|metric], 0.67 [SSIM|metric], and "
            "0.19 [LPIPS|metric].",
            [
                ("score", "Ours", "Tanks", "PSNR", "20.4"),
                ("score", "Ours", "Tanks", "SSIM", "0.67"),
                ("score", "Ours", "Tanks", "LPIPS", "0.19"),
            ],
        ),
        (
            "We test [GPT-4o|model] (49.8%) and [Phi|model] (31.5%) on [Ours|benchmark!].",
            [("score", "GPT-4o", "Ours", None, "49.8%"), ("score", "Phi", "Ours", None, "31.5%")],
        ),
        (
            "[DSE|method!]는 [SlideQA|benchmark] 데이터셋에서 [정확도|metric] 79.3%를 달성했다.",
            [("score", "DSE", "SlideQA", "정확도", "79.3%")],
        ),
        (
            "[A|benchmark] ({97.3%}) and [B|benchmark] (79.8%) show what [Ours|method!] can do.".replace(
                "{", ""
            ).replace("}", ""),
            [("score", "Ours", "A", None, "97.3%"), ("score", "Ours", "B", None, "79.8%")],
        ),
        (
            "[Ours|method!] solves 98% of the cases in both [Trips|benchmark] and [Plans|benchmark].",
            [("score", "Ours", "Trips", None, "98%"), ("score", "Ours", "Plans", None, "98%")],
        ),
    ],
)
def test_scores(sentence, expected):
    assert results(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("[Ours|method!] is 3.4x faster.", ("gain", "Ours", None, "speed", "3.4x")),
        ("[Ours|method!] offers 3.4x faster inference.", ("gain", "Ours", None, "inference speed", "3.4x")),
        (
            "[Ours|method!] cuts GPU memory usage by 40.5%.",
            ("gain", "Ours", None, "GPU memory usage", "40.5%"),
        ),
        ("[Ours|method!] is 26x cheaper than [PPO|method].", ("gain", "Ours", None, "cost", "26x")),
        ("[Ours|method!] needs 28% fewer tokens.", ("gain", "Ours", None, "token usage", "28%")),
        ("[Ours|method!]는 추론 속도를 3.4배 높였다.", ("gain", "Ours", None, "추론 속도", "3.4x")),
        ("[Ours|method!]는 [FLOPs|metric]를 78.4% 줄인다.", ("gain", "Ours", None, "FLOPs", "78.4%")),
    ],
)
def test_a_gain_names_the_quantity_it_is_about(sentence, expected):
    assert results(sentence) == [expected]


def test_a_quantity_is_a_metric_without_mention_and_enters_once():
    marked = read_marked("[Ours|method!] is 3.4x faster.", "Later [Ours|method!] is 2x faster.")
    entities, found = find_results(read_sheet(marked.plain, marked.entities, ()))
    assert [(e.kind, e.name, e.mentions) for e in entities[1:]] == [(Kind.METRIC, "speed", ())]
    assert [r.metric for r in found] == [1, 1]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "[Ours|method!] beats [STAG|method] by 5.7%.",
            [("5.7", "STAG", None)],
        ),
        (
            "[Ours|method!] gains 10.0% over [GRPO|method] and 5.1% over [PPO|method].",
            [("10.0", "GRPO", None), ("5.1", "PPO", None)],
        ),
        (
            "[Ours|method!] achieves 63.2% vs. 53.4% for the baseline.",
            [("63.2", None, "53.4")],
        ),
        (
            "[Ours|method!] achieves 38.7%, surpassing [GRPO|method] (38.4%).",
            [("38.7", "GRPO", "38.4"), ("38.4", None, None)],
        ),
        (
            "[Ours|method!] scores 24.6 on [A|benchmark] and 22.7 on [B|benchmark], outperforming "
            "[Claude|model] (22.0 and 14.9 respectively).",
            [
                ("24.6", "Claude", "22.0"),
                ("22.7", "Claude", "14.9"),
                ("22.0", None, None),
                ("14.9", None, None),
            ],
        ),
        (
            "[Ours|method!] improves [Qwen|model] from 58.8% to 90.0% on [MATH|benchmark].",
            [("90.0", "Qwen", "58.8"), ("58.8", None, None)],
        ),
        (
            "[Ours|method!] lowers the [error|metric] from 41.2% to 2.2% on [ASB|benchmark].",
            [("2.2", None, "41.2")],
        ),
        (
            "[Ours|method!]는 [LLaMA|model]의 [정확도|metric]를 46.8%에서 56.6%로 높였다.",
            [("56.6", "LLaMA", "46.8"), ("46.8", None, None)],
        ),
    ],
)
def test_what_a_number_is_compared_with(sentence, expected):
    assert sorted(baselines(sentence), key=str) == sorted(expected, key=str)


def test_respectively_deals_out_lists():
    sentence = "[Ours|method!] beats [A|method] and [B|method] by 5.8% and 1.5%, respectively."
    assert baselines(sentence) == [("5.8", "A", None), ("1.5", "B", None)]
    sentence = (
        "On [X|benchmark] and [Y|benchmark], [Ours|method!] has 54.5 and 67.2 [BLEU|metric], respectively."
    )
    assert [(r[2], r[4]) for r in results(sentence)] == [("X", "54.5"), ("Y", "67.2")]


def test_who_obtained_it():
    own = "We present [Ours|method!]."
    assert results(own, "It achieves 84.2% on [MATH|benchmark].")[0][1] == "Ours"
    assert results(own, "Our model gets 84.2% on [MATH|benchmark].")[0][1] == "Ours"
    assert results("[GPT-4o|model] scores 71.2 on it.", title="[Bench|benchmark!]: A benchmark")[0][1:3] == (
        "GPT-4o",
        "Bench",
    )
    assert results("The best model reaches 36.4%.", title="[Bench|benchmark!]: A benchmark")[0][1:3] == (
        None,
        "Bench",
    )
    assert (
        results("Trained with [Ours|method!], [Qwen|model] reaches 55.1 on [MATH|benchmark].")[0][1] == "Ours"
    )


def test_several_benchmarks_that_share_a_number_are_its_setting():
    marked = read_marked("[Ours|method!] gains 2.4% on [A|benchmark], [B|benchmark], and [C|benchmark].")
    none_of_them = {**load_choices(), "benchmark": {"none": 9.0}}
    _, (result,) = find_results(read_sheet(marked.plain, marked.entities, ()), none_of_them)
    assert result.benchmark is None
    assert result.setting == "A, B, C"


def test_evidence_is_the_shortest_span_with_number_benchmark_and_metric():
    marked = read_marked("Here [Ours|method!] reaches 84.2% [accuracy|metric] on [MATH|benchmark] at last.")
    _, (result,) = find_results(read_sheet(marked.plain, marked.entities, ()))
    assert marked.plain[result.start : result.end] == "84.2% accuracy on MATH"
    assert result.raw == "84.2%"
    assert 0 < result.confidence < 1
    assert result.by.startswith("score.")


_WORDS = st.sampled_from(
    [
        "A-7B",
        "MATH",
        "accuracy",
        "84.2%",
        "3x",
        "+2",
        "by",
        "from",
        "to",
        "over",
        "than",
        "achieves",
        "와",
        "에서",
        "보다",
        "향상",
        "respectively",
        ",",
        ".",
        "(",
        ")",
        "and",
        "up",
        "12",
        "1.5점",
        "\ue000",
    ]
)


@given(st.lists(_WORDS, max_size=40))
def test_no_text_breaks_it_and_spans_stay_inside(words):
    plain = "Title\n" + " ".join(words)
    kinds = {"A-7B": Kind.MODEL, "MATH": Kind.BENCHMARK, "accuracy": Kind.METRIC}
    entities = tuple(
        Entity(
            kind=kind,
            name=name,
            introduced=kind is Kind.MODEL,
            mentions=tuple(
                Mention(start=i, end=i + len(name), confidence=1, by="test")
                for i in range(len(plain))
                if plain.startswith(name, i)
            ),
        )
        for name, kind in kinds.items()
    )
    known, found = find_results(read_sheet(plain, entities, ()))
    assert known[: len(entities)] == entities
    for result in found:
        assert 0 <= result.start < result.end <= len(plain)
        slots = (result.system, result.benchmark, result.metric, result.baseline)
        assert all(slot is None or 0 <= slot < len(known) for slot in slots)


@pytest.mark.parametrize(
    "piece", ["9% and ", "from 1% to ", ", , ", "1.5 vs. ", "by up to ", "(", "A. ", "각각 3%, "]
)
def test_a_hostile_line_takes_linear_time(piece):
    start = time.perf_counter()
    find_results(read_sheet("Title\n" + piece * (100_000 // len(piece)), (), ()))
    assert time.perf_counter() - start < 5
