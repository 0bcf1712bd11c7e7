"""Every kind of question reads its examples and no others, and questions about the digests are answered."""

from __future__ import annotations

import re
import time
from collections import Counter
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import pytest

import kg
from kg.errors import NotUnderstoodError, UnknownNameError, UsageError
from kg.questions import composition, filters, naming
from kg.questions.filters import load_filters, peel
from kg.questions.grammar import LANGUAGES, load_questions
from kg.questions.naming import spell
from kg.questions.periods import read_size, read_span
from kg.questions.reading import read_question
from kg.questions.senses import part_senses
from kg.questions.sketch import sketch
from kg.questions.templates import compile_template, could_match
from kg.questions.words import load_words, strip
from kg.rdf.prefixes import BASE
from kg.records import Attribute, Findings, Kind, Observation, Property, Relation
from kg.sparql.answers import show_term
from kg.store.rows import Label
from tests.asked import ask_and_check, load_asked, load_frozen
from tests.factories import make_entity, make_entry, make_graph, make_result, said_observation
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
    if QUESTIONS[name].filtered:  # a date is no author's name, which only the graph can tell
        wrong = {
            e: read for e, read in wrong.items() if name not in {m.question.name for m in read_question(e)}
        }
    assert not wrong


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_alternative_that_denies_something_is_looked_up_for_the_name(name):
    """Where it is not, the engine reads all that the graph says before it thinks of the name."""
    query = QUESTIONS[name].query
    groups = [(open_, _close(query, open_)) for open_ in _find_all(query, "{")]
    for at in _find_all(query, "FILTER NOT EXISTS"):
        around = [(start, end) for start, end in groups if start < at < end]
        start, end = around[-1]
        if query[:start].rstrip().endswith("UNION") or query[end:].lstrip().startswith("UNION"):
            led = any(query[:first].rstrip().endswith("LATERAL") for first, _ in around)
            assert led or "UNDEF" in query[start:end]


def _find_all(text: str, part: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(part), text)]


def _close(query: str, start: int) -> int:
    """Find the end of the group that begins at a brace."""
    depth = 0
    for at in range(start, len(query)):
        depth += {"{": 1, "}": -1}.get(query[at], 0)
        if not depth:
            return at + 1
    raise AssertionError(query)


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
    assert slots <= set(question.slots)
    assert set(question.slots) <= slots | set(question.optional)
    assert all(f"VALUES ?{slot} {{ UNDEF }}" in question.query for slot in slots)
    assert set(re.findall(r"\{(\w+)\}", wording.meaning)) <= slots
    assert set(question.optional) <= slots


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_query_runs_as_it_stands_in_its_file(name):
    question = QUESTIONS[name]
    kg.Graph.query(graph(), question.query)
    assert "ORDER BY" in question.query or "COUNT" in question.query
    assert {question.otherwise, question.titled} <= {None, *QUESTIONS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading(language):
    headings = load_words()["headings"][language]
    for question in QUESTIONS.values():
        columns = graph().query(question.query).columns
        assert set(columns) - {"evidence", "high", "unit", "kind"} <= set(headings), question.name


@pytest.mark.parametrize("each", load_filters(), ids=lambda each: each.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_is_taken_out_of_its_examples_and_no_others(each, language):
    def taken(text: str) -> set[str]:
        return {t.filter.name for _, filters in peel(text, language) for t in filters}

    assert each.examples[language]
    assert each.refused[language]
    assert not [text for text in each.examples[language] if each.name not in taken(text)]
    assert not [text for text in each.refused[language] if each.name in taken(text)]


@pytest.mark.parametrize("each", load_filters(), ids=lambda each: each.name)
def test_every_filter_runs_in_a_question_that_takes_it(each):
    question = QUESTIONS["report"]
    for constraint in filter(None, (each.query, each.unknown)):
        assert "# filters" in question.query
        graph().query(question.query.replace("# filters", constraint.replace("?subject", "?system")))


@pytest.mark.parametrize("each", load_filters(), ids=lambda each: each.name)
def test_what_is_asked_instead_of_a_filtered_question_takes_the_filter_too(each):
    for text in (text for texts in each.examples.values() for text in texts):
        with suppress(UnknownNameError, NotUnderstoodError):
            assert graph().ask(text).sparql


def test_every_clause_runs_as_a_restriction():
    clauses = [question.clause for question in QUESTIONS.values() if question.clause]
    assert len(clauses) >= 5
    for clause in clauses:
        listed = QUESTIONS["listed"].query
        graph().query(listed.replace("# filters", f"{{ SELECT DISTINCT ?paper WHERE {{ {clause} }} }}"))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2025-01-24", "2025-01-24", "2025-01-24~"),
        ("2025년 1월", "2025-01", "2025-01~"),
        ("the 28th of December 2024", "2024-12-28", "2024-12-28~"),
        ("December", "2024-12", "2024-12~"),
        ("1월 24일", "2025-01-24", "2025-01-24~"),
        ("this week", "2025-01-24", "2025-01-30~"),
        ("지난달", "2024-12", "2024-12~"),
        ("last year", "2024", "2024~"),
        ("today", "2025-01-30", "2025-01-30~"),
    ],
)
def test_periods_count_from_the_newest_day_of_the_store(text, low, high):
    span = read_span(text, "2025-01-30")
    assert (span.low, span.high) == (low, high)


