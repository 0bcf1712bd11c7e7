"""A number in a frame -> who obtained it, and with whom they are compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from kg.extraction.clauses import SYSTEMS
from kg.extraction.cues import cues, expand, is_cued
from kg.patterns import read_rules
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame
    from kg.records import Entity

_REMEMBERED = 1024  # so many texts are looked at once


class Paper(msgspec.Struct, frozen=True):
    """What an entry says about itself: its entities, its own system and its own benchmark, as indices."""

    entities: tuple[Entity, ...]
    system: int | None
    benchmark: int | None
    only_benchmark: int | None = None

    def introduces(self, entity: int | None) -> bool:
        """Say whether an entity is the paper's own."""
        return entity is not None and self.entities[entity].introduced


def read_paper(plain: str, entities: Sequence[Entity]) -> Paper:
    """Tell which system and which benchmark an entry presents as the paper's own."""
    head = re.split(r"[:\n]", plain, maxsplit=1)[0]

    def weight(index: int) -> tuple[bool, int, int]:
        mentions = entities[index].mentions
        first = min((m.start for m in mentions), default=len(plain))
        return first < len(head), len(mentions), -first

    def leading(*kinds: Kind) -> int | None:
        own = [i for i, e in enumerate(entities) if e.introduced and e.mentions and e.kind in kinds]
        return max(own, key=weight, default=None)

    system, benchmark = leading(*SYSTEMS), leading(Kind.BENCHMARK)
    if system is None and benchmark is None:
        system = leading(Kind.DATASET)
    benchmarks = [i for i, e in enumerate(entities) if e.kind is Kind.BENCHMARK and e.mentions]
    only = benchmarks[0] if len(benchmarks) == 1 else None
    return Paper(tuple(entities), system, benchmark, only)


def is_compared(frame: Frame, system: Atom) -> bool:
    """Say whether a system is what something else is compared with."""
    return is_cued("compared", frame, system)


def is_object(frame: Frame, system: Atom) -> bool:
    """Say whether a system is an object of its sentence rather than who did something."""
    return is_cued("object", frame, system) and not is_cued("agent", frame, system)


def baseline_of(frame: Frame, atom: Atom) -> int | None:
    """Return the named system that a number is compared with: in its cell, else earlier in its clause."""
    low, high = frame.cell(atom)
    start, _ = frame.clause(atom.at)
    for a, b in ((atom.at, high), (low, atom.at), (start, low)):
        compared = [s for s in frame.between(a, b, SYSTEMS) if is_compared(frame, s)]
        if compared:
            return compared[0].entity
    return None


def holder_of(frame: Frame, atom: Atom) -> int | None:
    """Return the system to whose name a number is directly attached: ``GPT-4o (79.8%)``, ``0.4 for LoRA``."""
    before, after = cues("actors", "attached")
    nearest = frame.between(max(0, atom.at - 60), atom.at, SYSTEMS)[-1:]
    if nearest and before.reaches(frame.text, nearest[0].at, atom.at):
        return nearest[0].entity
    following = frame.between(atom.at, atom.at + 80, SYSTEMS)[:1]
    if following and after.front(frame.text, following[0].at) == atom.at:
        return following[0].entity
    return None


def system_of(frame: Frame, atom: Atom, paper: Paper) -> int | None:
    """Return who obtained a number: the paper's own or who acts near it, else the paper's own system."""
    low, _ = frame.clause(atom.at)
    cell, _ = frame.cell(atom)
    for start, end in ((cell, atom.at), (low, cell), (0, low)):
        chosen = choose(frame, frame.between(start, end, SYSTEMS), paper)
        if chosen is not None:
            return chosen
        if names_others(frame.text[start:end]):
            return None
    if paper.system is None:
        return _anyone(frame, low, atom.at)
    return paper.system


def _anyone(frame: Frame, low: int, at: int) -> int | None:
    """Where a paper has no system of its own: who acts even as an object, else the last model named."""
    for start in (low, 0):
        free = [s for s in frame.between(start, at, SYSTEMS) if not is_compared(frame, s)]
        acting = [s for s in free if is_cued("acting", frame, s)]
        models = [s for s in free if s.kind is Kind.MODEL]
        if acting or models:
            return (acting or models)[-1].entity
    return None


def choose(frame: Frame, systems: Sequence[Atom], paper: Paper) -> int | None:
    """Return the paper's own system among some, else the last one that acts."""
    free = [s for s in systems if not is_compared(frame, s)]
    own = [s.entity for s in free if paper.introduces(s.entity)]
    acting = [s.entity for s in free if is_cued("acting", frame, s) and not is_object(frame, s)]
    acting_own = [s for s in own if s in acting]
    if acting_own:
        return acting_own[-1]
    if own:
        return paper.system if paper.system in own else own[-1]
    return acting[-1] if acting else None


@cache
def _others() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rules = read_rules("actors")["others"]
    return re.compile(expand(rules["match"]), re.IGNORECASE), re.compile(expand(rules["unless"]))


@lru_cache(_REMEMBERED)
def names_others(text: str) -> bool:
    """Whether a text is about unnamed systems ("the best LLM") and does not only compare with them."""
    match, unless = _others()
    return any(not unless.search(text[max(0, m.start() - 50) : m.start()]) for m in match.finditer(text))


def improved_by(frame: Frame, atom: Atom, system: int | None) -> int | None:
    """Return the system that a change improves: "improves X by N", "raises X from A to B"."""
    low, _ = frame.clause(atom.at)
    for candidate in reversed(frame.between(low, atom.at, SYSTEMS)):
        if candidate.entity != system and is_cued("improved", frame, candidate):
            return candidate.entity
    return None


def changing_in(frame: Frame, atom: Atom) -> int | None:
    """Return the system that itself changes to a number: "X climbs from A to B", "X는 A에서 B로 올랐다"."""
    low, _ = frame.clause(atom.at)
    changed = re.match(read_rules("actors")["changed_ko"]["after"], frame.text[atom.at + 1 : atom.at + 30])
    for candidate in reversed(frame.between(low, atom.at, SYSTEMS)):
        if is_cued("changing", frame, candidate) or (changed and is_cued("acting", frame, candidate)):
            return candidate.entity
    return None
