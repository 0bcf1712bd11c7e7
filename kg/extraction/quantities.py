"""A gain in a frame -> the quantity it is about that is no named measure: speed, cost, token usage."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kg.extraction.clauses import NUMBER
from kg.extraction.cues import pattern
from kg.patterns import read_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.clauses import Atom, Frame

_ADJACENT = 45
_OTHER_KO = "(?:성능|추가|최대|평균|기존|대비|동시에|크게) "  # no part of a quantity's name
_ENDINGS_KO = "며고에로을를은는이가의인한른된게서및더여해려워"  # of words that are none either


class Quantities(msgspec.Struct, frozen=True):
    """How texts name quantities: noun phrases by their heads, and comparatives that imply one."""

    phrase: re.Pattern[str]
    phrase_ko: re.Pattern[str]
    measure: re.Pattern[str]
    measure_ko: re.Pattern[str]
    comparative: re.Pattern[str]
    implied: dict[str, str]
    dropped: re.Pattern[str]
    activity: re.Pattern[str]
    doings: dict[str, str]
    doing: re.Pattern[str]


@cache
def _quantities() -> Quantities:
    rules = read_rules("quantities")
    nouns, nouns_ko = _any_of(rules["nouns"]), _any_of(rules["nouns_ko"])
    measures, measures_ko = _any_of(rules["measures"]), _any_of(rules["measures_ko"])
    implied: dict[str, str] = rules["comparatives"]
    return Quantities(
        phrase=_phrase(nouns),
        phrase_ko=_phrase_ko(nouns_ko),
        measure=_phrase(measures),
        measure_ko=_phrase_ko(measures_ko),
        comparative=re.compile(rf"^(?:\s|-)?(?:더 |더욱 |lower |higher |[a-z]+ly )?({_any_of(implied)})"),
        implied=implied,
        dropped=re.compile(rf"(?:{_any_of(rules['modifiers'])}|(?:{_any_of(rules['verbs'])})\w*)"),
        activity=re.compile(rf"^(?: in)? ({_any_of(rules['activities']['words'])})\b"),
        doings=rules["doings"],
        doing=re.compile(rf"\b({_any_of(rules['doings'])})(?:e|es|ed|s|ing)? (?:up to |about )?$"),
    )


def _phrase(heads: str) -> re.Pattern[str]:
    words = r"(?:[A-Za-z][\w-]{0,20} ){0,3}"
    return re.compile(rf"(?<![\w-])({words}(?:{heads})(?: (?:{heads}))*)(?![\w-])")


def _phrase_ko(heads: str) -> re.Pattern[str]:
    words = rf"(?:(?!{_OTHER_KO})[가-힣A-Za-z]{{1,11}}(?<![{_ENDINGS_KO}]) ){{0,2}}"
    return re.compile(rf"({words}(?:{heads}))(?:\s?\([^()]{{0,30}}\))?(?=[을를이가은는도의에로면과와 ,.]|$)")


def _any_of(words: Sequence[str] | dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def quantity_of(frame: Frame, atom: Atom) -> tuple[str, int] | None:
    """Return the quantity that a gain is about as the text names it, and how far off it stands."""
    low, high = frame.cell(atom)
    after, before = frame.text[atom.at + 1 : high], _tail(frame.text[low : atom.at], 90)
    known = _quantities()
    comparative = known.comparative.match(after)
    if comparative and " " in comparative[1]:
        return known.implied[comparative[1]], 0
    ahead = _phrases(after[:_ADJACENT], known.phrase, known.phrase_ko)
    if ahead and ahead[0][1] != "speedup":
        return ahead[0][1], ahead[0][0]
    if comparative:
        return _implied(comparative, before, after), 0
    behind = _phrases(before, known.phrase, known.phrase_ko)
    return (behind[-1][1], len(before) - behind[-1][0]) if behind else None


def _implied(comparative: re.Match[str], before: str, after: str) -> str:
    """What "faster" is about: the speed of what is done before or named behind it."""
    known = _quantities()
    implied = known.implied[comparative[1]]
    activity = known.activity.match(after[comparative.end() :])
    doing = known.doing.search(before)
    if implied == "speed" and (activity or doing):
        return f"{activity[1] if activity else known.doings[doing[1]] if doing else ''} speed"
    return implied


def measure_of(frame: Frame, atom: Atom) -> str | None:
    """Return the measure that a score or gain is of, where the text names one that is no known metric."""
    low, high = frame.cell(atom)
    known = _quantities()
    after, before = frame.text[atom.at + 1 : high], frame.text[low : atom.at]
    ahead = _phrases(after[:_ADJACENT], known.measure, known.measure_ko)
    if ahead and (ahead[0][0] <= 1 or pattern("phrase_after").match(after[: ahead[0][0]])):
        return ahead[0][1]
    behind = _phrases(_tail(before, 70), known.measure, known.measure_ko)
    return behind[-1][1] if behind and pattern("phrase_before").search(before) else None


def _tail(text: str, length: int) -> str:
    """The last words of a text."""
    return text if len(text) <= length else text[-length:].partition(" ")[2]


def _phrases(text: str, phrase: re.Pattern[str], phrase_ko: re.Pattern[str]) -> list[tuple[int, str]]:
    """The noun phrases of a text that name a quantity, without the words that belong to no name."""
    known, found = _quantities(), []
    for match in phrase.finditer(text):
        words = match[1].split(" ")
        start = max(
            (i + 1 for i, w in enumerate(words[:-1]) if known.dropped.fullmatch(w.lower())), default=0
        )
        found.append((match.start(), " ".join(words[start:])))
    found += [(m.start(), m[1]) for m in phrase_ko.finditer(text)]
    return [(at, name) for at, name in sorted(found) if NUMBER not in name]