def test_what_no_calendar_has_is_no_date():
    assert read_span("30 February 2024", "2025-01-30") is None
    assert read_span("this week", "") is None
    assert read_size("7B") == read_size("70억") == 7_000_000_000


@pytest.mark.parametrize(
    "text",
    [
        "best open 7B model on MATH-500",
        "best 7B open model on MATH-500",
        "MATH-500에서 가장 좋은 7B 공개 모델은?",
        "MATH-500에서 가장 좋은 공개 7B 모델은?",
        "7B 공개 모델 중 MATH-500에서 가장 좋은 것은?",
        "32B 미만 오픈소스 모델 중 MATH-500에서 가장 좋은 것은?",
    ],
)
def test_two_filters_of_models_go_in_any_order(text):
    language = "ko" if re.search("[가-힣]", text) else "en"
    taken = {each.filter.name for _, filters in peel(text, language) for each in filters}
    assert "open" in taken
    assert taken & {"sized", "smaller"}
    understood = graph().ask(text).understood
    assert any(said in understood for said in ("open models", "공개 모델"))
    assert any(said in understood for said in ("parameters", "매개변수"))


def test_a_comma_ends_what_a_filter_looks_ahead_for():
    assert all("sized" not in {t.filter.name for t in taken} for _, taken in peel("7B, 이 모델", "ko"))


def test_filters_of_time_can_go_by_day():
    dated = [each for each in load_filters() if "?itsDay" in each.query]
    assert len(dated) == 6
    assert all(composition._BY_PAPER in each.query for each in dated)


def test_filters_go_with_any_question():
    both = {"english": "best on MATH-500", "korean": "MATH-500을 보고한 논문"}
    assert len(graph().ask(both["english"]).rows) == 2
    assert not graph().ask(f"{both['english']} before 2025-01-01").rows
    assert not graph().ask(f"2025년 1월 1일 이전에 {both['korean']}").rows
    assert len(graph().ask("best on MATH-500 since January 2025").rows) == 2
    assert "since 2025-01" in graph().ask("best on MATH-500 since January 2025").understood


def test_a_filter_says_for_how_many_the_fact_is_unknown():
    reply = graph().ask("best on MATH-500 under 10B")
    assert not reply.rows
    assert any("2" in note and "not known" in note for note in reply.notes)


def _score_rocket() -> Observation:
    """An entry with a score of a closed model and one of no named system."""
    entry = make_entry(
        "HillBench", "The closed Rocket-7B scores 61% on HillBench. We reach 90% on HillBench."
    )
    model, bench = (
        make_entity(entry, "Rocket-7B", Kind.MODEL),
        make_entity(entry, "HillBench", Kind.BENCHMARK),
    )
    first, second = entry.text.split(". ")
    results = (
        make_result(entry, first, "61%", system=0, benchmark=1),
        make_result(entry, second.rstrip("."), "90%", benchmark=1),
    )
    at = entry.plain.index("closed Rocket-7B")
    closed = Attribute(
        of=0, property=Property.OPEN_WEIGHTS, start=at, end=at + 16, confidence=0.9, by="closed.attribute",
        holds=False,
    )  # fmt: skip
    findings = Findings(entities=(model, bench), results=results, attributes=(closed,))
    return Observation(entry=entry, findings=findings)


def test_a_score_of_no_named_system_is_that_of_no_open_closed_or_small_model():
    asked = make_graph([_score_rocket()])
    values = {
        text: [show_term(row[1]) for row in asked.ask(text).rows]
        for text in ("best on HillBench", "best closed model on HillBench", "best 7B model on HillBench",
                     "which model is best on HillBench?", "HillBench 최고 모델은?")
    }  # fmt: skip
    assert list(values.values()) == [["90", "61"], *[["61"]] * 4]


def _name_grpo(
    day: str, text: str, spelled: str = "GRPO", title: str = "One More", arxiv: str = ""
) -> Observation:
    arxiv = arxiv or f"{day[2:4]}{day[5:7]}.000{day[8:]}"
    entry = make_entry(f"{title} of {day}", text, digest=f"{day}.md", arxiv=arxiv)
    return Observation(
        entry=entry,
        findings=Findings(
            entities=(make_entity(entry, spelled, Kind.METHOD),),
            relations=((0, Relation.USES_METHOD),),
        ),
    )


def test_lists_of_papers_begin_with_the_newest():
    days = ("2025-01-03", "2025-03-01", "2025-02-02")
    asked = make_graph([_name_grpo(day, "It uses GRPO.") for day in days])
    titles = [show_term(row[0]) for row in asked.ask("which papers use GRPO?").rows]
    assert titles == [f"One More of {day}" for day in sorted(days, reverse=True)]


