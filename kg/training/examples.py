"""A lesson -> examples of every decision that extraction takes on results and comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation.agreement import pair
from kg.evaluation.gold import Reported
from kg.extraction.choices import choose
from kg.extraction.comparisons import find_pairs
from kg.extraction.confidence import summarise
from kg.extraction.figures import drop_idle, read_sheet
from kg.extraction.opposites import describe_opposite, opposites_of
from kg.extraction.outcomes import OUTCOMES, decide_kinds, outcomes
from kg.extraction.phrases import note_phrases
from kg.extraction.places import SLOTS
from kg.extraction.results import decide, find_results
from kg.extraction.slots import describe, fill_slots, options_of
from kg.training.regression import Example
from kg.training.truth import Truth, outdone_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.choices import Choices
    from kg.extraction.figures import Figure, Option, Sheet
    from kg.extraction.results import Decided
    from kg.training.lessons import Lesson

_FULL = 3
"""The level of agreement at which value, benchmark, metric, kind and system are right."""


def collect(lesson: Lesson, choices: Choices | None = None) -> Iterator[tuple[str, Example]]:
    """Yield the examples of a lesson, each with its decision.

    A decision may lean on the ones before it. Without ``choices`` those are the annotated ones, else what
    the choices would have taken, as it will be in a new text.
    """
    sheet = read_sheet(lesson.case.entry.plain, lesson.entities, lesson.unclaimed)
    truth = Truth(lesson.case, sheet)
    yield from _outcomes(sheet, truth)
    if choices:
        decide_kinds(sheet, choices["outcome"])
    drop_idle(sheet)
    for row in sheet.figures:
        for figure in row:
            wanted = truth.results_of(figure)
            if wanted:
                figure.kind = wanted[0].kind
                yield from _slots(sheet, figure, truth, choices)
                yield from _opposite(sheet, figure, truth)
            elif choices and figure.kind != OUTCOMES[0]:
                fill_slots(sheet, figure, choices)
    if choices:
        yield from _comparisons(lesson, truth, choices)


def _outcomes(sheet: Sheet, truth: Truth) -> Iterator[tuple[str, Example]]:
    """What each number is; those that only repeat a result's value teach nothing."""
    for row in sheet.figures:
        for figure in row:
            kinds = {result.kind for result in truth.results_of(figure)} or {OUTCOMES[0]}
            figure.kind = min(kinds)
            if not truth.is_unclear(figure):
                right = frozenset(OUTCOMES.index(kind) for kind in kinds)
                yield "outcome", Example(outcomes(sheet, figure), right)


def _slots(
    sheet: Sheet, figure: Figure, truth: Truth, choices: Choices | None
) -> Iterator[tuple[str, Example]]:
    note_phrases(sheet, figure)
    for slot in SLOTS:
        options = options_of(sheet, figure, slot)
        cues = [describe(sheet, figure, slot, option) for option in options]
        right = frozenset(i for i, option in enumerate(options) if truth.accepts(figure, slot, option))
        if right and len(options) > 1:
            yield slot, Example(cues, right)
        if choices:
            figure.slots[slot] = options[choose(cues, choices[slot])[0]]
        elif right:
            figure.slots[slot] = options[min(right)]


def _opposite(sheet: Sheet, figure: Figure, truth: Truth) -> Iterator[tuple[str, Example]]:
    options = opposites_of(sheet, figure)
    right = frozenset(i for i, option in enumerate(options) if truth.opposes(figure, option))
    if right and len(options) > 1:
        yield "opposite", Example([describe_opposite(sheet, figure, option) for option in options], right)


def _comparisons(lesson: Lesson, truth: Truth, choices: Choices) -> Iterator[tuple[str, Example]]:
    sheet = read_sheet(lesson.case.entry.plain, lesson.entities, lesson.unclaimed)
    known, results = find_results(sheet, {**choices, "whole": {}})
    names = [entity.name for entity in known]
    for found in find_pairs(sheet, results):
        right = outdone_in(lesson.case.gold, truth.names, names[found.better], names[found.worse])
        yield "outperforms", Example([[], found.cues], frozenset([int(right)]))


def collect_whole(lesson: Lesson, choices: Choices) -> Iterator[tuple[str, Example]]:
    """Yield an example for every result that choices which have not seen the lesson would report."""
    sheet = read_sheet(lesson.case.entry.plain, lesson.entities, lesson.unclaimed)
    truth = Truth(lesson.case, sheet)
    decided = list(decide(sheet, {**choices, "whole": {}}))
    reported = [_report(sheet, one) for one in decided]
    right = set(pair(lesson.case.gold.results, reported, truth.names.results_agree(_FULL)).values())
    for at, one in enumerate(decided):
        yield "whole", Example([[], summarise(sheet, one.figure)], frozenset([int(at in right)]))


def _report(sheet: Sheet, decided: Decided) -> Reported:
    figure, number = decided.figure, decided.figure.number

    def name(option: Option) -> str | None:
        return sheet.entities[option].name if isinstance(option, int) else option

    return Reported(
        kind=figure.kind,
        value=number.value,
        high=number.high,
        system=name(figure.slots["system"]),
        benchmark=name(figure.slots["benchmark"]),
        metric=name(figure.slots["metric"]),
    )
