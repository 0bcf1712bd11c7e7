"""Many digests -> in how many papers each spelling stands, and how often it seems to be a name."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.extraction.entities import find_groups
from kg.extraction.judgement import judge_unnamed
from kg.extraction.reading import read
from kg.files import find_digests, read_text
from kg.identity import fold
from kg.readers import read_digest
from kg.training import names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.extraction.forest import Forest
    from kg.records import Entry
    from kg.training.cases import Case

_LEAST = 2
"""A spelling of fewer papers is left out."""


def survey(digests: Sequence[Path], cases: Sequence[Case]) -> str:
    """Survey digests by names learned from cases, as the text that `kg.extraction.survey` reads.

    Args:
        digests: files or folders; of each paper one entry in each language counts.
        cases: the annotated entries to learn from, without any survey; their papers do not count.
    """
    forest = names.fit(names.collect(cases, {}))
    skipped = {case.entry.arxiv or case.entry.title for case in cases}
    return render(count(_read(digests, skipped), forest))


def _read(digests: Sequence[Path], skipped: Collection[str]) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for folder in digests:
        for file in find_digests([str(folder)]).files:
            for entry in read_digest(read_text(file.path), file.key).entries:
                paper = entry.arxiv or entry.title
                if paper not in skipped and (paper, entry.language) not in seen:
                    seen.add((paper, entry.language))
                    yield entry


def count(entries: Iterable[Entry], forest: Forest) -> dict[str, tuple[int, float]]:
    """Count for every folded spelling in how many entries it stands, and add up how probably as a name."""
    papers: Counter[str] = Counter()
    named: defaultdict[str, float] = defaultdict(float)
    for entry in entries:
        groups = find_groups(read(entry), {})
        for group, unnamed in zip(groups, judge_unnamed([g.cues for g in groups], forest), strict=True):
            for key in {fold(spelling) for spelling in group.spellings}:
                papers[key] += 1
                named[key] += 1 - unnamed
    return {key: (times, named[key]) for key, times in papers.items() if times >= _LEAST}


def render(counted: dict[str, tuple[int, float]]) -> str:
    """Write a survey as JSON, a line for each spelling: in how many papers it stands, how often as a name."""
    rows = [
        f"{json.dumps(key, ensure_ascii=False)}: [{papers}, {named / papers:.2f}]"
        for key, (papers, named) in sorted(counted.items())
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"