def test_a_month_that_is_not_asked_for_counts_no_paper_that_came_then_too():
    days = ("2024-12-30", "2025-01-03")
    asked = make_graph([_name_grpo(day, "It uses GRPO.", arxiv="2412.00001") for day in days])
    for text in (
        "papers per month in 2025",
        "GRPO over time since 2025",
        "2025년 월별로 가장 많이 쓰인 방법은?",
    ):
        assert [show_term(row[0]) for row in asked.ask(text).rows] == ["2025-01"], text
    assert len(asked.ask("papers per month").rows) == 2


def test_a_paper_with_a_name_in_its_title_is_about_it():
    texts = {"2025-01-03": "One More", "2025-03-01": "A Look at GRPO", "2025-02-02": "Another"}
    asked = make_graph([_name_grpo(day, "It uses GRPO.", title=title) for day, title in texts.items()])
    titles = [show_term(row[0]) for row in asked.ask("papers about GRPO").rows]
    assert titles == ["A Look at GRPO of 2025-03-01"]


def test_what_is_rarely_called_so_is_not_meant():
    label = partial(Label, fold="grpo", label="GRPO")
    common, also = label(node=f"{BASE}method/grpo", weight=60), label(node=f"{BASE}method/other", weight=9)
    rare, person = label(node=f"{BASE}method/rare", weight=2), label(node=f"{BASE}author/grpo", weight=1)
    assert part_senses([common, also, rare, person]) == ([common, also, person], (rare.node,))
    assert part_senses([]) == ([], ())


def test_what_is_rarely_meant_is_told_with_its_kind():
    kinds = [*[Kind.BENCHMARK] * 30, Kind.TASK]
    entries = [make_entry(f"Look {n}", "HardMath.", arxiv=f"2501.{n:05}", line=n) for n in range(len(kinds))]
    asked = make_graph(
        Observation(entry=entry, findings=Findings(entities=(make_entity(entry, "HardMath", kind),)))
        for entry, kind in zip(entries, kinds, strict=True)
    )
    (note,) = [note for note in asked.ask("what is HardMath?").notes if "rarely" in note]
    assert note == "left out, as rarely called HardMath: task HardMath"


def test_an_answer_about_variants_alone_says_so():
    entry = make_entry("A Look", "X1 has 61% on MMLU-Pro. MMLU is older.")
    names = (("X1", Kind.MODEL), ("MMLU-Pro", Kind.BENCHMARK), ("MMLU", Kind.BENCHMARK))
    entities = tuple(make_entity(entry, name, kind) for name, kind in names)
    result = make_result(entry, "X1 has 61% on MMLU-Pro", "61%", system=0, benchmark=1)
    findings = Findings(entities=entities, results=(result,))
    asked = make_graph([Observation(entry=entry, findings=findings)])
    assert any("MMLU itself" in note for note in asked.ask("X1 on MMLU").notes)
    assert not any("itself" in note for note in asked.ask("X1 on MMLU-Pro").notes)


def test_what_is_not_known_to_be_better_higher_is_told_last():
    entry = make_entry("HillBench", "X1 has 61% accuracy, 750 calls and 120% accuracy on HillBench.")
    model, bench = make_entity(entry, "X1", Kind.MODEL), make_entity(entry, "HillBench", Kind.BENCHMARK)
    known, other = make_entity(entry, "accuracy", Kind.METRIC), make_entity(entry, "calls", Kind.METRIC)
    results = tuple(
        make_result(entry, entry.text.rstrip("."), raw, system=0, benchmark=1, metric=metric)
        for raw, metric in (("750", 3), ("120%", 2), ("61%", 2))
    )
    findings = Findings(entities=(model, bench, known, other), results=results)
    asked = make_graph([Observation(entry=entry, findings=findings)])
    assert [show_term(row[1]) for row in asked.ask("best on HillBench").rows] == ["61", "750", "120"]


def test_a_number_of_things_is_theirs_and_not_that_of_their_papers():
    entry = make_entry("Two", "We introduce HillBench and DaleBench.", arxiv="2501.00001")
    names = tuple(
        make_entity(entry, name, Kind.BENCHMARK, introduced=True) for name in ("HillBench", "DaleBench")
    )
    asked = make_graph([Observation(entry=entry, findings=Findings(entities=names))])
    for text in (
        "how many benchmarks were introduced in 2025?", "2025년 벤치마크 몇 개 나왔어?",
        "2025년에 몇 개의 벤치마크가 나왔나?",
    ):  # fmt: skip
        assert [show_term(term) for row in asked.ask(text).rows for term in row] == ["2"]


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("reward models", "papers with 'reward' in their titles"),
        ("LLM reward papers 2024", "papers with 'reward' in their titles, in 2024"),
        ("LLM 보상 논문", "제목에 'reward' 있는 논문"),
        ("papers with reward in the title", "papers with 'reward' in their titles"),
    ],
)
def test_a_few_words_that_name_nothing_are_looked_for_in_titles(text, understood):
    assert make_gold_graph().ask(text).understood == understood


