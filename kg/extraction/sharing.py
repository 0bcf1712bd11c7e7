"""The numbers of one frame -> what they share: roles in a list, benchmarks, metrics, "respectively"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extraction.actors import is_compared
from kg.extraction.clauses import BENCHMARKS, METRICS, SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kg.extraction.clauses import Atom, Frame
    from kg.extraction.numbers import Number

_LISTED = re.compile(
    r"^(?:\s?[)%])?(?:\s?(?:,|/|&|and|or|및|와|과|그리고|그리고,)\s?)+(?:(?:up to|about|각각|약|최대|over|a|an|an average of)\s)*$"
)
_COORDINATED = re.compile(r"(?:^|[\s,])(?:and|및|와|과|,)\s")
_RESPECTIVELY = re.compile(r"respectively|각각", re.IGNORECASE)
_WEAK = ("score.on-benchmark", "score.metric-after", "score.achieves", "score.achieves-ko", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what the text says of it: its role, the rule that gave it, and what it is tied to."""

    atom: Atom
    role: str
    by: str
    benchmarks: tuple[int, ...] = ()
    metric: int | None = None
    leads: bool = False
    quantity: str | None = None
    system: int | None = None
    baseline: int | None = None
    baseline_value: Decimal | None = None

    @property
    def number(self) -> Number:
        """The number itself."""
        assert self.atom.number is not None
        return self.atom.number


def share_roles(frame: Frame, readings: Sequence[Reading]) -> list[Reading]:
    """Give the numbers of one list one role: "3.3% in A and 7.7% in B", "by 5.8% and 1.5%"."""
    done = list(readings)
    for i in range(len(done) - 2, -1, -1):
        gap = frame.text[done[i].atom.at + 1 : done[i + 1].atom.at]
        if _LISTED.match(gap) and done[i].by in _WEAK and done[i + 1].role and done[i + 1].role != "to":
            done[i] = replace(done[i], role=done[i + 1].role, by=done[i + 1].by)
    for i in range(1, len(done)):
        before, here = done[i - 1], done[i]
        gap = frame.text[before.atom.at + 1 : here.atom.at]
        alike = before.number.unit == here.number.unit and before.role in ("gain", "other")
        if not alike or here.by not in _WEAK:
            continue
        if _LISTED.match(gap) or (before.role == "gain" and len(gap) <= 70 and _COORDINATED.search(gap)):
            done[i] = replace(here, role=before.role, by=before.by)
    return [reading for reading in done if reading.role]


def share_slots(frame: Frame, readings: Sequence[Reading]) -> list[Reading]:
    """Let a number without benchmark or metric of its own take those of its neighbours."""
    done: list[Reading] = []
    for i, reading in enumerate(readings):
        reading = _take_benchmarks(frame, reading, done, readings[i + 1 :])
        done.append(_take_metric(frame, reading, done, readings[i + 1 :]))
    return done


def _take_benchmarks(
    frame: Frame, reading: Reading, before: Sequence[Reading], after: Sequence[Reading]
) -> Reading:
    if reading.benchmarks or reading.quantity or reading.number.unit == "x":
        return reading
    low, high = frame.clause(reading.atom.at)
    near = [r.benchmarks for r in reversed(before) if r.benchmarks and r.atom.at >= low]
    near += [r.benchmarks for r in after if r.benchmarks and r.atom.at < high]
    near += [r.benchmarks for r in reversed(before) if r.benchmarks]
    if not near:
        near = [found] if (found := frame.names(0, reading.atom.at, BENCHMARKS)) else []
    return replace(reading, benchmarks=near[0]) if near else reading


def _take_metric(
    frame: Frame, reading: Reading, before: Sequence[Reading], after: Sequence[Reading]
) -> Reading:
    if reading.metric is not None or reading.quantity:
        return reading
    if before and before[-1].metric is not None and before[-1].number.unit == reading.number.unit:
        last = before[-1]
        gap = frame.text[last.atom.at + 1 : reading.atom.at]
        follows = reading.role in ("other", "to", "from") or reading.by == "gain.signed"
        outdoes = reading.by == "gain.by" and last.role == "score"
        if follows or outdoes or _LISTED.match(gap) or (last.leads and len(gap) <= 60):
            return replace(reading, metric=last.metric, leads=last.leads)
    if after and after[0].metric is not None and after[0].number.unit == reading.number.unit:
        gap = frame.text[reading.atom.at + 1 : after[0].atom.at]
        if _LISTED.match(gap) or reading.role == "from":
            return replace(reading, metric=after[0].metric)
    return reading


def align(frame: Frame, readings: Sequence[Reading]) -> list[Reading]:
    """Deal out lists of equal length where the text says "respectively" (or 각각)."""
    if not _RESPECTIVELY.search(frame.text):
        return list(readings)
    done: list[Reading] = []
    for run in _runs(frame, readings):
        done += _deal(frame, run) if len(run) > 1 else run
    return done


def _runs(frame: Frame, readings: Sequence[Reading]) -> list[list[Reading]]:
    """The readings, grouped where one follows the other in a bare list of numbers."""
    runs: list[list[Reading]] = []
    for reading in readings:
        last = runs[-1][-1] if runs else None
        if last is not None and _LISTED.match(frame.text[last.atom.at + 1 : reading.atom.at]):
            runs[-1].append(reading)
        else:
            runs.append([reading])
    return runs


def _deal(frame: Frame, run: list[Reading]) -> list[Reading]:
    """Give the i-th number of a list the i-th benchmark, metric or compared system of an equally long list."""
    end = len(frame.text)
    benchmarks = frame.names(0, end, BENCHMARKS)
    metrics = frame.names(0, end, METRICS)
    compared = tuple(dict.fromkeys(s.entity for s in frame.between(0, end, SYSTEMS) if is_compared(frame, s)))
    for i, reading in enumerate(run):
        if len(benchmarks) == len(run):
            run[i] = replace(run[i], benchmarks=(benchmarks[i],))
        if len(metrics) == len(run):
            run[i] = replace(run[i], metric=metrics[i])
        if len(compared) == len(run) and reading.role == "gain":
            run[i] = replace(run[i], baseline=compared[i])
    return run
