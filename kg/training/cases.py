"""Digests and gold files -> cases: entries with what they say, as a person annotated it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.gold import load_gold
from kg.files import find_digests, read_text
from kg.readers import read_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.evaluation.gold import Record
    from kg.records import Entry

_TIMES_CHECKED = 6
"""How much more a careful annotation counts, chosen by cross-validation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An entry and the gold record about it, which counts so many times where results are learned."""

    entry: Entry
    gold: Record
    times: int = 1

    def part(self, parts: int) -> int:
        """Return which of so many parts this case is in: one paper's entries are always in the same."""
        paper = self.entry.arxiv or self.entry.title
        return int(hashlib.sha256(paper.encode()).hexdigest(), 16) % parts


def load_cases(
    golds: Sequence[Path],
    digests: Sequence[Path],
    ids: Sequence[Path] = (),
    checked: Sequence[Path] = (),
) -> tuple[Case, ...]:
    """Pair the entries of digests with the gold records about them.

    Args:
        golds: gold files, or folders of them.
        digests: digest files, or folders of them.
        ids: JSON files that map ``file|arXiv id`` to the id a gold file uses.
        checked: further gold files, or folders of them, whose every record was annotated with special care.

    Returns:
        The cases sorted by id; entries without gold and gold without entry are left out.
    """
    careful = {record.id for record in _load_records(checked)}
    records = {record.id: record for record in _load_records((*golds, *checked))}
    names = {old: new for path in ids for old, new in json.loads(path.read_text(encoding="utf8")).items()}
    cases = {}
    for folder in digests:
        for file in find_digests([str(folder)]).files:
            for entry in read_digest(read_text(file.path), file.key).entries:
                key = f"{file.key.rsplit('/', 1)[-1]}|{entry.arxiv}"
                gold = records.get(names.get(key, key)) or records.get(f"{file.key}|{entry.arxiv}")
                if gold:
                    times = _TIMES_CHECKED if gold.id in careful else 1
                    cases[gold.id] = Case(entry=entry, gold=gold, times=times)
    return tuple(cases[key] for key in sorted(cases))


def _load_records(golds: Sequence[Path]) -> Iterator[Record]:
    for path in golds:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            yield from load_gold(file.read_text(encoding="utf8"), str(file))
