"""The cues of a name -> its kind, or none, with a probability.

A log-linear model: every cue has a weight for every kind and for ``none``; the weights stand in
``data/weights/names.tsv`` and are learned by ``python -m kg.training learn``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

NONE = "none"
INTRODUCED = "introduced"
KINDS = (NONE, *(kind.value for kind in Kind))
COLUMNS = (*KINDS, INTRODUCED)


Weights = Mapping[str, tuple[float, ...]]
"""Cue -> one number for each of ``COLUMNS``."""


class Verdict(NamedTuple):
    """What a name is: ``kind`` (None: no entity), how probable that is, and the cue that told most."""

    kind: Kind | None
    probability: float
    cue: str
    introduced: bool


def judge(cues: Iterable[str], weights: Weights | None = None) -> Verdict:
    """Weigh the cues of one name."""
    table = weights if weights is not None else load_weights()
    known = sorted(cue for cue in cues if cue in table)
    rows = [table[cue] for cue in known]
    sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(COLUMNS)
    exps = [math.exp(value) for value in sums[: len(KINDS)]]
    best = max(range(1, len(KINDS)), key=exps.__getitem__)
    total = sum(exps)
    if exps[0] > (total - exps[0]) * _LENIENCE.get(KINDS[best], _LENIENCE[NONE]):
        return Verdict(None, exps[0] / total, "", False)
    rules = [cue for cue in known if not _BACKGROUND.match(cue)]
    cue = max(rules, key=lambda cue: table[cue][best] - table[cue][0], default="")
    return Verdict(Kind(KINDS[best]), exps[best] / total, cue, sums[-1] > 0)


_BACKGROUND = re.compile(r"always|times-|words-|nested|partly|lower-case|korean|[a-z]*-place|[a-z-]+:")
"""Cues that colour a verdict but are no rule that found a name."""
_LENIENCE = {Kind.TASK.value: 1.9, Kind.METRIC.value: 1.5, NONE: 1.2}
"""How much likelier ``none`` must be than all kinds together before a name is dropped, by its likeliest kind.

Chosen by cross-validation; the last is that of all other kinds.
"""


@cache
def load_weights() -> dict[str, tuple[float, ...]]:
    """Load the learned weights: cue -> one number for each of ``COLUMNS``."""
    path = files("kg") / "data" / "weights" / "names.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {cue: tuple(float(value) for value in values) for cue, *values in rows}
