"""Findings beside gold -> how far the confidence of a name can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.evaluation import record_of
from kg.evaluation.agreement import pair, share_spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.gold import Named
    from kg.records import Findings
    from kg.training.cases import Case

_BINS = 10

Verdict = tuple[float, bool]
"""The confidence of a found name, and whether the name is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Verdicts of about one confidence: how many, how confident and how often right on average."""

    count: int
    confidence: float
    right: float


def judge_names(found: Iterable[tuple[Case, Findings]]) -> Iterator[Verdict]:
    """Yield a verdict for every found name; it is right if gold names it with the same kind, once."""
    for case, findings in found:
        names = record_of(findings, case.entry).entities
        paired = set(pair(case.gold.entities, names, _agree).values())
        named = (entity for entity in findings.entities if entity.mentions)
        for at, entity in enumerate(named):
            yield max(mention.confidence for mention in entity.mentions), at in paired


def sort_in_bins(verdicts: Iterable[Verdict]) -> tuple[Bin, ...]:
    """Put verdicts in bins of equal width by their confidence; empty bins are left out."""
    bins = []
    for _, group in groupby(sorted(verdicts), key=lambda verdict: min(int(verdict[0] * _BINS), _BINS - 1)):
        confidences, rights = zip(*group, strict=True)
        count = len(rights)
        bins.append(Bin(count=count, confidence=sum(confidences) / count, right=sum(rights) / count))
    return tuple(bins)


def measure_calibration(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between confidence and precision.

    >>> measure_calibration([Bin(count=3, confidence=0.9, right=1.0), Bin(count=1, confidence=0.5, right=0)])
    0.2
    """
    total = sum(each.count for each in bins)
    return round(sum(each.count * abs(each.confidence - each.right) for each in bins) / max(1, total), 4)


def measure_discrimination(verdicts: Iterable[Verdict]) -> float:
    """Return how often a right name has more confidence than a wrong one (area under the ROC curve).

    >>> measure_discrimination([(0.9, True), (0.8, False), (0.7, True), (0.6, False)])
    0.75
    """
    below = wins = rights = 0.0
    for _, group in groupby(sorted(verdicts), key=lambda verdict: verdict[0]):
        outcomes = [right for _, right in group]
        right, wrong = sum(outcomes), len(outcomes) - sum(outcomes)
        wins += right * (below + wrong / 2)
        rights += right
        below += wrong
    return round(wins / (rights * below), 4) if rights and below else 0.5


def format_reliability(verdicts: Sequence[Verdict]) -> str:
    """Write the table of bins with both measures below it."""
    bins = sort_in_bins(verdicts)
    rows = [f"{each.confidence:10.2f}  {each.right:9.2f}  {each.count:5d}" for each in bins]
    return "\n".join(
        [
            "confidence  precision  names",
            *rows,
            f"expected calibration error {measure_calibration(bins):.3f}",
            f"area under the ROC curve   {measure_discrimination(verdicts):.3f}",
        ]
    )


def _agree(one: Named, other: Named) -> bool:
    return one.kind is other.kind and share_spelling(one, other)