def test_a_name_that_is_misspelt_is_told_with_the_names_most_used():
    used = [Label(f"{BASE}method/{name}", name, name, weight) for name, weight in (("gpr", 1), ("grpo", 500))]
    assert naming._find_nearest("gpro", used) == ("grpo", "gpr")
    with pytest.raises(UnknownNameError, match="DeepSeak-R1"):
        graph().ask("DeepSeak-R1")


def test_a_paper_is_asked_for_by_its_id_alone():
    for text in ("2501.12948", "https://arxiv.org/abs/2501.12948", "summarize 2501.12948"):
        assert graph().ask(text).understood == "what 2501.12948 is"
    with pytest.raises(UnknownNameError, match=r"2999\.99999"):
        graph().ask("2999.99999")


def test_a_name_is_found_as_the_lists_of_names_spell_it():
    asked = make_graph([_name_grpo("2025-01-03", "It uses Microsoft.", "Microsoft")])
    assert naming.find_named(asked.store, "마이크로소프트", ()) is None
    assert naming.guess_named(asked.store, "마이크로소프트", ("method",)).name == "Microsoft"


def test_a_year_in_a_name_is_no_filter():
    assert graph().ask("AIME 2024에서 가장 좋은 모델은?").rows
    assert not [f for _, filters in peel(strip("best on AIME 2024"), "en") for f in filters]


def test_a_bare_year_beside_words_is_a_period():
    for text in (
        "추론 논문 2025", "2025 추론 논문", "reasoning papers 2025", "2025 reasoning papers",
        "2025 benchmarks", "2025 벤치마크",
    ):  # fmt: skip
        language = "en" if text.isascii() else "ko"
        taken = {each.slots for _, filters in peel(text, language) for each in filters}
        assert taken == {(("when", "2025"),)}, text


def test_names_and_cues_are_enough_where_no_template_reads():
    text = "anything at all that leans on reinforcement learning?"
    assert not read_question(text)
    match = sketch(graph().store, text)[0]
    assert (match.question.name, dict(match.slots)) == ("use", {"thing": "reinforcement learning"})
    assert graph().ask(text).rows


@pytest.mark.parametrize(
    "text",
    [
        "papers that use reinforcement learning and report MATH-500",
        "which papers using reinforcement learning report results on MATH-500?",
        "강화 학습을 사용하고 MATH-500 결과를 보고한 논문은?",
    ],
)
def test_each_name_goes_with_its_own_cue(text: str):
    match = sketch(graph().store, text)[0]
    assert (match.question.name, match.slots["thing"]) == ("report", "MATH-500")
    assert [clause.question.name for clause in match.clauses] == ["use"]


@pytest.mark.parametrize(
    ("text", "asked", "left"),
    [
        (
            "which papers introduce a benchmark and use reinforcement learning?",
            ("novel", "benchmark"),
            ("use", "reinforcement learning"),
        ),
        (
            "papers that use reinforcement learning and mention MATH-500",
            ("mention", "MATH-500"),
            ("use", "reinforcement learning"),
        ),
        (
            "papers that mention MATH-500 and use reinforcement learning",
            ("mention", "MATH-500"),
            ("use", "reinforcement learning"),
        ),
        ("강화 학습을 사용하고 MATH-500을 언급한 논문은?", ("mention", "MATH-500"), ("use", "강화 학습")),
    ],
)
def test_a_name_left_over_says_what_the_words_beside_it_say(
    text: str, asked: tuple[str, str], left: tuple[str, str]
):
    match = sketch(graph().store, text)[0]
    parts = {(part.question.name, *part.slots.values()) for part in (match, *match.clauses)}
    assert parts == {asked, left}  # either may be the question, and the other its clause
    assert not match.left_out


@pytest.mark.parametrize(
    "text", ["papers that use {} and {} but not {}", "{}와 {}를 쓰지만 {}는 쓰지 않는 논문"]
)
def test_several_names_are_asked_for_in_one_way(text: str):
    names = ("GRPO", "DPO", "LoRA")
    entries = [
        make_entry(
            f"P {used}", f"It uses {' and '.join(names[:used])}.", arxiv=f"2501.0000{used}", ordinal=used
        )
        for used in (1, 2, 3)
    ]
    asked = make_graph(
        Observation(
            entry=entry,
            findings=Findings(
                entities=tuple(make_entity(entry, name, Kind.METHOD) for name in names[:used]),
                relations=tuple((at, Relation.USES_METHOD) for at in range(used)),
            ),
        )
        for used, entry in enumerate(entries, start=1)
    )
    assert [show_term(row[0]) for row in asked.ask(text.format(*names)).rows] == ["P 2"]


def test_a_cue_beside_a_name_makes_no_list_of_papers_where_none_is_asked_for():
    match = sketch(graph().store, "results with reinforcement learning on MATH-500")[0]
    assert (match.question.name, len(match.clauses)) == ("results", 0)


def test_a_name_that_is_unknown_is_not_sketched_over():
    assert not sketch(graph().store, "anything that leans on reinforcement learning and XYZ-9000?")


