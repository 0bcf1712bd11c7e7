"""Two records of one entry -> which of their things are the same: the definitions behind every figure.

Names are compared more leniently than the graph's own identity does: annotators and texts differ in points
and hyphens, and what is measured here is whether the thing was found, not how it is spelled.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from kg.identity import GREEK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.evaluation.gold import Named, Outdone, Reported

T = TypeVar("T")

LEVELS = ("value", "+ benchmark", "+ metric, kind", "+ system", "+ unit", "+ baseline")
"""How much of a result must agree: every level asks for what the levels before it ask."""
_SAME_METRIC = {
    "acc": "accuracy", "정확도": "accuracy", "정밀도": "precision", "재현율": "recall",
    "성공률": "successrate",
    "successrates": "successrate", "승률": "winrate", "winrates": "winrate", "f1score": "f1", "f1점수": "f1",
    "em": "exactmatch", "exactmatchem": "exactmatch", "bleuscore": "bleu", "bleu점수": "bleu",
}  # fmt: skip
_IGNORED = re.compile(r"[^0-9a-z+\uac00-\ud7a3\u4e00-\u9fff]")


def reduce_name(name: str | None) -> str:
    """Reduce a spelling to what must agree: letters, digits and plus signs.

    >>> reduce_name("MATH-500") == reduce_name("math 500"), reduce_name("GPT-4.1") == reduce_name("GPT-41")
    (True, True)
    """
    text = unicodedata.normalize("NFKC", name or "").casefold()
    return _IGNORED.sub("", "".join(GREEK.get(c, c) for c in text))


def reduce_url(url: str) -> str:
    """Reduce a repository URL to what must agree.

    >>> reduce_url("https://www.github.com/a/B/.")
    'github.com/a/b'
    """
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/.").lower()


def spellings(entity: Named) -> set[str]:
    """Return all reduced spellings of an entity."""
    return {reduced for n in (entity.name, entity.english, *entity.aliases) if (reduced := reduce_name(n))}


def share_spelling(one: Named, other: Named) -> bool:
    """Say whether two entities have a spelling in common."""
    return bool(spellings(one) & spellings(other))


class Names:
    """When two names in results mean one thing: equal, or spellings of one entity that either record has."""

    def __init__(self, entities: Iterable[Named]) -> None:
        self._related: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            all_of_it = spellings(entity)
            for spelling in all_of_it:
                self._related[spelling] |= all_of_it

    def agree(self, one: str | None, other: str | None) -> bool:
        """Say whether two names mean one thing; no name agrees with no name."""
        return self._related_or_equal(reduce_name(one), reduce_name(other))

    def metrics_agree(self, one: str | None, other: str | None) -> bool:
        """Say the same of metrics, whose customary short and Korean names are known."""
        a, b = reduce_name(one), reduce_name(other)
        return self._related_or_equal(_SAME_METRIC.get(a, a), _SAME_METRIC.get(b, b))

    def _related_or_equal(self, a: str, b: str) -> bool:
        return a == b or bool(a and b and (b in self._related.get(a, ()) or a in self._related.get(b, ())))

    def results_agree(self, level: int) -> Callable[[Reported, Reported], bool]:
        """Return the test whether two results agree at a level of ``LEVELS``."""
        tests = self._tests()[: level + 1]
        return lambda a, b: all(test(a, b) for test in tests)

    def _tests(self) -> Sequence[Callable[[Reported, Reported], bool]]:
        return (
            lambda a, b: a.value == b.value and (a.high or None) == (b.high or None),
            lambda a, b: self.agree(a.benchmark, b.benchmark),
            lambda a, b: a.kind == b.kind and self.metrics_agree(a.metric, b.metric),
            lambda a, b: self.agree(a.system, b.system),
            lambda a, b: (a.unit or None) == (b.unit or None),
            lambda a, b: self.agree(a.baseline, b.baseline) and a.baseline_value == b.baseline_value,
        )

    def outdone_agree(self, a: Outdone, b: Outdone) -> bool:
        """Say whether two comparisons name the same winner and loser."""
        return self.agree(a.better, b.better) and self.agree(a.worse, b.worse)

    def benchmarks(self, results: Iterable[Reported]) -> list[str]:
        """Return the benchmarks on which results are reported, each once."""
        found: list[str] = []
        for result in results:
            if result.benchmark and not any(self.agree(result.benchmark, other) for other in found):
                found.append(result.benchmark)
        return found


def pair(gold: Sequence[T], found: Sequence[T], same: Callable[[T, T], bool]) -> dict[int, int]:
    """Pair as many as possible one to one, by augmenting paths; return gold index -> found index."""
    taken: dict[int, int] = {}

    def seat(at: int, tried: set[int]) -> bool:
        for place, candidate in enumerate(found):
            if place not in tried and same(gold[at], candidate):
                tried.add(place)
                if place not in taken or seat(taken[place], tried):
                    taken[place] = at
                    return True
        return False

    for at in range(len(gold)):
        seat(at, set())
    return {at: place for place, at in taken.items()}
