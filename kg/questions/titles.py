"""The words of a topic -> the papers whose titles have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.questions.words import is_plain, is_small, load_words, says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.store.rows import Label

_SHORTEST = 3  # letters of a topic


class Topic(NamedTuple):
    """What is looked for in titles, and the papers that have it there."""

    name: str
    papers: tuple[str, ...]


def find_topic(spellings: Sequence[str], titles: Iterable[Label]) -> Topic | None:
    """Find the papers whose titles have a topic, as its words begin; with a capital, as it is written.

    Args:
        spellings: of the topic, the fullest first; Korean ones stand for English words.
        titles: the labels of all papers.
    """
    topics: dict[str, str] = load_words()["topics"]
    spellings = [_cut_broad(each) for each in spellings]
    words = next((each for each in spellings if each in topics), spellings[-1])
    stem = topics.get(words, words.removesuffix("s"))
    if len(stem) < _SHORTEST or says_nothing(words) or is_small(words):
        return None
    having = re.compile(rf"(?<!\w){re.escape(stem)}", re.IGNORECASE if is_plain(words) else 0)
    papers = tuple(sorted({label.node for label in titles if having.search(label.label)}))
    return Topic(words if words.isascii() else stem, papers) if papers else None


def _cut_broad(words: str) -> str:
    """Take off what is too broad to be looked for, if more follows: "LLM agents" are agents."""
    first, _, rest = words.partition(" ")
    return rest if rest and first.casefold() in load_words()["broad"] else words
