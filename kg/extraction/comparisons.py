"""An entry's text, entities and results -> who outperforms whom."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from kg.extraction.actors import choose, is_compared
from kg.extraction.choices import load_choices, weigh
from kg.extraction.clauses import BENCHMARKS, SYSTEMS
from kg.extraction.cues import cues, expand, pattern
from kg.extraction.figures import up_to
from kg.extraction.settings import condition_of
from kg.patterns import read_rules
from kg.records import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.choices import Choices
    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue
    from kg.extraction.figures import Sheet
    from kg.records import Result

_REACH = 110
LIKELY = 0.35
"""How probable it must be that a text says that one system outperforms another."""


class Pair(msgspec.Struct, frozen=True):
    """Two systems of which a sentence may say that one outperforms the other; ``cues`` tell whether."""

    frame: Frame
    better: int
    worse: int
    start: int
    end: int
    at: int
    by: str
    cues: tuple[str, ...]


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(expand(read_rules("comparisons")["denied"]["before"]))


def find_comparisons(
    sheet: Sheet, results: Sequence[Result] = (), choices: Choices | None = None
) -> tuple[Comparison, ...]:
    """Find the pairs of named systems of which a text says that one outperforms the other.

    Args:
        sheet: the text and what it names.
        results: what it reports; a result with a baseline may say who is better.
        choices: the weights of the decisions, instead of those that the package holds.
    """
    weights = (choices or load_choices())["outperforms"]
    weighed = [(weigh([[], p.cues], weights)[1], p) for p in find_pairs(sheet, results)]
    surest: dict[frozenset[int], tuple[float, Pair]] = {}
    for probability, pair in weighed:
        both = frozenset((pair.better, pair.worse))
        if probability > surest.get(both, (0.0, pair))[0]:
            surest[both] = probability, pair
    found: dict[tuple[int, int, int | None], Comparison] = {}
    for probability, pair in weighed:
        best = surest[frozenset((pair.better, pair.worse))][1]
        if probability >= LIKELY and best.better == pair.better:
            for comparison in _comparisons(pair, round(probability, 3)):
                found.setdefault((comparison.better, comparison.worse, comparison.on), comparison)
    somewhere = {(better, worse) for better, worse, on in found if on is not None}
    return tuple(c for (*pair, on), c in found.items() if on is not None or tuple(pair) not in somewhere)


def find_pairs(sheet: Sheet, results: Sequence[Result]) -> Iterator[Pair]:
    """Yield the pairs of systems that some wording or result sets against each other, with their cues."""
    reported = {
        (result.system, result.baseline): result
        for result in results
        if result.system is not None and result.baseline is not None
    }
    for frame in sheet.frames:
        systems = frame.between(0, len(frame.text), SYSTEMS)
        for beaten, hit in zip(systems, _wordings(frame, systems), strict=True):
            if hit is not None or is_compared(frame, beaten):
                for pair in _pairs(frame, sheet.paper, beaten, *(hit or (None, beaten.at))):
                    result = reported.pop((pair.better, pair.worse), None)
                    yield replace(pair, cues=(*pair.cues, f"reported:{result.kind}")) if result else pair
    for (better, worse), result in reported.items():
        frame = next(f for f in sheet.frames if f.start <= result.start < f.end)
        at = next((n.at for n in frame.numbers if n.start >= result.start), 0)
        cues = ("always", "by:reported", f"reported:{result.kind}")
        yield Pair(frame, better, worse, result.start, result.end, at, result.by, cues)


def _wordings(frame: Frame, systems: Sequence[Atom]) -> list[tuple[Cue, int] | None]:
    """What makes each system of a sentence the beaten one, if anything does; those in one list share it."""
    hits = [_wording_at(frame, system) for system in systems]
    for order in (range(1, len(hits)), range(len(hits) - 1, 0, -1)):
        for i in order:
            gap = frame.text[systems[i - 1].at + 1 : systems[i].at]
            if (hits[i] is None) != (hits[i - 1] is None) and pattern("listed_systems").match(gap):
                hits[i] = hits[i - 1] = hits[i] or hits[i - 1]
    return hits


def _wording_at(frame: Frame, system: Atom) -> tuple[Cue, int] | None:
    """The wording that makes a system the beaten one, and where it begins."""
    for wording in cues("comparisons"):
        if wording.surrounds(frame.text, system.at):
            start = wording.front(frame.text, system.at)
            if start is None or not _denied().search(frame.text[max(0, start - _REACH) : start]):
                return wording, system.at if start is None else start
    return None


def _pairs(frame: Frame, paper: Paper, beaten: Atom, wording: Cue | None, at: int) -> Iterator[Pair]:
    """Pair a beaten system with every other system of its sentence, and with the paper's own."""
    proposed = _proposed(frame, paper, beaten, at)
    nearest: dict[int, Atom | None] = {}
    for atom in frame.between(0, len(frame.text), SYSTEMS):
        last = nearest.get(atom.entity) if atom.entity is not None else None
        if atom.entity is not None and (last is None or abs(atom.at - at) < abs(last.at - at)):
            nearest[atom.entity] = atom
    if paper.system is not None and paper.entities[paper.system].kind in SYSTEMS:
        nearest.setdefault(paper.system, None)
    for entity, place in nearest.items():
        if beaten.entity is None or entity == beaten.entity:
            continue
        by = wording.id if wording else "compared"
        told = ["always", f"by:{by}", *(["proposed"] if entity == proposed else [])]
        told += _describe(frame, paper, (beaten, entity), place, at)
        passive = wording is not None and wording.passive
        pair = (beaten.entity, entity) if passive else (entity, beaten.entity)
        start, end = min(beaten.start, (place or beaten).start), max(beaten.end, (place or beaten).end)
        yield Pair(frame, *pair, start, end, at, by, tuple(told))


