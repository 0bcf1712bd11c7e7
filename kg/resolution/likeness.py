"""A handle and a name -> how alike they look, measured in several ways and weighed into one number."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio, ratio

from kg.supplies import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_TOKENS, _LONGEST = 5, 32
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_GAP = re.compile(r"[\s\-.,()'’‘\"·_]+")
_SYLLABLE = re.compile(r"[^aeiou]*[aeiou]+(?:ng(?![aeiou])|n(?![aeiou]))?")


class Cover(NamedTuple):
    """The best way to read letters as beginnings of a name's words, ordered by ``worth``.

    ``letters`` counts what is explained, ``whole`` the letters of words that stand there entire.
    """

    worth: float = 0.0
    letters: int = 0
    whole: int = 0


_Read = tuple[float, int, int]
"""What a `Cover` holds, while it grows: a plain tuple, since a handle and a name make hundreds."""


@cache
def _words() -> Mapping[str, Sequence[str]]:
    return dict(read_toml("people/handles.toml")["decorations"])


@cache
def _leet() -> dict[int, str]:
    return str.maketrans(read_toml("people/handles.toml")["digits"])


def read_letters(text: str) -> str:
    """Reduce a text to its letters, without case and accents.

    >>> read_letters("Amaël-Ø 7")
    'amaelo'
    """
    text = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return "".join(c for c in text if c.isalpha())


@lru_cache(maxsize=65536)
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name, in letters.

    >>> split_name("Yi-Fan Zhang")
    ('yi', 'fan', 'zhang')
    """
    words = tuple(word for word in map(read_letters, _GAP.split(name)) if word)
    return words if len(words) <= _MOST_TOKENS else (*words[: _MOST_TOKENS - 1], words[-1])


@lru_cache(maxsize=65536)
def spell_handle(handle: str) -> tuple[str, ...]:
    """Return the ways to read a handle as letters: all of it, without decoration, with digits for letters.

    >>> spell_handle("ha0tang-nvidia")
    ('hatangnvidia', 'hatang', 'haotang')
    """
    bare = _strip_decoration(handle)
    spelled = bare.strip("0123456789").translate(_leet())
    forms = (read_letters(form)[:_LONGEST] for form in (handle, bare, spelled))
    return tuple(form for form in dict.fromkeys(forms) if form)


def _strip_decoration(handle: str) -> str:
    """Take off words that handles carry beside a name: an employer, a field, a title."""
    bare = handle.casefold().strip("-_.")
    for before in _words()["before"]:
        if bare.startswith(before) and len(bare) - len(before) >= 4:
            bare = bare[len(before) :].lstrip("-_.")
            break
    for after in _words()["after"]:
        if bare.endswith(after) and len(bare) - len(after) >= 4:
            return bare[: -len(after)].rstrip("-_.")
    return bare


def cover(letters: str, words: Sequence[str]) -> Cover:
    """Read letters as beginnings of words, each word once, in any order, with gaps where nothing fits.

    >>> cover("yejunliang", ("junliang", "ye")).letters, cover("wenqsun", ("wenqiang", "sun")).letters
    (10, 7)
    """
    rows: list[dict[int, _Read]] = [{} for _ in range(len(letters) + 1)]
    rows[0][0] = (0.0, 0, 0)
    heads = {word[0] for word in words}
    for at, letter in enumerate(letters):
        row, following = rows[at], rows[at + 1]
        for used, had in row.items():
            _keep(following, used, had)
        for bit, parts in _find_fits(letters, at, words) if letter in heads else ():
            for used, had in row.items():
                if not used & bit:
                    for length, whole in parts:
                        _keep(rows[at + length], used | bit, _extend(had, length, whole))
    return Cover(*max(rows[-1].values()))


def _find_fits(letters: str, at: int, words: Sequence[str]) -> list[tuple[int, list[tuple[int, bool]]]]:
    """Return the words that agree with the letters from a place on: each one's bit, and its beginnings.

    A beginning is how many letters it has, and whether it is the whole of a word of more than one.
    """
    fits = []
    for place, word in enumerate(words):
        length, most = 0, min(len(word), len(letters) - at)
        while length < most and letters[at + length] == word[length]:
            length += 1
        if length:
            entire = len(word) if len(word) > 1 else 0
            fits.append((1 << place, [(part, part == entire) for part in range(1, length + 1)]))
    return fits


def _extend(had: _Read, length: int, whole: bool) -> _Read:
    """Add a piece: each costs about as much as one letter tells, and a whole word tells more."""
    worth, read, entire = had
    if whole:
        return worth + length - 0.7 + 0.5, read + length, entire + length
    return worth + length - 0.7, read + length, entire


def _keep(row: dict[int, _Read], used: int, found: _Read) -> None:
    if used not in row or found > row[used]:
        row[used] = found


def _orders(words: Sequence[str]) -> tuple[str, ...]:
    """Join a name in the orders in which handles give it: as it stands, surname first, reversed."""
    return tuple(dict.fromkeys(("".join(words), words[-1] + "".join(words[:-1]), "".join(words[::-1]))))


def match_initials(letters: str, words: Sequence[str]) -> float:
    """Measure how many initials, of words or of syllables, stand at an end of the letters, at most 1.

    >>> match_initials("bracezhy", ("hanyang", "zhao")), match_initials("jlking", ("jialong", "zuo"))
    (0.5, 0.25)
    """
    best = 0
    for parts in _initials(tuple(words)):
        if len(parts) > best and (letters.startswith(parts) or letters.endswith(parts)):
            best = len(parts)
    return min(max(best - 1, 0), 4) / 4


@lru_cache(maxsize=65536)
def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    of_words = tuple(word[0] for word in words)
    split = tuple("".join(s[0] for s in _SYLLABLE.findall(word)) or word[0] for word in words)
    found = set()
    for parts in (of_words, split):
        orders = permutations(parts) if len(parts) <= 3 else (parts, (parts[-1], *parts[:-1]))
        found |= {"".join(order) for order in orders} | {part for part in parts if len(part) > 1}
    return tuple(sorted(found))


MEASURES = ("share", "missing", "worth", "whole", "ratio", "partial", "subsequence", "initials", "first")


@lru_cache(maxsize=262144)
def measure(handle: str, name: str) -> tuple[float, ...]:
    """Measure a handle against a name; one number for each of `MEASURES`, about 0 to 2."""
    words, spellings = split_name(name), spell_handle(handle)
    if not words or not spellings:
        return (0.0,) * len(MEASURES)
    best, letters = max((cover(letters, words), letters) for letters in spellings)
    orders = _orders(words)
    size = len(letters)
    within = any(o[0] == letters[0] and LCSseq.similarity(letters, o) == size for o in orders)
    return (
        best.letters / size,
        min(size - best.letters, 6) / 6,
        min(best.worth, 12) / 6,
        min(best.whole, 10) / 5,
        max(ratio(letters, order) for order in orders) / 100,
        max(partial_ratio(letters, order) for order in orders) / 100 if size > 2 else 0.0,
        float(within) * min(size, 6) / 3,
        max(match_initials(form, words) for form in spellings),
        float(letters[0] in {word[0] for word in words}),
    )
