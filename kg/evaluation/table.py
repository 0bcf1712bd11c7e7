"""Gold and predicted records -> a count per row: entities by kind, results by level, comparisons."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.evaluation.agreement import LEVELS, Names, pair, reduce_url, share_spelling
from kg.evaluation.gold import complete
from kg.records import Kind
from kg.sparql.tables import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.evaluation.gold import Named, Record

_CORE = (Kind.MODEL, Kind.METHOD, Kind.BENCHMARK, Kind.DATASET, Kind.METRIC)
_GROUPS: Mapping[str, tuple[Kind, ...]] = {
    **{kind.value: (kind,) for kind in (*_CORE, Kind.TASK, Kind.ORGANIZATION)},
    "benchmark or dataset": (Kind.BENCHMARK, Kind.DATASET),
    "model or method": (Kind.MODEL, Kind.METHOD),
}
_TOTALS: Mapping[str, tuple[Kind, ...]] = {"core entities": _CORE, "all entities": tuple(Kind)}


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared in one row of the table: what is there, what was found, and when two are the same."""

    label: str
    gold: Sequence[Any]
    found: Sequence[Any]
    same: Callable[[Any, Any], bool]


@dataclass(slots=True)
class Count:
    """How many were found, how many there are, how many were predicted."""

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, other: Count) -> None:
        """Add another count to this one."""
        self.right += other.right
        self.gold += other.gold
        self.predicted += other.predicted

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 where there is nothing to find and nothing was predicted."""
        return 2 * self.right / (self.gold + self.predicted) if self.gold + self.predicted else 1.0


def rows(gold: Record, found: Record) -> Iterator[Row]:
    """Yield what is compared between two records of one entry, in the order of the table."""
    yield from _entity_rows(gold, found)
    names = Names((*gold.entities, *found.entities))
    for level, label in enumerate(LEVELS):
        yield Row(f"result: {label}", gold.results, found.results, names.results_agree(level))
    yield Row("outperforms", gold.outperforms, found.outperforms, names.outdone_agree)
    yield Row(
        "paper reports benchmark",
        names.benchmarks(gold.results),
        names.benchmarks(found.results),
        names.agree,
    )
    yield Row("repositories", _urls(gold), _urls(found), lambda a, b: bool(a == b))


def _entity_rows(gold: Record, found: Record) -> Iterator[Row]:
    def alike(a: Named, b: Named) -> bool:
        return a.kind is b.kind and share_spelling(a, b)

    for label, kinds in _GROUPS.items():
        yield Row(label, _of(gold, kinds), _of(found, kinds), share_spelling)
    for label, kinds in _TOTALS.items():
        yield Row(label, _of(gold, kinds), _of(found, kinds), alike)
    own = [[e for e in _of(r, _CORE[:-1]) if e.introduced] for r in (gold, found)]
    yield Row("introduced, of any kind", own[0], own[1], share_spelling)


def _of(record: Record, kinds: Sequence[Kind]) -> list[Named]:
    return [entity for entity in record.entities if entity.kind in kinds]


def _urls(record: Record) -> list[str]:
    return sorted({reduce_url(url) for url in record.repositories})


def score(
    gold: Iterable[Record], predicted: Iterable[Record], language: str | None = None
) -> dict[str, Count]:
    """Count, row by row, what of the gold was found and what else was.

    A gold record without prediction counts as one in which nothing was found; predictions without gold are
    not looked at.

    Args:
        gold: what the entries say.
        predicted: what was found in them.
        language: ``en`` or ``ko`` for the entries in that language alone.
    """
    total: defaultdict[str, Count] = defaultdict(Count)
    for wanted, found in complete(gold, predicted):
        if language is None or wanted.language == language:
            for label, count in _counts(wanted, found).items():
                total[label].add(count)
    return dict(total)


def _counts(gold: Record, found: Record) -> dict[str, Count]:
    return {
        row.label: Count(len(pair(row.gold, row.found, row.same)), len(row.gold), len(row.found))
        for row in rows(gold, found)
    }


def resample(
    gold: Iterable[Record],
    predicted: Iterable[Record],
    language: str | None = None,
    runs: int = 200,
    seed: int = 1,
) -> dict[str, tuple[float, float]]:
    """Return a 95 % interval of each row's F1: ``runs`` times the entries drawn anew, with replacement."""
    pairs = [p for p in complete(gold, predicted) if language is None or p[0].language == language]
    counts = [_counts(wanted, found) for wanted, found in pairs]
    draw = random.Random(seed)  # noqa: S311  # a sample, not a secret
    drawn: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(runs if counts else 0):
        total: defaultdict[str, Count] = defaultdict(Count)
        for sample in draw.choices(counts, k=len(counts)):
            for label, count in sample.items():
                total[label].add(count)
        for label, count in total.items():
            drawn[label].append(count.f1)
    return {label: _middle(sorted(values)) for label, values in drawn.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[min(last, int(0.025 * len(values)))], values[min(last, int(0.975 * len(values)))]


def format_table(
    table: Mapping[str, Count], intervals: Mapping[str, tuple[float, float]] | None = None
) -> str:
    """Write a table for a terminal: a row per kind of thing, with intervals where they were drawn."""
    columns = [
        "",
        "precision",
        "recall",
        "F1",
        "gold",
        "predicted",
        *(["95 % interval"] if intervals else []),
    ]
    rows = []
    for label, count in table.items():
        shares = [f"{share:.3f}" for share in (count.precision, count.recall, count.f1)]
        row = [label, *shares, f"{count.gold:4d}", f"{count.predicted:4d}"]
        rows.append([*row, "{:.3f} to {:.3f}".format(*intervals[label])] if intervals else row)
    return layout(columns, rows)
