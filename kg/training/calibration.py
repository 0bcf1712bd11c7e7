"""Cross-validated findings -> how far confidences can be trusted, and what leaving out the unsure gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.evaluation import record_of
from kg.evaluation.agreement import Names, pair
from kg.sparql.tables import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.records import Findings
    from kg.training.cases import Case

_FULL = 3
"""The level of agreement at which value, benchmark, metric, kind and system are right."""
_SHARES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5)

Stated = tuple[float, bool]
"""The confidence of one finding, and whether it is right."""


def judge_results(found: Iterable[tuple[Case, Findings]]) -> list[Stated]:
    """Return the confidence of every result, and whether value, kind and all but a baseline are right."""
    stated: list[Stated] = []
    for case, findings in found:
        record = record_of(findings, case.entry)
        names = Names((*case.gold.entities, *record.entities))
        right = set(pair(case.gold.results, record.results, names.results_agree(_FULL)).values())
        stated += [(result.confidence, at in right) for at, result in enumerate(findings.results)]
    return stated


def judge_comparisons(found: Iterable[tuple[Case, Findings]]) -> list[Stated]:
    """Return the confidence of every comparison, and whether winner and loser are right."""
    stated: list[Stated] = []
    for case, findings in found:
        record = record_of(findings, case.entry)
        names = Names((*case.gold.entities, *record.entities))
        right = set(pair(case.gold.outperforms, record.outperforms, names.outdone_agree).values())
        stated += [(one.confidence, at in right) for at, one in enumerate(findings.comparisons)]
    return stated


def format_curve(stated: Sequence[Stated], wanted: int) -> str:
    """Write precision and recall when only the surest shares of what was found are kept.

    Args:
        stated: confidences, and whether they were right.
        wanted: how many there are to be found.
    """
    ranked = sorted(stated, key=lambda one: -one[0])
    rows = []
    for share in _SHARES:
        kept = ranked[: round(len(ranked) * share)]
        right = sum(one[1] for one in kept)
        figures = (right / max(1, len(kept)), right / max(1, wanted), 2 * right / max(1, len(kept) + wanted))
        least = kept[-1][0] if kept else 0.0
        rows.append([f"{share:.2f}", f"{least:.2f}", *(f"{figure:.3f}" for figure in figures)])
    return layout(["kept", "least sure", "precision", "recall", "F1"], rows)
