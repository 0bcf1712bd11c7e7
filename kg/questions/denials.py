"""A question and the names in it -> the names that an answer must not be about: "but not X", "X 말고".

English denies before the name, Korean after it. What is denied about no name is not understood.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.questions.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.spotting import Spotted


def denies(text: str, language: str) -> bool:
    """Say whether some words deny something.

    >>> denies("papers not about", "en"), denies("를 쓰지 않는", "ko"), denies("notable papers", "en")
    (True, True, False)
    """
    return bool(_denials(language).search(text.casefold().replace("’", "'")))


def strip_denials(text: str) -> str:
    """Take the English words that deny out of a text, in lower case; blanks stand for them."""
    return _denials("en").sub(lambda found: " " * len(found[0]), text)


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


@cache
def _denials(language: str) -> re.Pattern[str]:
    """Compile the words that deny: English ones stand between words, Korean ones anywhere."""
    words = "|".join(re.escape(word) for word in load_words()["denials"][language])
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])" if language == "en" else words)
