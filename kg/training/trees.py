"""Cues and what LightGBM has grown over them -> a table of trees, as `kg.extraction.forest` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import lightgbm


def tabulate(examples: Sequence[Sequence[str]], known: Sequence[str]) -> Any:
    """Write the cues of examples as rows of a sparse matrix."""
    places = {cue: at for at, cue in enumerate(known)}
    rows = [sorted({places[cue] for cue in cues if cue in places}) for cues in examples]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns = [place for row in rows for place in row]
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(known)))


def list_trees(booster: lightgbm.Booster, outputs: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every tree with the output that it adds to."""
    for at, tree in enumerate(booster.dump_model()["tree_info"]):
        yield outputs[at % len(outputs)], tree["tree_structure"]


def render(trees: Sequence[tuple[str, dict[str, Any]]], known: Sequence[str], merits: Sequence[float]) -> str:
    """Write trees as `kg.extraction.forest` reads them, with the cues that some tree asks for."""
    asked = sorted({cue for _, tree in trees for cue in _questions(tree)})
    places = {cue: at for at, cue in enumerate(asked)}
    rows = ["what\tname\tsaid", *(f"cue\t{known[cue]}\t{merits[cue]:.2f}" for cue in asked)]
    rows += [f"tree\t{output}\t{' '.join(_write(tree, places))}" for output, tree in trees]
    return "\n".join(rows) + "\n"


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
