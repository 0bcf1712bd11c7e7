"""An entry's text and entities -> its figures: every number with what rules say and propose of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from kg.extraction.actors import baseline_of, holder_of, is_compared, is_object, read_paper
from kg.extraction.clauses import NUMBER, SIGNS, frames
from kg.extraction.cues import cues_of, is_cued, pattern
from kg.extraction.links import benchmarks_of, metric_of
from kg.extraction.proposals import propose
from kg.extraction.quantities import measure_of, quantity_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue
    from kg.extraction.numbers import Number
    from kg.extraction.sharing import Proposal
    from kg.records import Entity, Kind

Option = int | str | None
"""What may fill a slot: the index of an entity, a phrase that is no known name, or nothing."""

_REMEMBERED = 1024  # so much is looked at once: every option of a slot asks the same of its sentence
_BEFORE = re.compile(r"([\w'’.-]+|[^\w\s])\s*\Z")
_AFTER = re.compile(r"\s*([\w'’-]+|[^\w\s])")
_MASKS = {NUMBER: "<number>", **{sign: f"<{kind}>" for kind, sign in SIGNS.items()}}


class Ties(msgspec.Struct, frozen=True):
    """What single rules say of one number in its frame, regardless of all others."""

    benchmarks: tuple[int, ...]
    metric: int | None
    measure: str | None
    quantity: tuple[str, int] | None
    holder: int | None
    baseline: int | None


class Figure(msgspec.Struct):
    """One number of a sentence; filled here, decided later, never handed out of the stage.

    ``role`` is what the first fitting rule makes of it, ``kind`` what is decided (``score``, ``gain`` or
    ``nothing``), ``slots`` what has been chosen for it and ``sure`` how probable each choice was.
    """

    frame: Frame
    atom: Atom
    sentence: int
    at: int
    fits: tuple[Cue, ...]
    ties: Ties
    proposal: Proposal | None
    kind: str = ""
    slots: dict[str, Option] = msgspec.field(default_factory=dict)
    sure: dict[str, float] = msgspec.field(default_factory=dict)
    phrases: dict[str, list[str]] = msgspec.field(default_factory=dict)

    @property
    def number(self) -> Number:
        """The number itself."""
        assert self.atom.number is not None
        return self.atom.number

    @property
    def role(self) -> str:
        """What the first rule that fits makes of it, or nothing."""
        return self.fits[0].role if self.fits else ""

    @property
    def counts(self) -> bool:
        """Whether it is decided to be a result, or at least what a result is compared with."""
        return self.kind in ("score", "gain") or self.role in ("from", "other")


class Sheet(msgspec.Struct):
    """One entry as the choices see it: its frames, the figures of each, the sentences that name an entity."""

    plain: str
    entities: tuple[Entity, ...]
    paper: Paper
    frames: tuple[Frame, ...]
    figures: list[list[Figure]]
    sentences: dict[int, list[int]]
    unclaimed: Sequence[tuple[int, int]]
    traits: dict[tuple[int, int], frozenset[str]] = msgspec.field(default_factory=dict)
    places: dict[tuple[int, int, Kind], list[str]] = msgspec.field(default_factory=dict)
    bounds: dict[int, tuple[tuple[int, int], tuple[int, int]]] = msgspec.field(default_factory=dict)
    peers: dict[tuple[Kind, ...], list[int]] = msgspec.field(default_factory=dict)
    runs: dict[int, list[Figure]] = msgspec.field(default_factory=dict)

    def knowing(self, entities: tuple[Entity, ...]) -> Sheet:
        """Return the sheet of the same text with what results have told of its entities."""
        if all(new.kind is old.kind for new, old in zip(entities, self.entities, strict=False)):
            return self
        return read_sheet(self.plain, entities, self.unclaimed)

    def named(self, *kinds: Kind) -> list[int]:
        """Return the entities of some kinds that the text mentions."""
        if kinds not in self.peers:
            self.peers[kinds] = [i for i, e in enumerate(self.entities) if e.kind in kinds and e.mentions]
        return self.peers[kinds]

    def traits_of(self, frame: Frame, atom: Atom) -> frozenset[str]:
        """Return what rules say of a system where it stands: compared, object, acting, improved, changing."""
        key = (frame.start, atom.at)
        if key not in self.traits:
            tables = {name for name in ("acting", "improved", "changing") if is_cued(name, frame, atom)}
            if is_compared(frame, atom):
                tables.add("compared")
            if is_object(frame, atom):
                tables.add("object")
            self.traits[key] = frozenset(tables)
        return self.traits[key]

    def bounds_of(self, figure: Figure) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the bounds of a figure's cell and of its clause, once idle numbers are dropped."""
        if figure.atom.start not in self.bounds:
            frame, atom = figure.frame, figure.atom
            self.bounds[atom.start] = frame.cell(atom), frame.clause(atom.at)
        return self.bounds[figure.atom.start]

    def run_of(self, figure: Figure) -> list[Figure]:
        """Return the bare list of numbers in which a figure stands, once idle numbers are dropped."""
        if figure.atom.start not in self.runs:
            self.runs[figure.atom.start] = self._find_run(figure)
        return self.runs[figure.atom.start]

    def _find_run(self, figure: Figure) -> list[Figure]:
        row = self.figures[figure.sentence]
        first = last = row.index(figure)
        while first > 0 and gap_between(row[first - 1], row[first]) == "listed":
            first -= 1
        while last + 1 < len(row) and gap_between(row[last], row[last + 1]) == "listed":
            last += 1
        return row[first : last + 1]


