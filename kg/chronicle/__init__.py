"""A graph -> what happened in it: by thing, by pair, between two dates or two stores, since a day."""

from __future__ import annotations

from kg.chronicle.comparison import SideBySide, compare
from kg.chronicle.difference import Difference, diff_dates, diff_stores
from kg.chronicle.feed import write_atom, write_markdown
from kg.chronicle.novelty import Novelty, Record, find_new
from kg.chronicle.timeline import Timeline, trace

__all__ = [
    "Difference",
    "Novelty",
    "Record",
    "SideBySide",
    "Timeline",
    "compare",
    "diff_dates",
    "diff_stores",
    "find_new",
    "trace",
    "write_atom",
    "write_markdown",
]
