"""An entry's sentences -> what they say of things themselves: whose a model is, what a benchmark is for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

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

_OWNER = re.compile(r"[\x27’]s?$")
_REMEMBERED = 8192  # so many names are looked at once


def find_attributes(frames: Sequence[Frame], entities: Sequence[Entity]) -> tuple[Attribute, ...]:
    """Find what sentences say of the models and benchmarks that they name, each thing once, in order.

    Args:
        frames: the sentences, without those that claim nothing.
        entities: what they name.
    """
    found: dict[Attribute, None] = {}
    for frame in frames:
        for atom in frame.between(0, len(frame.text), (Kind.MODEL, Kind.BENCHMARK)):
            if atom.entity is not None:
                found.update(dict.fromkeys(_read(frame, atom, atom.entity, entities)))
    return tuple(found)


def _read(frame: Frame, atom: Atom, of: int, entities: Sequence[Entity]) -> Iterator[Attribute]:
    kind = entities[of].kind
    if kind is Kind.MODEL:
        for table, holds in _OPENNESS.items():
            if any(cue.surrounds(frame.text, atom.at) for cue in cues("attributes", table)):
                yield Attribute(of=of, property=Property.OPEN_WEIGHTS, holds=holds)
        if maker := _find_maker(entities[of].name):
            yield Attribute(of=of, property=Property.DEVELOPED_BY, name=maker)
    for said, table, other in _LINKS[kind]:
        linked = frame.between(0, len(frame.text), (other,))
        places = {each.at: each.entity for each in linked if each.entity is not None}
        for cue in cues("attributes", table) if places else ():
            for to in _follow(frame, atom, cue, places):
                yield Attribute(of=of, property=said, to=to)


def _follow(frame: Frame, atom: Atom, cue: Cue, places: Mapping[int, int]) -> Iterator[int]:
    """Yield the things that a wording around a place leads to: the first one, and those listed after it."""
    last = cue.points(frame.text, atom.at)
    if last is None or last not in places:
        return
    yield places[last]
    for at in sorted(at for at in places if last < at and atom.at < last):
        if not pattern("listed").match(frame.text[last + 1 : at]):
            return
        yield places[at]
        last = at


@lru_cache(_REMEMBERED)
def _find_maker(name: str) -> str | None:
    """Return the known organisation with whose name that of a model begins: "OpenAI o1"."""
    first, _, rest = name.partition(" ")
    known = known_names().lookup(_OWNER.sub("", first), Kind.ORGANIZATION)
    return known[0].name if rest and len(known) == 1 and first[:1].isupper() else None
