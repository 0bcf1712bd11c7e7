"""A text -> pairs of spans that are one thing: a short form and its long form, a Korean term and its gloss.

After Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text",
PSB 2003: the letters of the short form are sought from right to left in the words beside the bracket.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.language import lower

_BRACKET = re.compile(r"\(([^()\n]{2,90})\)")
_PARTS = re.compile(r"\s*[,;:]\s*")
_SHORT = re.compile(r"(?=[a-z]?[^a-z]*[A-Z])[A-Za-z0-9][\w@+./*^&-]{0,13}(?: [\w+.-]{1,6})?")
_WORD = re.compile(r"[^\s()\[\]{},;:\"“”]+")
_KOREAN = re.compile(r"[가-힣A-Za-z0-9-]*[가-힣]")
_LATIN = re.compile(r"(?:\d[A-Z] )?[A-Za-z]")
_PARTICLE = re.compile(
    r".(?:은|는|을|를|의|에|에서|으로|로|와|과|이|가|도|한|된|할|하는|되는|하고|하며|하여|인|적)$"
)
_JOINING = re.compile(
    r"[과와의은는이가을를에로]|에서|으로|및|또는|혹은|그리고|위해|통해|대해|따라|의해|특히|즉|등|이를|이는"
)
"""Korean words, and particles left over from a name in Latin letters, that are no part of a term."""

_INITIALS = re.compile(r"[A-Z]{2,6}")
_TITLED = re.compile(r"([A-Za-z0-9][\w@+.*-]{2,15}?)\s?[:：]\s")
_TITLE_WORD = re.compile(r"[^\s,:;()?!]+")
_PART = re.compile(r"[^\W_]+")
_SMALL = frozenset({"and", "for", "in", "of", "the", "to", "via", "with"})
_CLAUSE = re.compile(
    r"%|[,;:]\s(?!(?:and\s)?[A-Z])|(?<!\bvs)[.!?]\s|\b(?:outperform|surpass|achiev|significantly)"
    r"|\b(?:is|are|was|were|we|our|that|which|its?|such as|including)\s"
)
"""What stands in clauses, and in no long form whose letters are merely found in it."""

_SPOKEN = {"2": "to", "4": "for"}
_CLOSING = " \n\"”’'*"
_REACH = 120
_FEWEST_CAPITALS = 3


class Pair(NamedTuple):
    """Two spans of one text that name one thing; ``short`` is the form to call it by."""

    short: tuple[int, int]
    long: tuple[int, int]
    rule: str


def find_pairs(text: str) -> tuple[Pair, ...]:
    """Find every definition of an abbreviation, and every Korean term with its English gloss.

    >>> text = "We use group relative policy optimization (GRPO) and 강화 학습(Reinforcement Learning; RL)."
    >>> [(text[slice(*p.short)], text[slice(*p.long)]) for p in find_pairs(text)]
    [('GRPO', 'group relative policy optimization'), ('RL', 'Reinforcement Learning'), ('RL', '강화 학습')]
    """
    pairs: list[Pair] = []
    for bracket in _BRACKET.finditer(text):
        pairs += _read_bracket(text, bracket)
    return tuple(pairs)


def spell_initials(phrase: str) -> frozenset[str]:
    """Return the initials by which a phrase may be called, in lower case.

    They may be those of all words, or leave out small words, second halves of hyphenated words, or both; or
    those of the capitalised words, or all its capitals.

    >>> sorted(spell_initials("Learning of Graph-based PLans"))
    ['lgbp', 'lgp', 'lgpl', 'logbp', 'logp']
    """
    words = [word for word in phrase.split(" ") if word]
    telling = [word for word in words if word.lower() not in _SMALL]
    parts = [[part for word in some for part in word.split("-") if part] for some in (words, telling)]
    heads = [*parts, words, telling, [part for part in parts[0] if part[0].isupper()]]
    capitals = [c for c in phrase if c.isupper()]
    return frozenset(
        "".join(head[0] for head in some).lower() for some in (*heads, capitals) if len(some) > 1
    )


def spells(short: str, phrase: str) -> bool:
    """Whether the letters of a short form stand in a phrase, in order."""
    rest = iter(phrase.lower())
    return all(c in rest for c in short.lower() if c.isalnum())


def find_title_pairs(text: str, title_end: int) -> tuple[Pair, ...]:
    """Find the words for which the name before the colon of a title stands.

    Every capital of the name begins a word, in order; small words and the second halves of hyphenated words
    may lie between.

    >>> text = "QuaRK-Net: Quantized Retrieval-Augmented Knowledge Networks for All"
    >>> [text[slice(*p.long)] for p in find_title_pairs(text, len(text))]
    ['Quantized Retrieval-Augmented Knowledge Networks']
    """
    titled = _TITLED.match(text, 0, title_end)
    capitals = [c for c in titled[1] if c.isupper()] if titled else []
    if titled is None or len(capitals) < _FEWEST_CAPITALS:
        return ()
    for word in _TITLE_WORD.finditer(text, titled.end(), min(title_end, titled.end() + _REACH)):
        for nth, part in enumerate(word[0].split("-")):
            if capitals and part[:1].upper() == capitals[0]:
                del capitals[0]
            elif nth == 0 and part not in _SMALL:
                return ()
        if not capitals:
            return (Pair(titled.span(1), (titled.end(), word.end()), "abbreviation"),)
    return ()


def _read_bracket(text: str, bracket: re.Match[str]) -> list[Pair]:
    parts = _cut(bracket)
    first, last = parts[0], parts[-1]
    inner = _long_before(text, last, first) if len(parts) == 2 else None
    korean = _korean_before(text, bracket.start(), first)
    if inner is not None:
        glossed = [Pair(last, korean, "gloss")] if korean else []
        return [Pair(last, inner, "abbreviation"), *glossed]
    outer = _long_before(text, first, (max(0, bracket.start() - _REACH), bracket.start()))
    if outer is not None:
        return [Pair(first, outer, "abbreviation")]
    if korean is not None:
        return [Pair(first, korean, "gloss")] if len(parts) == 1 else []
    return _read_reversed(text, bracket) if len(parts) == 1 else []


def _read_reversed(text: str, bracket: re.Match[str]) -> list[Pair]:
    """``GRPO (Group Relative Policy Optimization)``."""
    before = text[max(0, bracket.start() - 16) : bracket.start()].rstrip()
    words = list(_WORD.finditer(before))
    if not words or words[-1].end() != len(before):
        return []
    start = max(0, bracket.start() - 16) + words[-1].start()
    short = (start, start + len(words[-1].group()))
    long = _long_before(text, short, bracket.span(1))
    whole = long is not None and long[0] == bracket.start(1)
    return [Pair(short, bracket.span(1), "abbreviation")] if whole else []


def _cut(bracket: re.Match[str]) -> list[tuple[int, int]]:
    parts, start = [], bracket.start(1)
    for gap in _PARTS.finditer(bracket.string, bracket.start(1), bracket.end(1)):
        parts.append((start, gap.start()))
        start = gap.end()
    return [*parts, (start, bracket.end(1))]


def _long_before(text: str, short: tuple[int, int], area: tuple[int, int]) -> tuple[int, int] | None:
    """The long form of ``short`` at the end of ``area``, in one line, or None; whole clauses are no name."""
    form = text[slice(*short)]
    if not _SHORT.fullmatch(form):
        return None
    letters = _letters(form)
    area = (text.rfind("\n", *area) + 1 or area[0], area[1])
    words = list(_WORD.finditer(text, *area))[-min(len(letters) + 5, 2 * len(letters)) :]
    if len(letters) < 2 or not words or text[words[-1].end() : area[1]].strip(_CLOSING):
        return None
    begin, end = words[0].start(), words[-1].end()
    lowered = lower(text[begin:end])
    inside = _align_initials(lowered, letters)
    if inside is None:
        inside = _align(lowered, letters)
        if inside is not None and _CLAUSE.search(text, begin + inside, end):
            return None
    if inside is None or form in text[begin + inside : end].split() or ")" in text[begin + inside : end]:
        return None
    return (begin + inside, end)


def _align(lowered: str, letters: list[str]) -> int | None:
    """Where the long form begins whose letters, read backwards, spell ``letters``."""
    at = len(lowered)
    for letter in reversed(letters):
        at = lowered.rfind(letter, 0, at)
        if at < 0:
            return None
    while at > 0 and lowered[at - 1].isalnum():  # the first letter begins a word
        if letters[0] == "x" and re.search(r"\be$", lowered[:at]):  # "executable", "explainable"
            at -= 1
        else:
            at = lowered.rfind(letters[0], 0, at)
    at = _compound_start(lowered, at) if at > 0 else at
    return at if at >= 0 and len(lowered) - at > len(letters) + 2 else None


def _align_initials(lowered: str, letters: list[str]) -> int | None:
    """Where the words begin whose first letters, but for small words, are ``letters``."""
    rest = len(letters)
    for word in reversed(list(_PART.finditer(lowered))):
        if rest and word[0][0] == letters[rest - 1]:
            rest -= 1
        elif word[0] not in _SMALL:
            return None
        if not rest:
            return _compound_start(lowered, word.start())
    return None


def _compound_start(lowered: str, at: int) -> int:
    """Where the hyphenated word around ``at`` begins, if with the same letter: "test-time", not "time"."""
    start = lowered.rfind(" ", 0, at) + 1
    return start if lowered[start] == lowered[at] and lowered[start:at].endswith("-") else at


def _korean_before(text: str, end: int, gloss: tuple[int, int]) -> tuple[int, int] | None:
    """The Korean term that an English gloss in a bracket translates, or None."""
    form = text[slice(*gloss)]
    if not _LATIN.match(form):
        return None
    kept = {word.lower() for word in form.split()}
    most = len(form) if _INITIALS.fullmatch(form) else len(re.findall(r"[A-Za-z0-9]+", form))
    start = end = len(text[:end].rstrip(" "))
    for word in reversed(list(_WORD.finditer(text, max(0, end - 60), end))[-most:]):
        if text[word.end() : start].strip(" "):
            break
        if not _KOREAN.fullmatch(word.group()) and (start == end or word.group().lower() not in kept):
            break
        if _JOINING.fullmatch(word[0]) or (start != end and _PARTICLE.search(word[0])):
            break
        start = word.start()
    return (start, end) if start < end else None


def _letters(form: str) -> list[str]:
    """The letters to seek: a digit between letters as it is spoken, "T2T", and no power, "VCT^2"."""
    base = _singular(form.partition("^")[0])
    spoken = re.sub(r"(?<=[A-Za-z])[24](?=[A-Z])", lambda digit: _SPOKEN[digit[0]], base)
    return [c for c in spoken.lower() if c.isalnum()]


def _singular(form: str) -> str:
    return form[:-1] if len(form) > 2 and form.endswith("s") and form[-2].isupper() else form
