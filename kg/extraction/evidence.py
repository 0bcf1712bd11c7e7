"""Groups -> their cues: what places, neighbours, enumerations and spellings say of what a name is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.boundaries import is_hangul
from kg.extraction.appearance import note_appearance
from kg.extraction.ownership import OWNERSHIP, note_ownership
from kg.extraction.survey import note_survey
from kg.identity import fold
from kg.patterns import SlotFinder, phrases, slots, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extraction.groups import Group
    from kg.extraction.reading import Reading
    from kg.extraction.survey import Seen

_JOINT = re.compile(
    r"(?:\)?,?\s?(?:and|or|및|그리고)\s|,\s|\s?/\s?|\s?&\s|\s?[와과]\s|\)?,\s(?:and|as well as)\s)"
)
_WORD = re.compile(r"\s{0,2}([\w'-]+|[^\w\s])")
_SEAM = re.compile(r"[\s-]+")
_SIZED = re.compile(r"(.{2,40}?)[ -]\d+(?:\.\d+)?[BM](?![A-Za-z])")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_REACH = 24  # so many characters before a name the word before it is sought in
_REMEMBERED = 32_768  # so many spellings are looked at once


def note_cues(reading: Reading, groups: list[Group], survey: Mapping[str, Seen] | None = None) -> None:
    """Add to every group the cues by which it will be judged; those with a colon are words of the text.

    Args:
        reading: the entry.
        groups: its names, to which the cues are added.
        survey: of spellings, instead of the one that the package holds.
    """
    _note_slots(reading, groups)
    _note_nesting(groups)
    _note_sizes(groups)
    for group in groups:
        if any(cue.startswith("known-") for cue in group.cues):
            group.cues = {cue for cue in group.cues if not cue.startswith("compound-")}
        group.cues.update(_describe(reading, group))
        group.cues.update(_neighbours(reading, group))
        group.cues.update(note_appearance(reading, group))
        group.cues.update(_read_title(reading, group))
        group.cues.update(note_survey(map(fold, group.spellings), survey))
    note_ownership(reading, groups)


def _note_slots(reading: Reading, groups: list[Group]) -> None:
    """Give each group the slots its spans stand in; names in one enumeration share them as ``beside:``."""
    found: dict[tuple[int, int], list[str]] = {}
    owners: dict[tuple[int, int], Group] = {}
    finder = _all_slots()
    for group in groups:
        for start, end in sorted(group.spans):
            ids = finder.find(reading.lowered, start, end)
            group.cues.update(ids)
            found[start, end] = ids
            owners[start, end] = group
    for run in _enumerations(reading.plain, sorted(found)):
        shared = {f"beside:{i}" for span in run for i in found[span] if not i.startswith("introduced")}
        shared |= {f"beside:{c}" for span in run for c in owners[span].cues if c.startswith("known")}
        shared |= {
            f"{OWNERSHIP}beside-{i}" for span in run for i in found[span] if i.startswith("introduced")
        }
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


def _note_sizes(groups: list[Group]) -> None:
    """Mark names that stand in another name before a size: ``X`` beside ``X-7B``."""
    spelled = {spelling: group for group in groups for spelling in group.spellings}
    for spelling in spelled:
        sized = _SIZED.match(spelling)
        if sized and sized[1] in spelled:
            spelled[sized[1]].cues.add("sized-elsewhere")


def _describe(reading: Reading, group: Group) -> Iterator[str]:
    """Yield what counts, places and spelling say of a group."""
    yield "always"
    in_title = any(start < reading.title_end for start, _ in group.spans)
    in_text = any(start > reading.title_end for start, _ in group.spans)
    yield f"{'title' if in_title else ''}{'text' if in_text else ''}-place"
    yield f"times-{min(len(group.spans), 4)}"
    name = group.name
    yield f"words-{min(len(name.split()), 4)}"
    if name.islower():
        yield "lower-case" + ("-listed" if any(cue.startswith("known-") for cue in group.cues) else "")
    if any(map(is_hangul, name)):
        yield "korean"
    if name.startswith(_families()):
        yield "family"
    for spelling in group.spellings:
        yield from _shape(spelling.lower())


@lru_cache(_REMEMBERED)
def _shape(lowered: str) -> tuple[str, ...]:
    """Return the shapes that a spelling has."""
    return tuple(phrase.id for phrase in phrases("shapes") if phrase.pattern.search(lowered))


def _neighbours(reading: Reading, group: Group) -> Iterator[str]:
    """Yield the words before, after and at both ends of a group's spans."""
    for start, end in group.spans:
        leftward = _WORD.match(reading.lowered[max(0, start - _REACH) : start][::-1])
        before = leftward[1][::-1] if leftward else ""
        after = _WORD.match(reading.lowered, end)
        yield f"before:{_level(before)}"
        yield f"after:{_level(after[1]) if after else ''}"
        if is_hangul(before[-1:]):
            yield f"ending:{before[-2:]}"
        if after and is_hangul(after[1][0]):
            yield f"beginning:{after[1][:2]}"
            if then := _WORD.match(reading.lowered, after.end()):
                yield f"then:{then[1][:2]}"
        yield from _ends(reading.lowered[start:end])


@lru_cache(_REMEMBERED)
def _ends(spelling: str) -> tuple[str, ...]:
    """Return the first and the last word of a spelling, or how its only one ends."""
    parts = _SEAM.split(spelling)
    if len(parts) > 1:
        return f"first:{_level(parts[0])}", f"last:{_level(parts[-1])}"
    return (f"tail:{spelling[-3:]}",)


def _read_title(reading: Reading, group: Group) -> Iterator[str]:
    """Yield the telling nouns of a title whose name this is."""
    if not group.cues.isdisjoint({"title-name", "title-words"}):
        yield from (f"title:{m.group(1)}" for m in _telling().finditer(reading.lowered, 0, reading.title_end))


@lru_cache(_REMEMBERED)
def _level(word: str) -> str:
    return _DIGITS.sub("0", word)


@cache
def _all_slots() -> SlotFinder:
    return SlotFinder((*slots("roles"), *slots("introductions")))


@cache
def _telling() -> re.Pattern[str]:
    return re.compile("(" + "|".join(words("names", "telling")) + ")")


@cache
def _families() -> tuple[str, ...]:
    return words("names", "families")
