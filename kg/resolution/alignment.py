"""A paper's byline, and the others that list its handles -> its people: which handle is which name.

Where a digest pairs the two, that is it. The other handles are assigned to the other names all at once, one
to one, so that the sum of their scores is greatest; a pair whose probability is too small stays open.
"""

from __future__ import annotations

import math
from functools import cache
from heapq import nlargest
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from kg.resolution.likeness import MEASURES, measure
from kg.store.bylines import Ground, Person
from kg.supplies import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.store.bylines import Byline

Scores = dict[str, dict[str, float]]
"""Handle -> name -> log-odds, up to a constant, that the two are one person; higher is likelier."""

_MOST_PAPERS = 3
"""Further papers that list both a handle and a name, or only the handle, tell nothing new."""

_SUREST = 0.99
"""No alignment is surer: so often are those right that nothing speaks against."""

_EXACT = 1000
"""Scores are compared to this fraction of one, as whole numbers: equal on every machine."""

_FEW = 5
"""For so many handles all ways are tried before the library that does it for more could be loaded."""

CUES = (*MEASURES, "together", "alone", "known")
"""What speaks for a pair: likeness; papers that list both, or the handle alone; a pair printed elsewhere."""


@cache
def read_weights() -> dict[str, float]:
    """Read how much each of `CUES` counts, and the bounds ``nobody`` and ``sure``."""
    table = read_toml("people/alignment.toml")
    return {**table["weights"], **table["bounds"]}


def find_people(byline: Byline, find_others: Callable[[str], Sequence[Byline]]) -> dict[str, Person]:
    """Tell who wrote a paper.

    Args:
        byline: what the digests list of it.
        find_others: handle -> the bylines of the other papers that list it.

    Returns:
        The people of the paper by their keys. Every name and every handle belongs to somebody.
    """
    people = _find_paired(byline)
    taken = {name for person in people for name in person.names}
    handles = sorted(byline.handles.keys() - {person.handle for person in people})
    names = sorted(byline.names.keys() - taken)
    others = {h: find_others(h) for h in handles}
    scores = {h: score_names(byline, h, names, others[h]) for h in handles}
    nobody = {h: _score_nobody(byline, h, taken, others[h]) for h in handles}
    surely = {h: pair for h, pair in align(scores, nobody).items() if pair[1] >= read_weights()["sure"]}
    people += [_make_aligned(byline, h, *surely[h], others[h]) for h in sorted(surely)]
    people += [Person(handle=h) for h in handles if h not in surely]
    used = {name for name, _ in surely.values()}
    people += [Person(names=(name,), bare=(name,)) for name in names if name not in used]
    return {person.key: person for person in people}


def _find_paired(byline: Byline) -> list[Person]:
    """Return the people of whom a digest prints both; a name that two of them share is bare for none."""
    named: dict[str, list[str]] = {}
    grounds: dict[str, list[Ground]] = {}
    owners: dict[str, int] = {}
    for handle, name, digest in byline.pairs:
        named.setdefault(handle, []).append(name)
        owners[name] = owners.get(name, 0) + 1
        grounds.setdefault(handle, []).append(Ground(name=byline.names[name], digest=digest))
    return [
        Person(
            names=tuple(names),
            handle=handle,
            bare=tuple(name for name in names if owners[name] == 1 and name in byline.bare),
            grounds=tuple(grounds[handle]),
        )
        for handle, names in named.items()
    ]


def _make_aligned(byline: Byline, handle: str, name: str, sure: float, others: Iterable[Byline]) -> Person:
    known = _find_known(handle, others).get(name)
    ground = Ground(
        name=byline.names[name], digest=known, confidence=1.0 if known else min(round(sure, 2), _SUREST)
    )
    return Person(names=(name,), handle=handle, bare=(name,), grounds=(ground,))


def score_names(
    byline: Byline, handle: str, names: Iterable[str], others: Sequence[Byline]
) -> dict[str, float]:
    """Weigh a handle against the names that it may stand for; names of its own list it cannot be."""
    apart = {name for other, name in byline.apart if other == handle}
    known = _find_known(handle, others)
    return {
        name: _weigh(cue(byline.handles[handle], byline.names[name], name, known, others))
        for name in names
        if name not in apart
    }


def cue(
    handle: str, printed: str, name: str, known: Iterable[str], others: Sequence[Byline]
) -> tuple[float, ...]:
    """Collect what speaks for one pair: a number for each of `CUES`."""
    full = [other for other in others if other.whole]
    together = sum(name in other.names for other in full)
    alone = len(full) - together
    return (
        *measure(handle, printed),
        float(min(together, _MOST_PAPERS)),
        float(min(alone, _MOST_PAPERS)),
        float(name in known),
    )


