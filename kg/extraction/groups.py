"""Candidates -> groups: the spellings and spans that would be one entity."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from kg.boundaries import stands_alone
from kg.extraction.abbreviations import spell_initials, spells
from kg.identity import fold
from kg.names import known_names, not_names
from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.extraction.abbreviations import Pair
    from kg.extraction.reading import Candidate, Reading

_TELLING_LENGTH = 9
"""From this length on, or with a blank or hyphen inside, a spelling is sought whatever its case."""
_MOST_GROUPS = 2000
"""An entry has some thirty; a text with thousands is noise, whose further places nobody needs."""

_SEAM = re.compile(r"[\s-]+")
_INITIALS = re.compile(r"(?=[^A-Z]*[A-Z][^A-Z]*[A-Z])[A-Za-z]{2,8}")
_CONTRACTED = re.compile(r"(?=(?:[^A-Z]*[A-Z]){3})[A-Za-z][\w-]{2,14}")


class Group(msgspec.Struct):
    """What may be one entity of one entry; filled here, judged later, never handed out of the stage."""

    spellings: Counter[str] = msgspec.field(default_factory=Counter)
    spans: set[tuple[int, int]] = msgspec.field(default_factory=set)
    cues: set[str] = msgspec.field(default_factory=set)
    short: str = ""

    @property
    def name(self) -> str:
        """What it is called: its short form, else its commonest spelling."""
        return self.short or max(self.spellings, key=self.spellings.__getitem__)


def gather(reading: Reading, candidates: Iterable[Candidate], pairs: Iterable[Pair]) -> list[Group]:
    """Put candidates that are one name together, and find every other place of each name.

    Spellings are one name when they fold alike, as singular and plural, as both forms of a pair, as spellings
    of one listed name, or as initials and the words they stand for.
    The rules that proposed a group are its first cues.
    """
    by_key: dict[str, Group] = {}
    for start, end, rule in candidates:
        _add(by_key, reading.plain[start:end], (start, end), rule)
    for pair in pairs:
        _join(by_key, reading.plain, pair)
    _unite_plurals(by_key)
    _unite_listed(by_key)
    _unite_initials(by_key)
    groups = list({id(group): group for group in by_key.values()}.values())
    for group in groups[:_MOST_GROUPS]:
        _find_everywhere(reading, group)
    return groups


def _add(by_key: dict[str, Group], spelling: str, span: tuple[int, int], rule: str) -> Group | None:
    key = _key(spelling)
    if not key or key in _stops():
        return None
    if key.endswith("s") and key[:-1] in by_key:
        key = key[:-1]
    group = by_key.setdefault(key, Group())
    group.spellings[spelling] += 1
    group.spans.add(span)
    group.cues.add(rule)
    return group


def _join(by_key: dict[str, Group], plain: str, pair: Pair) -> None:
    """Make one group of the two forms of a pair, unless one of them names nothing."""
    short, long = plain[slice(*pair.short)], plain[slice(*pair.long)]
    if not _stops().isdisjoint({_key(short), _key(long)}):
        return
    kept = _add(by_key, short, pair.short, f"{pair.rule}-short")
    merged = _add(by_key, long, pair.long, f"{pair.rule}-long")
    if kept is None or merged is None:
        return
    kept.short = kept.short or short
    _merge(by_key, kept, merged)


def _merge(by_key: dict[str, Group], kept: Group, merged: Group) -> None:
    """Put all of one group into another."""
    if kept is merged:
        return
    kept.spellings += merged.spellings
    kept.spans |= merged.spans
    kept.cues |= merged.cues
    kept.short = kept.short or merged.short
    for spelling in merged.spellings:
        by_key[_key(spelling)] = kept


def _unite_plurals(by_key: dict[str, Group]) -> None:
    """Put a plural that came first to its singular."""
    for key in list(by_key):
        if key.endswith("s") and key[:-1] in by_key:
            _merge(by_key, by_key[key[:-1]], by_key[key])


def _unite_listed(by_key: dict[str, Group]) -> None:
    """Make one group of the spellings of one listed name: ``RL``, ``reinforcement learning``."""
    first: dict[tuple[str, str], str] = {}
    for key in list(by_key):
        if name := _listed(key):
            _merge(by_key, by_key[first.setdefault(name, key)], by_key[key])


def _unite_initials(by_key: dict[str, Group]) -> None:
    """Put the words to their initials where no bracket pairs them: ``FL`` and ``Federated Learning``."""
    spelled = [(key, spelling) for key, group in by_key.items() for spelling in group.spellings]
    shorts = [
        (k, s) for k, s in spelled if _key(s) == k and (_INITIALS.fullmatch(s) or _CONTRACTED.fullmatch(s))
    ]
    firsts = {short[0].lower() for _, short in shorts}
    spelled_out = _spell_out([s for _, s in spelled if s[0].lower() in firsts and _SEAM.search(s)])
    for key, short in shorts:
        if (phrase := _long_of(short, spelled_out)) is not None:
            group = by_key[key]
            group.short = group.short or short
            _merge(by_key, group, by_key[_key(phrase)])


def _spell_out(phrases: list[str]) -> dict[str, str]:
    """Initials -> the words for which they stand: all words count, or as names leave some out."""
    found: dict[str, str] = {}
    for phrase in phrases:
        found.setdefault("".join(part[0] for part in _SEAM.split(phrase) if part).lower(), phrase)
    for phrase in phrases:
        for initials in spell_initials(phrase):
            found.setdefault(initials, phrase)
    return found


def _long_of(short: str, spelled_out: Mapping[str, str]) -> str | None:
    """The words for which initials stand, with lower-case letters between them or not, or None."""
    if _INITIALS.fullmatch(short) and (phrase := spelled_out.get(short.lower())) is not None:
        return phrase if short.lower() not in phrase.lower() else None
    if not _CONTRACTED.fullmatch(short):
        return None
    phrase = spelled_out.get("".join(c for c in short if c.isupper()).lower(), "")
    return phrase if short.lower() not in phrase.lower() and spells(short, phrase) else None


def _find_everywhere(reading: Reading, group: Group) -> None:
    """Add the places of a group's spellings that no rule saw."""
    for spelling in list(group.spellings):
        loose = len(spelling) >= _TELLING_LENGTH or " " in spelling or "-" in spelling
        text, sought = (reading.lowered, spelling.lower()) if loose else (reading.plain, spelling)
        at = text.find(sought)
        while at >= 0:
            span = (at, at + len(sought))
            if span not in group.spans and stands_alone(reading.plain, *span):
                group.spans.add(span)
                group.spellings[reading.plain[slice(*span)]] += 1
            at = text.find(sought, at + len(sought))


@lru_cache(maxsize=1 << 16)
def _listed(key: str) -> tuple[str, str] | None:
    """The one listed name that a key stands for whatever surrounds it, or None."""
    names = [known for known in known_names().lookup(key) if known.guard != "cue"]
    return (names[0].kind.value, names[0].name) if len(names) == 1 else None


@lru_cache(maxsize=1 << 16)
def _key(spelling: str) -> str:
    return fold(spelling)


@cache
def _stops() -> frozenset[str]:
    return frozenset(
        key for word in (*not_names(), *words("names", "stops")) for key in (_key(word), _key(word) + "s")
    )
