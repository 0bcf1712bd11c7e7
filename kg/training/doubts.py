"""Examples of a decision -> the trees that are asked where its weights leave doubt.

Gradient-boosted decision trees over the cues of an option (Friedman 2001), grown by LightGBM, so that the
right options of an example together become as probable as can be beside the others.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

from kg.extraction.forest import Forest, read_forests
from kg.training.trees import list_trees, render, tabulate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.training.regression import Example

_GROWTH = {
    "num_leaves": 15,
    "learning_rate": 0.08,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.3,
    "lambda_l2": 3.0,
    "max_bin": 3,
    "min_data_in_bin": 1,
    "feature_pre_filter": False,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
"""Chosen by cross-validation among a few; one thread and one seed: equal examples give equal trees."""
_ROUNDS = 450
_RAREST = 5
"""A cue of fewer examples is not asked for."""
_LEAST_SLOPE = 1e-3


def grow(examples: Mapping[str, Sequence[Example]]) -> dict[str, Forest]:
    """Grow the trees of every decision of which there are examples."""
    known = sorted({cue for found in examples.values() for cue in _list_known(found)})
    trees = [
        (decision, tree)
        for decision, found in sorted(examples.items())
        for _, tree in list_trees(_boost(found, known), (decision,))
    ]
    return read_forests(render(trees, known, [0.0] * len(known)))


def _list_known(examples: Sequence[Example]) -> list[str]:
    counts = Counter(cue for one in examples for cue in {cue for cues in one.options for cue in cues})
    return [cue for cue, times in counts.items() if times >= _RAREST]


def _boost(examples: Sequence[Example], known: Sequence[str]) -> lightgbm.Booster:
    own = set(_list_known(examples))
    options = [[cue for cue in cues if cue in own] for one in examples for cues in one.options]
    growth: dict[str, Any] = {**_GROWTH, "objective": _weigh_against(examples)}
    return lightgbm.train(growth, lightgbm.Dataset(tabulate(options, known)), _ROUNDS)


def _weigh_against(examples: Sequence[Example]) -> Callable[..., tuple[NDArray[Any], NDArray[Any]]]:
    """Make the slope and curvature of how improbable the right options are, beside those of their example."""
    sizes = np.array([len(one.options) for one in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.array([float(at in one.right) for one in examples for at in range(len(one.options))])

    def slopes(sums: NDArray[Any], _: lightgbm.Dataset) -> tuple[NDArray[Any], NDArray[Any]]:
        exps = np.exp(sums - np.repeat(np.maximum.reduceat(sums, starts), sizes))
        shares = exps / np.repeat(np.add.reduceat(exps, starts), sizes)
        wanted = exps * right
        wanted /= np.repeat(np.maximum(np.add.reduceat(wanted, starts), 1e-12), sizes)
        return shares - wanted, np.maximum(shares * (1 - shares), _LEAST_SLOPE)

    return slopes
