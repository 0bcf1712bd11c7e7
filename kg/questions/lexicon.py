"""The files of questions and filters -> the Korean words in them, and the words of a text that are none."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.questions.filters import load_filters
from kg.questions.grammar import load_questions
from kg.questions.templates import expand
from kg.questions.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile("[가-힣]{2,}")
_UNASKED = ("headings", "notes", "topics")


def list_unknown(text: str) -> list[str]:
    """Return the Korean words of a text that begin as no word of any question does, each once.

    >>> list_unknown("새로 나온 멀티모달 논문은")
    ['멀티모달']
    """
    return list(dict.fromkeys(word for word in _WORD.findall(text) if not word.startswith(_words())))


@cache
def _words() -> tuple[str, ...]:
    """Return all words of two syllables and more by which something is asked."""
    wordings = [question.wordings["ko"] for question in load_questions().values()]
    asked = [text for w in wordings for text in (*w.asked, *w.counted, *w.cues, *w.before, *w.after)]
    filtered = [expand(phrase) for each in load_filters() for phrase in each.phrases["ko"]]
    around = _flatten({key: value for key, value in load_words().items() if key not in _UNASKED})
    return tuple(sorted({word for text in (*asked, *filtered, *around) for word in _WORD.findall(text)}))


def _flatten(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from _flatten(each)
    elif isinstance(value, list):
        for each in value:
            yield from _flatten(each)
    elif isinstance(value, str):
        yield value
