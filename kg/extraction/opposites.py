"""A figure that is a result -> the number of the same sentence that it is compared with, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.choices import choose
from kg.extraction.figures import gap_between, up_to, word_after, word_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extraction.figures import Figure, Sheet


def find_opposite(sheet: Sheet, figure: Figure, weights: Mapping[str, float]) -> Figure | None:
    """Choose the number that is the baseline's: the old value of a change, the score of what was beaten."""
    options = opposites_of(sheet, figure)
    at, figure.sure["opposite"] = choose([describe_opposite(sheet, figure, o) for o in options], weights)
    return options[at]


def opposites_of(sheet: Sheet, figure: Figure) -> list[Figure | None]:
    """Return what a figure may be compared with: none, or another number of its sentence and unit."""
    row = sheet.figures[figure.sentence]
    others = [f for f in row if f is not figure]
    unit = figure.number.unit
    return [None, *(f for f in others if f.number.unit == unit or f.role in ("from", "other"))]


def describe_opposite(sheet: Sheet, figure: Figure, other: Figure | None) -> list[str]:
    """Return the cues of an option."""
    proposed = figure.proposal.baseline_value if figure.proposal else None
    if other is None:
        row = sheet.figures[figure.sentence]
        roles = sorted({f.role for f in row if f.role in ("from", "other")})
        cues = [f"none:{figure.role}", f"none:before:{up_to(figure.at)}", f"none:roles:{','.join(roles)}"]
        cues += [f"none:{cue.id}" for cue in figure.fits[:1]]
        return ["none", *cues, *(["proposed"] if figure.proposal and proposed is None else [])]
    cues = [*_relate(sheet, figure, other)]
    return [*cues, "proposed"] if proposed == other.number.value else cues


def _relate(sheet: Sheet, figure: Figure, other: Figure) -> Iterator[str]:
    """How the other number stands to a figure."""
    side = "left" if other.at < figure.at else "right"
    off, gap, roles = (
        up_to(abs(other.at - figure.at)),
        gap_between(figure, other),
        f"{figure.role}:{other.role}",
    )
    text = figure.frame.text
    yield f"{side}:{off}"
    yield f"{side}:{off}:{gap}"
    yield f"{side}:{gap}"
    yield f"role:{other.role}"
    yield f"{side}:{roles}"
    yield f"{side}:{off}:{roles}"
    yield from (f"is:{cue.id}" for cue in other.fits[:1])
    yield f"unit:{'same' if other.number.unit == figure.number.unit else 'other'}"
    yield f"{side}:before:{word_before(text, other.atom.at)}"
    yield f"{side}:after:{word_after(text, other.atom.at)}"
    own, theirs = sheet.run_of(figure), sheet.run_of(other)
    if len(own) == len(theirs) > 1 and own[0] is not theirs[0]:
        yield "aligned" if own.index(figure) == theirs.index(other) else "misaligned"
