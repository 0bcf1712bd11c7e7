"""A text -> the cues of a question in it: the words that hint at what is asked."""

from __future__ import annotations

import re
from functools import cache

from kg.questions.words import load_words


def weigh_longest(cues: tuple[str, ...], text: str, *, close: bool = False) -> int:
    """Weigh the longest cue found; with ``close``, a Korean one must stand at the very start."""
    found = (cue for cue in cues if _finds(cue, text, close and not cue.isascii()))
    return max((len(cue.encode("utf8")) for cue in found), default=0)


def _finds(cue: str, text: str, at_start: bool) -> bool:
    pattern = _compile_cue(cue)
    return bool(pattern.match(text) if at_start else pattern.search(text))


@cache
def _compile_cue(cue: str) -> re.Pattern[str]:
    """Compile a cue: an English one stands between words, a Korean one may be followed by an ending."""
    body = re.escape(cue).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-]){body}(?![\w-])" if cue.isascii() else body)


def list_telling(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the cues that are mere prepositions."""
    return tuple(cue for cue in cues if set(cue.split()).difference(load_words()["plain"]))
