"""A question as it was put -> every way to read it by the templates, the most literal first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.questions.counting import find_counted
from kg.questions.filters import peel
from kg.questions.grammar import load_questions
from kg.questions.templates import compile_template, could_match
from kg.questions.words import kind_of_word, language_of, strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.questions.filters import Taken
    from kg.questions.grammar import Question
    from kg.questions.limits import Limit


class Clause(NamedTuple):
    """A question that restricts another one, with the text in its slots; ``denied``: must not be so.

    ``topical`` says that the text need be no name: words of titles will do.
    """

    question: Question
    slots: Mapping[str, str]
    denied: bool = False
    topical: bool = False


class Match(NamedTuple):
    """One way to read a question: its kind, the text in each slot, its filters and its clauses.

    ``counted`` is the variable of which only the number is asked, or empty; ``literal`` says how many letters
    of the text the reading accounts for, names left out, ``doubt`` how unusual its first name is there,
    ``left_out`` which words it makes nothing of, ``limit`` how many things are wanted.
    """

    question: Question
    language: str
    counted: str
    slots: Mapping[str, str]
    literal: int
    filters: tuple[Taken, ...] = ()
    clauses: tuple[Clause, ...] = ()
    doubt: int = 0
    left_out: str = ""
    limit: Limit | None = None


def read_question(text: str) -> list[Match]:
    """Return every way to read a question by its templates, the most literal first.

    Of two readings as literal as each other, the one with fewer filters goes first.
    """
    language, core = language_of(text), strip(text)
    matches = [
        match
        for rest, filters in peel(core, language)
        for question in load_questions().values()
        if fits(question, filters)
        for match in _match(question, strip(rest), language, filters)
    ]
    return sorted(matches, key=lambda m: (-m.literal, len(m.filters), m.question.name))


def fits(question: Question, filters: tuple[Taken, ...], *, restricted: bool = False) -> bool:
    """Say whether a question's query can take filters, and is restricted where it must be."""
    if not filters:
        return restricted or not question.filtered
    variables = {"paper": "?paper", "value": "?value", "subject": f"?{question.subject}"}
    return "# filters" in question.query and all(variables[f.filter.on] in question.query for f in filters)


def _match(question: Question, text: str, language: str, filters: tuple[Taken, ...]) -> Iterator[Match]:
    wording, lower = question.wordings[language], text.casefold()
    peeled = sum(each.literal for each in filters)
    for counted, templates in (("", wording.asked), ("paper", wording.counted)):
        for template in templates:
            found = could_match(template, lower) and compile_template(template).fullmatch(text)
            if found and _has_kinds(question, found.groupdict()):
                slots = {name: value.strip() for name, value in found.groupdict().items() if value}
                yield Match(
                    question=question,
                    language=language,
                    counted=counted and (find_counted(text, question.query) or counted),
                    slots=slots,
                    literal=len(text) - sum(map(len, slots.values())) + peeled,
                    filters=filters,
                )


def _asks_of(question: Question, word: str) -> bool:
    kind = kind_of_word(word)
    return kind is not None and kind not in question.barred


def _has_kinds(question: Question, slots: Mapping[str, str | None]) -> bool:
    """Say whether the slots for kinds hold the word for a kind, or stay empty where they may."""
    return all(
        _asks_of(question, text) if (text := slots.get(name)) else name in question.optional
        for name, kinds in question.slots.items()
        if kinds == ("kind",)
    )
