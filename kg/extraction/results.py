"""An entry's text and entities -> the results it reports: scores and gains, each tied to what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.clauses import frames
from kg.extraction.cues import cue_of
from kg.extraction.links import baseline_of, benchmarks_of, metric_of, read_paper, subject_of
from kg.records import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.cues import Cue
    from kg.extraction.links import Paper
    from kg.records import Entity


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what the text around it says of it."""

    atom: Atom
    cue: Cue
    benchmarks: tuple[int, ...] = ()
    metric: int | None = None
    system: int | None = None
    baseline: int | None = None
    compared: Atom | None = None


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
    found = [
        result
        for frame in frames(plain, entities, unclaimed)
        if frame.numbers
        for result in _results(frame, paper)
    ]
    return paper.entities, tuple(found)


def _results(frame: Frame, paper: Paper) -> Iterator[Result]:
    readings = [r for r in (_read(frame, atom) for atom in frame.numbers) if r is not None]
    readings = _complete(frame, readings, paper)
    for reading in readings:
        if reading.cue.role in ("score", "gain", "to", "other"):
            yield _result(frame, reading)


def _read(frame: Frame, atom: Atom) -> Reading | None:
    cue = cue_of(frame, atom)
    if cue is None or cue.role == "nothing":
        return None
    return Reading(
        atom,
        cue,
        benchmarks=benchmarks_of(frame, atom),
        metric=metric_of(frame, atom),
        system=subject_of(frame, atom),
        baseline=baseline_of(frame, atom),
    )


def _complete(frame: Frame, readings: Sequence[Reading], paper: Paper) -> list[Reading]:
    """Fill what a number shares with its neighbours and with the paper."""
    done: list[Reading] = []
    for i, reading in enumerate(readings):
        benchmarks = reading.benchmarks
        if not benchmarks and done:
            benchmarks = done[-1].benchmarks
        if not benchmarks:
            benchmarks = next((r.benchmarks for r in readings[i + 1 :] if r.benchmarks), ())
        if not benchmarks and paper.system is None and paper.benchmark is not None:
            benchmarks = (paper.benchmark,)
        metric = reading.metric
        if metric is None and done and done[-1].atom.number.unit == reading.atom.number.unit:
            metric = done[-1].metric
        system = reading.system
        if system is None:
            system = paper.system
        done.append(replace(reading, benchmarks=benchmarks, metric=metric, system=system))
    return done


def _result(frame: Frame, reading: Reading) -> Result:
    number = reading.atom.number
    assert number is not None
    return Result(
        kind="gain" if reading.cue.role == "gain" else "score",
        value=number.value,
        raw=number.raw,
        start=number.start,
        end=number.end,
        confidence=0.5,
        by=reading.cue.id,
        high=number.high,
        unit=number.unit,
        system=reading.system,
        benchmark=reading.benchmarks[0] if len(reading.benchmarks) == 1 else None,
        metric=reading.metric,
        baseline=reading.baseline if reading.cue.role == "gain" else None,
    )
