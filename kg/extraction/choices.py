"""Options with their cues -> how probable each option is.

A log-linear model: every cue has a weight, the weights of an option's cues are added up, and an option is
the more probable the greater its sum is beside the others'. Each decision (is a number a result, which
benchmark is it on, ...) has weights of its own; they stand in ``data/weights/results.tsv`` and are learned
by ``python -m kg.training learn results``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Choices = Mapping[str, Mapping[str, float]]
"""Decision -> cue -> weight."""


def weigh(options: Sequence[Iterable[str]], weights: Mapping[str, float]) -> list[float]:
    """Return the probability of each option by its cues; cues without weight say nothing.

    >>> [round(p, 2) for p in weigh([["rises"], ["falls"], []], {"rises": 2, "falls": 1})]
    [0.67, 0.24, 0.09]
    """
    sums = [math.fsum(weights.get(cue, 0.0) for cue in cues) for cues in options]
    highest = max(sums)
    exps = [math.exp(value - highest) for value in sums]
    total = math.fsum(exps)
    return [value / total for value in exps]


def choose(options: Sequence[Iterable[str]], weights: Mapping[str, float]) -> tuple[int, float]:
    """Return the place of the most probable option, the first of equals, and its probability."""
    probabilities = weigh(options, weights)
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    return best, probabilities[best]


@cache
def load_choices() -> Choices:
    """Load the learned weights of all decisions."""
    path = FOLDER / "weights" / "results.tsv"
    choices: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        decision, cue, weight = line.split("\t")
        choices.setdefault(decision, {})[cue] = float(weight)
    return choices
