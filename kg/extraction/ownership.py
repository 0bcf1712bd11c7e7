"""Groups -> cues that tell whether the paper presents a name as its own; of the kind they say nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.groups import Group
    from kg.extraction.reading import Reading

OWNERSHIP = "own:"
"""How these cues begin; the judge weighs them for ``introduced`` alone."""

_STOP = re.compile(r"[.!?]\s|\n")
_PARTS = 8
_SHORTEST = 3
_REACH = 600
_MOST_MENTIONS, _NEAR, _OPENING = 8, 60, 12
_MARKS = ' -*•"“\n'
_HEAD = re.compile(r"([A-Z]+(?=[A-Z][a-z])|[A-Z]{2,}|[A-Z][a-z]{2,})(?=[-A-Z\d ][-A-Za-z\d])")


def note_ownership(reading: Reading, groups: list[Group]) -> None:
    """Add to every group, whose other cues are known, the cues of ownership."""
    stops = [stop.start() for stop in _STOP.finditer(reading.plain)]
    titled = [group for group in groups if not group.cues.isdisjoint({"title-name", "title-words"})]
    title_names = {s.lower() for group in titled for s in group.spellings if len(s) >= _SHORTEST}
    kin = _find_kin(groups)
    told: dict[tuple[int, int], frozenset[str]] = {}
    for at, group in enumerate(groups):
        sentence = _first_sentence(reading, group, stops)
        if sentence not in told:
            told[sentence] = _read_stems(reading, *sentence)
        cues = {
            kin.get(at, "kinless"),
            *_read_sentences(reading, group, stops),
            *_weigh_introductions(group),
            *_place(reading, group, stops),
            *told[sentence],
            "title-named" if titled else "title-unnamed",
        }
        if group not in titled:
            cues.update(_relate(group, title_names))
        group.cues.update(OWNERSHIP + cue for cue in cues)


def _weigh_introductions(group: Group) -> Iterator[str]:
    """Yield introducing slots and places, each beside whether the lists know the name: then it is old."""
    known, introductions, places = "unknown", 0, []
    for cue in group.cues:
        if cue.startswith("introduced-"):
            introductions += 1
            places.append(cue)
        elif cue.endswith("-place"):
            places.append(cue)
        elif cue.startswith(("known-", "guarded-")):
            known = "known"
    yield known
    yield f"introductions-{min(introductions, 3)}"
    yield f"introductions-{min(introductions, 2)}-{known}"
    yield from (f"{cue}-{known}" for cue in places)


def _place(reading: Reading, group: Group, stops: list[int]) -> Iterator[str]:
    """Yield where the first mention stands: in which sentence, in which eighth of the text."""
    first = min(group.spans)[0]
    body = reading.title_end
    yield f"sentence-{min(max(0, bisect_left(stops, first) - bisect_left(stops, body)), 6)}"
    if first < body:
        yield "position-title"
    else:
        yield f"position-{min(5, (first - body) * _PARTS // max(1, len(reading.plain) - body))}"


def _first_sentence(reading: Reading, group: Group, stops: list[int]) -> tuple[int, int]:
    """The sentence in which the name stands first, not much further than the name."""
    first = min(group.spans)[0]
    after = bisect_left(stops, first)
    start = stops[after - 1] + 1 if after else 0
    end = stops[after] if after < len(stops) else len(reading.plain)
    return start, min(end, first + _REACH)


def _read_stems(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The telling stems of a sentence."""
    return frozenset(f"near:{found.group()}" for found in _presenting().finditer(reading.lowered, start, end))


def _find_kin(groups: list[Group]) -> dict[int, str]:
    """Find names that begin alike, ``QuarkBench`` and ``QuarkNet``: is another of them introduced?

    Returns:
        The place of a group among all -> the cue.
    """
    families: dict[str, set[int]] = {}
    for at, group in enumerate(groups):
        for spelling in group.spellings:
            if head := _HEAD.match(spelling):
                families.setdefault(head[0].lower(), set()).add(at)
    kin: dict[int, str] = {}
    for family in families.values():
        if len(family) < 2:  # most names have no kin
            continue
        own = {at for at in family if any(map(_introduces, groups[at].cues))}
        for at in family:
            if kin.get(at) != "kin-introduced":
                kin[at] = "kin-introduced" if own - {at} else "kin"
    return kin


def _introduces(cue: str) -> bool:
    return cue == "title-name" or cue.startswith("introduced-")


def _read_sentences(reading: Reading, group: Group, stops: list[int]) -> Iterator[str]:
    """Yield the nearest telling stem before each of the first mentions, and whether one opens a sentence."""
    for start, _ in sorted(group.spans)[:_MOST_MENTIONS]:
        after = bisect_left(stops, start)
        opening = stops[after - 1] + 1 if after else 0
        near = _presenting().findall(reading.lowered, max(opening, start - _NEAR), start)
        if near:
            yield f"after:{near[-1]}"
        if start - opening < _OPENING and not reading.lowered[opening:start].strip(_MARKS):
            yield "opens-sentence"


def _relate(group: Group, title_names: set[str]) -> Iterator[str]:
    """Yield whether a name holds the name of the title, ``QuarkNet-7B``, or is part of it."""
    spelled = [spelling.lower() for spelling in group.spellings]
    if any(name in spelling for name in title_names for spelling in spelled):
        yield "holds-title-name"
    if any(spelling in name for name in title_names for spelling in spelled if len(spelling) >= _SHORTEST):
        yield "in-title-name"


@cache
def _presenting() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("names", "presenting"))))
