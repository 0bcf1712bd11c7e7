"""A span of a text -> whether it stands there as a word of its own."""

from __future__ import annotations

import re

HYPHENS = "-_\u2010\u2011\u2013"

_PREFIXES = frozenset(
    {"cross", "multi", "naive", "non", "original", "post", "pre", "single", "standard", "vanilla"}
)
TAILS = (
    "agnostic aided assisted augmented aware based centered centric conditioned controlled derived driven "
    "enabled enhanced equipped focused free friendly generated guided inspired integrated level like only "
    "oriented powered specific style supervised trained tuned type"
)
"""Words that describe what stands before their hyphen; the tokenizer cuts them off."""

_MORE_TAILS = (
    "aligned class compatible distilled equivalent evaluated family finetuned initialized judged optimized "
    "pretrained related sized"
)
_SUFFIXES = frozenset(f"{TAILS} {_MORE_TAILS}".split())
_PARTICLES = re.compile(
    "(?:들|용|형|식)?(?:은|는|이|가|을|를|의|에|와|과|로|으로|도|만|보다|까지|부터|처럼|마다|조차|이나|나|이며|이고|이란|란"
    "|이다|입니다|인|에서|에게|에서의|에서는|에서도|에는|에도|에의|으로의|로의|으로는|로는|로도|으로도|으로써|로써|으로서|로서"
    "|과의|와의|과는|와는|보다는|보다도|까지의|부터의|이라는|라는|이라고|라고|만을|만이|만의|에서만|에만|적|적인)?(?![가-힣])"
)
_WORD_BEFORE = re.compile(r"[A-Za-z]{1,20}\Z")
_WORD_AFTER = re.compile(r"[A-Za-z]{1,20}(?![A-Za-z0-9\-_])")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` is neither inside a word or number nor inside a longer hyphenated name.

    A describing tail does not make a longer name (``GPT-4-based``), a Korean particle neither (``MATH에서``);
    after a Korean name only particles may follow.

    >>> stands_alone("Qwen2-Math-7B", 6, 10), stands_alone("Math-like", 0, 4), stands_alone("AIME에서", 0, 4)
    (False, True, True)
    """
    return _opens(text, start) and _closes(text, end)


def is_hangul(character: str) -> bool:
    """Say whether a character, if there is one, is a Korean syllable."""
    return "가" <= character <= "힣"


def _is_wordlike(character: str) -> bool:
    """Say whether a character belongs to a Latin or Greek word or a number; CJK scripts leave no gaps."""
    return character.isalnum() and character < "\u2e80"


def _opens(text: str, start: int) -> bool:
    before, earlier = text[max(0, start - 1) : start], text[max(0, start - 2) : max(0, start - 1)]
    if is_hangul(text[start]):
        return not is_hangul(before)
    if before and before in HYPHENS and _is_wordlike(earlier):
        word = _WORD_BEFORE.search(text, max(0, start - 22), start - 1)
        return word is not None and word.group().lower() in _PREFIXES
    return not (_is_wordlike(before) or before == "@" or (before == "." and earlier.isdigit()))


def _closes(text: str, end: int) -> bool:
    after, later = text[end : end + 1], text[end + 1 : end + 2]
    if is_hangul(after):
        return not is_hangul(text[end - 1]) or _PARTICLES.match(text, end) is not None
    if after and after in HYPHENS and _is_wordlike(later):
        word = _WORD_AFTER.match(text, end + 1)
        return word is not None and word.group() in _SUFFIXES
    if after in (".", "'", "’") and later.isdigit():
        return False
    return not (_is_wordlike(after) or after == "@" or (after == "+" and not _is_wordlike(later)))