def test_words_that_say_nothing_are_told():
    notes = graph().ask("anything purple that leans on reinforcement learning?").notes
    assert any("purple" in note for note in notes)


def test_a_filter_is_compiled_only_where_it_could_stand():
    texts = [
        text
        for each in load_filters()
        for of in (each.examples, each.refused)
        for t in of.values()
        for text in t
    ]
    for each in load_filters():
        for phrase in [phrase for phrases in each.phrases.values() for phrase in phrases]:
            for text in texts:
                if filters._compile(phrase).search(text):
                    assert filters._could_stand(phrase, text.lower()), (phrase, text)


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
    reply = graph().ask("best on AIME 2024")
    assert reply.columns[-4:] == ("paper", "date", "link", "sentence")
    cells = [show_term(term) for term in reply.rows[0]]
    assert cells[0] == "DeepSeek-R1"
    assert "https://arxiv.org/abs/2501.12948" in cells
    assert "AIME 2024" in cells[-1]
    assert "79.8" in cells[-1]
    assert "79.8%" in str(reply)
    assert "<table>" in reply._repr_html_()
    assert graph().query(reply.sparql).rows


@pytest.mark.parametrize(
    ("question", "cells", "sentence"),
    [
        ("who made Rocket-7B?", ("Rocket-7B", "Hillside Labs"), "of Hillside Labs was"),
        ("which models did Hillside Labs make?", ("Rocket-7B", "Hillside Labs"), "of Hillside Labs was"),
        ("is Rocket-7B open source?", ("Rocket-7B", "false"), "closed-source Rocket-7B"),
        ("what was Rocket-7B trained on?", ("Rocket-7B", "HillSet"), "trained on HillSet"),
        ("HillSet으로 학습한 모델은?", ("Rocket-7B", "HillSet"), "trained on HillSet"),
        ("what does HillBench measure?", ("HillBench", "Climbing"), "A Benchmark for Climbing"),
    ],
)
def test_what_is_said_of_things_is_answered_with_its_sentence(question, cells, sentence):
    (row,) = make_graph([said_observation()]).ask(question).rows
    told = [show_term(term) for term in row]
    assert tuple(told[:2]) == cells
    assert sentence in told[-1]


def test_a_result_said_twice_stands_once():
    reply = graph().ask("what does DeepSeek-R1 report?")
    values = Counter(show_term(row[reply.columns.index("value")]) for row in reply.rows)
    assert values == {"79.8": 1, "97.3": 1}


def test_korean_and_english_find_the_same_papers():
    pairs = [
        ("which papers use reinforcement learning?", "강화 학습을 쓰는 논문은?"),
        ("which papers report MATH-500?", "MATH-500을 보고한 논문은?"),
        ("who wrote DeepSeek-R1?", "DeepSeek-R1은 누가 썼나?"),
    ]
    for english, korean in pairs:
        found = graph().ask(english), graph().ask(korean)
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
    assert {"Ada Example", "DeepSeek-AI"} <= _cells(graph().ask(question))


def test_several_names_are_answered_together():
    reply = graph().ask("which papers report MATH-500 and AIME 2024?")
    assert {"MATH 500", "AIME 2024"} <= _cells(reply) or {"MATH-500", "AIME 2024"} <= _cells(reply)
    assert reply.understood in {
        "papers that report MATH-500 & AIME 2024",
        "papers that report MATH 500 & AIME 2024",
    }
    assert not reply.notes


def test_things_of_one_name_are_told_apart_by_the_name_that_is_their_own():
    meanings = ("Group Rollout Policy Optimization", "Guided Reward Path Ordering")
    observed = []
    for number, meaning in enumerate(meanings):
        entry = make_entry(
            f"Paper {number}", f"We train with {meaning} (GRPO).", digest=f"2025-01-0{number + 1}.md"
        )
        method = make_entity(entry, "GRPO", Kind.METHOD, aliases=(meaning,))
        observed.append(Observation(entry=entry, findings=Findings(entities=(method,))))
    reply = make_graph(observed).ask("which papers mention GRPO?")
    assert [note for note in reply.notes if all(meaning in note for meaning in meanings)]


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        (
            "papers about reward that mention AIME 2024",
            "papers that mention AIME 2024, papers with 'reward' in their titles",
        ),
        ("anything on reward since 2025?", "papers with 'reward' in their titles, since 2025"),
        (
            "reward papers that mention AIME 2024",
            "papers that mention AIME 2024, papers with 'reward' in their titles",
        ),
        ("보상 관련 논문은?", "제목에 'reward' 있는 논문"),
        ("AIME 2024를 언급한 보상 논문은?", "AIME 2024 언급 논문, 제목에 'reward' 있는 논문"),
    ],
)
def test_a_topic_beside_something_else_is_looked_for_in_titles(question, understood):
    reply = graph().ask(question)
    assert reply.understood == understood
    assert any("Reasoning by Reward" in cell for cell in _cells(reply))


