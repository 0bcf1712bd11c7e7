"""Every pattern reads its own examples and refuses the others', and questions about the digests are answered."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kg.errors import NotUnderstoodError, UnknownNameError
from kg.questions import answer
from kg.questions.grammar import LANGUAGES, compile_template, load_questions, read_question
from kg.questions.naming import spell
from tests.factories import make_graph

QUESTIONS = load_questions()


@cache
def graph():
    return make_graph()


def _read(text: str, kinds: set[str]) -> str | None:
    """The first reading of a question about nodes of these kinds."""
    readings = (match.question for match in read_question(text))
    return next((q.name for q in readings if not kinds or _kinds(q) & kinds), None)


def _kinds(question) -> set[str]:
    return {kind for kinds in question.slots.values() for kind in kinds}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_of_question_reads_its_examples_first(name, language):
    wording = QUESTIONS[name].wordings[language]
    assert wording.examples
    wrong = {e: _read(e, _kinds(QUESTIONS[name])) for e in wording.examples}
    wrong = {example: read for example, read in wrong.items() if read != name}
    assert not wrong


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_of_question_leaves_the_refused_to_others(name, language):
    wording = QUESTIONS[name].wordings[language]
    assert wording.refused
    wrong = [e for e in wording.refused if _read(e, set()) == name]
    assert not wrong


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_of_a_kind_stands_in_its_query_and_its_meaning(name, language):
    question = QUESTIONS[name]
    wording = question.wordings[language]
    slots = {s for t in (*wording.asked, *wording.counted) for s in re.findall(r"\{(\w+)\}", t)}
    assert slots == set(question.slots)
    assert all(f"VALUES ?{slot} {{ UNDEF }}" in question.query for slot in slots)
    assert {s for s in re.findall(r"\{(\w+)\}", wording.meaning)} <= slots
