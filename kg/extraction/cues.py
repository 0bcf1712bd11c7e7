"""The rule files -> cues: what stands around a number, and what it makes of the number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg.extraction.clauses import METRICS, NUMBER, SIGNS, SYSTEMS
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame

FILES = ("counts", "baselines", "gains", "scores")
_REACH = 110  # characters of a frame that a cue may look at on either side
_HEDGES = (
    r"(?:(?:up to|over|more than|less than|about|approximately|around|roughly|nearly|almost|at least|at most|only|just|"
    r"an average of|as much as|as high as|a remarkable|an impressive|an average|a|an|on average|average|near|merely|"
    r"평균적으로|평균|최대|최고|최소|약|무려|단|단지|각각|대략|거의|불과|추가로)\s){0,4}"
)
_CLASS = re.compile(r"\[\^[^\]]*\]")
_PLACEHOLDERS = {
    "<N>": NUMBER,
    "<S>": f"[{''.join(SIGNS[k] for k in SYSTEMS)}]",
    "<B>": SIGNS[Kind.BENCHMARK],
    "<M>": "".join(SIGNS[k] for k in METRICS),
    "<h>": _HEDGES,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule: the surroundings it asks for, and the role of a number that has them.

    ``bare`` says that it is enough for a whole number without unit; ``unit`` and ``signed`` are asked of the
    number itself; ``finds`` and ``ignores`` are its examples.
    """

    id: str
    role: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    bare: bool
    unit: str | None
    signed: bool
    finds: tuple[str, ...]
    ignores: tuple[str, ...]

    def fits(self, frame: Frame, atom: Atom) -> bool:
        """Say whether a number of a frame has what the cue asks for."""
        number = atom.number
        if number is None or (number.bare and not self.bare) or (self.signed and not number.signed):
            return False
        if self.unit is not None and number.unit != self.unit:
            return False
        text = frame.text
        if self.before and not self.before.search(text[max(0, atom.at - _REACH) : atom.at]):
            return False
        return self.after is None or self.after.search(text[atom.at + 1 : atom.at + 1 + _REACH]) is not None


def read_rules(name: str) -> dict[str, Any]:
    """Read one of the rule files that come with the package."""
    return tomllib.loads(resources.files("kg").joinpath(f"data/rules/{name}.toml").read_text("utf-8"))


def expand(pattern: str) -> str:
    """Put what ``<N>``, ``<S>``, ``<B>``, ``<M>`` and ``<h>`` stand for into a pattern, also inside classes."""
    for placeholder, meaning in _PLACEHOLDERS.items():
        inside = meaning.strip("[]")
        pattern = _CLASS.sub(lambda m, p=placeholder, i=inside: m[0].replace(p, i), pattern)  # type: ignore[misc]
        pattern = pattern.replace(placeholder, meaning)
    return pattern


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues in the order in which they are asked."""
    return tuple(_cue(entry) for name in FILES for entry in read_rules(name)["cue"])


def _cue(entry: dict[str, Any]) -> Cue:
    before, after = (
        re.compile(expand(entry[side])) if entry.get(side) else None for side in ("before", "after")
    )
    return Cue(
        id=entry["id"],
        role=entry["role"],
        before=before,
        after=after,
        bare=entry.get("bare", False),
        unit=entry.get("unit"),
        signed=entry.get("signed", False),
        finds=tuple(entry["finds"]),
        ignores=tuple(entry["ignores"]),
    )


def cue_of(frame: Frame, atom: Atom, among: Sequence[Cue] | None = None) -> Cue | None:
    """Return the first cue that fits a number, or None: then nothing says that it is a result."""
    return next((cue for cue in (cues() if among is None else among) if cue.fits(frame, atom)), None)
