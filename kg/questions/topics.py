"""A reading that leaves words out -> the one in which they are a topic of papers, looked for in titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.questions.grammar import load_questions
from kg.questions.reading import Clause
from kg.questions.words import load_words

if TYPE_CHECKING:
    from kg.questions.reading import Match

_ABOUT, _FOR = "about", "for"
_WORDS = 3  # of a topic, at most


def read_topic(match: Match, text: str) -> Match | None:
    """Take what a reading leaves out for a topic, where it stands behind "about" or before "papers".

    Args:
        match: the reading; its question is one about papers.
        text: the question in lower case, with blanks in place of names.

    Returns:
        The reading restricted by the topic, which may be known by titles only; None where there is none.
    """
    unread = match.left_out.split(", ")
    about = load_questions()[_ABOUT]
    telling = [word for word in unread if word and word not in load_words()["small"]]
    topic = _find_topic(text, telling, (*about.wordings[match.language].cues, _FOR)) if telling else None
    if topic is None or "# filters" not in match.question.query or "?paper" not in match.question.query:
        return None
    clause = Clause(about, dict.fromkeys(about.slots, topic), topical=True)
    left = ", ".join(word for word in unread if word not in topic.split())
    return match._replace(clauses=(*match.clauses, clause), left_out=left)


def _find_topic(text: str, unread: list[str], cues: tuple[str, ...]) -> str | None:
    """Return the unread words that directly follow a cue, or stand before the word for a kind."""
    said = "|".join(sorted(map(re.escape, cues), key=len, reverse=True))
    word = "|".join(sorted(map(re.escape, unread), key=len, reverse=True))
    one = rf"(?:{word})(?![\w’'-])"
    topic = rf"(?P<topic>{one}(?:\s{one}){{0,{_WORDS - 1}}})"
    kinds = "|".join(kind for kinds in load_words()["kinds"].values() for kind in kinds if kind.isascii())
    places = (rf"(?<![\w-])(?:{said})\s+{topic}", rf"(?<![\w-]){topic}\s+(?:{kinds})(?![\w-])")
    return next((found["topic"] for place in places if (found := re.search(place, text))), None)
