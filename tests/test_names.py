"""The lists of known names are in order, and are found in English and Korean text where they stand alone."""

from __future__ import annotations

import re
import time
import unicodedata
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.identity import fold
from kg.names import DIRECTIONS, GUARDS, KnownName, KnownNames, known_names, not_names, read_names
from kg.records import Kind

FOLDER = files("kg") / "data" / "names"


def hits(text: str, kind: Kind | None = None) -> list[str]:
    return [text[h.start : h.end] for h in known_names().find(text) if kind in (None, h.known.kind)]


def named(text: str) -> set[tuple[str, str]]:
    return {(h.known.name, text[h.start : h.end]) for h in known_names().find(text)}


def rows(kind: Kind) -> list[list[str]]:
    lines = (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


# --- the data ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_a_list_is_sorted_and_in_nfc(kind: Kind) -> None:
    text = (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    names = [row[0] for row in rows(kind)]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))
    assert len(names) > 100


@pytest.mark.parametrize("kind", Kind)
def test_no_spelling_is_owned_by_two_things_of_a_kind(kind: Kind) -> None:
    owners: dict[str, set[str]] = {}
    for known in known_names().names:
        if known.kind is kind:
            for spelling in known.spellings:
                owners.setdefault(fold(spelling), set()).add(known.name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("kind", Kind)
def test_every_alias_is_another_spelling(kind: Kind) -> None:
    for known in known_names().names:
        if known.kind is kind:
            spellings = known.spellings if known.guard else [fold(s) for s in known.spellings]
            assert len(set(spellings)) == len(spellings), known
            assert all(s.strip() == s and len(s) > 1 for s in known.spellings), known
            assert known.guard in GUARDS
            assert known.direction in DIRECTIONS


@pytest.mark.parametrize("kind", Kind)
def test_every_source_is_explained_in_the_head_of_its_list(kind: Kind) -> None:
    text = (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#   ([a-z-]+): ", text, re.MULTILINE))
    assert {code for row in rows(kind) for code in row[3].split()} == explained


def test_the_metric_of_a_benchmark_is_a_known_metric() -> None:
    for known in known_names().names:
        if known.metric:
            assert [m.name for m in known_names().lookup(known.metric, Kind.METRIC)] == [known.metric]


def test_no_known_name_is_on_the_list_of_what_is_no_name() -> None:
    lines = (FOLDER / "not_names.txt").read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    assert [s for n in known_names().names for s in n.spellings if fold(s) in not_names()] == []
    assert {fold("LLM"), fold("diffusion model"), fold("reasoning"), fold("언어 모델")} <= not_names()


def test_korean_terms_are_spellings_of_the_english_concept() -> None:
    korean = [s for n in known_names().names for s in n.spellings if re.search("[가-힣]", s)]
    assert len(korean) > 150
    for spelling, name in [
        ("강화학습", "reinforcement learning"),
        ("정확도", "accuracy"),
        ("승률", "win rate"),
        ("코드 생성", "code generation"),
        ("사고의 연쇄", "Chain-of-Thought"),
    ]:
        assert [known.name for known in known_names().lookup(spelling)] == [name]


def test_a_broken_row_is_told_with_file_and_line(tmp_path) -> None:
    path = tmp_path / "task.tsv"
    path.write_text("# tasks\nname\taliases\tguard\tsources\nx\t\tmaybe\tpaperkg\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"task\.tsv:3: guard 'maybe'; expected one of"):
        list(read_names(path, Kind.TASK))
    path.write_text("name\taliases\tguard\tsources\nx\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"task\.tsv:2: 1 cells; expected 4"):
        list(read_names(path, Kind.TASK))
    path.write_text("name\tguard\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"task\.tsv:1: header"):
        list(read_names(path, Kind.TASK))


# --- finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("printed", ["MATH-500", "MATH 500", "MATH500", "math-500", "MATH\u2011500"])
def test_a_name_is_found_however_it_is_hyphenated(printed: str) -> None:
    text = f"97.3% on {printed}, and more"
    assert named(text) == {("MATH-500", printed)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DeepSeek-R1은 MATH-500에서 97.3%를 달성", ["DeepSeek-R1", "MATH-500"]),
        ("GPT-4o보다 정확도가 높다", ["GPT-4o", "정확도"]),
        ("강화 학습을 통해", ["강화 학습"]),
        ("강화학습으로 훈련", ["강화학습"]),
        ("GPQA Diamond와 AIME 2024의 Pass@1은", ["GPQA Diamond", "AIME 2024", "Pass@1"]),
        ("심층강화학습망", []),
        ("정확도순", []),
    ],
)
def test_korean_particles_end_a_name_and_other_syllables_do_not(text: str, expected: list[str]) -> None:
    assert hits(text) == expected


def test_the_longest_name_wins() -> None:
    assert hits("on GPQA Diamond and GPQA.") == ["GPQA Diamond", "GPQA"]
    assert hits("SWE-bench Verified (SWE-bench)") == ["SWE-bench Verified", "SWE-bench"]


def test_a_name_inside_a_longer_one_is_not_found() -> None:
    assert named("Qwen2.5-Math-7B wins") == {("Qwen2.5-Math-7B", "Qwen2.5-Math-7B")}
    assert hits("Qwen2.5-Math-7B-Oat-Zero") == []
    assert hits("Qwen2 is not Qwen2.5, nor Qwen2.6") == ["Qwen2", "Qwen2.5"]
    assert hits("Flow-DPO, DPO2 and MyDPO") == []
    assert hits("see https://github.com/x/GRPO here") == []
    assert hits("HumanEval++ and Pass@1024") == []


def test_a_describing_tail_leaves_the_name() -> None:
    assert hits("GPT-4-based and non-Transformer ones") == ["GPT-4", "Transformer"]


@pytest.mark.parametrize(
    "word",
    [
        "math",
        "apps",
        "race",
        "drop",
        "language",
        "model",
        "as",
        "use",
        "quality",
        "frames",
        "sam",
        "flux",
        "via",
    ],
)
def test_an_ordinary_word_is_no_name(word: str) -> None:
    assert hits(f"they {word} the {word}.") == []


def test_a_guarded_name_needs_its_printed_case_and_says_its_guard() -> None:
    assert hits("on MATH", Kind.BENCHMARK) == ["MATH"]
    assert hits("on Math", Kind.BENCHMARK) == []
    [drop] = known_names().find("on DROP")
    assert drop.known.guard == "cue"
    assert hits("RAG and rag, GAN and gan", Kind.METHOD) == ["RAG", "GAN"]


def test_a_span_that_two_kinds_know_gives_a_hit_for_each() -> None:
    found = known_names().find("an MAE of 0.1")
    assert {hit.known.kind for hit in found} == {Kind.METRIC, Kind.METHOD}
    assert len({(hit.start, hit.end) for hit in found}) == 1


def test_a_hit_says_whether_it_is_printed_as_in_the_list() -> None:
    exact = [hit.spelling_exact for hit in known_names().find("GPT-4o, then gpt-4o")]
    assert exact == [True, False]


def test_places_hold_where_lower_case_is_longer() -> None:
    text = "İİ on GSM8K"
    [hit] = known_names().find(text)
    assert text[hit.start : hit.end] == "GSM8K"


def test_long_forms_and_acronyms_are_one_thing() -> None:
    for short, long in [
        ("GRPO", "Group Relative Policy Optimization"),
        ("mIoU", "mean intersection over union"),
    ]:
        assert known_names().lookup(short) == known_names().lookup(long)


def test_versions_are_not_merged() -> None:
    families = ["Qwen2", "Qwen2.5", "Qwen3", "Llama 3", "Llama 3.1", "GPT-4", "GPT-4o", "GPT-4.1"]
    assert len({known.name for f in families for known in known_names().lookup(f, Kind.MODEL)}) == len(
        families
    )


def test_lookup_tells_direction_and_customary_metric() -> None:
    assert [m.direction for m in known_names().lookup("Perplexity", Kind.METRIC)] == ["lower"]
    assert [b.metric for b in known_names().lookup("AIME24", Kind.BENCHMARK)] == ["accuracy"]
    assert known_names().lookup("AIME24", Kind.MODEL) == ()


@pytest.mark.parametrize("part", ["GPT-4 ", "A-", "강화", "Qwen2.5-", "@1", "https://", "Monte Carlo "])
def test_hostile_length_is_read_in_linear_time(part: str) -> None:
    known_names().find("warm")
    started = time.process_time()
    known_names().find(part * (200_000 // len(part)))
    assert time.process_time() - started < 3


ALPHABET = [
    "GPT-4",
    "MATH",
    "-",
    "500",
    " ",
    "Qwen2.5",
    "강화",
    " 학습",
    "을",
    "f1",
    ".",
    "@",
    "İ",
    "Pass",
    "1",
    "\n",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=20).map("".join))
def test_hits_of_a_kind_are_in_order_and_apart(text: str) -> None:
    for kind in Kind:
        spans = [(h.start, h.end) for h in known_names().find(text) if h.known.kind is kind]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_own_names_can_be_searched() -> None:
    mine = KnownNames([KnownName(name="Zork-7", kind=Kind.MODEL, aliases=("조크",))])
    assert [hit.known.name for hit in mine.find("zork 7 and 조크는 Zork-7B")] == ["Zork-7", "Zork-7"]


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("accuracies", "accuracy"),
        ("Top-1 정확도", "top-1 accuracy"),
        ("Average@16", "Avg@16"),
        ("Mean@32", "Avg@32"),
    ],
)
def test_one_metric_under_several_spellings_is_one(spelled: str, name: str) -> None:
    assert {known.name for known in known_names().lookup(spelled) if known.kind is Kind.METRIC} == {name}
