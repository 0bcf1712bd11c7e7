"""Digests with gold -> how often each rule for results and comparisons is right.

``python -m kg.evaluation.calibration seeds tests/gold`` measures the rules on every entry that has gold and
prints the table that ``kg/data/rules/result_precision.toml`` holds.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.agreement import Names, pair
from kg.evaluation.gold import load_gold, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.evaluation.gold import Record
    from kg.records import Entry, Findings

_FULL = 3  # value, benchmark, metric, kind and system agree
_PRIOR = 4  # how many cases of the family a rule with few cases of its own is given

_HEADER = """\
# How often what a rule finds is right (all of value, benchmark, metric and system, or winner and loser), as
# measured on development entries; rules with few cases lean on their family. Written by
# python -m kg.evaluation.calibration SEEDS GOLD
"""


def calibrate(cases: Iterable[tuple[Entry, Findings, Record]]) -> dict[str, float]:
    """Measure the precision of every rule and family of rules.

    Args:
        cases: entries with what was found in them and what they say.
    """
    outcomes: defaultdict[str, list[bool]] = defaultdict(list)
    for entry, findings, gold in cases:
        for rule, right in _judge(record_of(findings, entry), findings, gold):
            outcomes[rule].append(right)
            outcomes[_family(rule)].append(right)
    overall = {rule: sum(rights) / len(rights) for rule, rights in outcomes.items() if "." not in rule}
    return {
        rule: round((sum(rights) + _PRIOR * overall[_family(rule)]) / (len(rights) + _PRIOR), 2)
        for rule, rights in sorted(outcomes.items())
    }


def _family(rule: str) -> str:
    return rule.split(".", 1)[0]


def _judge(found: Record, findings: Findings, gold: Record) -> Iterator[tuple[str, bool]]:
    names = Names((*gold.entities, *found.entities))
    results = set(pair(gold.results, found.results, names.results_agree(_FULL)).values())
    for at, result in enumerate(findings.results):
        yield result.by, at in results
    outdone = set(pair(gold.outperforms, found.outperforms, names.outdone_agree).values())
    for at, comparison in enumerate(findings.comparisons):
        yield comparison.by, at in outdone


def format_precision(precision: dict[str, float]) -> str:
    """Write the table as TOML."""
    lines = [f'"{rule}" = {value:.2f}' for rule, value in precision.items()]
    return "\n".join([_HEADER, "[precision]", *lines, ""])


def read_cases(digests: Path, gold: Path) -> Iterator[tuple[Entry, Findings, Record]]:
    """Yield every entry of a folder of digests that has gold in a folder of gold files."""
    from kg.extraction import find
    from kg.readers import read_digest

    records = {
        r.id: r for path in sorted(gold.glob("*.json")) for r in load_gold(path.read_text("utf-8"), path.name)
    }
    for path in sorted(p for p in digests.iterdir() if p.is_file()):
        for entry in read_digest(path.read_text("utf-8"), path.name).entries:
            record = records.get(f"{path.name}|{entry.arxiv}")
            if record is not None:
                yield entry, find(entry), record


if __name__ == "__main__":
    sys.stdout.write(format_precision(calibrate(read_cases(Path(sys.argv[1]), Path(sys.argv[2])))))
