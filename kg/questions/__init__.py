"""A question in English or Korean -> its reply: read by a grammar, answered by a query, with its proof."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING

from kg.errors import NotUnderstoodError, UnknownNameError, UsageError
from kg.questions.asking import ask
from kg.questions.grammar import load_questions
from kg.questions.limits import read_limit
from kg.questions.naming import list_nearest
from kg.questions.proof import take_all
from kg.questions.reading import Match, read_question
from kg.questions.reply import Reply
from kg.questions.words import is_plain, language_of, read_id, strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.questions.proof import Part
    from kg.store import Store

__all__ = ["Reply", "answer"]

_LONGEST = 400
_FEW = 4  # words that may be a mere name or topic


def answer(store: Store, question: str, part: Part = take_all) -> Reply:
    """Answer a question.

    Of all ways to read it by the templates, the most literal one wins whose names are known and of the right
    kind; if there is none, what the names and cues in it hint at; then the most literal one whose names can
    be guessed.

    Args:
        store: that holds the graph to ask.
        question: in English or Korean.
        part: the number of rows -> which of them are wanted, for who shows a page of a long answer.

    Raises:
        UnknownNameError: it is understood, but about a name that the graph does not know.
        NotUnderstoodError: no pattern reads it; it carries the questions most like it that are understood.
    """
    text = " ".join(question.split())
    if len(text) > _LONGEST:
        raise UsageError(f"the question has {len(text)} characters; expected at most {_LONGEST}")
    asked, limit = read_limit(text)
    matches = [match._replace(limit=limit) for match in read_question(asked)]
    for match in chain(matches, (sketched._replace(limit=limit) for sketched in _sketch(store, asked))):
        reply = ask(store, text, match, part, guess=False)
        if reply is not None:
            topical = _find_topic(store, text, matches, part) if match.left_out else None
            return topical or reply
    return _guess(store, text, asked, matches, part)


def _sketch(store: Store, text: str) -> Iterator[Match]:
    """Yield the readings by names and cues; they are looked for only where no template reads the question."""
    from kg.questions.sketch import sketch

    yield from sketch(store, text)


def _find_topic(store: Store, text: str, matches: list[Match], part: Part) -> Reply | None:
    """Ask for the papers whose titles have a topic that no name is known by, before it is left out."""
    for match in matches:
        with suppress(UnknownNameError):
            reply = ask(store, text, match, part, guess=True)
            if reply and reply.titled:
                return reply
    return None


def _find_titles(store: Store, text: str, asked: str, part: Part) -> Reply | None:
    """Look for a few words that nothing else reads in titles."""
    about, words = load_questions()["about"], strip(asked)
    if len(words.split()) > _FEW:
        return None
    match = Match(about, language_of(words), "", dict.fromkeys(about.slots, words), literal=0)
    return _find_topic(store, text, [match], part)


def _suppose(store: Store, text: str, asked: str) -> NotUnderstoodError | UnknownNameError:
    """Say what a question lacks: a name that is known, if it looks like a name, else a question."""
    words = strip(asked)
    if read_id(words):
        return UnknownNameError(words)
    if len(words.split()) <= _FEW and not is_plain(words) and (nearest := list_nearest(store, words)):
        return UnknownNameError(words, nearest)
    return NotUnderstoodError(text, _find_like(text))


def _guess(store: Store, text: str, asked: str, matches: list[Match], part: Part) -> Reply:
    """Answer by names of another kind or like those in the question, or else by titles."""
    unknown: UnknownNameError | None = None
    for match in matches:
        try:
            reply = ask(store, text, match, part, guess=True)
        except UnknownNameError as error:
            unknown = unknown or error
        else:
            if reply is not None:
                return reply
    if reply := _find_titles(store, text, asked, part):
        return reply
    raise _narrow(store, text, unknown) if unknown else _suppose(store, text, asked)


def _narrow(store: Store, text: str, unknown: UnknownNameError) -> UnknownNameError:
    """Tell what of a question is unknown, where a slot took it together with words or names that are not."""
    from kg.questions.spotting import spot_names, unknown_words

    core = strip(text)
    first, *others = unknown_words(core, spot_names(store, core)) or [unknown.name]
    for word in others:
        together = re.search(rf"{re.escape(first)}\W{{1,2}}{re.escape(word)}", core)
        first = together[0] if together else first
    if first not in unknown.name or len(first.split()) == len(unknown.name.split()):
        return unknown
    return UnknownNameError(first, list_nearest(store, first))


def _find_like(text: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    language = language_of(text)
    examples = [e for question in load_questions().values() for e in question.wordings[language].examples]
    return tuple(example for example, _, _ in process.extract(text, examples, scorer=fuzz.ratio, limit=3))
