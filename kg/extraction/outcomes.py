"""The figures of an entry -> what each reports: a score, a gain, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.actors import changing_in, improved_by
from kg.extraction.choices import choose
from kg.extraction.clauses import BENCHMARKS, METRICS, SYSTEMS
from kg.extraction.figures import gap_between, word_after, word_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extraction.figures import Figure, Sheet

OUTCOMES = ("nothing", "score", "gain")
_SIZES = (1, 10, 100)
_NAMED = {"benchmark": BENCHMARKS, "metric": METRICS, "system": SYSTEMS}


def decide_kinds(sheet: Sheet, weights: Mapping[str, float]) -> None:
    """Decide of every figure of a sheet what it is."""
    for row in sheet.figures:
        for figure in row:
            at, probability = choose(outcomes(sheet, figure), weights)
            figure.kind, figure.sure["kind"] = OUTCOMES[at], probability


def outcomes(sheet: Sheet, figure: Figure) -> list[list[str]]:
    """Return the cues of each of ``OUTCOMES`` for a figure; to report nothing has none of its own."""
    cues = [*_own_cues(figure), *_nearby(figure), *_beside(sheet, figure)]
    return [[], *([f"{outcome} {cue}" for cue in cues] for outcome in OUTCOMES[1:])]


def _own_cues(figure: Figure) -> Iterator[str]:
    """What the number is, and which rules find it."""
    number, role = figure.number, figure.role
    yield "always"
    yield from (f"fits:{cue.id}" for cue in figure.fits)
    yield f"role:{role}"
    yield f"proposed:{_proposed(figure)}"
    yield f"unit:{number.unit}"
    yield f"size:{sum(number.value >= size for size in _SIZES)}"
    if number.bare:
        yield "bare"
        yield f"bare:{role}"
    if number.signed:
        yield "signed"
    if number.high is not None:
        yield "range"
    if figure.frame.start == 0:
        yield "title"


def _proposed(figure: Figure) -> str:
    if figure.proposal is None:
        return "nothing"
    return "gain" if figure.proposal.role == "gain" else "score"


def _nearby(figure: Figure) -> Iterator[str]:
    """What stands around the number."""
    frame, atom, role = figure.frame, figure.atom, figure.role
    yield f"before:{word_before(frame.text, atom.at)}"
    yield f"after:{word_after(frame.text, atom.at)}"
    cell = frame.cell(atom)
    for name, kinds in _NAMED.items():
        if frame.between(0, len(frame.text), kinds):
            yield f"sentence-has:{name}"
        if frame.between(*cell, kinds):
            yield f"cell-has:{name}"
    yield from (name for name in ("measure", "quantity") if getattr(figure.ties, name))
    if figure.ties.holder is not None:
        yield "held"
        yield f"held:{role}"
    elif role in ("other", "from"):
        yield f"not-held:{role}"
        if changing_in(frame, atom) is not None or improved_by(frame, atom, None) is not None:
            yield f"improves-one:{role}"


def _beside(sheet: Sheet, figure: Figure) -> Iterator[str]:
    """What its neighbours are, and what stands between."""
    row = sheet.figures[figure.sentence]
    for step, side in ((-1, "left"), (1, "right")):
        if not 0 <= figure.at + step < len(row):
            yield f"{side}:none"
            continue
        other = row[figure.at + step]
        gap = gap_between(figure, other)
        alike = "alike" if other.number.unit == figure.number.unit else "unlike"
        yield f"{side}:{other.role}:{gap}:{alike}"
        if gap == "listed" and other.fits:
            yield f"{side}:{other.fits[0].id}"
