"""An entry's text and entities -> the results it reports: scores and gains, each tied to what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.actors import baseline_of, holder_of, improved_by, read_paper, system_of
from kg.extraction.clauses import frames
from kg.extraction.confidence import confidence_of
from kg.extraction.contrasts import settle
from kg.extraction.cues import cue_of, pattern
from kg.extraction.links import benchmarks_of, metric_of
from kg.extraction.quantities import measure_of, quantity_of
from kg.extraction.settings import setting_of
from kg.extraction.sharing import Reading, align, share_roles, share_slots
from kg.identity import fold
from kg.records import Entity, Kind, Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.actors import Paper
    from kg.extraction.clauses import Frame


def find_results(
    plain: str, entities: tuple[Entity, ...], unclaimed: tuple[tuple[int, int], ...]
) -> tuple[tuple[Entity, ...], tuple[Result, ...]]:
    """Find the scores and gains that a text reports.

    Args:
        plain: title, line feed, text.
        entities: what the text names.
        unclaimed: spans from which nothing may be taken.

    Returns:
        The entities, extended by metrics that are only what a gain is about, and the results in text order.
    """
    paper = read_paper(plain, entities)
    known = list(entities)
    found: dict[tuple[object, ...], Result] = {}
    for frame in frames(plain, entities, unclaimed):
        if frame.numbers:
            for reading in _readings(frame, paper):
                for result in _results(plain, frame, reading, known):
                    found.setdefault(_said(result), result)
    return tuple(known), tuple(found.values())


def _readings(frame: Frame, paper: Paper) -> list[Reading]:
    """Read the numbers of a frame, fill what they share, and settle who has been compared with whom."""
    roles = [(atom, cue_of(frame, atom)) for atom in frame.numbers]
    frame = frame.keeping([atom for atom, cue in roles if cue is None or cue.role != "nothing"])
    readings = [
        Reading(atom, cue.role if cue else "", cue.id if cue else "")
        for atom, cue in roles
        if cue is None or cue.role != "nothing"
    ]
    readings = share_roles(frame, readings)
    frame = frame.keeping([r.atom for r in readings])
    readings = [_tie(frame, reading, paper) for reading in readings]
    readings = align(frame, share_slots(frame, readings))
    return settle(frame, [_default(frame, reading, paper) for reading in readings], paper)


def _tie(frame: Frame, reading: Reading, paper: Paper) -> Reading:
    """Add what a number's own cell says of it."""
    atom = reading.atom
    gain = reading.role == "gain"
    metric = metric_of(frame, atom)
    quantity = quantity_of(frame, atom) if gain else None
    if metric and quantity and quantity[1] < metric[2]:
        metric = None
    aside = quantity is not None and metric is None
    phrase = quantity[0] if quantity else measure_of(frame, atom)
    system = _system(frame, reading, paper)
    return replace(
        reading,
        benchmarks=benchmarks_of(frame, atom),
        metric=metric[0] if metric else phrase,
        leads=metric is not None and metric[1],
        aside=aside,
        system=system,
        baseline=(baseline_of(frame, atom) or improved_by(frame, atom, system)) if gain else None,
        setting=setting_of(frame, atom, reading.number.hedge),
    )


def _system(frame: Frame, reading: Reading, paper: Paper) -> int | None:
    holder = None if reading.role == "gain" else holder_of(frame, reading.atom)
    if holder is not None or reading.role in ("other", "from"):
        return holder
    return system_of(frame, reading.atom, paper)


def _default(frame: Frame, reading: Reading, paper: Paper) -> Reading:
    """Add the benchmark that the text means: the paper's own, or the only one it names."""
    if reading.benchmarks or reading.aside or reading.number.unit == "x":
        return reading
    if paper.benchmark is not None:
        if pattern("benchmark_own").search(frame.text) or not paper.introduces(reading.system):
            return replace(reading, benchmarks=(paper.benchmark,))
    elif paper.only_benchmark is not None and reading.role in ("score", "to"):
        return replace(reading, benchmarks=(paper.only_benchmark,))
    return reading


def _results(plain: str, frame: Frame, reading: Reading, known: list[Entity]) -> Iterator[Result]:
    """The result that a reading is; one per benchmark where it says that both have the number."""
    both = len(reading.benchmarks) == 2 and pattern("benchmarks_both").search(frame.text[reading.atom.at :])
    for benchmarks in [(b,) for b in reading.benchmarks] if both else [reading.benchmarks]:
        yield _result(plain, frame, replace(reading, benchmarks=benchmarks), known)


def _result(plain: str, frame: Frame, reading: Reading, known: list[Entity]) -> Result:
    number = reading.number
    metric = _index_of(reading.metric, known) if isinstance(reading.metric, str) else reading.metric
    start, end = _evidence(plain, frame, reading)
    return Result(
        kind="gain" if reading.role == "gain" else "score",
        value=number.value,
        raw=number.raw,
        start=start,
        end=end,
        confidence=confidence_of(reading.by),
        by=reading.by,
        high=number.high,
        unit=number.unit,
        system=reading.system,
        benchmark=reading.benchmarks[0] if len(reading.benchmarks) == 1 else None,
        metric=metric,
        baseline=reading.baseline if reading.baseline != reading.system else None,
        baseline_value=reading.baseline_value,
        setting=_setting(reading, known),
    )


def _setting(reading: Reading, known: Sequence[Entity]) -> str | None:
    """The setting of a number; several benchmarks that share it are named there."""
    named = ", ".join(known[b].name for b in reading.benchmarks) if len(reading.benchmarks) > 1 else ""
    return "; ".join(part for part in (reading.setting, named) if part) or None


def _evidence(plain: str, frame: Frame, reading: Reading) -> tuple[int, int]:
    """The shortest span of the sentence with the number and, where it names them, benchmark and metric."""
    spans = [(reading.number.start, reading.number.end)]
    wanted = {*reading.benchmarks} | ({reading.metric} if isinstance(reading.metric, int) else set())
    for entity in wanted:
        places = [a for a in frame.atoms if a.entity == entity]
        if places:
            nearest = min(places, key=lambda a: abs(a.at - reading.atom.at))
            spans.append((nearest.start, nearest.end))
    if isinstance(reading.metric, str) and (at := plain.find(reading.metric, frame.start, frame.end)) >= 0:
        spans.append((at, at + len(reading.metric)))
    return min(start for start, _ in spans), max(end for _, end in spans)


def _index_of(quantity: str, known: list[Entity]) -> int:
    """The place of a quantity among the metrics; it is added if it is new."""
    key = fold(quantity)
    for index, entity in enumerate(known):
        if entity.kind is Kind.METRIC and key in (fold(entity.name), *map(fold, entity.aliases)):
            return index
    known.append(Entity(kind=Kind.METRIC, name=quantity))
    return len(known) - 1


def _said(result: Result) -> tuple[object, ...]:
    slots = (result.kind, result.system, result.benchmark, result.metric)
    return (*slots, result.value, result.high, result.unit)
