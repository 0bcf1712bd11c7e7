"""Marked sentences -> who outperforms whom. What must be left alone comes first."""

from __future__ import annotations

import time

import pytest

from kg.extraction.comparisons import find_comparisons
from kg.extraction.figures import read_sheet
from tests.marked import read_marked


def pairs(*sentences, title="A title without names"):
    marked = read_marked(*sentences, title=title)
    names = [e.name for e in marked.entities]
    return [
        (names[c.better], names[c.worse], None if c.on is None else names[c.on])
        for c in find_comparisons(read_sheet(marked.plain, marked.entities, ()))
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "[A|model] is comparable to [B|model].",
        "[A|model] matches or outperforms [B|model].",
        "[A|model] rivals [B|model].",
        "[A|model] does not outperform [B|model].",
        "[A|model] could outperform [B|model].",
        "Whether [A|model] can surpass [B|model] is open.",
        "[A|model] aims to outperform [B|model].",
        "[A|model] never exceeds [B|model].",
        "[A|model] outperforms existing methods.",
        "[A|model] is 2x cheaper than [B|model].",
        "[A|model]는 [B|model]와 비슷한 성능을 보였다.",
        "[A|model]는 [B|model]를 사용한다.",
        "[A|model] outperforms [A|model] of last year.",
    ],
)
def test_what_claims_no_victory_is_left_alone(sentence):
    assert pairs(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("[A|model] outperforms [B|model].", [("A", "B", None)]),
        ("[A|method] is shown to surpass [B|method] on [M|benchmark].", [("A", "B", "M")]),
        (
            "[A|model] beats prior methods such as [B|model] and [C|model].",
            [("A", "B", None), ("A", "C", None)],
        ),
        ("[A|model] outperforms existing systems (e.g., [B|model]).", [("A", "B", None)]),
        ("[A|model] not only outperforms [B|model] but is small.", [("A", "B", None)]),
        ("[A|model] is superior to [B|model].", [("A", "B", None)]),
        ("[A|model] is ahead of [B|model].", [("A", "B", None)]),
        ("[A|method] is a 2.1x speed improvement over [B|method].", [("A", "B", None)]),
        ("[A|model] improves performance over its predecessor, [B|model].", [("A", "B", None)]),
        ("[A|model] is outperformed by [B|model].", [("B", "A", None)]),
        ("[A|model]는 [B|model]보다 우수한 성능을 보였다.", [("A", "B", None)]),
        ("[A|model]는 [B|model]와 [C|model]를 능가하였다.", [("A", "B", None), ("A", "C", None)]),
        ("[A|model]는 [M|benchmark]에서 [B|model] 대비 3% 향상되었다.", [("A", "B", "M")]),
        ("[A|model]는 [B|model]를 각각 0.8% 및 4.1% 뛰어넘었다.", [("A", "B", None)]),
        (
            "[A|model] beats [B|model] on [M|benchmark] and [N|benchmark].",
            [("A", "B", "M"), ("A", "B", "N")],
        ),
    ],
)
def test_who_beats_whom(sentence, expected):
    assert pairs(sentence) == expected


def test_the_papers_own_system_wins_where_the_text_says_it():
    assert pairs("We present [Ours|method!].", "It outperforms [B|model].") == [("Ours", "B", None)]


def test_a_pair_is_found_once():
    assert len(pairs("[A|model] outperforms [B|model].", "Again [A|model] beats [B|model].")) == 1


def test_evidence_reaches_from_one_name_to_the_other():
    marked = read_marked("Here [A-7B|model] clearly beats the older [B-7B|model] in all.")
    (found,) = find_comparisons(read_sheet(marked.plain, marked.entities, ()))
    assert marked.plain[found.start : found.end] == "A-7B clearly beats the older B-7B"
    assert found.by == "beats.verb"


def test_nothing_is_taken_from_what_claims_nothing():
    marked = read_marked("[A|model] outperforms [B|model].")
    assert find_comparisons(read_sheet(marked.plain, marked.entities, ((0, len(marked.plain)),))) == ()


def test_a_hostile_line_takes_linear_time():
    marked = read_marked("[A|model] outperforms " * 5000)
    start = time.perf_counter()
    find_comparisons(read_sheet(marked.plain, marked.entities, ()))
    assert time.perf_counter() - start < 5
