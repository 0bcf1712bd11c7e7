"""The labels of a name -> those of what people mostly mean by it, and what is rarely called so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.facts import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.rows import Label

_RARE = 20
"""What has a name so many times more rarely than what has it most often is rarely called so."""

_ALIKE = ("author", "paper")
"""Kinds of which one is no more meant by a name than another: people of one name, papers of one title."""


def part_senses(labels: Sequence[Label]) -> tuple[list[Label], tuple[str, ...]]:
    """Part the labels of one name by what it mostly means.

    Args:
        labels: all that read so, the most used first.

    Returns:
        The labels of what is commonly called so, and the nodes that are rarely.
    """
    uses: Counter[str] = Counter()
    for label in labels:
        uses[label.node] += label.weight
    least = max(uses.values(), default=0) / _RARE
    rare = {node for node, used in uses.items() if used < least and kind_of(node) not in _ALIKE}
    common = [label for label in labels if label.node not in rare]
    return common, tuple(node for node in uses if node in rare)
