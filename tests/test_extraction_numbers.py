"""The numbers of a text that could be results, and those that could not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.numbers import find_numbers


def found(text, names=()):
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return [(str(n.value), n.unit) for n in find_numbers(text, spans)]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4 and ResNet-50 and Llama3.1",
        "a top-5 list, pass@1, F1, x86, v1.5, Qwen2.5",
        "in 3D, 2D or 4th place",
        "published in 2024, since 1999",
        "a 7B model and a 671B one, 40 GB, 12M images",
        "in images of 256×256 and 512 x 512",
        "after 500 steps on 8 GPUs with 128 frames",
        "3-shot, 8-bit, 10 seconds, 5 hours",
        "for $9 and €20",
        "as others did [12] (3) and et al., 2025",
        "1.8억 문장, 214개의 질문, 3단계, 2024년, 25명, 16개",
        "Section 3, Table 4, Stage 2, version 2",
        "on a 1-5 scale",
        "a 5-3% win, a 9.5–9.5 draw",
    ],
)
def test_what_names_counts_or_dates_is_left_alone(text):
    assert found(text) == []


def test_a_number_inside_a_name_belongs_to_the_name():
    assert found("79.8% on AIME 24.5", names=["AIME 24.5"]) == [("79.8", "%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("79.8%", [("79.8", "%")]),
        ("77.90\\% of users", [("77.90", "%")]),
        ("점수는 79.8%를 기록", [("79.8", "%")]),
        ("by 5.74 percentage points", [("5.74", "%")]),
        ("36.5% 포인트 개선", [("36.5", "%")]),
        ("3.2%p 상승", [("3.2", "%")]),
        ("8점을 얻어 3포인트 상승", [("8", "points"), ("3", "points")]),
        ("17.3점 높다", [("17.3", "points")]),
        ("a 6-point gain", [("6", "points")]),
        ("26x cheaper, 9 times faster, 3배 빠른", [("26", "x"), ("9", "x"), ("3", "x")]),
        ("1.82times the speed", [("1.82", "x")]),
        ("a score of 94.3", [("94.3", None)]),
        ("1,234.5 of them", [("1234.5", None)]),
        ("(0.84 -> 0.9)", [("0.84", None), ("0.9", None)]),
        ("from 58.8% to 90.0%", [("58.8", "%"), ("90.0", "%")]),
        ("46.77%에서 56.63%로", [("46.77", "%"), ("56.63", "%")]),
        ("a drop (95.07% to 94.92%)", [("95.07", "%"), ("94.92", "%")]),
        ("0.0199 to 0.0159", [("0.0199", None), ("0.0159", None)]),
        ("38.2%에서 21.5% 사이", [("38.2", "%"), ("21.5", "%")]),
    ],
)
def test_values_and_units(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("a steady 4-10%", "4", "10", "%"),
        ("by +3.38% to +14.89%", "3.38", "14.89", "%"),
        ("84% to 93% of papers", "84", "93", "%"),
        ("38.46%에서 44.80% 사이", "38.46", "44.80", "%"),
        ("16에서 32배 빠른", "16", "32", "x"),
        ("16~32배", "16", "32", "x"),
    ],
)
def test_a_range_is_one_number(text, low, high, unit):
    (number,) = find_numbers(text)
    assert (str(number.value), str(number.high), number.unit) == (low, high, unit)


def test_signs_and_hedges_are_kept_apart_from_the_value():
    plus, over = find_numbers("+2.75 or >58%")
    assert (str(plus.value), plus.signed, plus.raw) == ("2.75", True, "+2.75")
    assert (str(over.value), over.signed, over.hedge) == ("58", False, ">")


@given(st.text(alphabet="0123456789.,%+-~x× to에서배점()abK$", max_size=60))
def test_numbers_stand_where_they_say(text):
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        assert text[number.start : number.end] == number.raw
        last = number.end


@pytest.mark.parametrize("piece", ["9", "1,234", "9.", "+", "12% to ", "3에서 ", "-1", "~ "])
def test_a_hostile_line_takes_linear_time(piece):
    start = time.perf_counter()
    find_numbers(piece * (100_000 // len(piece)))
    assert time.perf_counter() - start < 3
