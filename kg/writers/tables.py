"""A graph -> CSV: every reported result as one row for each sentence that states it."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from kg.evidence import read_results
from kg.facts import Facts
from kg.rdf.prefixes import compact
from kg.rdf.vocabulary import DCTERMS, KG, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.evidence import Evidence, Reported

SUFFIXES = (".csv",)

COLUMNS = (
    "paper", "title", "date", "system", "kind", "value", "high", "unit", "metric", "implied metric",
    "benchmark", "baseline", "baseline value", "setting", "confidence", "digest", "line", "sentence",
)  # fmt: skip

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(store: ox.Store) -> Iterator[str]:
    """Yield the header and the rows, by paper, result and sentence.

    Papers stand as CURIEs: a bare arXiv id would lose its last zero to a spreadsheet that reads numbers.
    """
    facts = Facts(store)
    yield _write_row(COLUMNS)
    for paper in facts.subjects(RDF.type, KG.Paper):
        about = (compact(paper), facts.value(paper, DCTERMS.title) or facts.name(paper))
        for result in read_results(facts, paper):
            for evidence in result.evidence:
                yield _write_row((*about, *_list_cells(result, evidence)))


def _list_cells(result: Reported, evidence: Evidence) -> tuple[str, ...]:
    return (
        evidence.date, result.system, result.kind, result.value, result.high, result.unit, result.metric,
        result.implied, result.benchmark, result.baseline, result.baseline_value, result.setting,
        result.confidence, evidence.digest, str(evidence.line), evidence.sentence,
    )  # fmt: skip


def _write_row(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(map(_disarm, cells))
    return out.getvalue()


def _disarm(cell: str) -> str:
    """Mark a cell that a spreadsheet would run as a formula; numbers stay numbers.

    >>> _disarm("=1+1"), _disarm("-3.2"), _disarm("+82")
    ("'=1+1", '-3.2', '+82')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.match(cell) else cell
