"""A number in a frame -> what it is about: the benchmark, metric, system and baseline named around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.clauses import BENCHMARKS, METRICS, SYSTEMS
from kg.extraction.cues import expand
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame
    from kg.records import Entity

_METRIC_AFTER = re.compile(expand(r"^[^<N>,.;]{0,40}?<M>(?: ?\(<M>\))?"))
_METRIC_BEFORE = re.compile(expand(r"<M>[^<N>.;]{0,40}$"))
_BENCHMARK_BEFORE = re.compile(
    expand(r"<B>(?: (?:test|val|validation|benchmark|dataset|set|score))?\s?[(:=]\s?<h>$")
)
_COMPARED = re.compile(
    expand(
        r"(?:\b(?:than|over|against|versus|vs\.?|compared (?:to|with)|relative to|outperform\w*|surpass\w*|exceed\w*|beat\w*"
        r"|from|matching|above|below|behind))\s(?:[\w'’-]+\s){0,5}?(?:[(]?<S>(?:'s|’s|-based)?\)?(?:, and |, | and | or |/))*$"
    )
)
_OBJECT = re.compile(
    expand(
        r"\b(?:than|over|to|with|by|using|of|on|from|like|including|as|against|vs\.?|versus|via|for|into|in|and its|through"
        r"|outperform\w*|surpass\w*|exceed\w*|beat\w*|compared|under|when|such as|matching|improv\w+|boost\w*|enhanc\w+"
        r"|fine-?tun\w+|train\w*|appl\w+|adopt\w*|evaluat\w+|integrat\w+|e\.g\.,?)\s(?:[\w'’-]+\s){0,3}?"
        r"(?:<S>(?:'s|’s|-based)?(?:, and |, | and | or |/))*[(]?$"
    )
)
_COMPARED_KO = re.compile(
    expand(
        r"^(?:\s(?:모델|방법|기법|대비|기준))?\s?(?:보다|에\s비해|대비|와\s비교|과\s비교|을\s능가|를\s능가)"
    )
)
_OBJECT_KO = re.compile(r"^(?:\s?모델)?(?:에서|에|을|를|으로|로|와|과|보다|의\s데이터)")


@dataclass(frozen=True, slots=True)
class Paper:
    """What an entry says about itself: its entities, its own system and its own benchmark, as indices."""

    entities: tuple[Entity, ...]
    system: int | None
    benchmark: int | None


def read_paper(plain: str, entities: Sequence[Entity]) -> Paper:
    """Tell which system and which benchmark an entry presents as the paper's own."""
    title = plain.find("\n")

    def weight(index: int) -> tuple[bool, int, int]:
        mentions = entities[index].mentions
        first = min((m.start for m in mentions), default=len(plain))
        return first < title, len(mentions), -first

    own = [i for i, e in enumerate(entities) if e.introduced]
    systems = [i for i in own if entities[i].kind in SYSTEMS and entities[i].mentions]
    benchmarks = [i for i in own if entities[i].kind is Kind.BENCHMARK]
    return Paper(
        tuple(entities),
        max(systems, key=weight, default=None),
        max(benchmarks, key=weight, default=None),
    )


def benchmarks_of(frame: Frame, atom: Atom) -> tuple[int, ...]:
    """Return the benchmarks that a number is about as the text around it says; several where it lists them."""
    low, high = frame.cell(atom)
    if _BENCHMARK_BEFORE.search(frame.text[low : atom.at]):
        return (_unique(frame, low, atom.at, BENCHMARKS)[-1],)
    return _unique(frame, atom.at, high, BENCHMARKS) or _unique(frame, low, atom.at, BENCHMARKS)


def metric_of(frame: Frame, atom: Atom) -> int | None:
    """Return the metric that a number measures as the text around it says."""
    low, high = frame.cell(atom)
    after = _METRIC_AFTER.search(frame.text[atom.at + 1 : high])
    if after:
        return _last(frame, atom.at, atom.at + 1 + after.end(), METRICS)
    if _METRIC_BEFORE.search(frame.text[low : atom.at]):
        return _last(frame, low, atom.at, METRICS)
    found = _unique(frame, low, high, METRICS)
    return found[0] if len(found) == 1 else None


def _unique(frame: Frame, low: int, high: int, kinds: Sequence[Kind]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(a.entity for a in frame.between(low, high, kinds) if a.entity is not None))


def _last(frame: Frame, low: int, high: int, kinds: Sequence[Kind]) -> int | None:
    found = _unique(frame, low, high, kinds)
    return found[-1] if found else None


def baseline_of(frame: Frame, atom: Atom) -> int | None:
    """Return the named system that a number is compared with: in its cell, else earlier in its clause."""
    low, high = frame.cell(atom)
    start, _ = frame.clause(atom.at)
    for a, b in ((atom.at, high), (low, atom.at), (start, low)):
        compared = [s for s in frame.between(a, b, SYSTEMS) if is_compared(frame, s)]
        if compared:
            return compared[0].entity
    return None


def is_compared(frame: Frame, system: Atom) -> bool:
    """Say whether a system is what something else is compared with."""
    before = frame.text[max(0, system.at - 90) : system.at]
    after = frame.text[system.at + 1 : system.at + 16]
    return bool(_COMPARED.search(before) or _COMPARED_KO.match(after))


def subject_of(frame: Frame, atom: Atom) -> int | None:
    """Return the system that a number belongs to as the sentence says: named before it and no object."""
    low, _ = frame.clause(atom.at)
    for a, b in ((low, atom.at), (0, low)):
        subjects = [s for s in frame.between(a, b, SYSTEMS) if not is_object(frame, s)]
        if subjects:
            return subjects[0].entity
    return None


def is_object(frame: Frame, system: Atom) -> bool:
    """Say whether a system is an object of its sentence rather than who did something."""
    before = frame.text[max(0, system.at - 70) : system.at]
    after = frame.text[system.at + 1 : system.at + 16]
    return bool(_OBJECT.search(before) or _OBJECT_KO.match(after) or _COMPARED_KO.match(after))
