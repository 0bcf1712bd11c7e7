"""Cases -> the trees by which extraction judges names.

Gradient-boosted decision trees over the cues of a name (Friedman 2001), fitted by LightGBM: a forest for its
kind, and one for "the paper presents it as its own". A second opinion on the latter is a logistic regression
over the same cues and the words around the name, of which a penalty on absolute weights keeps a thousand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import lightgbm
import numpy as np

from kg.extraction.entities import find_groups
from kg.extraction.forest import Forest, read_forest
from kg.extraction.judgement import INTRODUCED, KINDS, NONE
from kg.extraction.reading import read
from kg.extraction.surroundings import SURROUNDING, read_surroundings
from kg.identity import fold
from kg.training.regression import fit_sparse
from kg.training.trees import list_trees, render, tabulate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.evaluation.gold import Named
    from kg.extraction.survey import Seen
    from kg.training.cases import Case

_GROWTH = {
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "max_bin": 15,
    "max_depth": 10,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
_OF_KINDS = {**_GROWTH, "objective": "multiclass", "num_class": len(KINDS), "num_leaves": 31}
_OF_OWN = {**_GROWTH, "objective": "binary", "learning_rate": 0.05, "num_leaves": 31}
"""Chosen by cross-validation among a few; one thread and one seed: equal examples give equal trees."""
_ROUNDS, _OWN_ROUNDS = 130, 300
_RAREST = 3
"""A cue of fewer names is not asked for."""
_PENALTY = 1.67
"""Of the absolute weights, for the whole of the examples."""

Example = tuple[tuple[str, ...], str, bool]


def collect(cases: Iterable[Case], survey: Mapping[str, Seen] | None = None) -> list[Example]:
    """Make an example of every name that an entry may hold: cues, kind or ``none``, whether introduced.

    Args:
        cases: the annotated entries.
        survey: instead of the one that the package holds.
    """
    examples = []
    for case in cases:
        truth = {fold(s): named for named in case.gold.entities for s in _spellings(named)}
        reading = read(case.entry)
        for group in find_groups(reading, survey):
            named = next((truth[key] for s in group.spellings if (key := fold(s)) in truth), None)
            kind, own = (named.kind.value, named.introduced) if named else (NONE, False)
            cues = group.cues | read_surroundings(reading, group.spans)
            examples.append((tuple(sorted(cues)), kind, own))
    return examples


def fit(examples: Sequence[Example]) -> Forest:
    """Fit both forests; equal examples in equal order give equal trees."""
    counts = Counter(cue for cues, _, _ in examples for cue in set(cues))
    frequent = sorted(cue for cue, times in counts.items() if times >= _RAREST)
    known = [cue for cue in frequent if not cue.startswith(SURROUNDING)]
    table = tabulate([cues for cues, _, _ in examples], known)
    kinds = np.array([KINDS.index(kind) for _, kind, _ in examples])
    owned = np.array([own for _, _, own in examples])
    named = kinds > 0
    of_kinds = lightgbm.train(_OF_KINDS, lightgbm.Dataset(table, kinds), _ROUNDS)
    of_own = lightgbm.train(_OF_OWN, lightgbm.Dataset(table, owned.astype(int)), _OWN_ROUNDS)
    trees = [*list_trees(of_kinds, KINDS), *list_trees(of_own, (INTRODUCED,))]
    merits = np.asarray(table[named].sum(axis=0)).ravel() / np.asarray(table.sum(axis=0)).ravel()
    weights = fit_sparse(tabulate([cues for cues, _, _ in examples], frequent), owned, _PENALTY)
    return read_forest(render(trees, known, merits) + _render_weights(frequent, weights))


def _render_weights(cues: Sequence[str], weights: Sequence[float]) -> str:
    rounded = [(cue, f"{weight:.3f}") for cue, weight in zip(cues, weights, strict=True)]
    return "".join(
        f"weight\t{cue}\t{weight}\n" for cue, weight in rounded if float(weight) and cue.isprintable()
    )


def _spellings(named: Named) -> tuple[str, ...]:
    return tuple(s for s in (named.name, named.english, *named.aliases) if s)
