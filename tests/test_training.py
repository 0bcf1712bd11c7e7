"""What is learned from annotated digests, and how its worth is measured."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from kg.evaluation import Record, Reported, score
from kg.extraction.choices import choose, load_choices
from kg.extraction.figures import Sheet, read_sheet
from kg.extraction.forest import read_forest
from kg.extraction.judgement import judge, load_forest
from kg.extraction.places import SLOTS
from kg.records import Entry, Kind, Source
from kg.training import names
from kg.training.__main__ import training
from kg.training.calibration import format_curve, judge_comparisons, judge_results
from kg.training.cases import Case, load_cases
from kg.training.lessons import prepare
from kg.training.regression import Example, fit, fit_sparse
from kg.training.results import fit_all, leave_out
from kg.training.survey import count, render, survey
from kg.training.truth import Truth
from kg.training.validation import cross_validate, records_of

if TYPE_CHECKING:
    from kg.extraction.forest import Forest
    from kg.extraction.survey import Seen

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ["--gold", str(ROOT / "tests" / "gold"), "--digests", str(ROOT / "seeds")]
KNOWN = [
    *[(("always", "named"), "model", True)] * 200,
    *[(("always",), "none", False)] * 200,
    *[(("always", "measured"), "benchmark", False)] * 200,
]


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases([ROOT / "tests" / "gold"], [ROOT / "seeds"])


def test_every_annotated_entry_of_the_seeds_is_a_case(cases: tuple[Case, ...]) -> None:
    assert len(cases) == 90


def test_checked_annotations_are_cases_that_count_more(cases: tuple[Case, ...]) -> None:
    checked = load_cases([], [ROOT / "seeds"], checked=[ROOT / "tests" / "gold"])
    assert [case.gold for case in checked] == [case.gold for case in cases]
    assert {case.times for case in cases} == {1}
    assert min(case.times for case in checked) > 1


def test_a_fit_learns_what_its_examples_say_and_repeats_itself() -> None:
    forest = names.fit(KNOWN)
    named, measured, neither = judge([{"always", "named"}, {"always", "measured"}, {"always"}], forest)
    assert (named.kind, measured.kind, neither.kind) == (Kind.MODEL, Kind.BENCHMARK, None)
    assert (named.introduced, measured.introduced) == (True, False)
    assert forest.text == names.fit(KNOWN).text


def test_a_sparse_fit_keeps_only_what_tells() -> None:
    rows = [[1, 1, 0], [1, 1, 1], [1, 0, 0], [1, 0, 1]] * 50
    right = [row[1] == 1 for row in rows]
    weights = fit_sparse(csr_matrix(rows), np.array(right), 2.0)
    assert weights[1] > 2
    assert weights[2] == 0
    assert weights[0] < 0
    assert not fit_sparse(csr_matrix(rows), np.array(right), 1000.0).any()


def test_words_around_a_name_have_weights_but_no_trees() -> None:
    words = [(("always", "word:<1 propose"), "model", True), (("always",), "model", False)]
    forest = names.fit(words * 200)
    assert forest.weights["word:<1 propose"] > 0
    assert not [cue for cue in forest.merits if cue.startswith("word:")]


def test_a_survey_counts_entries_and_how_often_a_spelling_seems_a_name() -> None:
    text = "We use reinforcement learning to train RocketNet-7B on MATH-500."
    entries = [
        Entry(title=f"Paper {n}", text=text, source=Source(digest="a.md", line=n, end=n), arxiv=str(n))
        for n in (1, 2, 3)
    ]
    counted = count(entries, load_forest())
    times, named = counted["math500"]
    assert times == 3
    assert 2 < named <= 3
    assert not [key for key in counted if "paper1" in key]
    text = render({"math500": (3, 2.4), "b": (2, 0.5)})
    assert text.splitlines() == ["{", '"b": [2, 0.25],', '"math500": [3, 0.80]', "}"]


def test_the_survey_leaves_out_the_papers_it_learns_from(cases: tuple[Case, ...]) -> None:
    assert json.loads(survey([ROOT / "seeds"], cases)) == {}


def test_examples_lean_on_the_survey_they_are_given(cases: tuple[Case, ...]) -> None:
    def cues(known: dict[str, Seen]) -> set[str]:
        return {cue for cues, _, _ in names.collect(cases[:3], known) for cue in cues}

    assert {cue for cue in cues({}) if cue.startswith("survey:")} == {"survey:new"}


def test_one_paper_is_never_on_both_sides(cases: tuple[Case, ...]) -> None:
    papers: dict[str | None, set[int]] = {}
    for case in cases:
        papers.setdefault(case.entry.arxiv, set()).add(case.part(5))
    assert {len(parts) for parts in papers.values()} == {1}
    assert len({case.part(5) for case in cases}) == 5


def test_no_case_is_judged_by_names_that_have_seen_it(
    cases: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def note(examples: object) -> Forest:
        assert isinstance(examples, list)
        seen.append(set(examples))
        return load_forest()

    monkeypatch.setattr("kg.training.names.collect", lambda chosen: [case.gold.id for case in chosen])
    monkeypatch.setattr("kg.training.names.fit", note)
    lessons = prepare(cases, 3)
    assert len(lessons) == len(cases)
    for part, ids in enumerate(seen):
        assert not ids & {lesson.case.gold.id for lesson in lessons if lesson.part == part}


def test_no_case_is_decided_by_choices_that_have_seen_it(cases: tuple[Case, ...]) -> None:
    examples = {
        part: [("outcome", Example([[], [f"of-{part}", "always"]], frozenset([1])))] * 3 for part in range(3)
    }
    weights = fit_all(leave_out(examples, 1))["outcome"]
    assert set(weights) == {"of-0", "of-2", "always"}
    assert set(fit_all(leave_out(examples, None))["outcome"]) == {"of-0", "of-1", "of-2", "always"}


def test_validation_gives_every_case_one_prediction(cases: tuple[Case, ...]) -> None:
    found = list(cross_validate(cases, 2))
    gold, predicted = records_of(found)
    assert [record.id for record in gold] == [record.id for record in predicted]
    assert len(gold) == len(cases)
    table = score(gold, predicted)
    assert table["result: + benchmark"].f1 > 0.5
    assert table["outperforms"].right > 0
    stated = judge_results(found)
    curve = format_curve(stated, sum(len(record.results) for record in gold)).splitlines()
    assert len(stated) == table["result: value"].predicted
    assert f"{sum(right for _, right in stated) / len(stated):.3f}" in curve[2]
    assert len(judge_comparisons(found)) == table["outperforms"].predicted


def test_the_command_learns_from_the_repository_alone(tmp_path: Path) -> None:
    done = CliRunner().invoke(training, ["learn", *SOURCES, "--into", str(tmp_path)])
    assert done.exit_code == 0, done.output
    named = (tmp_path / "names.tsv").read_text("utf8").splitlines()
    decided = json.loads((tmp_path / "results.json").read_text("utf8"))
    assert named[0] == "what\tname\tsaid"
    assert {line.split("\t")[0] for line in named[1:]} == {"cue", "tree", "weight"}
    assert len(named) > 300
    assert set(decided) == set(load_choices())
    assert read_forest((tmp_path / "doubts.tsv").read_text("utf8")).outputs == tuple(sorted(SLOTS))


def test_a_regression_learns_which_option_is_right_and_repeats_itself() -> None:
    examples = [
        *[Example([["near"], ["far"], ["none"]], frozenset([0]))] * 9,
        *[Example([["far"], ["none"]], frozenset([1]))] * 9,
        Example([["seen once"], ["none"]], frozenset([0])),
    ]
    weights = fit(examples, 1.0)
    assert choose([["far"], ["near"], ["none"]], weights)[0] == 1
    assert choose([["far"], ["none"]], weights)[0] == 1
    assert "seen once" not in weights
    assert weights == fit(examples, 1.0)


def test_several_options_may_be_right() -> None:
    weights = fit([Example([["a"], ["b"], ["c"]], frozenset([0, 1]))] * 9, 0.1)
    assert weights["a"] == pytest.approx(weights["b"])
    assert weights["c"] < weights["a"]


def _truth(case_text: str, *results: Reported) -> tuple[Truth, Sheet]:
    entry = Entry(title="T", text=case_text, source=Source(digest="a.md", line=1, end=1), arxiv="1")
    record = Record(id="a.md|1", results=results)
    sheet = read_sheet(entry.plain, (), ())
    return Truth(Case(entry=entry, gold=record), sheet), sheet


def test_a_figure_is_the_result_that_quotes_it() -> None:
    result = Reported(kind="score", value=Decimal("5.5"), evidence="reaches 5.5%")
    truth, sheet = _truth("The loss is 5.5 at first. It reaches 5.5% later.", result)
    figures = [figure for row in sheet.figures for figure in row]
    assert [truth.results_of(figure) for figure in figures] == [[], [result]]
    assert [truth.is_unclear(figure) for figure in figures] == [True, False]
    assert truth.accepts(figures[1], "metric", None)
    assert not truth.accepts(figures[1], "metric", "accuracy")
