"""Cases -> figures that no case helped to make: each is scored with weights learned from other papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation import record_of, score
from kg.extraction import find
from kg.training import names
from kg.training.lessons import prepare
from kg.training.results import Course

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.evaluation import Count, Record
    from kg.records import Findings
    from kg.training.cases import Case


def cross_validate(cases: Sequence[Case], parts: int = 5) -> Iterator[tuple[Case, Findings]]:
    """Yield every case with what is found in it by trees and weights learned from the other parts."""
    course = Course(prepare(cases, parts))
    for part in range(parts):
        forest = names.fit(names.collect(case for case in cases if case.part(parts) != part))
        choices = course.learn(without=part)
        for case in cases:
            if case.part(parts) == part:
                yield case, find(case.entry, forest, choices)


def records_of(found: Sequence[tuple[Case, Findings]]) -> tuple[list[Record], list[Record]]:
    """Return gold and prediction as records with the same ids."""
    from dataclasses import replace

    predicted = [replace(record_of(findings, case.entry), id=case.gold.id) for case, findings in found]
    return [case.gold for case, _ in found], predicted


def draw_curve(
    cases: Sequence[Case], sizes: Sequence[int], parts: int = 5
) -> Iterator[tuple[int, dict[str, Count]]]:
    """Yield for each number of cases that names are learned from the figures on one part that never is."""
    held = [case for case in cases if case.part(parts) == 0]
    pool = sorted((case for case in cases if case.part(parts) != 0), key=lambda case: case.part(2**32))
    for size in sizes:
        forest = names.fit(names.collect(pool[:size]))
        gold, predicted = records_of([(case, find(case.entry, forest)) for case in held])
        yield min(size, len(pool)), score(gold, predicted)
