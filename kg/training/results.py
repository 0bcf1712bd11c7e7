"""Lessons -> the weights of all decisions on results and comparisons.

Three rounds. First every decision is learned with the annotated ones before it. The choices learned so only
serve to take those earlier decisions in texts that they have not seen; with these, right or wrong as they
are, everything is learned anew. Last, from what the second choices report in texts that those have not
seen, it is learned how probable it is that the whole of a result is right.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.training.examples import collect, collect_whole
from kg.training.regression import Example, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.extraction.choices import Choices
    from kg.training.lessons import Lesson

_PENALTIES = {
    "outcome": 3.0, "metric": 3.0, "benchmark": 5.0, "system": 5.0, "baseline": 5.0, "opposite": 3.0,
    "whole": 20.0, "outperforms": 3.0,
}  # fmt: skip
"""Decision -> the strength of the squared penalty on its weights, chosen by cross-validation."""
_LEAST = 0.0005
"""A smaller weight is not written."""

Examples = list[tuple[str, Example]]


class Course:
    """Lessons by part, and what each part teaches once its decisions lean on such as will be taken."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        parts = sorted({lesson.part for lesson in lessons})
        first = {part: [e for one in lessons if one.part == part for e in collect(one)] for part in parts}
        self._second: dict[int, Examples] = {}
        self._whole: dict[int, Examples] = {}
        for part in parts:
            choices = fit_all(leave_out(first, part))
            own = [lesson for lesson in lessons if lesson.part == part]
            self._second[part] = [e for one in own for e in collect(one, choices)]
        for part in parts:
            choices = fit_all(leave_out(self._second, part))
            own = [lesson for lesson in lessons if lesson.part == part]
            self._whole[part] = [e for one in own for e in collect_whole(one, choices)]

    def learn(self, without: int | None = None) -> Choices:
        """Learn from all parts, or from all but one."""
        return fit_all([*leave_out(self._second, without), *leave_out(self._whole, without)])


def leave_out(examples: Mapping[int, Examples], part: int | None) -> Examples:
    """Return the examples of all parts but one."""
    return [example for at, found in examples.items() if at != part for example in found]


def fit_all(examples: Iterable[tuple[str, Example]]) -> dict[str, dict[str, float]]:
    """Fit the weights of every decision of which there are examples."""
    sorted_out: defaultdict[str, list[Example]] = defaultdict(list)
    for decision, example in examples:
        sorted_out[decision].append(example)
    return {decision: fit(found, _PENALTIES[decision]) for decision, found in sorted(sorted_out.items())}


def render(choices: Choices) -> str:
    """Write the weights as a table, a cue of a decision a row, three decimals."""
    rows = [
        f"{decision}\t{cue}\t{round(weight, 3):g}"
        for decision, weights in sorted(choices.items())
        for cue, weight in sorted(weights.items())
        if abs(weight) >= _LEAST
    ]
    return "\n".join(["decision\tcue\tweight", *rows]) + "\n"
