"""How far the confidence of names can be trusted."""

from __future__ import annotations

from pathlib import Path

from kg.extraction import find
from kg.training.cases import load_cases
from kg.training.reliability import (
    Bin,
    format_reliability,
    judge_names,
    measure_calibration,
    measure_discrimination,
    sort_in_bins,
)

ROOT = Path(__file__).resolve().parent.parent


def test_verdicts_of_about_one_confidence_share_a_bin() -> None:
    bins = sort_in_bins([(0.75, True), (0.75, False), (0.32, False)])
    assert bins == (Bin(count=1, confidence=0.32, right=0.0), Bin(count=2, confidence=0.75, right=0.5))


def test_a_confidence_that_tells_nothing_has_half_the_area() -> None:
    assert measure_discrimination([(0.7, True), (0.7, False)]) == 0.5
    assert measure_discrimination([(0.7, True)]) == 0.5
    assert measure_discrimination([(0.2, True), (0.7, False)]) == 0.0


def test_nothing_found_is_no_error() -> None:
    assert measure_calibration(sort_in_bins([])) == 0.0
    assert "calibration error 0.000" in format_reliability([])


def test_the_confidence_of_the_names_in_the_seeds_is_calibrated() -> None:
    """With the shipped weights, which have seen the seeds: a bound against mixing confidences up."""
    cases = load_cases([ROOT / "tests" / "gold"], [ROOT / "seeds"])
    verdicts = list(judge_names((case, find(case.entry)) for case in cases))
    assert len(verdicts) > 400
    assert measure_calibration(sort_in_bins(verdicts)) < 0.1
    assert measure_discrimination(verdicts) > 0.75
