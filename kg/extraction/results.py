"""An entry's text and entities -> the results it reports: scores and gains, each tied to what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from kg.extraction.choices import load_choices
from kg.extraction.confidence import confidence_of, correct_results
from kg.extraction.cues import pattern
from kg.extraction.figures import drop_idle
from kg.extraction.opposites import find_opposite
from kg.extraction.outcomes import decide_kinds
from kg.extraction.settings import setting_of
from kg.extraction.slots import fill_slots
from kg.identity import fold
from kg.names import known_names
from kg.records import Entity, Kind, Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kg.extraction.choices import Choices
    from kg.extraction.figures import Figure, Sheet

LEAST = 0.36
"""A result that the decisions hold for less probable than this is left out: of the bounds that keep whole
results at F1 0.60 out of fold, about the most precise."""


class Decided(msgspec.Struct, frozen=True):
    """A figure that is a result, the figure it is compared with, and how probably all of it is right."""

    figure: Figure
    opposite: Figure | None
    confidence: float

    @property
    def baseline_value(self) -> Decimal | None:
        """The value it is compared with."""
        return self.opposite.number.value if self.opposite else None


def find_results(
    sheet: Sheet, choices: Choices | None = None
) -> tuple[tuple[Entity, ...], tuple[Result, ...]]:
    """Find the scores and gains that a text reports.

    Args:
        sheet: the text and what it names; what is decided of its figures is left on it.
        choices: the weights of the decisions, instead of those that the package holds.

    Returns:
        The entities, extended by metrics without a mention and with datasets that turn out to be measured on
        as benchmarks, and the results in text order.
    """
    known = list(sheet.entities)
    found: dict[tuple[object, ...], Result] = {}
    likely = [one for one in decide(sheet, choices or load_choices()) if one.confidence >= LEAST]
    for decided in _drop_outdone(likely):
        for result in _results(sheet, decided, known):
            found.setdefault(_said(result), result)
    return tuple(known), tuple(found.values())


def decide(sheet: Sheet, choices: Choices) -> Iterator[Decided]:
    """Decide which figures of a sheet are results, and fill their slots."""
    decide_kinds(sheet, choices["outcome"])
    drop_idle(sheet)
    for row in sheet.figures:
        for figure in row:
            if figure.kind in ("score", "gain"):
                fill_slots(sheet, figure, choices)
                opposite = find_opposite(sheet, figure, choices["opposite"])
                yield Decided(figure, opposite, confidence_of(sheet, figure, choices["whole"]))


def _drop_outdone(likely: Sequence[Decided]) -> list[Decided]:
    """Leave out the values that a surer result of the same system is compared with: what it scored before."""
    outdone = {
        id(one.opposite)
        for one in likely
        for other in likely
        if one.opposite is other.figure
        and one.confidence > other.confidence
        and other.figure.slots["system"] in (None, one.figure.slots["system"])
    }
    return [one for one in likely if id(one.figure) not in outdone]


def _results(sheet: Sheet, decided: Decided, known: list[Entity]) -> Iterator[Result]:
    """The result that a figure is; one for each benchmark where the text says that both have the number."""
    figure = decided.figure
    benchmarks = figure.ties.benchmarks
    both = len(benchmarks) == 2 and pattern("benchmarks_both").search(figure.frame.text[figure.atom.at :])
    for benchmark in benchmarks if both else [_index(figure, "benchmark")]:
        yield _result(sheet, decided, benchmark, known)


def _result(sheet: Sheet, decided: Decided, benchmark: int | None, known: list[Entity]) -> Result:
    figure, number = decided.figure, decided.figure.number
    start, end = _evidence(sheet, figure, benchmark)
    system, baseline = _index(figure, "system"), _index(figure, "baseline")
    phrase = figure.slots["metric"]
    metric = _metric(phrase, known) if isinstance(phrase, str) else phrase
    if benchmark is not None and known[benchmark].kind is Kind.DATASET:
        known[benchmark] = replace(known[benchmark], kind=Kind.BENCHMARK)
    return Result(
        kind=figure.kind,
        value=number.value,
        raw=number.raw,
        start=start,
        end=end,
        confidence=correct_results(decided.confidence),
        by=figure.fits[0].id if figure.fits else "unruled",
        high=number.high,
        unit=number.unit,
        system=system,
        benchmark=benchmark,
        metric=metric,
        implied=_customary(known, benchmark) if metric is None and figure.kind == "score" else None,
        baseline=baseline if baseline != system else None,
        baseline_value=decided.baseline_value,
        setting=_setting(figure, benchmark, known),
    )


def _index(figure: Figure, slot: str) -> int | None:
    option = figure.slots[slot]
    return option if isinstance(option, int) else None


def _setting(figure: Figure, benchmark: int | None, known: list[Entity]) -> str | None:
    """The setting of a number; several benchmarks that share it are named there."""
    several = figure.ties.benchmarks if benchmark is None and len(figure.ties.benchmarks) > 1 else ()
    stated = setting_of(figure.frame, figure.atom, figure.number.hedge)
    named = ", ".join(known[b].name for b in several)
    return "; ".join(part for part in (stated, named) if part) or None


def _evidence(sheet: Sheet, figure: Figure, benchmark: int | None) -> tuple[int, int]:
    """The shortest span of the sentence with the number and, where it names them, benchmark and metric."""
    frame, metric = figure.frame, figure.slots["metric"]
    spans = [(figure.number.start, figure.number.end)]
    for entity in {benchmark, metric} - {None}:
        places = [a for a in frame.atoms if a.entity == entity]
        if places:
            nearest = min(places, key=lambda a: abs(a.at - figure.atom.at))
            spans.append((nearest.start, nearest.end))
    if isinstance(metric, str) and (at := sheet.plain.find(metric, frame.start, frame.end)) >= 0:
        spans.append((at, at + len(metric)))
    return min(start for start, _ in spans), max(end for _, end in spans)


def _metric(name: str, known: list[Entity]) -> int:
    """The place of a measure among the metrics; it is added if it is new."""
    key = fold(name)
    for index, entity in enumerate(known):
        if entity.kind is Kind.METRIC and key in (fold(entity.name), *map(fold, entity.aliases)):
            return index
    known.append(Entity(kind=Kind.METRIC, name=name))
    return len(known) - 1


def _customary(known: list[Entity], benchmark: int | None) -> int | None:
    """The metric that a benchmark is customarily measured with, where that is known."""
    if benchmark is None:
        return None
    names = known_names().lookup(known[benchmark].name, Kind.BENCHMARK)
    metric = next((name.metric for name in names if name.metric), "")
    return _metric(metric, known) if metric else None


def _said(result: Result) -> tuple[object, ...]:
    slots = (result.kind, result.system, result.benchmark, result.metric)
    return (*slots, result.value, result.high, result.unit)
