"""Cases -> lessons: their entries with the names found in them by weights that have not seen them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.claims import find_unclaimed
from kg.extraction.entities import find_entities
from kg.extraction.reading import read
from kg.training import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extraction.forest import Forest
    from kg.records import Entity
    from kg.training.cases import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A case as the decisions on results meet it: with such names as are found in a new text, errors and all.

    ``part`` is the part of the cases that it is in.
    """

    case: Case
    part: int
    entities: tuple[Entity, ...]
    unclaimed: tuple[tuple[int, int], ...]


def prepare(cases: Sequence[Case], parts: int = 5) -> list[Lesson]:
    """Find the names in every case by weights learned from the other parts."""
    lessons = []
    for part in range(parts):
        forest = names.fit(names.collect(case for case in cases if case.part(parts) != part))
        for case in cases:
            if case.part(parts) == part:
                lessons.append(take(case, part, forest))
    return lessons


def take(case: Case, part: int, forest: Forest) -> Lesson:
    """Find the names in a case by trees that have not seen it."""
    reading = read(case.entry)
    entities, unclaimed = find_entities(reading, forest), find_unclaimed(reading.plain)
    return Lesson(case=case, part=part, entities=entities, unclaimed=unclaimed)