def test_a_word_of_everyday_language_is_no_name_in_small_letters():
    entry = make_entry("Thoughts as Graphs", "We use GoT on Long.")
    named = {"GoT": Kind.METHOD, "Long": Kind.BENCHMARK}
    entities = tuple(make_entity(entry, name, kind) for name, kind in named.items())
    asked = make_graph([Observation(entry=entry, findings=Findings(entities=entities))])
    assert "Thoughts as Graphs" in _cells(asked.ask("which papers mention GoT?"))
    assert asked.ask("which paper got the most upvotes?").understood == "papers with most votes"
    with pytest.raises(UnknownNameError, match="long context"):
        asked.ask("which benchmarks test long context?")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("top 1 model on MATH-500", 1),
        ("top 1 on MATH-500", 1),
        ("two best models on MATH-500", 2),
        ("MATH-500에서 상위 2개 모델은?", 2),
        ("3 most used benchmarks", 3),
        ("the three newest papers", 3),
    ],
)
def test_a_question_says_how_many_it_wants(question, names):
    reply = make_gold_graph().ask(question)
    named = reply.columns.index("paper") if "papers" in question else 0
    assert len({row[named] for row in reply.rows}) == names
    assert not [note for note in reply.notes if "first" in note]


def test_korean_words_beside_a_bare_name_are_told_where_they_are_not_understood():
    reply = graph().ask("DeepSeek-R1 후속 논문")
    assert (reply.understood, reply.notes[0]) == ("DeepSeek-R1 설명", "이해하지 못해 뺀 말: 후속")
    assert graph().ask("DeepSeek-R1 비교 2025년").notes[0] == "이해하지 못해 뺀 말: 2025년"
    assert not graph().ask("DeepSeek-R1은 무엇인가?").notes


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("올해 가장 많이 추천된 논문 5개", "추천이 많은 논문, 2025"),
        ("who wrote the most papers in 2025?", "authors of most papers, in 2025"),
        ("most published authors", "authors in most papers"),
        ("누가 2025년에 논문을 가장 많이 썼나?", "논문을 가장 많이 쓴 저자, 2025"),
    ],
)
def test_papers_are_no_things_that_stand_in_papers(question: str, understood: str):
    assert make_gold_graph().ask(question).understood == understood


def test_a_word_for_a_kind_that_a_question_does_not_take_is_told():
    asked = make_gold_graph().ask("which company introduced most models in January 2025?")
    assert asked.notes[0] == "not understood, and left out: company"


def test_data_are_no_name_beside_a_word_that_says_which():
    days = {"data": "2025-01-03", "GRPO": "2025-01-04"}
    asked = make_graph([
        _name_grpo(day, f"It uses {name}.", name, title=f"Synthetic Data for {name}")
        for name, day in days.items()
    ])  # fmt: skip
    reply = asked.ask("papers about synthetic data")
    assert (reply.understood, len(reply.rows)) == ("papers with 'synthetic data' in their titles", 2)


def test_a_number_that_is_not_understood_is_no_topic():
    asked = make_graph([_name_grpo("2025-01-03", "It uses GRPO.", title="The 2025 Challenge")])
    assert "not understood, and left out: 2025" in asked.ask("papers on GRPO 2025").notes


def test_words_of_grammar_name_nothing_even_where_something_is_called_so():
    called = ("AND", "-A", "새로운 벤치마크")
    asked = make_graph(
        [_name_grpo(f"2025-01-0{day}", f"It uses {name}.", name) for day, name in enumerate(called, 1)]
    )
    for text in ("papers that use both a dataset and a benchmark", "which papers use a method?"):
        with pytest.raises((NotUnderstoodError, UnknownNameError)):
            asked.ask(text)
    assert not asked.ask("이번 달 새로운 벤치마크").rows
    assert asked.ask("which papers use AND?").rows


def test_a_topic_that_no_title_has_is_left_out_and_said_to_be():
    reply = graph().ask("papers about gardening that mention AIME 2024")
    assert reply.understood == "papers that mention AIME 2024"
    assert any("gardening" in note for note in reply.notes)


def test_words_that_name_nothing_are_left_out_and_said_to_be():
    reply = graph().ask("which papers report results on MATH-500 for real")
    assert reply.rows
    assert any("real" in note for note in reply.notes)


def test_a_name_with_a_capital_or_a_digit_is_never_left_out():
    with pytest.raises(UnknownNameError):
        graph().ask("which papers report MATH-500 Hard?")


def test_an_unknown_name_gets_the_nearest_ones():
    with pytest.raises(UnknownNameError) as caught:
        graph().ask("which papers report MATH-5000?")
    assert caught.value.name == "MATH-5000"
    assert caught.value.nearest[0].replace(" ", "-") == "MATH-500"


def test_what_is_unknown_is_told_without_what_stands_beside_it():
    with pytest.raises(UnknownNameError) as caught:
        graph().ask("papers by Jane Q. Nobody that report MATH-500")
    assert caught.value.name == "Jane Q. Nobody"
    with pytest.raises(UnknownNameError) as caught:
        graph().ask("papers that use MATH-5000 and report AIME 2024")
    assert caught.value.name == "MATH-5000"
    assert caught.value.nearest[0].replace(" ", "-") == "MATH-500"


