"""A question in English or Korean -> its reply: read by a grammar, answered by a query, with its proof."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import NotUnderstoodError, UnknownNameError, UsageError
from kg.questions.asking import ask
from kg.questions.grammar import load_questions, match_question
from kg.questions.naming import load_words
from kg.questions.reply import Reply

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Reply", "answer"]

_LONGEST = 400
_HANGUL = re.compile("[ㄱ-힣]")
_ENDS = " \t\n?!.。？！"


def answer(graph: Graph, question: str) -> Reply:
    """Answer a question.

    Of all ways to read it, the most literal one whose names are known wins.

    Raises:
        UnknownNameError: it is understood, but about a name that the graph does not know.
        NotUnderstoodError: no pattern reads it; it carries the questions most like it that are understood.
    """
    text = " ".join(question.split())
    if len(text) > _LONGEST:
        raise UsageError(f"the question has {len(text)} characters; expected at most {_LONGEST}")
    language = "ko" if _HANGUL.search(text) else "en"
    unknown: UnknownNameError | None = None
    for match in match_question(_strip(text), language):
        try:
            return ask(graph, text, match)
        except UnknownNameError as error:
            unknown = unknown or error
    raise unknown or NotUnderstoodError(text, _find_like(text, language))


def _strip(text: str) -> str:
    """Take off the end mark and the courtesies around a question."""
    text = text.strip(_ENDS)
    words = load_words()
    for _ in range(3):
        before = next((w for w in words["before"] if text.casefold().startswith(f"{w} ")), "")
        after = next((w for w in words["after"] if text.casefold().endswith(f" {w}")), "")
        text = text[len(before) : len(text) - len(after)].strip(_ENDS + ",")
    return text


def _find_like(text: str, language: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    examples = [e for question in load_questions().values() for e in question.wordings[language].examples]
    return tuple(example for example, _, _ in process.extract(text, examples, scorer=fuzz.ratio, limit=3))
