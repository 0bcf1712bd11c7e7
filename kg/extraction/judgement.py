"""The cues of a name -> its kind, or none, with a probability.

Trees learned by gradient boosting weigh the cues; they stand in ``data/weights/names.tsv`` (see
`kg.extraction.forest`) and are learned by ``python -m kg.training learn``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.extraction.forest import Forest, read_forest
from kg.records import Kind
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

NONE = "none"
INTRODUCED = "introduced"
KINDS = (NONE, *(kind.value for kind in Kind))
OUTPUTS = (*KINDS, INTRODUCED)


class Verdict(NamedTuple):
    """What a name is: ``kind`` (None: no entity), how probable that is, and the rule that told most."""

    kind: Kind | None
    probability: float
    cue: str
    introduced: bool


def judge(
    names: Sequence[Collection[str]],
    forest: Forest | None = None,
    surroundings: Callable[[int], Collection[str]] = lambda _: (),
) -> list[Verdict]:
    """Judge all names of an entry, each by its cues.

    Args:
        names: the cues of each name.
        forest: instead of the one that the package holds.
        surroundings: gives the words around the n-th name; asked only where its owner is in doubt.
    """
    trees = load_forest() if forest is None else forest
    sums = trees.sum_up(names)
    own = sums[:, trees.outputs.index(INTRODUCED)].tolist()
    verdicts = []
    for at, (shares, cues) in enumerate(zip(_share(sums, trees).tolist(), names, strict=True)):
        if _DOUBTED[0] < own[at] < _DOUBTED[1] and shares[0] < _HARDLY_NAMED:
            own[at] = (own[at] + trees.weigh({*cues, *surroundings(at)})) / 2
        verdicts.append(_decide(shares, own[at], cues, trees))
    return verdicts


def judge_unnamed(names: Sequence[Collection[str]], forest: Forest) -> list[float]:
    """Return how probable it is of each name, given as its cues, that it is none."""
    return [float(row[0]) for row in _share(forest.sum_up(names), forest)]


def _share(sums: NDArray[np.float64], trees: Forest) -> NDArray[np.float64]:
    """Return the probability of each of ``KINDS`` for each name."""
    of_kinds = sums[:, [trees.outputs.index(kind) for kind in KINDS]]
    exps = np.exp(of_kinds - of_kinds.max(axis=1, keepdims=True, initial=0.0))
    shares: NDArray[np.float64] = exps / exps.sum(axis=1, keepdims=True)
    return shares


def _decide(shares: list[float], own: float, cues: Collection[str], trees: Forest) -> Verdict:
    best = max(range(1, len(shares)), key=shares.__getitem__)
    unnamed = shares[0]
    if unnamed > (1 - unnamed) * _LENIENCE.get(KINDS[best], _LENIENCE[NONE]) and own < _SURELY_OWN:
        return Verdict(None, unnamed, "", False)
    cue = max(sorted(trees.rules.intersection(cues)), key=trees.merits.__getitem__, default=_UNRULED)
    return Verdict(Kind(KINDS[best]), shares[best], cue, own > _OWN)


_UNRULED = "unruled"
"""What is named where no rule proposed it: the model alone decided."""
_LENIENCE = {"method": 1.5, "task": 1.9, "metric": 2.0, "dataset": 2.0, "benchmark": 1.5, NONE: 1.2}
"""How much likelier ``none`` must be than all kinds together before a name is dropped, by its likeliest kind.

Chosen by cross-validation; the last is that of all other kinds.
"""

_OWN, _SURELY_OWN = -0.95, -0.7
"""The log-odds from which on a name is the paper's own, and those from which on even a doubtful name is one.

Chosen by cross-validation, as the above.
"""
_DOUBTED = (-4.0, 2.5)
"""Between these log-odds of the trees the words around a name are looked at: beyond, they change nothing."""
_HARDLY_NAMED = 0.85
"""What is none with this probability is no name whatever the words say."""


@cache
def load_forest() -> Forest:
    """Load the trees that the package holds."""
    return read_forest((FOLDER / "weights" / "names.tsv").read_bytes().decode())
