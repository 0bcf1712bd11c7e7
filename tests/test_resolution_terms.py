"""The spelling of a thing -> its key, and what an abbreviation stands for. What stays apart comes first."""

from __future__ import annotations

import pytest

from kg.names import known_names
from kg.records import Kind
from kg.resolution.meanings import choose_sense
from kg.resolution.terms import abbreviates, canonical, find_known, key_of


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("GZOX", "Group Relative Policy Optimization"),  # letters that stand nowhere
        ("GOP", "Group Relative Training With Some Large Old Tapes"),  # too many words
        ("ABCDE", "Ab cde"),  # hardly shorter
        ("GRPO", "Grouped"),  # one word
        ("GRPO", "Relative Group Policy Optimization"),  # another letter first
    ],
)
def test_what_does_not_stand_for_words(short: str, long: str) -> None:
    assert not abbreviates(short, long)


def test_letters_in_their_order_stand_for_words() -> None:
    assert abbreviates("GRPO", "Group Relative Policy Optimization")
    assert abbreviates("LoRA", "Low-Rank Adaptation")


def test_a_plural_is_its_singular() -> None:
    assert canonical(Kind.METHOD, "language models") == canonical(Kind.METHOD, "language model")
    assert canonical(Kind.METHOD, "GNNs") == canonical(Kind.METHOD, "GNN")


def test_a_name_of_boundless_length_keeps_its_end() -> None:
    assert canonical(Kind.METHOD, "x" * 300 + " models").endswith("models")


def test_years_are_spelled_out_where_editions_are_yearly() -> None:
    wmt = find_known("WMT14", Kind.BENCHMARK)
    assert wmt is not None
    assert key_of(wmt) == "wmt2014"


def test_one_paper_means_words_of_its_kind_then_listed_ones_then_the_shortest() -> None:
    listed = min(
        key_of(known) for known in known_names().names if known.kind is Kind.METHOD and len(known.name) > 12
    )
    assert choose_sense("method", [("model", "a"), ("method", listed), ("method", "zz")]) == listed
    assert choose_sense("method", [("model", listed), ("method", "zz")]) == "zz"
    assert choose_sense("method", [("method", "zzz"), ("method", "zz"), ("method", "zy")]) == "zy"
