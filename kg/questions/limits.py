"""A question -> how many things it wants to see ("top 5"), and the question without the number."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.questions.words import kind_of_word, load_words

_FIRST = "top|best|newest|latest|highest|lowest|worst|most recent|strongest|weakest"
_MOST = rf"{_FIRST}|most [a-z]+"
_BEFORE = "the|which|what|me|are|list|show|find|give|all"  # of a number that is no part of a name
_WISH = "which|what|me|list|show|find|give|recommend|suggest"  # of a number of things
_UNITS = "개|편|명|가지"
_ASKED = r"\s*(?:\Z|[?？!.]|알려|보여|추천|찾아|뽑아|골라|정리|소개|목록|리스트|뭐|무엇)"
_COUNTED = re.compile(rf"\d\s?(?:{_UNITS})")
_LONG = 4  # digits of what is no number of things but a year
_BETWEEN = r"(?:[^\s?]+\s+){0,3}?"


class Limit(NamedTuple):
    """So many things of a kind at most; without a kind, so many rows."""

    most: int
    kind: str


def read_limit(text: str) -> tuple[str, Limit | None]:
    """Take out of a question how many things it wants to see; a number in a name stays.

    >>> read_limit("top 5 open models on MMLU")
    ('top open models on MMLU', Limit(most=5, kind='model'))
    >>> read_limit("the three most upvoted papers")
    ('the most upvoted papers', Limit(most=3, kind='paper'))
    >>> read_limit("show me 3 papers on agents")
    ('show me papers on agents', Limit(most=3, kind='paper'))
    >>> read_limit("papers that report top 1 accuracy")[1], read_limit("is Claude 3 best on MMLU?")[1]
    (None, None)
    >>> read_limit("MMLU 상위 5개 모델은?")
    ('MMLU 최고의 모델은?', Limit(most=5, kind='model'))
    >>> read_limit("2025년 인기 논문 10개")
    ('2025년 인기 논문', Limit(most=10, kind='paper'))
    """
    for pattern, instead in _patterns() if _may_have(text) else ():
        if found := pattern.search(text):
            most = _read_number(found["most"])
            rest = text[: found.start()] + found.expand(instead) + text[found.end() :]
            return " ".join(rest.split()), Limit(most, kind_of_word(found["kind"] or "") or "")
    return text, None


def _may_have(text: str) -> bool:
    """Say whether a text has a small number, or what Korean has beside one: the patterns compile slowly."""
    words = text.casefold().split()
    small = any(len(word) < _LONG and word.isdigit() for word in words)
    return (
        small
        or bool(_COUNTED.search(text))
        or not load_words()["numbers"].keys().isdisjoint(words)
        or "상위" in text
    )


def _read_number(text: str) -> int:
    return int(text) if text.isdigit() else int(load_words()["numbers"][text.casefold()])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile what may say it, each with what takes its place."""
    words = load_words()
    number = rf"(?P<most>[1-9]\d{{0,2}}|{'|'.join(words['numbers'])})"
    kinds = [word for kind in words["kinds"].values() for word in kind]
    english = "|".join(sorted((re.escape(k) for k in kinds if k.isascii()), key=len, reverse=True))
    korean = "|".join(sorted((k for k in kinds if not k.isascii()), key=len, reverse=True))
    ahead = rf"(?=\s+(?:(?:on|in|at|by)\s|{_BETWEEN}(?P<kind>{english})\b))"
    said = (
        (rf"\b(?P<first>{_FIRST})\s+{number}{ahead}", r"\g<first>"),
        (rf"(?P<before>^|\b(?:{_BEFORE})\s){number}\s+(?P<first>{_MOST}){ahead}", r"\g<before>\g<first>"),
        (rf"(?P<before>^|\b(?:{_WISH})\s){number}\s+(?=(?P<kind>{english})\b)", r"\g<before>"),
        (rf"상위\s?{number}(?![\d.%])\s?(?:{_UNITS}|위|등)?(?:의)?(?=\s*(?P<kind>{korean})?)", "최고의"),
        (
            rf"(?P<kind>{korean})?\s?(?<!\d){number}\s?(?:{_UNITS})(?:만\b|(?:[를을은는])?(?={_ASKED}))",
            r"\g<kind>",
        ),
    )
    return tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in said)
