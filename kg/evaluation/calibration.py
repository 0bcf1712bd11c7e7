"""Digests with gold -> how often each rule for results and comparisons is right.

``python -m kg.evaluation.calibration seeds tests/gold`` measures the rules on every entry that has gold and
writes the table that ``kg/data/rules/result_precision.toml`` holds.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.agreement import Names, pair
from kg.evaluation.gold import load_gold, record_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.gold import Record
    from kg.records import Entry, Findings

TABLE = Path(__file__).parents[1] / "data" / "rules" / "result_precision.toml"
_FULL = 3  # value, benchmark, metric, kind and system agree
_PRIOR = 4  # how many cases a rule is given of its family, and a family of all

_HEADER = """\
# How often what a rule finds is right (all of value, benchmark, metric and system, or winner and loser), as
# measured on development entries; rules with few cases lean on their family. Written by
# python -m kg.evaluation.calibration DIGESTS GOLD
"""


def calibrate(cases: Iterable[tuple[Entry, Findings, Record]]) -> dict[str, float]:
    """Measure the precision of every rule and family of rules.

    Args:
        cases: entries with what was found in them and what they say.
    """
    rules: defaultdict[str, list[bool]] = defaultdict(list)
    families: defaultdict[str, list[bool]] = defaultdict(list)
    for entry, findings, gold in cases:
        for rule, right in _judge(record_of(findings, entry), findings, gold):
            rules[rule].append(right)
            families[_family(rule)].append(right)
    everything = [right for rights in families.values() for right in rights]
    overall = sum(everything) / max(1, len(everything))
    precision = {family: _lean(rights, overall) for family, rights in families.items()}
    precision |= {rule: _lean(rights, precision[_family(rule)]) for rule, rights in rules.items()}
    return {rule: round(value, 2) for rule, value in sorted(precision.items())}


def _lean(rights: Sequence[bool], prior: float) -> float:
    """A precision that leans on a prior as if it had been seen a few times."""
    return (sum(rights) + _PRIOR * prior) / (len(rights) + _PRIOR)


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
    TABLE.write_text(format_precision(calibrate(read_cases(Path(sys.argv[1]), Path(sys.argv[2])))), "utf-8")
