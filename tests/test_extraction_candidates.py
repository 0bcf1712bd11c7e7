"""Who proposes names: titles, coinages, compounds."""

from __future__ import annotations

import pytest

from kg.extraction.coinages import find_coinages
from kg.extraction.compounds import find_compounds
from kg.extraction.reading import Reading, read
from kg.extraction.titles import find_title_names
from kg.records import Entry, Source


def reading(title: str, text: str = "") -> Reading:
    return read(Entry(title=title, text=text, source=Source(digest="digest.md", line=1, end=1)))


def spans(source: object, view: Reading) -> set[str]:
    return {view.plain[start:end] for start, end, _ in source(view)}  # type: ignore[operator]


@pytest.mark.parametrize(
    "title",
    [
        "Faster attention for quarks",
        "What is a Quark: A Study",
        "Towards Quarks: a survey",
        "Is it true? No: it is",
    ],
)
def test_a_title_without_a_name_gives_none(title: str) -> None:
    assert spans(find_title_names, reading(title)) == set()


@pytest.mark.parametrize(
    ("title", "name"),
    [("QuarkNet: Faster Attention", "QuarkNet"), ("Quark Way : A Study", "Quark Way"), ("**Q2**: x", "Q2")],
)
def test_a_title_gives_the_name_before_its_colon(title: str, name: str) -> None:
    assert spans(find_title_names, reading(title)) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "the quark is found in 2024",
        "It was 3.5% better and 2.5x faster.",
        "state-of-the-art fine-tuning",
        "40K of 7B",
        "the share is 3/16 or 1.5/2",
    ],
)
def test_common_words_and_quantities_are_no_coinages(text: str) -> None:
    assert spans(find_coinages, reading("", text)) == set()


@pytest.mark.parametrize(
    "name",
    [
        "QuarkNet",
        "GSM8K",
        "Quark 3.5 Sonnet",
        "QuarkLM 3.1 8B",
        "Quark-R1",
        "QRPO",
        "Quark Anything V2",
        "pass@1",
        "3RScan",
        "Quark-B/16",
    ],
)
def test_the_shape_of_a_name_is_a_coinage(name: str) -> None:
    assert name in spans(find_coinages, reading("", f"here we use {name} too"))


def test_a_word_that_opens_a_sentence_is_not_part_of_a_name() -> None:
    assert spans(find_coinages, reading("", "Using QuarkNet helps. On QuarkBench it wins.")) == {
        "QuarkNet",
        "QuarkBench",
    }


def test_a_compound_ends_in_its_head_and_begins_after_a_plain_word() -> None:
    found = spans(find_compounds, reading("", "a novel quark image captioning of the world"))
    assert found == {"quark image captioning", "image captioning"}


def test_a_head_alone_is_no_compound() -> None:
    assert spans(find_compounds, reading("", "the reasoning of the detection")) == set()


def test_a_korean_compound_begins_after_a_particle() -> None:
    assert spans(find_compounds, reading("", "모델의 이미지 생성을 개선")) == {"생성", "이미지 생성"}
