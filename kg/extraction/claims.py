"""A text -> the spans that claim nothing: chat openers, closing questions, "the paper does not say"."""

from __future__ import annotations

from kg.language import lower, sentences
from kg.patterns import phrases

_TO_THE_END = "question-to-the-reader"


def find_unclaimed(text: str) -> tuple[tuple[int, int], ...]:
    """Find the spans from which no fact may be taken, in order; a closing question takes the rest with it."""
    found: list[tuple[int, int]] = []
    for start, end in sentences(text):
        rule = _match(lower(text[start:end]))
        if rule == _TO_THE_END:
            return (*found, (start, len(text)))
        if rule:
            found.append((start, end))
    return tuple(found)


def _match(sentence: str) -> str:
    return next((p.id for p in phrases("claims") if p.pattern.search(sentence)), "")
