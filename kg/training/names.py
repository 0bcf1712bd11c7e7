"""Cases -> the trees by which extraction judges names.

Gradient-boosted decision trees over the cues of a name (Friedman 2001), fitted by LightGBM: a forest for its
kind, and one for "the paper presents it as its own". A second opinion on the latter is a logistic regression
over the same cues and the words around the name, of which a penalty on absolute weights keeps a thousand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from kg.extraction.entities import find_groups
from kg.extraction.forest import Forest, read_forest
from kg.extraction.judgement import INTRODUCED, KINDS, NONE
from kg.extraction.reading import read
from kg.extraction.surroundings import SURROUNDING, read_surroundings
from kg.identity import fold
from kg.training.regression import fit_sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    table = _tabulate([cues for cues, _, _ in examples], known)
    kinds = np.array([KINDS.index(kind) for _, kind, _ in examples])
    owned = np.array([own for _, _, own in examples])
    named = kinds > 0
    of_kinds = lightgbm.train(_OF_KINDS, lightgbm.Dataset(table, kinds), _ROUNDS)
    of_own = lightgbm.train(_OF_OWN, lightgbm.Dataset(table, owned.astype(int)), _OWN_ROUNDS)
    trees = [*_list_trees(of_kinds, KINDS), *_list_trees(of_own, (INTRODUCED,))]
    merits = np.asarray(table[named].sum(axis=0)).ravel() / np.asarray(table.sum(axis=0)).ravel()
    weights = fit_sparse(_tabulate([cues for cues, _, _ in examples], frequent), owned, _PENALTY)
    return read_forest(_render(trees, known, merits) + _render_weights(frequent, weights))


def _tabulate(examples: Sequence[Sequence[str]], known: Sequence[str]) -> Any:
    """Write the cues of examples as rows of a sparse matrix."""
    places = {cue: at for at, cue in enumerate(known)}
    rows = [sorted({places[cue] for cue in cues if cue in places}) for cues in examples]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = [place for row in rows for place in row]
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))


def _list_trees(booster: lightgbm.Booster, outputs: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every tree with the output that it adds to."""
    for at, tree in enumerate(booster.dump_model()["tree_info"]):
        yield outputs[at % len(outputs)], tree["tree_structure"]


def _render(
    trees: Sequence[tuple[str, dict[str, Any]]], known: Sequence[str], merits: Sequence[float]
) -> str:
    """Write trees as `kg.extraction.forest` reads them, with the cues that some tree asks for."""
    asked = sorted({cue for _, tree in trees for cue in _questions(tree)})
    places = {cue: at for at, cue in enumerate(asked)}
    rows = ["what\tname\tsaid", *(f"cue\t{known[cue]}\t{merits[cue]:.2f}" for cue in asked)]
    rows += [f"tree\t{output}\t{' '.join(_write(tree, places))}" for output, tree in trees]
    return "\n".join(rows) + "\n"


def _render_weights(cues: Sequence[str], weights: Sequence[float]) -> str:
    rounded = [(cue, f"{weight:.3f}") for cue, weight in zip(cues, weights, strict=True)]
    return "".join(
        f"weight\t{cue}\t{weight}\n" for cue, weight in rounded if float(weight) and cue.isprintable()
    )


def _questions(node: Mapping[str, Any]) -> Iterator[int]:
    if "split_feature" in node:
        yield node["split_feature"]
        yield from _questions(node["left_child"])
        yield from _questions(node["right_child"])


def _write(node: Mapping[str, Any], places: Mapping[int, int]) -> Iterator[str]:
    """Yield a tree in preorder: a question, the part for a cue's absence, that for its presence."""
    if "split_feature" not in node:
        yield f"{node['leaf_value']:.4g}"
        return
    yield f"#{places[node['split_feature']]}"
    yield from _write(node["left_child"], places)
    yield from _write(node["right_child"], places)


def _spellings(named: Named) -> tuple[str, ...]:
    return tuple(s for s in (named.name, named.english, *named.aliases) if s)
