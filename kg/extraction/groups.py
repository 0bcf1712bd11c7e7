"""Candidates -> groups: the spellings and spans that would be one entity, with every cue for what it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from kg.boundaries import is_hangul, stands_alone
from kg.identity import fold
from kg.names import not_names
from kg.patterns import phrases, slots, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extraction.abbreviations import Pair
    from kg.extraction.reading import Candidate, Reading
    from kg.patterns import Slot

_JOINT = re.compile(
    r"(?:\)?,?\s?(?:and|or|및|그리고)\s|,\s|\s?/\s?|\s?&\s|\s?[와과]\s|\)?,\s(?:and|as well as)\s)"
)
_TELLING_LENGTH = 9
"""From this length on, or with a blank or hyphen inside, a spelling is sought whatever its case."""


@dataclass(slots=True)
class Group:
    """What may be one entity of one entry; filled here, judged later, never handed out of the stage."""

    spellings: Counter[str] = field(default_factory=Counter)
    spans: set[tuple[int, int]] = field(default_factory=set)
    cues: set[str] = field(default_factory=set)
    short: str = ""


def gather(reading: Reading, candidates: Iterable[Candidate], pairs: Iterable[Pair]) -> list[Group]:
    """Put candidates that are one name together and collect the cues of every group."""
    groups = _unite(reading, candidates, pairs)
    for group in groups:
        _find_everywhere(reading, group)
    _note_slots(reading, groups)
    _note_nesting(groups)
    for group in groups:
        group.cues.update(_describe(reading, group))
    return groups


def _unite(reading: Reading, candidates: Iterable[Candidate], pairs: Iterable[Pair]) -> list[Group]:
    """Group candidates by folded spelling, singular and plural as one, and both forms of a pair as one."""
    by_key: dict[str, Group] = {}

    def add(start: int, end: int, rule: str) -> str:
        spelling = reading.plain[start:end]
        key = fold(spelling)
        if key.endswith("s") and key[:-1] in by_key:
            key = key[:-1]
        group = by_key.setdefault(key, Group())
        group.spellings[spelling] += 1
        group.spans.add((start, end))
        group.cues.add(rule)
        return key

    for start, end, rule in candidates:
        if fold(reading.plain[start:end]) not in _stops():
            add(start, end, rule)
    for short, long, rule in pairs:
        if not _stops().isdisjoint({fold(reading.plain[slice(*short)]), fold(reading.plain[slice(*long)])}):
            continue
        first, second = add(*short, f"{rule}-short"), add(*long, f"{rule}-long")
        kept, merged = by_key[first], by_key[second]
        if kept is not merged:
            kept.spellings += merged.spellings
            kept.spans |= merged.spans
            kept.cues |= merged.cues
            by_key.update({key: kept for key, group in by_key.items() if group is merged})
        kept.short = kept.short or reading.plain[slice(*short)]
    return list({id(group): group for key, group in by_key.items() if key}.values())


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


def _note_slots(reading: Reading, groups: list[Group]) -> None:
    """Give each group the slots its spans stand in; names in one enumeration share them as ``beside:``."""
    found: dict[tuple[int, int], list[str]] = {}
    owners: dict[tuple[int, int], Group] = {}
    for group in groups:
        for start, end in sorted(group.spans):
            ids = [s.id for s in _all_slots() if s.fits(reading.lowered, start, end)]
            group.cues.update(ids)
            found[start, end] = ids
            owners[start, end] = group
    for run in _enumerations(reading.plain, sorted(found)):
        shared = {f"beside:{i}" for span in run for i in found[span] if not i.startswith("introduced")}
        shared |= {f"beside:{c}" for span in run for c in owners[span].cues if c.startswith("known")}
        for span in run:
            owners[span].cues |= shared


def _enumerations(text: str, spans: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of spans that are joined only by commas and conjunctions."""
    starts = dict(spans)
    joined: set[int] = set()
    for first in spans:
        if first[0] in joined:
            continue
        run = [first]
        while (joint := _JOINT.match(text, run[-1][1])) and joint.end() in starts:
            run.append((joint.end(), starts[joint.end()]))
            joined.add(joint.end())
        if len(run) > 1:
            yield run


def _note_nesting(groups: list[Group]) -> None:
    """Mark groups whose every span lies inside a longer one."""
    spans = sorted({span for group in groups for span in group.spans}, key=lambda s: (s[0], -s[1]))
    nested, reach = set(), -1
    for span in spans:
        if span[1] <= reach:
            nested.add(span)
        reach = max(reach, span[1])
    for group in groups:
        inside = len(group.spans & nested)
        if inside:
            group.cues.add("nested" if inside == len(group.spans) else "partly-nested")


def _describe(reading: Reading, group: Group) -> Iterator[str]:
    """Yield what counts, places and spelling say of a group."""
    yield "always"
    in_title = any(start < reading.title_end for start, _ in group.spans)
    in_text = any(start > reading.title_end for start, _ in group.spans)
    yield f"{'title' if in_title else ''}{'text' if in_text else ''}-place"
    yield f"times-{min(len(group.spans), 4)}"
    name = group.short or group.spellings.most_common(1)[0][0]
    yield f"words-{min(len(name.split()), 4)}"
    if name.islower():
        yield "lower-case"
    if any(map(is_hangul, name)):
        yield "korean"
    if name.startswith(_families()):
        yield "family"
    for spelling in group.spellings:
        lowered = spelling.lower()
        yield from (p.id for p in phrases("shapes") if p.pattern.search(lowered))


@cache
def _all_slots() -> tuple[Slot, ...]:
    return (*slots("roles"), *slots("introductions"))


@cache
def _families() -> tuple[str, ...]:
    return words("names", "families")


@cache
def _stops() -> frozenset[str]:
    return frozenset(
        key for word in (*not_names(), *words("names", "stops")) for key in (fold(word), fold(word) + "s")
    )