def _proposed(frame: Frame, paper: Paper, beaten: Atom, at: int) -> int | None:
    """Who beats it by the rules: who acts before the wording, in its clause or before, or the paper's own."""
    low, _ = frame.clause(at)
    for start, end in ((low, at), (0, low)):
        systems = [s for s in frame.between(start, end, SYSTEMS) if s.entity != beaten.entity]
        chosen = choose(frame, systems, paper)
        if chosen is not None:
            return chosen
    own = paper.system is not None and paper.entities[paper.system].kind in SYSTEMS
    return paper.system if own else None


def _describe(
    frame: Frame, paper: Paper, pair: tuple[Atom, int], atom: Atom | None, at: int
) -> Iterator[str]:
    """Where the better one of two stands to the wording, and which of both is the paper's own."""
    beaten, better = pair
    if paper.introduces(beaten.entity):
        yield "worse:own"
    if atom is None:
        yield f"better:unnamed:{bool(frame.between(0, at, SYSTEMS))}"
        return
    own = "paper" if better == paper.system else "own" if paper.introduces(better) else "foreign"
    low, high = frame.clause(at)
    side = "left" if atom.at < at else "right"
    near = "clause" if low <= atom.at < high else "sentence"
    between = up_to(len(frame.between(min(atom.at + 1, at), max(atom.at, at), SYSTEMS)))
    yield f"better:{own}"
    yield f"better:{side}"
    yield f"better:{side}:{near}:{own}"
    yield f"better:{side}:between:{between}"


def _comparisons(pair: Pair, confidence: float) -> Iterator[Comparison]:
    """One comparison for each benchmark that the clause names."""
    for benchmark in _benchmarks(pair.frame, pair.at):
        yield Comparison(
            better=pair.better,
            worse=pair.worse,
            start=pair.start,
            end=pair.end,
            confidence=confidence,
            by=pair.by,
            on=benchmark,
            condition=condition_of(pair.frame, pair.at),
        )


def _benchmarks(frame: Frame, at: int) -> Sequence[int | None]:
    """The benchmarks on which one beats the other: those of the clause, else the only one of the sentence."""
    found = frame.names(*frame.clause(at), BENCHMARKS)
    everywhere = frame.names(0, len(frame.text), BENCHMARKS)
    return found or (everywhere if len(everywhere) == 1 else (None,))
