"""A reading that leaves words out -> the one in which they are a topic of papers, looked for in titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.questions.grammar import load_questions
from kg.questions.lexicon import list_unknown
from kg.questions.reading import Clause
from kg.questions.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.questions.grammar import Question
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
    if "# filters" not in match.question.query or "?paper" not in match.question.query:
        return None
    about, unread = load_questions()[_ABOUT], match.left_out.split(", ")
    cues, kinds = about.wordings[match.language].cues, _list_kinds(match.question)
    korean = match.language == "ko"
    topic = _find_korean(text, (*cues, *kinds)) if korean else _find_english(text, unread, cues, kinds)
    if topic is None:
        return None
    clause = Clause(about, dict.fromkeys(about.slots, topic), topical=True)
    left = ", ".join(word for word in unread if not word.startswith(tuple(topic.split())))
    return match._replace(clauses=(*match.clauses, clause), left_out=left, literal=match.literal + 1)


def _list_kinds(question: Question) -> list[str]:
    """List the words before which a topic may stand: those for papers, or for what papers introduce.

    A "reasoning model" need not come from a paper with "reasoning" in its title.
    """
    kinds: dict[str, list[str]] = load_words()["kinds"]
    named = kinds if ("kind",) in question.slots.values() else ("paper",)
    return [word for kind in named for word in kinds[kind]]


def _find_english(text: str, unread: Iterable[str], cues: Iterable[str], kinds: Iterable[str]) -> str | None:
    """Return the unread words that directly follow a cue, or stand before the word for a kind: no numbers."""
    word = _join(word for word in unread if word not in load_words()["small"] and not word.isdecimal())
    one = rf"(?:{word})(?![\w’'-])"
    broad = rf"(?:(?:{_join(load_words()['broad'])})\s)?"
    topic = rf"(?<![\w-]){broad}(?P<topic>{one}(?:\s{one}){{0,{_WORDS - 1}}})"
    places = (rf"(?<![\w-])(?:{_join((*cues, _FOR))})\s+{topic}", rf"{topic}\s+(?:{_join(kinds)})(?![\w-])")
    found = (re.search(place, text) for place in places if word)
    return next((match["topic"] for match in found if match), None)


def _find_korean(text: str, followers: Iterable[str]) -> str | None:
    """Return the topic that titles have a word for, where it is unread and what tells a topic follows it."""
    unread = list_unknown(text)
    topics = load_words()["topics"]
    known = _join(topic for topic in topics if any(word.startswith(topic.split()[0]) for word in unread))
    found = re.search(rf"({known})\S{{0,2}}\s*(?:{_join(followers)})", text) if known else None
    return found[1] if found else None


def _join(words: Iterable[str]) -> str:
    """Write words as alternatives of an expression, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