def test_what_is_not_understood_gets_the_nearest_questions():
    for text in ("", "?", "tell me a joke about graphs", "날씨가 어때?"):
        with pytest.raises(NotUnderstoodError) as caught:
            graph().ask(text)
        assert len(caught.value.nearest) == 3


def test_a_question_may_not_be_a_book():
    with pytest.raises(UsageError, match="at most"):
        graph().ask("who wrote " + "very " * 100)


def test_what_no_paper_is_said_to_use_is_looked_for_among_mentions():
    reply = graph().ask("what uses OpenAI-o1-mini?")
    assert "2501.12948" in " ".join(_cells(reply))
    assert reply.notes


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("which papers use reinforcement learning but not DeepSeek-R1?", "not papers that mention"),
        ("papers that do not report MATH-500", "not papers that"),
        ("강화 학습을 쓰지만 DeepSeek-R1은 쓰지 않는 논문", "제외"),
    ],
)
def test_what_is_denied_is_left_out(question: str, understood: str):
    reply = graph().ask(question)
    assert understood in reply.understood
    assert "2501.12948" not in " ".join(_cells(reply))


@pytest.mark.parametrize(
    "text", ["who wrote not FilmAgent", "what does DeepSeek-R1 not report?", "없는 것은?"]
)
def test_what_is_denied_of_no_paper_is_not_understood(text: str):
    with pytest.raises((NotUnderstoodError, UnknownNameError)):
        graph().ask(text)


def test_papers_are_asked_for_by_all_of_some_names_or_by_any():
    both, either, one = (
        [show_term(t) for t in graph().ask(f"how many papers report {names}?").rows[0]]
        for names in ("MATH-500 and AIME 2024", "MATH-500 or AIME 2024", "MATH-500")
    )
    assert int(both[0]) < int(one[0]) <= int(either[0])


@pytest.mark.parametrize(
    ("question", "column", "number"),
    [
        ("how many authors wrote DeepSeek-R1?", "number", "2"),
        ("DeepSeek-R1 저자는 몇 명?", "number", "2"),
        ("how many papers by Ada Example?", "papers", "1"),
        ("how many benchmarks does DeepSeek-R1 report?", "number", "2"),
    ],
)
def test_what_is_asked_for_is_counted(question: str, column: str, number: str):
    reply = graph().ask(question)
    assert (reply.columns, show_term(reply.rows[0][0])) == ((column,), number)


@pytest.mark.parametrize("question", ["papers about reward", "papers on rewards since 2025-01-02"])
def test_a_topic_that_is_no_name_is_looked_for_in_titles(question: str):
    reply = graph().ask(question)
    assert "titles" in reply.understood
    assert "2501.12948" in " ".join(_cells(reply))


def test_a_list_that_is_cut_says_so():
    few, all_of_them = graph().ask("top methods"), graph().ask("list all methods")
    assert len(few.rows) <= QUESTIONS["popular"].most
    built_few, built_all = built().ask("top methods"), built().ask("list all methods")
    assert (few.rows, few.notes) == (all_of_them.rows, ())
    assert len(built_few.rows) == QUESTIONS["popular"].most < len(built_all.rows)
    assert "the first 20 of" in built_few.notes[0]
    assert not built_all.notes


def test_a_number_of_nothing_is_asked_more_widely():
    reply = graph().ask("how many papers use OpenAI-o1-mini?")
    assert show_term(reply.rows[0][0]) == "1"
    assert any("mention" in note for note in reply.notes)


def test_korean_words_that_say_nothing_are_told_where_there_is_no_name():
    assert any("멀티모달" in note for note in graph().ask("2025년 1월 멀티모달 논문").notes)
    assert not graph().ask("2025년 1월에 새로 나온 논문은?").notes


def test_numbers_that_say_nothing_are_told():
    assert any("90%" in note for note in graph().ask("which papers report 90% on MATH-500?").notes)


@pytest.mark.parametrize(
    ("question", "scores"),
    [
        ("results on MATH-500", {"96.2", "97.3"}),
        ("results above 96.2 on MATH-500", {"97.3"}),
        ("results of at least 96.2 on MATH-500", {"96.2", "97.3"}),
        ("which models score below 97.3% on MATH-500?", {"96.2"}),
        ("which models score at most 97.3 points on MATH-500?", {"96.2", "97.3"}),
        ("MATH-500에서 96.2점 넘는 모델은?", {"97.3"}),
        ("MATH-500에서 96.2점 이상인 모델은?", {"96.2", "97.3"}),
        ("MATH-500에서 97.3점 미만인 모델은?", {"96.2"}),
        ("results over 97.3 on MATH-500", set()),
    ],
)
def test_scores_are_told_above_and_below_a_number(question: str, scores: set[str]):
    reply = graph().ask(question)
    at = reply.columns.index("value") if reply.rows else 0
    assert {show_term(row[at]) for row in reply.rows} == scores
    assert not any("left out" in note for note in reply.notes)


