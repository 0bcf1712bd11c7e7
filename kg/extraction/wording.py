"""A figure and a name in its sentence -> the words between them, and beside the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.clauses import NUMBER, SIGNS
from kg.extraction.figures import word_after, word_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.clauses import Atom
    from kg.extraction.figures import Figure

_WORD = re.compile(r"[A-Za-z가-힣]+|[^\w\s]")
_MASKS = {NUMBER: "<n>", **{sign: f"<{kind}>" for kind, sign in SIGNS.items()}}
_NEAR, _SHORT, _MANY = 120, 4, 16  # characters that are read, words that are quoted, words that are listed


def read_wording(figure: Figure, place: Atom) -> Iterator[str]:
    """Yield as cues how the text leads from a name to the figure's number, or back."""
    side = "left" if place.at < figure.atom.at else "right"
    yield from _between(figure, place, side)
    yield from _beside(figure, place, side)


def _between(figure: Figure, place: Atom, side: str) -> Iterator[str]:
    low, high = sorted((place.at, figure.atom.at))
    if high - low >= _NEAR:
        return
    words = [_MASKS.get(w, w.lower()) for w in _WORD.findall(figure.frame.text, low + 1, high)]
    if len(words) <= _SHORT:
        yield f"{side}={' '.join(words)}"
    if words:
        first, last = (words[0], words[-1]) if side == "left" else (words[-1], words[0])
        yield f"{side}:beside:{first}"
        yield f"{side}:number:{last}"
    if len(words) <= _MANY:
        yield from (f"{side}~{word}" for word in dict.fromkeys(words))


def _beside(figure: Figure, place: Atom, side: str) -> Iterator[str]:
    text = figure.frame.text
    yield f"{side}:before:{word_before(text, place.at)}"
    yield f"{side}:after:{word_after(text, place.at)}"
