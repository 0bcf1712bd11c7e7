"""A text with its named things -> frames: sentences in which every name and number is one character.

A rule reads ``X achieves N Y on B`` whatever the names are: models, methods, benchmarks, metrics and numbers
are replaced by one private character each, and an atom remembers what stood there. The part of a frame that
belongs to one number is its cell; cells meet where the text coordinates ("38.4% on A | and 69.9% on B").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from kg.extraction.numbers import Number, find_numbers
from kg.language import sentences
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.records import Entity

NUMBER = "\ue000"
SIGNS = {kind: chr(0xE001 + i) for i, kind in enumerate(Kind)}
SYSTEMS = (Kind.MODEL, Kind.METHOD)
BENCHMARKS = (Kind.BENCHMARK,)
METRICS = (Kind.METRIC,)
_POINTED = re.compile(r"\b(e\.g|i\.e|vs|et al|cf|approx)\.")  # points that end no sentence
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_REMEMBERED = 1024  # so much is looked at once: every number of a sentence asks the same of it
_LONGEST, _MOST = 1500, 60  # a longer "sentence", or one with more numbers, is no prose

_BREAK = re.compile(
    r";\s|[,(]?\s(?:while|whereas|although|though|despite|but)\s"
    r"|(?:지만|반면|으나|하나|는데),?\s|(?:으며|하며|이며|되며|했고|였고),\s"
)
_JOINT = re.compile(
    r",?\s+(?:and|or|but|with|while|versus|vs|compared (?:to|with)|&)\s+(?:the\s+)?"
    r"|[,/]\s*|;\s*|\s+(?:및|그리고|또한)\s+|[와과]\s+|(?<=[가-힣])[며고]\s+"
)


class Atom(NamedTuple):
    """A name or number: its character stands at ``frame.text[at]``, its spelling at ``plain[start:end]``."""

    at: int
    start: int
    end: int
    kind: Kind | None = None
    entity: int | None = None
    number: Number | None = None


class Frame(msgspec.Struct, frozen=True):
    """One sentence as rules see it, with its atoms in order."""

    text: str
    start: int
    end: int
    atoms: tuple[Atom, ...]
    numbers: tuple[Atom, ...] = ()

    def between(self, low: int, high: int, kinds: Sequence[Kind]) -> list[Atom]:
        """Return the atoms of some kinds that stand in ``text[low:high]``."""
        return [a for a in self.atoms if low <= a.at < high and a.kind in kinds]

    def names(self, low: int, high: int, kinds: Sequence[Kind]) -> tuple[int, ...]:
        """Return the entities of some kinds that ``text[low:high]`` names, each once, in order."""
        found = (a.entity for a in self.between(low, high, kinds))
        return tuple(dict.fromkeys(entity for entity in found if entity is not None))

    def keeping(self, numbers: Sequence[Atom]) -> Frame:
        """Return the frame with only those numbers that say something."""
        return replace(self, numbers=tuple(numbers))

    def clause(self, at: int) -> tuple[int, int]:
        """Return the bounds of the clause around a place: it ends where the text opposes or starts anew."""
        return _find_clause(self.text, at)

    def cell(self, atom: Atom) -> tuple[int, int]:
        """Return the bounds of what belongs to one number rather than to its neighbours or another clause.

        Between two numbers the last coordination parts the cells; where there is none, both reach across.
        """
        low, high = self.clause(atom.at)
        before = [n.at for n in self.numbers if low <= n.at < atom.at]
        after = [n.at for n in self.numbers if atom.at < n.at < high]
        if before:
            low = _joint(self.text, before[-1] + 1, atom.at, before[-1] + 1)
        if after:
            high = _joint(self.text, atom.at + 1, after[0], after[0])
        return low, high


@lru_cache(_REMEMBERED)
def _find_clause(text: str, at: int) -> tuple[int, int]:
    low, high = 0, len(text)
    for start, end in _find_breaks(text):
        if end <= at:
            low = end
        elif start >= at:
            high = start
            break
    return low, high


@lru_cache(_REMEMBERED)
def _find_breaks(text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text opposes or starts anew."""
    return tuple(stop.span() for stop in _BREAK.finditer(text))


@lru_cache(_REMEMBERED)
def _joint(text: str, low: int, high: int, otherwise: int) -> int:
    """Where, between two numbers, what belongs to the second one begins."""
    joints = [stop.end() for stop in _JOINT.finditer(text, low, high)]
    return joints[-1] if joints else otherwise


def frames(
    plain: str, entities: Sequence[Entity], unclaimed: Sequence[tuple[int, int]] = ()
) -> tuple[Frame, ...]:
    """Turn every sentence of a text into a frame, leaving out what claims nothing.

    Args:
        plain: title, line feed, text.
        entities: what the text names; their mentions hold offsets into ``plain``.
        unclaimed: spans from which nothing may be taken.
    """
    names = _names(entities)
    numbers = find_numbers(plain, [(a.start, a.end) for a in names])
    atoms = sorted([*names, *(Atom(0, n.start, n.end, number=n) for n in numbers)], key=lambda a: a.start)
    return tuple(_frames(plain, _PRIVATE.sub(" ", plain), atoms, unclaimed))


def _frames(
    plain: str, cleared: str, atoms: Sequence[Atom], unclaimed: Sequence[tuple[int, int]]
) -> Iterator[Frame]:
    next_atom = 0
    for start, end in sentences(plain):
        while next_atom < len(atoms) and atoms[next_atom].start < start:
            next_atom += 1
        first = next_atom
        while next_atom < len(atoms) and atoms[next_atom].end <= end:
            next_atom += 1
        inside = atoms[first:next_atom]
        prose = end - start <= _LONGEST and sum(a.number is not None for a in inside) <= _MOST
        if prose and not any(a < end and start < b for a, b in unclaimed):
            yield _mask(cleared, start, end, inside)


def _names(entities: Sequence[Entity]) -> list[Atom]:
    """Every mention once; of two that overlap, the longer one."""
    found = [
        Atom(0, mention.start, mention.end, entity.kind, index)
        for index, entity in enumerate(entities)
        for mention in entity.mentions
    ]
    found.sort(key=lambda a: (a.start, -a.end))
    kept: list[Atom] = []
    for atom in found:
        if not kept or atom.start >= kept[-1].end:
            kept.append(atom)
    return kept


def _mask(cleared: str, start: int, end: int, atoms: Sequence[Atom]) -> Frame:
    """The frame of a sentence of a text that holds no character of our own."""
    pieces, at, length, placed = [], start, 0, []
    for atom in atoms:
        gap = _unpoint(cleared[at : atom.start])
        length += len(gap)
        pieces += [gap, NUMBER if atom.kind is None else SIGNS[atom.kind]]
        placed.append(Atom(length, atom.start, atom.end, atom.kind, atom.entity, atom.number))
        length += 1
        at = atom.end
    pieces.append(_unpoint(cleared[at:end]))
    return Frame("".join(pieces), start, end, tuple(placed), tuple(a for a in placed if a.number is not None))


def _unpoint(text: str) -> str:
    """Text between atoms, without points inside a sentence."""
    return _POINTED.sub(lambda m: m[1].replace(".", ""), text) if "." in text else text
