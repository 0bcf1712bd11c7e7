"""The places of a name -> the words around them, alone and in runs, as cues of whose the name is."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extraction.reading import Reading

SURROUNDING = "word:"
"""How these cues begin."""

_BEFORE, _AFTER = 7, 6
_NEAR = 3
_MOST_PLACES = 6


def read_surroundings(reading: Reading, places: Iterable[tuple[int, int]]) -> set[str]:
    """Return the words around the first places of a name; those of the title are marked.

    A word that stands near is noted with its distance, and with its neighbours.
    """
    found: set[str] = set()
    for start, end in islice(sorted(places), _MOST_PLACES):
        mark = f"{SURROUNDING}title " if start < reading.title_end else SURROUNDING
        found.update(mark + cue for cue in _read_place(*_words(reading, start, end)))
    return found


def _words(reading: Reading, start: int, end: int) -> tuple[list[str], list[str]]:
    """The words before a place, the nearest first, and those after it."""
    tokens = reading.tokens
    at, after = bisect_left(tokens, (start,)), bisect_left(tokens, (end,))
    before = [_level(token.text) for token in tokens[max(0, at - _BEFORE) : at] if token.end <= start]
    return before[::-1], [_level(token.text) for token in tokens[after : after + _AFTER]]


def _level(text: str) -> str:
    return "0" if text[0].isdigit() else text.lower()


def _read_place(before: list[str], after: list[str]) -> Iterator[str]:
    for side, words in (("<", before), (">", after)):
        yield from (f"{side} {word}" for word in words)
        near = words[:_NEAR]
        yield from (f"{side}{nth} {word}" for nth, word in enumerate(near, 1))
        yield from (f"{side}{nth} {' '.join(near[:nth])}" for nth in range(2, len(near) + 1))
        if len(near) == _NEAR:
            yield f"{side}23 {near[1]} {near[2]}"
    if before and after:
        yield f"<> {before[0]} {after[0]}"
