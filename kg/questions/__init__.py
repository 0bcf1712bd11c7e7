"""A question in English or Korean -> its reply: read by a grammar, answered by a query, with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import NotUnderstoodError, UnknownNameError, UsageError
from kg.questions.asking import ask
from kg.questions.grammar import load_questions, read_question
from kg.questions.reply import Reply
from kg.questions.words import language_of

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Reply", "answer"]

_LONGEST = 400


def answer(graph: Graph, question: str) -> Reply:
    """Answer a question.

    Of all ways to read it, the most literal one wins whose names are known and of the right kind; if there is
    none, the most literal one whose names can be guessed.

    Raises:
        UnknownNameError: it is understood, but about a name that the graph does not know.
        NotUnderstoodError: no pattern reads it; it carries the questions most like it that are understood.
    """
    text = " ".join(question.split())
    if len(text) > _LONGEST:
        raise UsageError(f"the question has {len(text)} characters; expected at most {_LONGEST}")
    matches = read_question(text)
    if not matches:
        raise NotUnderstoodError(text, _find_like(text))
    for match in matches:
        reply = ask(graph, text, match, guess=False)
        if reply is not None:
            return reply
    return _guess(graph, text)


def _guess(graph: Graph, text: str) -> Reply:
    unknown: UnknownNameError | None = None
    for match in read_question(text):
        try:
            reply = ask(graph, text, match, guess=True)
        except UnknownNameError as error:
            unknown = unknown or error
        else:
            assert reply is not None
            return reply
    assert unknown is not None
    raise unknown


def _find_like(text: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    language = language_of(text)
    examples = [e for question in load_questions().values() for e in question.wordings[language].examples]
    return tuple(example for example, _, _ in process.extract(text, examples, scorer=fuzz.ratio, limit=3))
