"""Lessons -> the weights of all decisions on results and comparisons, and the trees for their doubts.

Three rounds. First every decision is learned with the annotated ones before it. The choices learned so only
serve to take those earlier decisions in texts that they have not seen; with these, right or wrong as they
are, everything is learned anew, with trees for what fills a slot. Last, from what the second choices report
in texts that those have not seen, it is learned how probable it is that the whole of a result is right.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.extraction.choices import Weights
from kg.extraction.places import SLOTS
from kg.training.doubts import grow
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
        by_part = {part: [one for one in lessons if one.part == part] for part in parts}
        first = {part: [e for one in by_part[part] for e in _repeat(one, collect(one))] for part in parts}
        self._second: dict[int, Examples] = {}
        self._whole: dict[int, Examples] = {}
        self._learned: dict[int | None, Choices] = {}
        for part in parts:
            opening = fit_all(leave_out(first, part))
            self._second[part] = [e for one in by_part[part] for e in _repeat(one, collect(one, opening))]
        for part in parts:
            choices = self._learn_second(part)
            self._whole[part] = [
                e for one in by_part[part] for e in _repeat(one, collect_whole(one, choices))
            ]

    def learn(self, without: int | None = None) -> Choices:
        """Learn from all parts, or from all but one."""
        return {**self._learn_second(without), **fit_all(leave_out(self._whole, without))}

    def _learn_second(self, without: int | None) -> Choices:
        if without not in self._learned:
            examples = leave_out(self._second, without)
            self._learned[without] = _add_trees(fit_all(examples), examples)
        return self._learned[without]


def _repeat(lesson: Lesson, examples: Iterable[tuple[str, Example]]) -> Examples:
    """Count the examples of a lesson as often as it weighs; who outperforms whom is only asked once."""
    return [
        example
        for example in examples
        for _ in range(1 if example[0] == "outperforms" else lesson.case.times)
    ]


def _add_trees(choices: dict[str, Weights], examples: Examples) -> dict[str, Weights]:
    sorted_out = {slot: [one for decision, one in examples if decision == slot] for slot in SLOTS}
    for slot, trees in grow({slot: found for slot, found in sorted_out.items() if found}).items():
        choices[slot].trees = trees
    return choices


def leave_out(examples: Mapping[int, Examples], part: int | None) -> Examples:
    """Return the examples of all parts but one."""
    return [example for at, found in examples.items() if at != part for example in found]


def fit_all(examples: Iterable[tuple[str, Example]]) -> dict[str, Weights]:
    """Fit the weights of every decision of which there are examples."""
    sorted_out: defaultdict[str, list[Example]] = defaultdict(list)
    for decision, example in examples:
        sorted_out[decision].append(example)
    return {
        decision: Weights(fit(found, _PENALTIES[decision])) for decision, found in sorted(sorted_out.items())
    }


def render(choices: Choices) -> str:
    """Write the weights as JSON, decision -> cue -> weight, of three decimals; a cue a line."""
    tables = {
        decision: {cue: round(weight, 3) for cue, weight in sorted(weights.items()) if abs(weight) >= _LEAST}
        for decision, weights in sorted(choices.items())
    }
    return json.dumps(tables, ensure_ascii=False, indent=0) + "\n"


def render_doubts(choices: Choices) -> str:
    """Write the trees of all decisions that have any, as one table."""
    grown = [weights.trees for weights in choices.values() if isinstance(weights, Weights) and weights.trees]
    (text,) = {trees.text for trees in grown}
    return text
