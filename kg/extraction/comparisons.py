"""An entry's text and entities -> who outperforms whom."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.actors import choose, read_paper
from kg.extraction.clauses import BENCHMARKS, SYSTEMS, frames
from kg.extraction.confidence import confidence_of
from kg.extraction.cues import cues, expand, pattern, read_rules
from kg.records import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue
    from kg.records import Entity

_REACH = 110


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(expand(read_rules("comparisons")["denied"]["before"]))


def find_comparisons(
    plain: str, entities: tuple[Entity, ...], unclaimed: tuple[tuple[int, int], ...]
) -> tuple[Comparison, ...]:
    """Find the pairs of named systems of which a text says that one outperforms the other.

    Args:
        plain: title, line feed, text.
        entities: what the text names.
        unclaimed: spans from which nothing may be taken.
    """
    paper = read_paper(plain, entities)
    found: dict[tuple[int, int, int | None], Comparison] = {}
    for frame in frames(plain, entities, unclaimed):
        for comparison in _comparisons(frame, paper):
            found.setdefault((comparison.better, comparison.worse, comparison.on), comparison)
    return tuple(found.values())


def _comparisons(frame: Frame, paper: Paper) -> Iterator[Comparison]:
    systems = frame.between(0, len(frame.text), SYSTEMS)
    hits = [_wording_at(frame, system) for system in systems]
    for order in (range(1, len(hits)), range(len(hits) - 1, 0, -1)):
        for i in order:
            gap = frame.text[systems[i - 1].at + 1 : systems[i].at]
            if (hits[i] is None) != (hits[i - 1] is None) and pattern("listed_systems").match(gap):
                hits[i] = hits[i - 1] = hits[i] or hits[i - 1]
    for system, hit in zip(systems, hits, strict=True):
        if hit is not None:
            yield from _compare(frame, paper, system, *hit)


def _wording_at(frame: Frame, system: Atom) -> tuple[Cue, int] | None:
    """The wording that makes a system the beaten one, and where it begins."""
    for wording in cues("comparisons"):
        if wording.surrounds(frame.text, system.at):
            start = wording.front(frame.text, system.at)
            if start is None or not _denied().search(frame.text[max(0, start - _REACH) : start]):
                return wording, system.at if start is None else start
    return None


def _compare(frame: Frame, paper: Paper, beaten: Atom, wording: Cue, at: int) -> Iterator[Comparison]:
    better, named = _better(frame, paper, beaten, at)
    if better is None or beaten.entity is None or better == beaten.entity:
        return
    pair = (beaten.entity, better) if wording.passive else (better, beaten.entity)
    for benchmark in _benchmarks(frame, at):
        yield Comparison(
            better=pair[0],
            worse=pair[1],
            start=min(beaten.start, named.start if named else beaten.start),
            end=max(beaten.end, named.end if named else beaten.end),
            confidence=confidence_of(wording.id),
            by=wording.id,
            on=benchmark,
        )


def _better(frame: Frame, paper: Paper, beaten: Atom, at: int) -> tuple[int | None, Atom | None]:
    """Who beats it, and the place where they are named in the sentence, if they are."""
    low, _ = frame.clause(at)
    for start, end in ((low, at), (0, low)):
        systems = [s for s in frame.between(start, end, SYSTEMS) if s.entity != beaten.entity]
        chosen = choose(frame, systems, paper)
        if chosen is not None:
            return chosen, next(s for s in systems if s.entity == chosen)
    own = paper.system is not None and paper.entities[paper.system].kind in SYSTEMS
    return (paper.system if own else None), None


def _benchmarks(frame: Frame, at: int) -> Sequence[int | None]:
    """The benchmarks on which one beats the other: those of the clause, else the only one of the sentence."""
    found = frame.names(*frame.clause(at), BENCHMARKS)
    everywhere = frame.names(0, len(frame.text), BENCHMARKS)
    return found or (everywhere if len(everywhere) == 1 else (None,))
