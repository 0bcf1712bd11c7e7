"""What is learned from annotated digests, and how its worth is measured."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.evaluation import Record, Reported, score
from kg.extraction.choices import choose, load_choices
from kg.extraction.figures import Sheet, read_sheet
from kg.extraction.judgement import KINDS, judge
from kg.records import Entry, Kind, Source
from kg.training import names
from kg.training.__main__ import training
from kg.training.calibration import format_curve, judge_comparisons, judge_results
from kg.training.cases import Case, load_cases
from kg.training.lessons import prepare
from kg.training.regression import Example, fit
from kg.training.results import fit_all, leave_out
from kg.training.truth import Truth
from kg.training.validation import cross_validate, records_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ["--gold", str(ROOT / "tests" / "gold"), "--digests", str(ROOT / "seeds")]
KNOWN = [
    *[(("always", "named"), "model", True)] * 20,
    *[(("always",), "none", False)] * 20,
    *[(("always", "measured"), "benchmark", False)] * 20,
]


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases([ROOT / "tests" / "gold"], [ROOT / "seeds"])


def test_every_annotated_entry_of_the_seeds_is_a_case(cases: tuple[Case, ...]) -> None:
    assert len(cases) == 90


def test_a_fit_learns_what_its_examples_say_and_repeats_itself() -> None:
    weights = names.fit(KNOWN)
    assert judge({"always", "named"}, weights).kind is Kind.MODEL
    assert judge({"always", "measured"}, weights).kind is Kind.BENCHMARK
    assert judge({"always"}, weights).kind is None
    assert names.render(weights) == names.render(names.fit(KNOWN))
    assert names.render(weights).splitlines()[0].split("\t") == ["cue", *KINDS, "introduced"]


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

    def note(examples: object) -> dict[str, tuple[float, ...]]:
        assert isinstance(examples, list)
        seen.append(set(examples))
        return {}

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
    decided = (tmp_path / "results.tsv").read_text("utf8").splitlines()
    assert named[0].startswith("cue\tnone")
    assert len(named) > 300
    assert {line.split("\t")[0] for line in decided[1:]} == set(load_choices())


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
