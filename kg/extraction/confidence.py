"""A rule's id -> how often what it finds is right, as measured on development data."""

from __future__ import annotations

from functools import cache

from kg.extraction.cues import read_rules

UNMEASURED = 0.5


@cache
def _measured() -> dict[str, float]:
    return dict(read_rules("result_precision")["precision"])


def confidence_of(rule: str) -> float:
    """Return the measured precision of a rule, or that of its family, or one half.

    The table is written by ``python -m kg.evaluation.calibration``.
    """
    family = rule.split(".", 1)[0]
    return _measured().get(rule, _measured().get(family, UNMEASURED))
