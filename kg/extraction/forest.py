"""The cues of candidates -> sums over learned decision trees, for all candidates of an entry at once.

A tree asks of a candidate which cues it has and ends in a number for one output; an output's sum is what all
its trees say together. Trees are learned by gradient boosting (Friedman 2001) and stand in a table: first
every cue they ask for, with the share of candidates of that cue that are names; then every tree in preorder,
a number for a leaf, ``#n`` for the question after the n-th cue (from 0), followed by the part for its absence
and that for its presence. Weights of single cues may follow, whose sum is a second opinion on one output.

No tree is walked. Its leaves are numbered in that order and held as bits; a cue that is present strikes out
the leaves of its absence, and the first leaf that is left is the one a walk would end in (QuickScorer,
Lucchese et al. 2015). The few cues that a candidate has are all that is looked at.
"""

from __future__ import annotations

import re
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_QUESTION, _MARK = "#", 1e99

MOST_LEAVES = 32
"""So many leaves a tree may have: one bit each."""

_ALL = (1 << MOST_LEAVES) - 1

_BACKGROUND = re.compile(r"always|times-|words-|nested|partly|lower-case|korean|[a-z]*-place|[a-z-]+:")
"""Cues that colour a verdict but are no rule that found a name."""


class Forest(msgspec.Struct, frozen=True, dict=True):
    """Trees over cues.

    ``merits`` holds every cue with the share of its candidates that are names, ``outputs`` what is summed up;
    ``text`` is the table that it was read from. ``kept`` holds for every cue (a row) and tree (a column) the
    leaves that its presence leaves over, ``leaves`` the numbers of all leaves, `MOST_LEAVES` for each tree,
    ``owners`` the output of every tree; ``weights`` are those of single cues.
    """

    text: str
    merits: Mapping[str, float]
    outputs: tuple[str, ...]
    kept: NDArray[np.uint32]
    leaves: NDArray[np.float64]
    owners: NDArray[np.intp]
    weights: Mapping[str, float] = msgspec.field(default_factory=dict)

    def sum_up(self, candidates: Sequence[Iterable[str]]) -> NDArray[np.float64]:
        """Return the sum of each output (a column) for each candidate (a row), given as its cues."""
        places, (rows, columns) = self.places, (len(candidates), len(self.outputs))
        left = np.empty((rows, len(self.owners)), dtype=np.uint32)
        for row, cues in enumerate(candidates):
            has = [places[cue] for cue in cues if cue in places]
            np.bitwise_and.reduce(self.kept.take(has, axis=0), axis=0, out=left[row])
        _, first = np.frexp((left & -left).astype(np.float32))  # the lowest bit that is set, from 1
        numbers = self.leaves.take(first + self._before)
        owners = self.owners + columns * np.arange(rows)[:, None]
        sums = np.bincount(owners.ravel(), numbers.ravel(), rows * columns)
        return sums.reshape(rows, columns).astype(np.float64, copy=False)

    def weigh(self, cues: Iterable[str]) -> float:
        """Return the sum of the weights of a candidate's cues, in whatever order they come."""
        return fsum(self.weights[cue] for cue in cues if cue in self.weights)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each cue among all."""
        return {cue: at for at, cue in enumerate(self.merits)}

    @cached_property
    def rules(self) -> frozenset[str]:
        """The cues that find candidates; the others only colour what is thought of them."""
        return frozenset(cue for cue in self.merits if not _BACKGROUND.match(cue))

    @cached_property
    def _before(self) -> NDArray[np.intp]:
        """The place before the first leaf of each tree."""
        return np.arange(len(self.owners), dtype=np.intp) * MOST_LEAVES - 1


def read_forest(text: str) -> Forest:
    """Read a table of trees.

    Raises:
        ValueError: it is none, or a tree has more than `MOST_LEAVES` leaves.
    """
    table = _read_table(text)
    outputs = tuple(dict.fromkeys(name for name, _ in table.trees))
    grown = _grow([said for _, said in table.trees])
    owners = np.array([outputs.index(name) for name, _ in table.trees], dtype=np.intp)
    kept = _strike(grown, grown.cues, (len(table.merits), len(table.trees)))
    return Forest(text, table.merits, outputs, kept, grown.leaves, owners, table.weights)


def read_forests(text: str) -> dict[str, Forest]:
    """Read a table of trees as a forest for each output, with the cues that its own trees ask for.

    Raises:
        ValueError: as `read_forest`.
    """
    table = _read_table(text)
    names = list(table.merits)
    forests = {}
    for output in dict.fromkeys(name for name, _ in table.trees):
        grown = _grow([said for name, said in table.trees if name == output])
        asked, rows = np.unique(grown.cues, return_inverse=True)
        merits = {names[at]: table.merits[names[at]] for at in asked.tolist()}
        trees = len(grown.leaves) // MOST_LEAVES
        owners = np.zeros(trees, dtype=np.intp)
        kept = _strike(grown, rows, (len(asked), trees))
        forests[output] = Forest(text, merits, (output,), kept, grown.leaves, owners)
    return forests


class _Table(NamedTuple):
    """What a table says: the merits and weights of cues; of every tree its output and what it asks."""

    merits: dict[str, float]
    weights: dict[str, float]
    trees: list[tuple[str, str]]


def _read_table(text: str) -> _Table:
    table = _Table({}, {}, [])
    for line in text.splitlines()[1:]:
        kind, name, said = line.split("\t")
        if kind == "tree":
            table.trees.append((name, said))
        else:
            (table.merits if kind == "cue" else table.weights)[name] = float(said)
    return table


class _Grown(NamedTuple):
    """All trees: their leaves; of each question its cue, its tree and the leaves that the cue leaves over."""

    leaves: NDArray[np.float64]
    cues: NDArray[np.intp]
    trees: NDArray[np.intp]
    kept: NDArray[np.uint32]


def _grow(said: Sequence[str]) -> _Grown:
    """Read all trees at once.

    Count a leaf as one more and a question as one less: the part for the absence of a question's cue ends
    where the count first stands one higher than at the question.
    """
    row = ",".join(said).replace(" ", ",").replace(_QUESTION, f"{_MARK},")
    numbers = np.array(msgspec.json.decode(f"[{row}]", type=list[float]))
    marked = numbers == _MARK
    is_cue = np.roll(marked, 1)
    asks = marked[~is_cue]
    sizes = np.array([tree.count(" ") + 1 for tree in said], dtype=np.intp)
    trees = np.repeat(np.arange(len(said)), sizes)
    bearing = sizes // 2 + 1
    if (bearing > MOST_LEAVES).any():
        raise ValueError(f"tree {np.argmax(bearing)} has more than {MOST_LEAVES} leaves")
    borne = np.cumsum(~asks) - (np.cumsum(bearing) - bearing)[trees]
    count = np.cumsum(np.where(asks, -1, 1))
    places = np.argsort(count, kind="stable")
    order = count[places] * len(asks) + places
    ends = places[np.searchsorted(order, (count[asks] + 1) * len(asks) + np.flatnonzero(asks))]
    struck = (1 << borne[ends]) - (1 << borne[asks])
    leaves = np.zeros((len(said), MOST_LEAVES))
    leaves[trees[~asks], borne[~asks] - 1] = numbers[~(marked | is_cue)]
    kept = (_ALL & ~struck).astype(np.uint32)
    return _Grown(leaves.ravel(), numbers[is_cue].astype(np.intp), trees[asks], kept)


def _strike(grown: _Grown, rows: NDArray[np.intp], shape: tuple[int, int]) -> NDArray[np.uint32]:
    """Return which leaves each cue (a row) leaves over in each tree (a column)."""
    kept = np.full(shape, _ALL, dtype=np.uint32)
    np.bitwise_and.at(kept, (rows, grown.trees), grown.kept)
    return kept
