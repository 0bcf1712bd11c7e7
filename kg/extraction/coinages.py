"""A reading -> spans that look like names: coined words, capitalised runs, names with versions and sizes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.extraction.reading import Candidate
from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.reading import Reading
    from kg.language import Token

_NAMELIKE = re.compile(r"[\w.+*'@/×-]{2,40}")
_MARK = re.compile(r"(?<=[\w'-])[A-Z]|[A-Za-zα-ωΑ-Ω]-?\d|[A-Za-zα-ω][@+*]")  # what common words do not have
_QUANTITY = re.compile(r"[\d.,]+[A-Za-z]{0,2}s?\+?(?:-.*)?|\d+(?:st|nd|rd|th)|[\d.]+/\d+")
_CAPITAL = re.compile(r"[A-Z][a-z]+(?:[-'][A-Za-z]+)*")
_VERSION = re.compile(r"[vV]?\d{1,4}(?:\.\d+)*(?:[A-Za-z]\w*|\+)?(?:-\w[\w.]*)*|[IVX]{1,4}|'\d\d")
_SENTENCE_START = frozenset('.!?:-•*"“([')
_LONGEST = 60
_REMEMBERED = 32_768  # so many words are looked at once


def find_coinages(reading: Reading) -> Iterator[Candidate]:
    """Yield every run of words that has the shape of a name, with the shape as its rule."""
    tokens, at = reading.tokens, 0
    while at < len(tokens):
        if not _begins(tokens[at].text):
            at += 1
            continue
        end, rule = _take(reading, at)
        if rule:
            start, stop = tokens[at].start, tokens[end - 1].end
            stop -= len(text := reading.plain[start:stop]) - len(text.rstrip("'.*-/"))
            if 1 < stop - start <= _LONGEST:
                yield Candidate(start, stop, rule)
        at = max(end, at + 1)


@lru_cache(_REMEMBERED)
def _begins(text: str) -> bool:
    """Whether a name may begin with this token."""
    return text.lower() not in _plain_words() and bool(_is_coined(text) or _CAPITAL.fullmatch(text))


def _take(reading: Reading, at: int) -> tuple[int, str]:
    """Read the run that begins at token ``at``: the index behind it, and its shape or an empty string."""
    token = reading.tokens[at]
    if _is_coined(token.text):
        return _take_versions(reading, at + 1), _shape(token.text)
    end = _take_capitals(reading, at + 1)
    versioned = _take_versions(reading, end)
    if versioned > end:
        return versioned, "versioned"
    if _opens(reading, at) and end - at == 1:
        return at, ""
    if token.start < reading.title_end:
        return end, "" if end - at == 1 else "title-run"
    return end, "capital" if end - at == 1 else "capitals"


def _take_capitals(reading: Reading, at: int) -> int:
    tokens = reading.tokens
    while at < len(tokens) and _adjacent(reading, at) and _wordy(tokens[at]):
        at += 1
    return at


def _take_versions(reading: Reading, at: int) -> int:
    tokens = reading.tokens
    while at < len(tokens) and _adjacent(reading, at) and _versionlike(tokens[at].text):
        at += 1
    return at


@lru_cache(_REMEMBERED)
def _is_coined(text: str) -> bool:
    return bool(_NAMELIKE.fullmatch(text) and _MARK.search(text) and not _QUANTITY.fullmatch(text))


def _wordy(token: Token) -> bool:
    return bool(_CAPITAL.fullmatch(token.text) or _is_coined(token.text))


def _versionlike(text: str) -> bool:
    return bool(_VERSION.fullmatch(text)) or text in _variants()


def _adjacent(reading: Reading, at: int) -> bool:
    """Whether only one blank stands between token ``at`` and the one before it."""
    return reading.plain[reading.tokens[at - 1].end : reading.tokens[at].start] == " "


def _opens(reading: Reading, at: int) -> bool:
    """Whether a sentence begins with token ``at``, so that its capital says nothing."""
    if at == 0:
        return True
    before = reading.tokens[at - 1]
    return before.text in _SENTENCE_START or "\n" in reading.plain[before.end : reading.tokens[at].start]


def _shape(text: str) -> str:
    if text.isupper() and text.isalpha():
        return "acronym"
    if any(c.isdigit() for c in text):
        return "digit"
    return "hyphened" if "-" in text else "camel"


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(words("names", "plain"))


@cache
def _variants() -> frozenset[str]:
    return frozenset(words("names", "variants"))
