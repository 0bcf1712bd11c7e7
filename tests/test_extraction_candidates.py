"""Who proposes names: titles, coinages, compounds, christenings; and how a name is written."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.extraction.appearance import note_appearance
from kg.extraction.christenings import find_christenings
from kg.extraction.coinages import find_coinages
from kg.extraction.compounds import find_compounds
from kg.extraction.groups import Group
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


@pytest.mark.parametrize("bullet", ["- ", "-- "])
def test_a_korean_compound_begins_after_the_dash_of_a_list(bullet: str) -> None:
    text = f"모델을 제안합니다.\n{bullet}이미지 생성을 개선"
    assert spans(find_compounds, reading("", text)) == {"생성", "이미지 생성"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("it employs Multi-Scale Quark Blocks for speed", "Multi-Scale Quark Blocks"),
        ("shown by the Law of the Weakest Quark in all runs", "Law of the Weakest Quark"),
        ('a "quark dropout" step randomly removes quarks', "quark dropout"),
        ("‘쿼크 스위치’는 단계마다 전환하는", "쿼크 스위치"),
        ("we introduce query-level quark reweighting to adjust it", "query-level quark reweighting"),
        ("a novel Quark anchoring strategy keeps it stable", "Quark anchoring"),
        ("which is called two-quark merging.", "two-quark merging"),
    ],
)
def test_a_christened_phrase_is_proposed(text: str, name: str) -> None:
    assert name in spans(find_christenings, reading("On quarks", f"Here {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "We propose new ways. This helps.",
        "It presents the results of many quarks",
        "we introduce a quark and a gluon",
        "we present this",
        'he said "it is, as we know, not at all clear whether quarks can be" so',
    ],
)
def test_plain_words_are_not_christened(text: str) -> None:
    assert spans(find_christenings, reading("On quarks", text)) == set()


def test_a_run_ends_with_its_sentence_and_small_words_come_off() -> None:
    found = spans(find_christenings, reading("On quarks", "It Uses The Quark Way. This Quark Path And The"))
    assert found == {"Quark Way", "Quark Path"}


def test_small_words_join_no_run_of_a_title() -> None:
    assert spans(find_christenings, reading("Learning of Quarks for Gluons")) == set()


def test_a_written_name_is_known_by_its_form_and_by_what_it_is_cut_from() -> None:
    view = reading("On quarks", "We use Quark-Way Nets here.")
    start = view.plain.index("Quark-Way")
    group = Group(spellings=Counter({"Quark-Way": 1}), spans={(start, start + len("Quark-Way"))})
    assert set(note_appearance(view, group)) == {"form:C-C", "piece:capital-after"}
    group = Group(spellings=Counter({"Way": 1}), spans={(start + 6, start + 9)})
    assert set(note_appearance(view, group)) == {"form:C", "piece:hyphen-before", "piece:capital-after"}
