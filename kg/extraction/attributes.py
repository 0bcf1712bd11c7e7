"""An entry's sentences -> what they say of things themselves: whose a model is, what a benchmark is for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.extraction.cues import cues, pattern
from kg.names import known_names
from kg.records import Attribute, Kind, Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue
    from kg.records import Entity

_OPENNESS = {"open": True, "closed": False}
"""Table of the rule file -> whether the weights of a model of which it finds a cue are open."""

_LINKS = {
    Kind.MODEL: (
        (Property.TRAINED_ON, "trained", Kind.DATASET),
        (Property.DEVELOPED_BY, "developer", Kind.ORGANIZATION),
    ),
    Kind.BENCHMARK: ((Property.FOR_TASK, "task", Kind.TASK),),
}
"""Kind of a thing -> what links it to things of which kind, by the cues of which table."""

_OWNER, _SEAM = re.compile(r"[\x27’]s?$"), re.compile(r"[ -]")

_CONFIDENCE = 0.95
"""Set below the share of statements that were right when read (see MODEL_CARD.md), which were few."""

_LONGEST = 3
"""So many words of a model's name may be that of its maker."""

_PREFIXES = frozenset({"meta"})
"""Names of organisations that begin other names as well: "Meta-Learner"."""

_REMEMBERED = 8192  # so many names are looked at once


def find_attributes(frames: Sequence[Frame], entities: Sequence[Entity]) -> tuple[Attribute, ...]:
    """Find what sentences say of the models and benchmarks that they name, each thing once, in order.

    Args:
        frames: the sentences, without those that claim nothing.
        entities: what they name.
    """
    found: dict[tuple[int, Property, int | None, bool], Attribute] = {}
    for frame in frames:
        for atom in frame.between(0, len(frame.text), (Kind.MODEL, Kind.BENCHMARK)):
            if atom.entity is not None:
                for said in _read(frame, atom, atom.entity, entities):
                    found.setdefault((said.of, said.property, said.to, said.holds), said)
    return tuple(found.values())


def _read(frame: Frame, atom: Atom, of: int, entities: Sequence[Entity]) -> Iterator[Attribute]:
    kind = entities[of].kind
    if kind is Kind.MODEL:
        yield from _read_openness(frame, atom, of)
        whole = atom.end - atom.start == len(entities[of].name)
        if whole and (maker := _find_maker(entities[of].name)):
            yield _say(atom, atom, of, Property.DEVELOPED_BY, by="developer.name", name=maker)
    for said, table, other in _LINKS[kind]:
        linked = {
            each.at: each for each in frame.between(0, len(frame.text), (other,)) if each.entity is not None
        }
        for cue in cues("attributes", table) if linked else ():
            for to in _follow(frame, atom, cue, linked):
                yield _say(atom, to, of, said, by=cue.id, to=to.entity)


def _say(atom: Atom, other: Atom, of: int, said: Property, **more: Any) -> Attribute:
    """Make the statement of which two names, or one, are the evidence."""
    start, end = min(atom.start, other.start), max(atom.end, other.end)
    return Attribute(of=of, property=said, start=start, end=end, confidence=_CONFIDENCE, **more)


def _read_openness(frame: Frame, atom: Atom, of: int) -> Iterator[Attribute]:
    for table, holds in _OPENNESS.items():
        fitting = (cue for cue in cues("attributes", table) if cue.surrounds(frame.text, atom.at))
        if cue := next(fitting, None):
            yield _say(atom, atom, of, Property.OPEN_WEIGHTS, by=cue.id, holds=holds)


def _follow(frame: Frame, atom: Atom, cue: Cue, linked: Mapping[int, Atom]) -> Iterator[Atom]:
    """Yield the things that a wording around a place leads to: the first one, and those listed after it."""
    last = cue.points(frame.text, atom.at)
    if last is None or last not in linked:
        return
    yield linked[last]
    for at in sorted(at for at in linked if last < at and atom.at < last):
        if not pattern("listed").match(frame.text[last + 1 : at]):
            return
        yield linked[at]
        last = at


@lru_cache(_REMEMBERED)
def _find_maker(name: str) -> str | None:
    """Return the known organisation with whose name that of a model begins: "OpenAI o1", "OpenAI-o3"."""
    words = _SEAM.split(name, maxsplit=_LONGEST)
    for count in range(len(words) - 1, 0, -1):
        spelling = _OWNER.sub("", " ".join(words[:count]))
        known = known_names().lookup(spelling, Kind.ORGANIZATION)
        if len(known) == 1 and spelling[:1].isupper() and spelling.lower() not in _PREFIXES:
            return known[0].name
    return None
