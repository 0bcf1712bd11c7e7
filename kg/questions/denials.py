"""A question and the names in it -> the names that an answer must not be about: "but not X", "X 말고".

English denies before the name, Korean after it. What is denied about no name is not understood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.questions.words import denies, load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.spotting import Spotted


def find_denied(text: str, names: Sequence[Spotted], language: str) -> frozenset[Spotted] | None:
    """Find the names that are denied.

    Args:
        text: the question.
        names: those in it, in order.
        language: ``en`` or ``ko``.

    Returns:
        None where something else is denied.
    """
    ends, starts = [0, *(name.end for name in names)], [*(name.start for name in names), len(text)]
    gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    before = language == "en"
    odd = gaps.pop() if before else gaps.pop(0)
    if denies(odd, language):
        return None
    pairs = list(zip(names, gaps, strict=True))
    denied: set[Spotted] = set()
    last = False
    for name, gap in pairs if before else reversed(pairs):
        last = denies(gap, language) or (last and _joins(gap))
        if last:
            denied.add(name)
    return frozenset(denied)


def _joins(gap: str) -> bool:
    """Say whether what stands between two names only joins them."""
    return gap.strip(" ,") in {"", *load_words()["joints"]}
