"""Options with their cues -> how probable each option is.

A log-linear model: every cue has a weight, the weights of an option's cues are added up, and an option is
the more probable the greater its sum is beside the others'. Each decision (is a number a result, which
benchmark is it on, ...) has weights of its own; they stand in ``data/weights/results.json``. Where they leave
doubt between options, trees that see cues together have half a say; those of all decisions that have any
stand in ``data/weights/doubts.tsv``. Both are learned by ``python -m kg.training learn results``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

import msgspec

from kg.extraction.forest import read_forests
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.extraction.forest import Forest

Choices = Mapping[str, Mapping[str, float]]
"""Decision -> cue -> weight."""

_SURE, _UNLIKELY = 0.9, 0.02
"""From which probability on nothing else is asked, and up to which an option is no longer looked at."""


class Weights(dict[str, float]):
    """The weights of one decision, with the trees that are asked where these leave doubt."""

    trees: Forest | None = None


def weigh(options: Sequence[Collection[str]], weights: Mapping[str, float]) -> list[float]:
    """Return the probability of each option by its cues; cues without weight say nothing.

    >>> [round(p, 2) for p in weigh([["rises"], ["falls"], []], {"rises": 2, "falls": 1})]
    [0.67, 0.24, 0.09]
    """
    shares = _share([math.fsum(map(weights.get, cues, repeat(0.0))) for cues in options])
    if isinstance(weights, Weights) and weights.trees and max(shares) < _SURE:
        return _reconsider(shares, options, weights.trees)
    return shares


def _share(sums: Sequence[float]) -> list[float]:
    """Turn sums into probabilities."""
    highest = max(sums)
    exps = [math.exp(value - highest) for value in sums]
    total = math.fsum(exps)
    return [value / total for value in exps]


def _reconsider(shares: list[float], options: Sequence[Collection[str]], trees: Forest) -> list[float]:
    """Let trees have half a say in how the likelier options share what they have together."""
    likely = [at for at, share in enumerate(shares) if share > _UNLIKELY]
    said = trees.sum_up([options[at] for at in likely])[:, 0].tolist()
    anew = _share([(math.log(shares[at]) + value) / 2 for at, value in zip(likely, said, strict=True)])
    together = math.fsum(shares[at] for at in likely)
    for at, share in zip(likely, anew, strict=True):
        shares[at] = share * together
    return shares


def choose(options: Sequence[Collection[str]], weights: Mapping[str, float]) -> tuple[int, float]:
    """Return the place of the most probable option, the first of equals, and its probability."""
    probabilities = weigh(options, weights)
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    return best, probabilities[best]


@cache
def load_choices() -> Choices:
    """Load the learned weights of all decisions, and the trees for their doubts."""
    folder = FOLDER / "weights"
    tables = msgspec.json.decode((folder / "results.json").read_bytes(), type=dict[str, dict[str, float]])
    choices = {decision: Weights(weights) for decision, weights in tables.items()}
    for decision, trees in read_forests((folder / "doubts.tsv").read_bytes().decode()).items():
        choices[decision].trees = trees
    return choices