def test_counting_gives_a_number():
    assert [show_term(t) for t in graph().ask("how many papers report MATH-500?").rows[0]] == ["2"]
    assert [show_term(t) for t in graph().ask("논문은 몇 편인가?").rows[0]] == ["3"]


def test_a_question_cannot_smuggle_a_query():
    hostile = "x> } DROP ALL #", '"} UNION { ?s ?p ?o }', "<https://x.org/>", "?thing", "{ UNDEF }"
    for name in hostile:
        with pytest.raises((UnknownNameError, NotUnderstoodError)):
            graph().ask(f"who wrote {name}?")


def test_long_hostile_questions_are_refused_in_time():
    begin = time.monotonic()
    for unit in ("which papers ", "report ", "을 ", "a,b and ", "(", "에서"):
        with pytest.raises((UnknownNameError, NotUnderstoodError)):
            graph().ask(("which papers report " + unit * 400)[:400])
    assert time.monotonic() - begin < 5


def test_spellings_lose_articles_kinds_and_particles():
    assert "FilmAgent" in spell("the FilmAgent paper")
    assert "MATH-500" in spell("MATH-500 벤치마크에서")
    assert "DeepSeek-R1" in spell("DeepSeek-R1's")


@cache
def faults_on_gold() -> dict[str, list[str]]:
    """Question -> what is wrong with its answer, on the graph that the gold makes."""
    return {q["ask"]: ask_and_check(make_gold_graph(), q) for q in load_asked()}


def test_enough_questions_are_asked():
    asked = Counter(question["language"] for question in load_asked())
    free = Counter(question["language"] for question in load_asked() if question.get("free"))
    assert min(asked["english"], asked["korean"]) >= 60
    assert min(free["english"], free["korean"]) >= 20


@pytest.mark.parametrize("language", ["english", "korean"])
def test_questions_are_answered_from_what_the_gold_says(language):
    asked = [q["ask"] for q in load_asked() if q["language"] == language]
    wrong = {ask: faults for ask in asked if (faults := faults_on_gold()[ask])}
    assert len(wrong) <= 0.05 * len(asked), wrong


@pytest.mark.parametrize("language", ["english", "korean"])
def test_questions_are_answered_from_what_is_extracted(language):
    asked = [q for q in load_asked() if q["language"] == language]
    wrong = {q["ask"]: faults for q in asked if (faults := ask_and_check(built(), q))}
    assert len(wrong) <= 0.2 * len(asked), wrong


def test_questions_that_were_frozen_before_they_were_asked():
    """The first run counts: 37 of 40 right on the gold (18 English, 19 Korean), 34 on what is extracted."""
    frozen = load_frozen()
    right = [q for q in frozen if not ask_and_check(make_gold_graph(), q)]
    print(f"frozen questions: {len(right)} of {len(frozen)} right now, 37 when first asked")
    assert len(frozen) == 40
    assert len(right) >= 0.8 * len(frozen)


@cache
def built():
    """The graph that a build makes of the example digests."""
    return kg.build([Path(__file__).parent.parent / "seeds"])


def test_a_filter_that_is_looked_up_row_by_row_shares_only_the_paper_with_a_question():
    # The engine takes a variable within LATERAL for that of the same name outside, selected or not.
    queries = "\n".join(question.query for question in QUESTIONS.values())
    of_questions = set(re.findall(r"\?(\w+)", queries))
    dated = [each for each in load_filters() if each.query.startswith("{ SELECT")]
    assert len(dated) == 8
    for each in dated:
        assert of_questions & set(re.findall(r"\?(\w+)", each.query)) == {"paper"}, each.name


@pytest.mark.parametrize(
    "question",
    [
        "what uses GRPO",
        "best on MATH-500",
        "what outperforms GPT-4o",
        "papers that mention GPT-4o",
        "papers about mathematical reasoning",
    ],
)
def test_a_filter_that_all_pass_leaves_every_row(question: str):
    everything = make_gold_graph().ask(question)
    assert everything
    assert make_gold_graph().ask(f"{question} since 2000-01-01").rows == everything.rows


def test_what_is_new_in_a_field_are_its_papers_and_in_a_paper_what_it_introduces() -> None:
    graph = make_gold_graph()
    assert graph.ask("what is new in video understanding?").understood == "papers about Video Understanding"
    assert graph.ask("새로운 비디오 이해 논문").understood == graph.ask("비디오 이해 논문").understood
    assert graph.ask("what is new in 2501.10120?").understood == "what 2501.10120 introduces"


@pytest.mark.parametrize("text", ["what's new?", "새로 나온 논문은?"])
def test_what_is_new_are_the_papers_of_the_newest_day_the_most_voted_for_first(text: str) -> None:
    reply = (graph := make_gold_graph()).ask(text)
    days = {
        show_term(row[0])
        for row in graph.query("SELECT DISTINCT ?day { ?item kg:discusses ?p ; dcterms:issued ?day }").rows
    }
    votes = [int(show_term(row[0]) or 0) for row in reply.rows]
    assert {show_term(row[2]) for row in reply.rows} == {max(days)}
    assert votes == sorted(votes, reverse=True)
