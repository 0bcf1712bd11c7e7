"""A reading -> noun compounds that end in the head of a task, a technique or a measure."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.boundaries import stands_alone
from kg.extraction.reading import Candidate
from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.reading import Reading

_MODIFIER = re.compile(r"[A-Za-z0-9][\w-]*")
_MOST_MODIFIERS = 3
_KOREAN_MODIFIER = re.compile(r"(?<![\w-])([가-힣A-Za-z0-9][가-힣A-Za-z0-9-]{0,15})[ -]\Z")
_PARTICLE = re.compile(
    r"(?:은|는|을|를|의|에|로|와|과|이|가|도|한|된|할|하는|되는|하고|하며|하여|에서|다|서|인|던|게)\Z"
)


def find_compounds(reading: Reading) -> Iterator[Candidate]:
    """Yield every compound in its full length, and down to its last two words."""
    yield from _find_english(reading)
    if any("가" <= c <= "힣" for c in reading.plain[-200:]):
        yield from _find_korean(reading)


def _find_english(reading: Reading) -> Iterator[Candidate]:
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        tail = token.text.lower().rpartition("-")[2]
        if tail not in _heads():
            continue
        first = at
        while at - first < _MOST_MODIFIERS and _modifies(reading, first):
            first -= 1
        for begin in range(first, at + 1):
            if begin < at or "-" in token.text:
                yield Candidate(tokens[begin].start, token.end, f"compound-{tail}")


def _modifies(reading: Reading, at: int) -> bool:
    """Whether the token before ``at`` belongs to the compound that token ``at`` is part of."""
    if at == 0:
        return False
    before, token = reading.tokens[at - 1], reading.tokens[at]
    if reading.plain[before.end : token.start] != " " or not _MODIFIER.fullmatch(before.text):
        return False
    return before.text.lower() not in _plain_words()


def _find_korean(reading: Reading) -> Iterator[Candidate]:
    text = reading.plain
    for head in _korean_heads().finditer(text):
        start, end = head.span()
        for _ in range(_MOST_MODIFIERS):
            if start < end and head.start() >= start and stands_alone(text, start, end):
                yield Candidate(start, end, f"compound-{head.group()}")
            before = _KOREAN_MODIFIER.search(text, max(0, start - 20), start)
            if before is None or before[1] in _plain_words() or _PARTICLE.search(before[1]):
                break
            start = before.start(1)


@cache
def _heads() -> frozenset[str]:
    return frozenset(words("names", "heads"))


@cache
def _plain_words() -> frozenset[str]:
    return frozenset((*words("names", "plain"), *words("names", "korean_plain")))


@cache
def _korean_heads() -> re.Pattern[str]:
    heads = sorted(words("names", "korean_heads"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, heads)))
