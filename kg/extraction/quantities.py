"""A gain in a frame -> the quantity it is about that is no named measure: speed, cost, token usage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.clauses import NUMBER
from kg.extraction.cues import read_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame

_ADJACENT = 30


@dataclass(frozen=True, slots=True)
class Quantities:
    """How texts name quantities: noun phrases by their heads, and comparatives that imply one."""

    phrase: re.Pattern[str]
    phrase_ko: re.Pattern[str]
    comparative: re.Pattern[str]
    implied: dict[str, str]
    dropped: re.Pattern[str]
    activity: re.Pattern[str]


@cache
def _quantities() -> Quantities:
    rules = read_rules("quantities")
    nouns, nouns_ko = _any_of(rules["nouns"]), _any_of(rules["nouns_ko"])
    implied: dict[str, str] = rules["comparatives"]
    return Quantities(
        phrase=re.compile(rf"(?<![\w-])((?:[A-Za-z][\w-]{{0,20}} ){{0,3}}(?:{nouns}))(?![\w-])"),
        phrase_ko=re.compile(
            rf"((?:[가-힣A-Za-z]{{1,12}} )?(?:{nouns_ko}))(?:\s?\([^()]{{0,30}}\))?(?=[을를이가은는도의에로면과와 ,.]|$)"
        ),
        comparative=re.compile(rf"^(?:\s|-)?(?:더 |더욱 |lower |higher |[a-z]+ly )?({_any_of(implied)})"),
        implied=implied,
        dropped=re.compile(rf"(?:{_any_of(rules['modifiers'])}|(?:{_any_of(rules['verbs'])})\w*)"),
        activity=re.compile(rf"^(?: in)? ({_any_of(rules['activities']['words'])})\b"),
    )


def _any_of(words: Sequence[str] | dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def quantity_of(frame: Frame, atom: Atom) -> str | None:
    """Return the quantity that a gain is about, as the text names it, or None."""
    low, high = frame.cell(atom)
    after, before = frame.text[atom.at + 1 : high], frame.text[low : atom.at]
    known = _quantities()
    comparative = known.comparative.match(after)
    phrases = _phrases(after[:_ADJACENT]) or ([] if comparative else _phrases(before[-90:])[-1:])
    if comparative and not phrases:
        activity = known.activity.match(after[comparative.end() :])
        implied = known.implied[comparative[1]]
        return f"{activity[1]} speed" if activity else implied
    return phrases[0] if phrases else None


def _phrases(text: str) -> list[str]:
    """The noun phrases of a text that name a quantity, without the words that belong to no name."""
    known, found = _quantities(), []
    for match in known.phrase.finditer(text):
        words = match[1].split(" ")
        start = max(
            (i + 1 for i, w in enumerate(words[:-1]) if known.dropped.fullmatch(w.lower())), default=0
        )
        found.append((match.start(), " ".join(words[start:])))
    found += [(m.start(), m[1]) for m in known.phrase_ko.finditer(text)]
    return [phrase for _, phrase in sorted(found) if NUMBER not in phrase]
