"""Judged groups -> entities: every kept name with its exact places, no two of them overlapping."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.extraction.abbreviations import find_pairs, find_title_pairs
from kg.extraction.christenings import find_christenings
from kg.extraction.coinages import find_coinages
from kg.extraction.compounds import find_compounds
from kg.extraction.evidence import note_cues
from kg.extraction.groups import gather
from kg.extraction.judgement import judge
from kg.extraction.known import english_name, find_known
from kg.extraction.surroundings import read_surroundings
from kg.extraction.titles import find_title_names
from kg.records import Entity, Kind, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.extraction.forest import Forest
    from kg.extraction.groups import Group
    from kg.extraction.judgement import Verdict
    from kg.extraction.reading import Candidate, Reading
    from kg.extraction.survey import Seen

SOURCES: tuple[Callable[[Reading], Iterable[Candidate]], ...] = (
    find_title_names,
    find_known,
    find_coinages,
    find_compounds,
    find_christenings,
)
"""Who may propose names. A further source, say a tagger, is one more function; the judge learns its worth."""

_OWN = frozenset({Kind.MODEL, Kind.METHOD, Kind.BENCHMARK, Kind.DATASET})


def find_groups(reading: Reading, survey: Mapping[str, Seen] | None = None) -> list[Group]:
    """Collect what the sources propose, with the cues by which it will be judged.

    Args:
        reading: the entry.
        survey: of spellings, instead of the one that the package holds.
    """
    candidates = [candidate for source in SOURCES for candidate in source(reading)]
    pairs = (*find_pairs(reading.plain), *find_title_pairs(reading.plain, reading.title_end))
    groups = gather(reading, candidates, pairs)
    note_cues(reading, groups, survey)
    return groups


def find_entities(reading: Reading, forest: Forest | None = None) -> tuple[Entity, ...]:
    """Find what an entry names, in order of first mention."""
    groups = find_groups(reading)
    verdicts = judge(
        [group.cues for group in groups], forest, lambda at: read_surroundings(reading, groups[at].spans)
    )
    kept = [(g, verdict) for g, verdict in zip(groups, verdicts, strict=True) if verdict.kind is not None]
    owners = _share_places(kept)
    entities = [
        _make_entity(reading, group, verdict, places)
        for at, (group, verdict) in enumerate(kept)
        if (places := owners.get(at))
    ]
    return tuple(sorted(entities, key=lambda entity: entity.mentions[0].start))


def _share_places(kept: list[tuple[Group, Verdict]]) -> dict[int, list[tuple[int, int]]]:
    """Give every place to the surest name that claims it, of equals to the longest.

    Returns:
        Index in ``kept`` -> the places that are its own, in order.
    """
    claims = [
        (-round(verdict.probability, 1), start - end, start, end, at)
        for at, (group, verdict) in enumerate(kept)
        for start, end in group.spans
    ]
    taken: set[int] = set()
    owners: dict[int, list[tuple[int, int]]] = {}
    for _, _, start, end, at in sorted(claims):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            owners.setdefault(at, []).append((start, end))
    return {at: sorted(places) for at, places in owners.items()}


def _make_entity(reading: Reading, group: Group, verdict: Verdict, places: list[tuple[int, int]]) -> Entity:
    assert verdict.kind is not None
    spelled = Counter(reading.plain[start:end] for start, end in places)
    name = group.short if group.short in spelled else max(spelled, key=spelled.__getitem__)
    return Entity(
        kind=verdict.kind,
        name=name,
        aliases=tuple(spelling for spelling in spelled if spelling != name),
        english=english_name(tuple(spelled)),
        introduced=verdict.introduced and verdict.kind in _OWN,
        mentions=tuple(
            Mention(start=start, end=end, confidence=round(verdict.probability, 3), by=verdict.cue)
            for start, end in places
        ),
    )
