"""Learned decisions: weights of cues, the figures they weigh, and how sure they are."""

from __future__ import annotations

import math

import pytest

from kg.extraction.choices import Weights, choose, load_choices, weigh
from kg.extraction.figures import drop_idle, read_sheet
from kg.extraction.forest import read_forests
from kg.extraction.outcomes import OUTCOMES, decide_kinds
from kg.extraction.phrases import note_phrases, trim
from kg.extraction.places import SLOTS, describe_place
from kg.extraction.results import decide, find_results
from kg.extraction.slots import describe, options_of
from kg.records import Kind
from tests.marked import read_marked

OURS = "[Ours|method!] reaches 84.2% [accuracy|metric] on [MATH|benchmark], up from 79.1% of [Base|model]."


def sheet_of(*sentences: str):
    marked = read_marked(*sentences)
    return read_sheet(marked.plain, marked.entities, ())


def test_probabilities_sum_to_one_and_follow_the_weights():
    probabilities = weigh([["a", "b"], ["a"], ["unheard of"]], {"a": 1.0, "b": -3.0})
    assert sum(probabilities) == pytest.approx(1)
    assert probabilities[1] > probabilities[2] > probabilities[0]
    assert choose([[], []], {}) == (0, 0.5)


def test_great_weights_overflow_nothing():
    assert weigh([["a"], []], {"a": 5000.0}) == [1.0, 0.0]


def test_trees_have_half_a_say_where_weights_leave_doubt():
    table = [
        "what\tname\tsaid",
        "cue\tfar\t0",
        "cue\tnear\t0",
        "tree\tother\t#0 0 9",
        "tree\tslot\t#1 0 #0 4 0",
    ]
    weights = Weights(far=1.0, near=1.0, sure=99.0)
    weights.trees = read_forests("\n".join(table))["slot"]
    assert set(weights.trees.merits) == {"far", "near"}
    assert weigh([["far"], ["near"]], weights) == pytest.approx([1 / (1 + math.e**2), 1 / (1 + math.e**-2)])
    assert weigh([["near", "far"], ["far"]], weights)[0] == pytest.approx(1 / (1 + math.e**-0.5))
    assert weigh([["near"], ["far"]], dict(weights)) == [0.5, 0.5]
    assert weigh([["sure"], ["near"]], weights)[0] == pytest.approx(1)


def test_the_words_between_a_name_and_the_number_are_cues():
    sheet = sheet_of("On [MATH|benchmark], [Ours|method!] improves [Base|model] to 84.2%.")
    (figure,) = [figure for row in sheet.figures for figure in row]
    base = next(atom for atom in figure.frame.atoms if sheet.plain[atom.start : atom.end] == "Base")
    cues = set(describe_place(sheet, figure, "system", base))
    assert {"left=to", "left:beside:to", "left:number:to", "left~to", "left:before:improves"} <= cues


def test_every_decision_has_weights():
    assert set(load_choices()) == {"outcome", *SLOTS, "opposite", "whole", "outperforms"}


def test_a_number_that_reports_nothing_leaves_the_cells_to_its_neighbours():
    sheet = sheet_of("[Ours|method!] reaches 84.2% with 3 seeds and 5 runs on [MATH|benchmark].")
    decide_kinds(sheet, load_choices()["outcome"])
    assert [figure.kind for row in sheet.figures for figure in row] == ["score", *OUTCOMES[:1] * 2]
    drop_idle(sheet)
    (figure,) = [figure for row in sheet.figures for figure in row]
    assert figure.frame.text[slice(*figure.frame.cell(figure.atom))] == figure.frame.text


def test_options_are_what_the_entry_names_of_the_fitting_kind():
    sheet = sheet_of(OURS)
    figure = sheet.figures[1][0]
    note_phrases(sheet, figure)
    named = {slot: [o for o in options_of(sheet, figure, slot) if isinstance(o, int)] for slot in SLOTS}
    kinds = {slot: {sheet.entities[i].kind.value for i in indices} for slot, indices in named.items()}
    assert kinds == {
        "metric": {"metric"}, "benchmark": {"benchmark"}, "system": {"method", "model"},
        "baseline": {"method", "model"},
    }  # fmt: skip


def test_cues_tell_options_apart_and_come_out_alike():
    sheet = sheet_of(OURS)
    figure = sheet.figures[1][0]
    figure.kind = "score"
    note_phrases(sheet, figure)
    cues = [describe(sheet, figure, "system", option) for option in options_of(sheet, figure, "system")]
    assert cues == [
        describe(sheet, figure, "system", option) for option in options_of(sheet, figure, "system")
    ]
    none, ours, base = cues
    assert "none" in none
    assert {"own-system", "left:acting"} <= set(ours)
    assert "own" not in base


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("[Ours|method!] achieves 71.2% {} on [MATH|benchmark].", "visual matching"),
        ("[Ours|method!] raises {} by 9.2%.", "SM activity"),
        ("[Ours|method!] has a {} of 0.66.", "dynamic degree"),
        ("[Ours|method!] shows a 60% improvement in {}.", "safety"),
        ("[Ours|method!]는 79.3%의 {}를 달성했다.", "번역 정확도"),
    ],
)
def test_phrases_beside_a_number_may_name_its_measure(sentence, phrase):
    sheet = sheet_of(sentence.format(phrase))
    (figure,) = [figure for row in sheet.figures for figure in row]
    note_phrases(sheet, figure)
    assert phrase in figure.phrases


def test_a_name_is_no_phrase():
    sheet = sheet_of("[Ours|method!] reaches 84.2% on [MATH|benchmark] with [Base|model].")
    (figure,) = [figure for row in sheet.figures for figure in row]
    note_phrases(sheet, figure)
    assert not {"MATH", "Ours", "Base"} & set(figure.phrases)


def test_the_plain_name_of_a_metric():
    assert trim("average success rate") == "success rate"
    assert trim("FVD score") == "FVD"
    assert trim("FID 점수") == "FID"
    assert trim("accuracy") == "accuracy"


def test_confidence_falls_with_doubt():
    def surest(sentence):
        return max(one.confidence for one in decide(sheet_of(sentence), load_choices()))

    clear = "[Ours|method!] reaches 84.2% [accuracy|metric] on [MATH|benchmark]."
    vague = "Together with [Base|model], [Ours|method!], [A|benchmark] and [B|benchmark] it has 84.2% or so."
    assert surest(clear) > 0.6 > surest(vague)


def test_the_customary_metric_is_implied_only_where_none_is_said():
    entities, (result,) = find_results(sheet_of("[Ours|method!] scores 84.2% on [MATH|benchmark]."))
    assert result.metric is None
    assert result.implied is not None
    assert entities[result.implied].name.lower() == "accuracy"
    _, (result,) = find_results(sheet_of("[Ours|method!] reaches 84.2% [F1|metric] on [MATH|benchmark]."))
    assert result.implied is None


def test_what_is_measured_on_is_a_benchmark():
    sheet = sheet_of("[Ours|method!] reaches 84.2% [accuracy|metric] on the [C5|dataset] dataset.")
    measured = {**load_choices(), "benchmark": {"kind:dataset": 9.0}}
    entities, (result,) = find_results(sheet, measured)
    assert result.benchmark is not None
    assert entities[result.benchmark].kind is Kind.BENCHMARK
    kinds = [atom.kind for frame in sheet.knowing(entities).frames for atom in frame.atoms]
    assert Kind.BENCHMARK in kinds
    assert Kind.DATASET not in kinds
