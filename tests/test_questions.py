"""Every kind of question reads its examples and no others, and questions about the digests are answered."""

from __future__ import annotations

import re
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import kg
from kg.errors import NotUnderstoodError, UnknownNameError, UsageError
from kg.questions import answer
from kg.questions.grammar import LANGUAGES, compile_template, could_match, load_questions, read_question
from kg.questions.naming import spell
from kg.questions.words import load_words
from kg.sparql.answers import show_term
from tests.asked import find_faults, load_asked
from tests.factories import make_graph
from tests.gold_graph import make_gold_graph

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
    assert set(re.findall(r"\{(\w+)\}", wording.meaning)) <= slots


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_query_runs_as_it_stands_in_its_file(name):
    question = QUESTIONS[name]
    kg.Graph.query(graph(), question.query)
    assert "ORDER BY" in question.query or "COUNT" in question.query
    assert question.otherwise is None or question.otherwise in QUESTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading(language):
    headings = load_words()["headings"][language]
    for question in QUESTIONS.values():
        columns = graph().query(question.query).columns
        assert set(columns) - {"evidence", "high", "unit", "kind"} <= set(headings), question.name


def test_a_template_is_compiled_only_where_it_could_match():
    for question in QUESTIONS.values():
        for language, wording in question.wordings.items():
            for example in wording.examples:
                core = example.strip("?").casefold()
                for template in (*wording.asked, *wording.counted):
                    if compile_template(template).fullmatch(core):
                        assert could_match(template, core), (language, template)


def _cells(reply) -> set[str]:
    return {show_term(term) for row in reply.rows for term in row}


def test_a_reply_proves_its_rows():
    reply = answer(graph(), "best on AIME 2024")
    assert reply.columns[-4:] == ("paper", "date", "link", "sentence")
    cells = [show_term(term) for term in reply.rows[0]]
    assert cells[0] == "DeepSeek-R1"
    assert "https://arxiv.org/abs/2501.12948" in cells
    assert "AIME 2024" in cells[-1]
    assert "79.8" in cells[-1]
    assert "79.8%" in str(reply)
    assert "<table>" in reply._repr_html_()
    assert graph().query(reply.sparql).rows


def test_a_result_said_twice_stands_once():
    reply = answer(graph(), "what does DeepSeek-R1 report?")
    values = Counter(show_term(row[reply.columns.index("value")]) for row in reply.rows)
    assert values == {"79.8": 1, "97.3": 1}


def test_korean_and_english_find_the_same_papers():
    pairs = [
        ("which papers use reinforcement learning?", "강화 학습을 쓰는 논문은?"),
        ("which papers report MATH-500?", "MATH-500을 보고한 논문은?"),
        ("who wrote DeepSeek-R1?", "DeepSeek-R1은 누가 썼나?"),
    ]
    for english, korean in pairs:
        found = answer(graph(), english), answer(graph(), korean)
        assert found[0].rows == found[1].rows
        assert found[0].rows


@pytest.mark.parametrize(
    "question",
    [
        "who wrote DeepSeek-R1: Reasoning by Reward?",
        "who wrote 2501.12948",
        "Who wrote https://arxiv.org/abs/2501.12948v2?",
        "who are the authors of the deepseek r1 paper",
        "please tell me who wrote 'DeepSeek-R1'",
    ],
)
def test_a_paper_is_known_by_title_id_link_or_what_it_introduces(question):
    assert {"Ada Example", "DeepSeek-AI"} <= _cells(answer(graph(), question))


def test_several_names_are_answered_together():
    reply = answer(graph(), "which papers report MATH-500 and AIME 2024?")
    assert {"MATH 500", "AIME 2024"} <= _cells(reply) or {"MATH-500", "AIME 2024"} <= _cells(reply)
    assert any("math500" in note and "aime2024" in note for note in reply.notes)


def test_words_that_name_nothing_are_left_out_and_said_to_be():
    reply = answer(graph(), "which papers report results on MATH-500 for real")
    assert reply.rows
    assert any("for real" in note for note in reply.notes)


