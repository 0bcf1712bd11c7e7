"""Examples of decisions -> the weight of each cue, by logistic regression."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Sequence

_RAREST = 2
"""A cue of fewer examples has no weight."""
_ALWAYS = "always"
"""The cue that every option has but the one that says no; it is free of the penalty."""


class Example(NamedTuple):
    """One decision: the cues of each option, and the places of those that are right."""

    options: Sequence[Sequence[str]]
    right: frozenset[int]


def fit(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Fit the weights under which the right options are as probable as can be, by L-BFGS.

    Args:
        examples: the decisions to learn from; equal examples in equal order give equal weights.
        penalty: of the squares of all weights, for the whole of the examples.
    """
    places = _number_cues(examples)
    table = _tabulate(examples, places)
    turned = table.T.tocsr()
    sizes = np.array([len(example.options) for example in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    held = np.array([0.0 if cue == _ALWAYS else penalty for cue in places])
    right = np.array([float(i in example.right) for example in examples for i in range(len(example.options))])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        sums -= np.repeat(np.maximum.reduceat(sums, starts), sizes)
        exps = np.exp(sums)
        total, wanted = np.add.reduceat(exps, starts), np.add.reduceat(exps * right, starts)
        slope = exps / np.repeat(total, sizes) - exps * right / np.repeat(wanted, sizes)
        value = np.log(total).sum() - np.log(wanted).sum() + (held * weights) @ weights / 2
        return float(value), turned @ slope + held * weights

    found = minimize(loss, np.zeros(len(places)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {cue: float(found.x[place]) for cue, place in places.items()}


def fit_sparse(table: Any, right: np.ndarray, penalty: float) -> Any:
    """Fit weights, most of them zero, under which the right rows are as probable as can be, by L-BFGS.

    A weight is the difference of two numbers that may not be negative: their sum is its absolute value.

    Args:
        table: the examples as rows of a sparse matrix of cues.
        right: which rows are right.
        penalty: of the absolute values of all weights, for the whole of the examples.
    """
    turned, signs, columns = table.T.tocsr(), np.where(right, -1.0, 1.0), table.shape[1]

    def loss(parts: np.ndarray) -> tuple[float, np.ndarray]:
        wrongness = signs * (table @ (parts[:columns] - parts[columns:]))
        slope = turned @ (signs / (1 + np.exp(-wrongness)))
        value = np.logaddexp(0, wrongness).sum() + penalty * parts.sum()
        return float(value), np.concatenate([slope, -slope]) + penalty

    found = minimize(
        loss,
        np.zeros(2 * columns),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * (2 * columns),
        options={"maxiter": 500, "maxfun": 1000},
    )
    return found.x[:columns] - found.x[columns:]


def _number_cues(examples: Sequence[Example]) -> dict[str, int]:
    """Give every cue that is not too rare a column."""
    counts = Counter(cue for example in examples for cue in set(chain.from_iterable(example.options)))
    return {cue: at for at, cue in enumerate(sorted(c for c, times in counts.items() if times >= _RAREST))}


def _tabulate(examples: Sequence[Example], places: dict[str, int]) -> Any:
    """Write the options of all examples as rows of a sparse matrix of cues."""
    rows = [[places[c] for c in cues if c in places] for example in examples for cues in example.options]
    columns = list(chain.from_iterable(rows))
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(places)))
