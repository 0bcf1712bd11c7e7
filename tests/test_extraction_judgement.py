from __future__ import annotations

import pytest

from kg.extraction.judgement import COLUMNS, KINDS, judge, load_weights
from kg.extraction.training import collect, fit, render
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


def test_a_fit_learns_what_its_examples_say_and_repeats_itself() -> None:
    examples = [
        *[(frozenset({"always", "named"}), "model", True)] * 20,
        *[(frozenset({"always"}), "none", False)] * 20,
    ]
    weights = fit(examples)
    table = {cue: tuple(values) for cue, values in weights.items()}
    assert judge({"always", "named"}, table).kind is Kind.MODEL
    assert judge({"always"}, table).kind is None
    assert render(weights) == render(fit(examples))
    assert render(weights).splitlines()[0].split("\t") == ["cue", *KINDS, "introduced"]


@pytest.mark.parametrize(("arxiv", "read"), [("2401.00002", False), ("2401.00001", True)])
def test_held_out_entries_are_never_read(arxiv: str, read: bool) -> None:
    entry = {"id": "e", "arxiv": arxiv, "title": "QuarkNet: Faster", "text": "We propose QuarkNet."}
    gold = {
        "id": "e",
        "entities": [{"type": "method", "name": "QuarkNet", "aliases": [], "introduced": True}],
    }
    kinds = {kind for _, kind, _ in collect([gold], [entry])}
    assert ("method" in kinds) is read
    assert bool(kinds) is read