def test_a_name_with_a_capital_or_a_digit_is_never_left_out():
    with pytest.raises(UnknownNameError):
        answer(graph(), "which papers report MATH-500 Hard?")


def test_an_unknown_name_gets_the_nearest_ones():
    with pytest.raises(UnknownNameError) as caught:
        answer(graph(), "which papers report MATH-5000?")
    assert caught.value.name == "MATH-5000"
    assert caught.value.nearest[0].replace(" ", "-") == "MATH-500"


def test_what_is_not_understood_gets_the_nearest_questions():
    for text in ("", "?", "tell me a joke about graphs", "날씨가 어때?"):
        with pytest.raises(NotUnderstoodError) as caught:
            answer(graph(), text)
        assert len(caught.value.nearest) == 3


def test_a_question_may_not_be_a_book():
    with pytest.raises(UsageError, match="at most"):
        answer(graph(), "who wrote " + "very " * 100)


def test_what_no_paper_is_said_to_use_is_looked_for_among_mentions():
    reply = answer(graph(), "what uses OpenAI-o1-mini?")
    assert "2501.12948" in " ".join(_cells(reply))
    assert reply.notes


def test_counting_gives_a_number():
    assert [show_term(t) for t in answer(graph(), "how many papers report MATH-500?").rows[0]] == ["2"]
    assert [show_term(t) for t in answer(graph(), "논문은 몇 편인가?").rows[0]] == ["3"]


def test_a_question_cannot_smuggle_a_query():
    hostile = "x> } DROP ALL #", '"} UNION { ?s ?p ?o }', "<https://x.org/>", "?thing", "{ UNDEF }"
    for name in hostile:
        with pytest.raises((UnknownNameError, NotUnderstoodError)):
            answer(graph(), f"who wrote {name}?")


def test_long_hostile_questions_are_refused_in_time():
    begin = time.monotonic()
    for unit in ("which papers ", "report ", "을 ", "a,b and ", "(", "에서"):
        with pytest.raises((UnknownNameError, NotUnderstoodError)):
            answer(graph(), ("which papers report " + unit * 400)[:400])
    assert time.monotonic() - begin < 5


def test_spellings_lose_articles_kinds_and_particles():
    assert "FilmAgent" in spell("the FilmAgent paper")
    assert "MATH-500" in spell("MATH-500 벤치마크에서")
    assert "DeepSeek-R1" in spell("DeepSeek-R1's")


@cache
def faults_on_gold() -> dict[str, list[str]]:
    """Question -> what is wrong with its answer, on the graph that the gold makes."""
    return {q["ask"]: _ask(make_gold_graph(), q) for q in load_asked()}


def _ask(graph_of, question) -> list[str]:
    try:
        return find_faults(graph_of, answer(graph_of, question["ask"]), question)
    except (UnknownNameError, NotUnderstoodError) as error:
        return [str(error)]


def test_enough_questions_are_asked():
    asked = Counter(question["language"] for question in load_asked())
    assert min(asked["english"], asked["korean"]) >= 20


@pytest.mark.parametrize("language", ["english", "korean"])
def test_questions_are_answered_from_what_the_gold_says(language):
    asked = [q["ask"] for q in load_asked() if q["language"] == language]
    wrong = {ask: faults for ask in asked if (faults := faults_on_gold()[ask])}
    assert len(wrong) <= 0.07 * len(asked), wrong


@pytest.mark.parametrize("language", ["english", "korean"])
def test_questions_are_answered_from_what_is_extracted(language):
    asked = [q for q in load_asked() if q["language"] == language]
    wrong = {q["ask"]: faults for q in asked if (faults := _ask(built(), q))}
    assert len(wrong) <= 0.3 * len(asked), wrong


@cache
def built():
    """The graph that a build makes of the example digests."""
    return kg.build([Path(__file__).parent.parent / "seeds"])
