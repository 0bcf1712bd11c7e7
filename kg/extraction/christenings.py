"""A reading -> phrases where a text gives names: in capitals, in quotes, behind "we propose" or "called"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.reading import Candidate
from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.reading import Reading

_CAPITALISED = r"[A-Z](?:[A-Za-z0-9'’&/+*@×-]|\.(?=[A-Za-z0-9])){0,40}"
_RUN = re.compile(rf"(?<![\w.-]){_CAPITALISED}(?:(?: of| of the| for| with| to| in)? {_CAPITALISED}){{1,6}}")
_QUOTED = re.compile(r"[\"“‘'](?=[\w(])([^\"“”‘’'\n.!?;:]{2,47}[^\"“”‘’'\n.!?;:,])[,.]?[\"”’'](?![A-Za-z])")
_CHRISTENING = re.compile(
    r"(?<![a-z])(?:propos|introduc|present|develop|design|devis|coin|call|nam|dubb|term|novel)(?:e|es|ed|s|ing)?"
    r" (?:(?:it|them|the|an?|our|two|three|term|concept of|new|novel|simple|lightweight|efficient) ){0,4}"
)
_PHRASE = re.compile(r"(?:[^\W_][\w'’&/+*@×-]{0,40} ){0,4}[^\W_][\w'’&/+*@×-]{0,40}")
_MOST_WORDS = 6


def find_christenings(reading: Reading) -> Iterator[Candidate]:
    """Yield every run of capitalised words, every quotation, and every phrase that a verb of naming opens."""
    for run in _RUN.finditer(reading.plain):
        yield from _trim(run, reading.title_end)
    for quoted in _QUOTED.finditer(reading.plain):
        if quoted[1].count(" ") < _MOST_WORDS:
            yield Candidate(*quoted.span(1), "quoted")
    for verb in _CHRISTENING.finditer(reading.lowered):
        if phrase := _PHRASE.match(reading.plain, verb.end()):
            yield from _cut(phrase)


def _trim(run: re.Match[str], title_end: int) -> Iterator[Candidate]:
    """Take the small words off both ends of a run; a run of the title that small words join is no name."""
    parts, start = run[0].rstrip("'’-/&").split(" "), run.start()
    while parts and parts[0].lower() in _plain_words():
        start += len(parts.pop(0)) + 1
    while parts and _ends(parts[-1]):
        parts.pop()
    joined, titled = any(part.islower() for part in parts), start < title_end
    if len(parts) > 1 and not (joined and titled):
        rule = "joined-run" if joined else "titled-run" if titled else "run"
        yield Candidate(start, start + len(" ".join(parts)), rule)


def _cut(phrase: re.Match[str]) -> Iterator[Candidate]:
    """Yield a phrase up to its first small word, or to a noun that says what is named.

    A phrase in lower case is no name, unless a hyphen shows that its words were put together.
    """
    parts = phrase[0].split(" ")
    stop = (at for at, part in enumerate(parts) if _ends(part) or (at and part.lower() in _nouns()))
    parts = parts[: next(stop, len(parts))]
    text = " ".join(parts)
    if text and (not text.islower() or ("-" in text and len(parts) > 1)):
        yield Candidate(phrase.start(), phrase.start() + len(text), "christened")


def _ends(word: str) -> bool:
    """Whether a word is a small one that a name does not end in."""
    return word.lower() in _plain_words() and word.lower() not in _closing_words()


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(words("names", "plain"))


@cache
def _closing_words() -> frozenset[str]:
    return frozenset(words("names", "closing"))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(words("names", "named_things"))
