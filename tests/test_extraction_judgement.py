from __future__ import annotations

from kg.extraction.judgement import COLUMNS, judge, load_weights
from kg.records import Kind

ROW = dict.fromkeys(COLUMNS, 0.0)


def row(**weights: float) -> tuple[float, ...]:
    return tuple((ROW | weights).values())


WEIGHTS = {
    "doubt": row(none=4.0),
    "list": row(model=5.0),
    "head": row(benchmark=7.0, introduced=1.0),
}


def test_without_a_telling_cue_nothing_is_named() -> None:
    assert judge({"doubt", "unheard of"}, WEIGHTS).kind is None


def test_the_text_outweighs_the_list() -> None:
    verdict = judge({"doubt", "list", "head"}, WEIGHTS)
    assert (verdict.kind, verdict.cue, verdict.introduced) == (Kind.BENCHMARK, "head", True)
    assert 0.5 < verdict.probability < 1


def test_probability_grows_with_the_evidence() -> None:
    assert judge({"list"}, WEIGHTS).probability > judge({"doubt", "list"}, WEIGHTS).probability


def test_the_shipped_weights_fit_the_columns() -> None:
    table = load_weights()
    assert "always" in table
    assert {len(values) for values in table.values()} == {len(COLUMNS)}
    assert list(table) == sorted(table)
