"""A number in a frame -> the benchmarks and the metric that the text around it ties it to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.clauses import BENCHMARKS, METRICS
from kg.extraction.cues import pattern

if TYPE_CHECKING:
    from kg.extraction.clauses import Atom, Frame


def benchmarks_of(frame: Frame, atom: Atom) -> tuple[int, ...]:
    """Return the benchmarks that a number is about as its cell says; several where it lists them."""
    low, high = frame.cell(atom)
    if pattern("benchmark_before").search(frame.text[low : atom.at]):
        return frame.names(low, atom.at, BENCHMARKS)[-1:]
    return measured_in(frame, atom.at, high) or measured_in(frame, low, atom.at)


def measured_in(frame: Frame, low: int, high: int) -> tuple[int, ...]:
    """Return the benchmarks that a stretch of text names other than to compare with them."""
    found = [
        b.entity
        for b in frame.between(low, high, BENCHMARKS)
        if not pattern("benchmark_contrasted").search(frame.text[max(0, b.at - 40) : b.at])
    ]
    return tuple(dict.fromkeys(entity for entity in found if entity is not None))


def metric_of(frame: Frame, atom: Atom) -> tuple[int, bool, int] | None:
    """Return the metric of a number as its cell says, whether it leads, and how far off it stands."""
    low, high = frame.cell(atom)
    after = pattern("metric_after").search(frame.text[atom.at + 1 : high])
    if after:
        return frame.names(atom.at, atom.at + 1 + after.end(), METRICS)[-1], False, after.end()
    before = frame.between(low, atom.at, METRICS)
    if (
        before
        and before[-1].entity is not None
        and pattern("metric_before").search(frame.text[low : atom.at])
    ):
        return before[-1].entity, True, atom.at - before[-1].at
    found = frame.names(low, high, METRICS)
    return (found[0], bool(before), high - low) if len(found) == 1 else None