def _find_known(handle: str, others: Iterable[Byline]) -> dict[str, str]:
    """Return the names that other papers pair with a handle, each with the first digest that does."""
    known: dict[str, str] = {}
    for digest, name in sorted((d, n) for other in others for h, n, d in other.pairs if h == handle):
        known.setdefault(name, digest)
    return known


def _weigh(cues: tuple[float, ...]) -> float:
    weights = read_weights()
    return sum(weights[name] * value for name, value in zip(CUES, cues, strict=True))


def _score_nobody(byline: Byline, handle: str, taken: Iterable[str], others: Sequence[Byline]) -> float:
    """Weigh that a handle is none of the open names: that it is not listed, or one who has another handle."""
    unlisted = read_weights()["nobody" if byline.whole else "nobody_of_part"]
    return max([unlisted, *score_names(byline, handle, taken, others).values()])


def align(scores: Scores, nobody: Mapping[str, float]) -> dict[str, tuple[str, float]]:
    """Assign handles to names one to one.

    Args:
        scores: what speaks for each pair.
        nobody: handle -> what speaks for its being none of the names.

    Returns:
        Handle -> its name and how probable that is; handles that are rather nobody's are left out.
    """
    assignment = _Assignment(scores, nobody, _match(scores, nobody))
    return {handle: (name, assignment.judge(handle)) for handle, name in assignment.matched.items()}


def _match(scores: Scores, nobody: Mapping[str, float]) -> dict[str, str]:
    """Find the assignment of the greatest sum; a handle without a name counts as ``nobody`` says."""
    gains = {
        (handle, name): max(round((score - nobody[handle]) * _EXACT), 1)
        for handle, row in sorted(scores.items())
        for name, score in sorted(row.items())
        if score > nobody[handle]
    }
    wishes = _find_wishes(gains)
    if all(len({pair[side] for pair in wishes}) == len(wishes) for side in (0, 1)):
        return dict(wishes)  # nobody wants two names, or one that another wants
    if len({handle for handle, _ in gains}) <= _FEW:
        return _try_all(gains)
    return _match_many(gains)


def _try_all(gains: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Try all ways to give names to handles; none needs more of its names than there are handles."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for (handle, name), gain in gains.items():
        rows.setdefault(handle, []).append((gain, name))
    none = (0, "")
    options = [[*nlargest(len(rows), row), none] for row in rows.values()]
    best = max(product(*options), key=_add_up)
    return {handle: name for handle, (_, name) in zip(rows, best, strict=True) if name}


def _add_up(choice: Sequence[tuple[int, str]]) -> int:
    """Add up what handles gain by the names they are given, one each or none; two cannot have the same."""
    names = [name for _, name in choice if name]
    return sum(gain for gain, _ in choice) if len(set(names)) == len(names) else -1


def _match_many(gains: Mapping[tuple[str, str], int]) -> dict[str, str]:
    import igraph

    handles = sorted({handle for handle, _ in gains})
    ends = [*((h, True) for h in handles), *((n, False) for n in sorted({n for _, n in gains}))]
    place = {end: at for at, end in enumerate(ends)}
    graph = igraph.Graph(n=len(ends), edges=[(place[h, True], place[n, False]) for h, n in gains])
    types = [not is_handle for _, is_handle in ends]
    matching = graph.maximum_bipartite_matching(types=types, weights=list(gains.values()), eps=0)
    partners = ((h, matching.match_of(place[h, True])) for h in handles)
    return {h: ends[at][0] for h, at in partners if at is not None and at >= 0}


def _find_wishes(gains: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Return the pairs by which a handle gains most."""
    most: dict[str, int] = {}
    for (handle, _), gain in gains.items():
        most[handle] = max(gain, most.get(handle, 0))
    return [pair for pair, gain in gains.items() if gain == most[pair[0]]]


class _Assignment(msgspec.Struct, frozen=True):
    """Which handle got which name, and what spoke for and against it."""

    scores: Scores
    nobody: Mapping[str, float]
    matched: Mapping[str, str]

    def judge(self, handle: str) -> float:
        """Estimate how probable a pair is: against no name, and every other, free or taken from its owner."""
        row, own = self.scores[handle], self.matched[handle]
        owners = {name: owner for owner, name in self.matched.items()}
        losses = [self.nobody[handle] - row[own]]
        for name, score in row.items():
            if name != own:
                losses.append(score - row[own] + self._displace(owners.get(name), own, owners))
        return 1 / (1 + sum(map(math.exp, losses)))

    def _displace(self, owner: str | None, vacant: str, owners: Mapping[str, str]) -> float:
        """Return what it costs the owner of a name to move to the vacant one, a free one or none."""
        if owner is None:
            return 0.0
        row = self.scores[owner]
        open_ = [score for name, score in row.items() if name == vacant or name not in owners]
        return max([self.nobody[owner], *open_]) - row[self.matched[owner]]
