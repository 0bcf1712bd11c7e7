"""A question as it was put -> its language, and the words that carry it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import tomli

from kg.supplies import FOLDER

_YEAR = re.compile(r"(\d{4})\s?년?\Z")
_SHORT = re.compile(r"\b(what|who|where|how|which)(?:['’]?s)\b", re.IGNORECASE)
_ARXIV = re.compile(r"(?:https?://\S{0,80}/|arxiv:)?(\d{4}\.\d{4,5})(?:v\d{1,2})?\Z", re.IGNORECASE)
_ENDS = " \t\n?!.。？！"


@cache
def load_words() -> dict[str, Any]:
    """Read the words around a question: courtesies, articles, particles, kinds, headings and notes."""
    return tomli.loads(FOLDER.joinpath("words.toml").read_text("utf8"))


def language_of(text: str) -> str:
    """Return ``ko`` for a text with Hangul in it, else ``en``."""
    return "ko" if any("ㄱ" <= c <= "ㅣ" or "가" <= c <= "힣" for c in text) else "en"


def strip(text: str) -> str:
    """Take off the mark at the end of a question and the courtesies around it.

    >>> strip("Please tell me who wrote FilmAgent?"), strip("GRPO를 쓰는 논문을 알려줘!")
    ('who wrote FilmAgent', 'GRPO를 쓰는 논문을')
    """
    text = _SHORT.sub(r"\1 is", text.strip(_ENDS))
    words = load_words()
    while True:
        before = next((w for w in words["before"] if text.casefold().startswith(f"{w} ")), "")
        after = next((w for w in words["after"] if text.casefold().endswith(f" {w}")), "")
        if not before and not after:
            return text
        text = text[len(before) : len(text) - len(after)].strip(f"{_ENDS},")


def kind_of_word(word: str) -> str | None:
    """Return the kind of node that a word is for (``benchmarks`` -> ``benchmark``), or None."""
    kinds: dict[str, list[str]] = load_words()["kinds"]
    return next((kind for kind, words in kinds.items() if word.casefold() in words), None)


def read_date(text: str) -> str | None:
    """Return the day, month or year that a text gives, as ISO 8601.

    >>> read_date("January 2025"), read_date("2025년 1월 24일"), read_date("2024년"), read_date("RLHF")
    ('2025-01', '2025-01-24', '2024', None)
    """
    if not any(c.isdigit() for c in text):
        return None
    from kg.text.dates import find_date

    year = _YEAR.match(text)
    return year[1] if year else find_date(text)


def read_id(text: str) -> str | None:
    """Return the arXiv id that a text is, or whose address it is.

    >>> read_id("https://arxiv.org/abs/2501.12948v2"), read_id("2501.12948 and others")
    ('2501.12948', None)
    """
    found = _ARXIV.match(text)
    return found[1] if found else None


def denies(text: str, language: str) -> bool:
    """Say whether some words deny something.

    >>> denies("papers not about", "en"), denies("를 쓰지 않는", "ko"), denies("notable papers", "en")
    (True, True, False)
    """
    return bool(_denials(language).search(text.casefold().replace("’", "'")))


def strip_denials(text: str) -> str:
    """Take the English words that deny out of a text, in lower case; blanks stand for them."""
    return _denials("en").sub(lambda found: " " * len(found[0]), text)


@cache
def _denials(language: str) -> re.Pattern[str]:
    """Compile the words that deny: English ones stand between words, Korean ones anywhere."""
    words = "|".join(re.escape(word) for word in load_words()["denials"][language])
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])" if language == "en" else words)


def says_nothing(word: str) -> bool:
    """Say whether a word is one of grammar, or the word for a kind."""
    return word.casefold() in load_words()["plain"] or kind_of_word(word) is not None


def is_everyday(word: str) -> bool:
    """Say whether a word is one of everyday language, or the word for a kind, and so names nothing."""
    return says_nothing(word) or word.casefold() in load_words()["common"] or names_nothing(word)


def is_small(word: str) -> bool:
    """Say whether a word is everyday language as it is written: "long" is, but "LONG" may be a name."""
    return word in load_words()["small"]


def names_nothing(text: str) -> bool:
    """Say whether a text is, as it is written, everyday language or nothing but grammar and words for kinds.

    >>> [names_nothing(text) for text in ("a", "새로운 벤치마크", "AND", "deep learning")]
    [True, True, False, False]
    """
    return is_small(text) or all(is_plain(word) and says_nothing(word) for word in text.split())


def is_plain(word: str) -> bool:
    """Say whether a word looks like no name: no capital, no digit."""
    return word == word.lower() and not any(c.isdigit() for c in word)
