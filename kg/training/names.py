"""Cases -> the weights by which extraction judges names.

A log-linear model over the cues of a name (multinomial logistic regression with a squared penalty, fitted by
scikit-learn's L-BFGS): one weight for each cue and kind, and one for "the paper presents it as its own".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from kg.extraction.entities import find_groups
from kg.extraction.judgement import COLUMNS, KINDS, NONE
from kg.extraction.ownership import OWNERSHIP
from kg.extraction.reading import read
from kg.identity import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluation.gold import Named
    from kg.training.cases import Case

_PENALTY = 1e-4
_OWN_PENALTY = 1.5e-4
"""Strength of the squared penalty, for each example; chosen by cross-validation among 0.75 to 6e-4."""
_RAREST = 3
"""A cue of fewer names has no weight."""

Example = tuple[tuple[str, ...], str, bool]
Weights = dict[str, tuple[float, ...]]


def collect(cases: Iterable[Case]) -> list[Example]:
    """Make an example of every name that an entry may hold: cues, kind or ``none``, whether introduced."""
    examples = []
    for case in cases:
        truth = {fold(s): named for named in case.gold.entities for s in _spellings(named)}
        for group in find_groups(read(case.entry)):
            named = next((truth[key] for s in group.spellings if (key := fold(s)) in truth), None)
            kind, own = (named.kind.value, named.introduced) if named else (NONE, False)
            examples.append((tuple(sorted(group.cues)), kind, own))
    return examples


def fit(examples: Sequence[Example]) -> Weights:
    """Fit both models; equal examples in equal order give equal weights."""
    counter = CountVectorizer(analyzer=list, binary=True, min_df=_RAREST, dtype=np.float64)
    table = counter.fit_transform([cues for cues, _, _ in examples])
    kinds = np.array([KINDS.index(kind) for _, kind, _ in examples])
    named = kinds > 0
    owned = np.array([own for _, _, own in examples])[named]
    columns = np.zeros((table.shape[1], len(COLUMNS)))
    of_kinds = sorted(at for cue, at in counter.vocabulary_.items() if not cue.startswith(OWNERSHIP))
    judge = _regress(table[:, of_kinds], kinds, _PENALTY)
    columns[np.ix_(of_kinds, judge.classes_)] = judge.coef_.T
    columns[:, -1] = _regress(table[named], owned, _OWN_PENALTY).coef_[0]
    return {cue: tuple(columns[at]) for cue, at in sorted(counter.vocabulary_.items())}


def _regress(table: object, classes: np.ndarray, penalty: float) -> LogisticRegression:
    """Regress classes on cues; every name has the cue ``always``, so there is no intercept."""
    model = LogisticRegression(C=1 / (penalty * len(classes)), fit_intercept=False, max_iter=300)
    return model.fit(table, classes)


def render(weights: Weights) -> str:
    """Write the weights as a table, a cue a row, three decimals."""
    rows = ["\t".join([cue, *(f"{round(w, 3):g}" for w in values)]) for cue, values in weights.items()]
    return "\n".join(["\t".join(("cue", *COLUMNS)), *rows]) + "\n"


def _spellings(named: Named) -> tuple[str, ...]:
    return tuple(s for s in (named.name, named.english, *named.aliases) if s)
