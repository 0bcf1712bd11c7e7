"""A number in a frame -> the benchmarks and the metric that the text around it ties it to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.clauses import BENCHMARKS, METRICS
from kg.extraction.cues import expand

if TYPE_CHECKING:
    from kg.extraction.clauses import Atom, Frame

_METRIC_AFTER = re.compile(expand(r"^[^<N>,.;]{0,40}?<M>(?: ?\(<M>\))?"))
_METRIC_BEFORE = re.compile(expand(r"<M>[^<N>.;]{0,40}$"))
_BENCHMARK_BEFORE = re.compile(
    expand(r"<B>(?: (?:test|val|validation|benchmark|dataset|set|score))?\s?[(:=]\s?<h>$")
)


def benchmarks_of(frame: Frame, atom: Atom) -> tuple[int, ...]:
    """Return the benchmarks that a number is about as its cell says; several where it lists them."""
    low, high = frame.cell(atom)
    if _BENCHMARK_BEFORE.search(frame.text[low : atom.at]):
        return frame.names(low, atom.at, BENCHMARKS)[-1:]
    return frame.names(atom.at, high, BENCHMARKS) or frame.names(low, atom.at, BENCHMARKS)


def metric_of(frame: Frame, atom: Atom) -> tuple[int, bool] | None:
    """Return the metric that a number measures as its cell says, and whether it stands before the number."""
    low, high = frame.cell(atom)
    after = _METRIC_AFTER.search(frame.text[atom.at + 1 : high])
    if after:
        return frame.names(atom.at, atom.at + 1 + after.end(), METRICS)[-1], False
    if _METRIC_BEFORE.search(frame.text[low : atom.at]):
        return frame.names(low, atom.at, METRICS)[-1], True
    found = frame.names(low, high, METRICS)
    return (found[0], bool(frame.names(low, atom.at, METRICS))) if len(found) == 1 else None
