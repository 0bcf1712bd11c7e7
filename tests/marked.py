"""A sentence with marks -> its text, its entities, and the place it is about.

``[GPT-4o|model]`` is a name, ``[Ours|method!]`` one that the paper introduces, ``{79.8%}`` the number meant,
and ``{GPT-4o|model}`` the name meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.clauses import Atom, Frame, frames
from kg.records import Entity, Kind, Mention

_MARK = re.compile(r"\[([^\[\]|]+)\|([a-z]+)(!?)\]|\{([^{}|]+)(?:\|([a-z]+)(!?))?\}")


@dataclass(frozen=True)
class Marked:
    """What a marked sentence says: ``start`` is where the thing meant begins."""

    plain: str
    entities: tuple[Entity, ...]
    start: int | None

    def index(self, name: str | None) -> int | None:
        """The place of an entity among the entities."""
        return None if name is None else [e.name for e in self.entities].index(name)

    def meant(self) -> tuple[Frame, Atom] | None:
        """The frame and atom of the thing meant, unless it is nothing that a frame knows."""
        for frame in frames(self.plain, self.entities):
            for atom in frame.atoms:
                if atom.start == self.start:
                    return frame, atom
        return None


def read_marked(*sentences: str, title: str = "A title without names") -> Marked:
    """Read marked sentences as title and text of an entry."""
    plain, start = "", None
    spans: dict[tuple[str, str, bool], list[tuple[int, int]]] = {}
    source, at = f"{title}\n{' '.join(sentences)}", 0
    for mark in _MARK.finditer(source):
        plain += source[at : mark.start()]
        at = mark.end()
        spelling = mark[1] or mark[4]
        kind, own = mark[2] or mark[5], bool(mark[3] or mark[6])
        if mark[4]:
            start = len(plain)
        if kind:
            spans.setdefault((spelling, kind, own), []).append((len(plain), len(plain) + len(spelling)))
        plain += spelling
    plain += source[at:]
    return Marked(plain, tuple(_entity(*key, places) for key, places in spans.items()), start)


def _entity(name: str, kind: str, own: bool, places: list[tuple[int, int]]) -> Entity:
    mentions = tuple(Mention(start=a, end=b, confidence=1.0, by="test") for a, b in places)
    return Entity(kind=Kind(kind), name=name, mentions=mentions, introduced=own)
