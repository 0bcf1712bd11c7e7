"""The rule files -> cues: what stands around a number or name, and what that makes of it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from kg.extraction.clauses import NUMBER, SIGNS, SYSTEMS
from kg.patterns import read_rules
from kg.records import Kind

if TYPE_CHECKING:
    from kg.extraction.clauses import Atom, Frame

_REACH = 110  # characters of a frame that a cue may look at on either side
_REMEMBERED = 1024  # so many places are looked at once: each number of a sentence asks of the same ones
_CLASS = re.compile(r"\[\^[^\]]*\]")
_SYSTEM = f"[{''.join(SIGNS[k] for k in SYSTEMS)}]"
_HEDGES = (
    r"(?:(?:up to|over|more than|less than|about|approximately|around|roughly|nearly|almost|at least|at most"
    r"|only|just|an average of|as much as|as high as|a remarkable|an impressive|an average|a|an|on average"
    r"|average|near|merely|평균적으로|평균|최대|최고|최소|약|무려|단|단지|각각|대략|거의|불과|추가로)\s){0,4}"
)
_PLACEHOLDERS = {
    "<list>": r"(?:<S>(?:[\x27’]s|-based)?(?: \([^()]{0,40}\))?"
    r"(?:, and |, | and | or |/| or the |와 |과 )){0,8}",
    "<N>": NUMBER,
    "<S>": _SYSTEM,
    "<B>": SIGNS[Kind.BENCHMARK],
    "<M>": SIGNS[Kind.METRIC],
    "<T>": SIGNS[Kind.TASK],
    "<D>": SIGNS[Kind.DATASET],
    "<O>": SIGNS[Kind.ORGANIZATION],
    "<h>": _HEDGES,
}


class Cue(msgspec.Struct, frozen=True):
    """One rule: what must stand before and after a place, and its examples.

    Of a number, ``role`` says what the cue makes of it; ``bare`` that the cue is enough for a whole number
    without unit; ``unit`` and ``signed`` are asked of the number itself. Of a comparison, ``passive`` says
    that the system in front of the wording is the beaten one.
    """

    id: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    role: str = ""
    bare: bool = False
    unit: str | None = None
    signed: bool = False
    passive: bool = False

    def surrounds(self, text: str, at: int) -> bool:
        """Say whether a place in a frame's text has the surroundings that the cue asks for."""
        if self.after and self.after.search(text[at + 1 : at + 1 + _REACH]) is None:
            return False
        return self.before is None or self.front(text, at) is not None

    def front(self, text: str, at: int) -> int | None:
        """Return where the wording before a place begins, or None if it is not there."""
        low = max(0, at - _REACH)
        found = self.before.search(text[low:at]) if self.before else None
        return None if found is None else low + found.start()

    def points(self, text: str, at: int) -> int | None:
        """Return where the name stands, ``to``, that the wording on one side of a place leads to."""
        low, side = (max(0, at - _REACH), self.before) if self.before else (at + 1, self.after)
        found = side.search(text[low : at if self.before else low + _REACH]) if side else None
        return low + found.start("to") if found else None

    def reaches(self, text: str, at: int, number: int) -> bool:
        """Say whether the wording after a place ends exactly at a number."""
        found = self.after.search(text[at + 1 : number + 1]) if self.after else None
        return found is not None and at + 1 + found.end() == number + 1

    def fits(self, frame: Frame, atom: Atom) -> bool:
        """Say whether a number of a frame has what the cue asks for."""
        number = atom.number
        if number is None or (number.bare and not self.bare) or (self.signed and not number.signed):
            return False
        return self.unit in (None, number.unit) and self.surrounds(frame.text, atom.at)


@cache
def _words() -> dict[str, str]:
    return {f"<{name}>": f"(?:{'|'.join(words)})" for name, words in read_rules("words").items()}


def expand(pattern: str) -> str:
    """Put what ``<N>``, ``<S>``, ``<h>`` and the like, and the word lists, stand for into a pattern."""
    for placeholder, meaning in {**_words(), **_PLACEHOLDERS}.items():
        if placeholder in pattern:
            kept = _CLASS.findall(pattern)
            for part in kept:  # inside a negated class a placeholder is just its characters
                pattern = pattern.replace(part, part.replace(placeholder, meaning.strip("[]")))
            pattern = pattern.replace(placeholder, meaning)
    return pattern


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of the links file."""
    return re.compile(expand(read_rules("links")[name]))


@cache
def cues(name: str, table: str = "cue") -> tuple[Cue, ...]:
    """Return the cues of one table of a rule file, in order."""
    return tuple(_cue(entry) for entry in read_rules(name)[table])


def _cue(entry: dict[str, Any]) -> Cue:
    entry = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    for side in ("before", "after"):
        entry[side] = re.compile(expand(entry[side])) if entry.get(side) else None
    return Cue(**entry)


NUMBERS = ("counts", "baselines", "gains", "scores")
"""The files whose cues say what a number is, in the order in which they are asked."""


def cues_of(frame: Frame, atom: Atom) -> tuple[Cue, ...]:
    """Return the cues that fit a number; the first decides, and where there is none, nothing is reported."""
    return tuple(cue for name in NUMBERS for cue in cues(name) if cue.fits(frame, atom))


def is_cued(table: str, frame: Frame, atom: Atom) -> bool:
    """Say whether a name has what a table of the actors file asks for."""
    return _is_cued(table, frame.text, atom.at)


@lru_cache(_REMEMBERED)
def _is_cued(table: str, text: str, at: int) -> bool:
    return any(cue.surrounds(text, at) for cue in cues("actors", table))
