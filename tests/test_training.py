"""What is learned from annotated digests, and how its worth is measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.extraction.judgement import KINDS, judge
from kg.records import Kind
from kg.training import names
from kg.training.__main__ import training
from kg.training.cases import Case, load_cases
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


def test_no_case_is_judged_by_weights_that_have_seen_it(
    cases: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []

    def note(examples: object) -> dict[str, tuple[float, ...]]:
        assert isinstance(examples, list)
        seen.append(set(examples))
        return {}

    monkeypatch.setattr("kg.training.validation.collect", lambda chosen: [case.gold.id for case in chosen])
    monkeypatch.setattr("kg.training.validation.fit", note)
    found = list(cross_validate(cases, 3))
    assert len(found) == len(cases)
    for part, ids in enumerate(seen):
        assert not ids & {case.gold.id for case in cases if case.part(3) == part}
    gold, predicted = records_of(found)
    assert [record.id for record in gold] == [record.id for record in predicted]


def test_the_command_learns_from_the_repository_alone() -> None:
    done = CliRunner().invoke(training, ["learn", *SOURCES])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0].startswith("cue\tnone")
    assert len(lines) > 300