def read_sheet(plain: str, entities: tuple[Entity, ...], unclaimed: Sequence[tuple[int, int]]) -> Sheet:
    """Turn an entry into a sheet on which nothing is decided yet."""
    paper = read_paper(plain, entities)
    found = frames(plain, entities, unclaimed)
    rows = [_figures(frame, sentence, paper) for sentence, frame in enumerate(found)]
    sentences: dict[int, list[int]] = {}
    for sentence, frame in enumerate(found):
        for entity in {a.entity for a in frame.atoms if a.entity is not None}:
            sentences.setdefault(entity, []).append(sentence)
    return Sheet(plain, entities, paper, found, rows, sentences, unclaimed)


def _figures(frame: Frame, sentence: int, paper: Paper) -> list[Figure]:
    if not frame.numbers:
        return []
    fits = {atom.start: cues_of(frame, atom) for atom in frame.numbers}
    proposals = {r.atom.start: r for r in propose(frame, paper, fits)}
    return [
        Figure(
            frame=frame,
            atom=atom,
            sentence=sentence,
            at=at,
            fits=fits[atom.start],
            ties=_tie(frame, atom),
            proposal=proposals.get(atom.start),
        )
        for at, atom in enumerate(frame.numbers)
    ]


def _tie(frame: Frame, atom: Atom) -> Ties:
    metric = metric_of(frame, atom)
    return Ties(
        benchmarks=benchmarks_of(frame, atom),
        metric=metric[0] if metric else None,
        measure=measure_of(frame, atom),
        quantity=quantity_of(frame, atom),
        holder=holder_of(frame, atom),
        baseline=baseline_of(frame, atom),
    )


def drop_idle(sheet: Sheet) -> None:
    """Take the numbers that report nothing out of the frames, whose cells the others then share."""
    for row in sheet.figures:
        kept = [figure for figure in row if figure.counts]
        if len(kept) < len(row):
            for at, figure in enumerate(kept):
                figure.frame = figure.frame.keeping([f.atom for f in kept])
                figure.ties, figure.at = _tie(figure.frame, figure.atom), at
            row[:] = kept


def gap_between(one: Figure, other: Figure) -> str:
    """Name what stands between two numbers of a sentence: a list, a contrast, a coordination, or neither."""
    low, high = sorted((one.atom.at, other.atom.at))
    return _name_gap(one.frame.text[low + 1 : high])


@lru_cache(_REMEMBERED)
def _name_gap(gap: str) -> str:
    for name in ("listed", "listed_metric"):
        if pattern(name).match(gap):
            return name
    for name in ("contrasted", "coordinated"):
        if pattern(name).search(gap):
            return name
    return "far" if len(gap) > 60 else "plain"


@lru_cache(_REMEMBERED)
def word_before(text: str, at: int) -> str:
    """Return the word or sign before a place of a frame; of a name, its kind."""
    found = _BEFORE.search(text, max(0, at - 24), at)
    return _MASKS.get(found[1], found[1].lower()) if found else ""


@lru_cache(_REMEMBERED)
def word_after(text: str, at: int) -> str:
    """Return the word or sign after a place of a frame; of a name, its kind."""
    found = _AFTER.match(text, at + 1, at + 25)
    return _MASKS.get(found[1], found[1].lower()) if found else ""


def up_to(count: int, most: int = 3) -> str:
    """Write a small number, or that it is not small."""
    return str(count) if count < most else f"{most}+"
