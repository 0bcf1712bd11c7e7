"""A language -> what the pages say in it: the words of the graph page, and those of the site."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from kg.questions.words import language_of
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.server.site.things import Thing

LANGUAGES = ("en", "ko")
"""The languages of the site, the one of a reader who asks for none of them first."""

_BOOKS = ("page", "site")


class Words:
    """What is said in one language; a key that has no word is said as it is.

    Args:
        language: one of `LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **values: object) -> str:
        """Say a key, with values in its slots.

        >>> Words("ko").say("model.one"), Words("en").say("source", digest="a.md", line=3)
        ('모델', 'a.md, line 3')
        """
        said = load_words().get(key, {})
        text = said.get(self.language) or said.get(LANGUAGES[0], key)
        return text.format(**{name: str(value) for name, value in values.items()}) if values else text

    def count(self, key: str, number: int) -> str:
        """Say how many there are; English has a word of its own for one.

        >>> Words("en").count("papers", 1), Words("en").count("papers", 1200)
        ('1 paper', '1,200 papers')
        """
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", count=f"{number:,}")


def list_questions(thing: Thing, words: Words) -> list[str]:
    """List questions that can be asked about a thing of its kind; about a Korean name, in Korean."""
    words = Words(LANGUAGES[1]) if language_of(thing.name) == LANGUAGES[1] else words
    keys = [key for key in load_words() if key.startswith(f"question.{thing.kind}.")]
    return [words.say(key, name=thing.name) for key in keys]


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """Read all words by their keys, each in every language."""
    words: dict[str, dict[str, str]] = {}
    for book in _BOOKS:
        text = (FOLDER / book / "words.json").read_text(encoding="utf8")
        words |= json.loads(text)
    return words
