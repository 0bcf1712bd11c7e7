"""The cues of candidates -> sums over learned decision trees, for all candidates of an entry at once.

A tree asks of a candidate which cues it has and ends in a number for one output; an output's sum is what all
its trees say together. Trees are learned by gradient boosting (Friedman 2001) and stand in a table: first
every cue they ask for, with the share of candidates of that cue that are names; then every tree in preorder,
a number for a leaf, ``#n`` for the question after the n-th cue (from 0), followed by the part for its absence
and that for its presence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

_QUESTION = "#"


@dataclass(frozen=True)
class Forest:
    """Trees over cues.

    ``merits`` holds every cue with the share of its candidates that are names, ``outputs`` what is summed up;
    ``text`` is the table that it was read from. ``asked`` and ``numbers`` hold cue and number of every node,
    ``follows`` the two nodes after it, for absence and presence (a leaf follows itself); ``roots`` and
    ``owners`` the first node and the output of every tree, the deepest first; ``deeper`` says how many trees
    are deeper than none, one, two, ... questions.
    """

    text: str
    merits: Mapping[str, float]
    outputs: tuple[str, ...]
    asked: NDArray[np.intp]
    follows: NDArray[np.intp]
    numbers: NDArray[np.float64]
    roots: NDArray[np.intp]
    owners: NDArray[np.intp]
    deeper: tuple[int, ...]

    def sum_up(self, candidates: Sequence[Iterable[str]]) -> NDArray[np.float64]:
        """Return the sum of each output (a column) for each candidate (a row), given as its cues."""
        places = self.places
        has = np.zeros((len(candidates), len(places)), dtype=np.intp)
        for row, cues in enumerate(candidates):
            has[row, [places[cue] for cue in cues if cue in places]] = 1
        at = np.tile(self.roots, (len(candidates), 1))
        rows = np.arange(len(candidates))[:, None] * len(places)
        for deeper in self.deeper:
            here = at[:, :deeper]
            at[:, :deeper] = self.follows.take(here * 2 + has.take(rows + self.asked.take(here)))
        numbers = self.numbers.take(at)
        sums = [np.bincount(self.owners, row, len(self.outputs)) for row in numbers]
        return np.array(sums, dtype=np.float64).reshape(-1, len(self.outputs))

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each cue among all."""
        return {cue: at for at, cue in enumerate(self.merits)}


def read_forest(text: str) -> Forest:
    """Read a table of trees."""
    merits: dict[str, float] = {}
    trees: list[tuple[str, list[str]]] = []
    for line in text.splitlines()[1:]:
        kind, name, said = line.split("\t")
        if kind == "cue":
            merits[name] = float(said)
        else:
            trees.append((name, said.split(" ")))
    outputs = tuple(dict.fromkeys(name for name, _ in trees))
    nodes = _Nodes()
    planted = [(*nodes.plant(iter(tokens)), outputs.index(name)) for name, tokens in trees]
    planted.sort(key=lambda tree: -tree[1])
    depths = [depth for _, depth, _ in planted]
    return Forest(
        text=text,
        merits=merits,
        outputs=outputs,
        asked=np.array(nodes.asked, dtype=np.intp),
        follows=np.array(nodes.follows, dtype=np.intp),
        numbers=np.array(nodes.numbers),
        roots=np.array([root for root, _, _ in planted], dtype=np.intp),
        owners=np.array([owner for _, _, owner in planted], dtype=np.intp),
        deeper=tuple(sum(depth > least for depth in depths) for least in range(depths[0])),
    )


class _Nodes:
    """The nodes of all trees, as they are read."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.follows: list[int] = []
        self.numbers: list[float] = []

    def plant(self, tokens: Iterator[str]) -> tuple[int, int]:
        """Read a tree, or a part of one; return the place of its first node and how deep it is."""
        token, place, depth = next(tokens), len(self.asked), 0
        asks = token.startswith(_QUESTION)
        self.asked.append(int(token[1:]) if asks else 0)
        self.numbers.append(0.0 if asks else float(token))
        self.follows += [place, place]
        if asks:
            self.follows[place * 2], absent = self.plant(tokens)
            self.follows[place * 2 + 1], present = self.plant(tokens)
            depth = 1 + max(absent, present)
        return place, depth
