"""Spellings of one name share a key; names a digit, size or version apart do not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.identity import fold, slug, unslug

ONE = [
    ("MATH-500", "MATH 500", "MATH500", "Math-500"),
    ("GPT-4o", "GPT4o", "gpt 4o"),
    ("VideoLLaMA 3", "VideoLLaMA3"),
    ("FILMAGENT", "FilmAgent", "Film-Agent"),
    ("τ-bench", "tau-bench", "Tau Bench"),
    ("강화 학습", "강화학습"),
    ("Pass@1", "pass@1"),
    ("naïve Bayes", "Naive Bayes"),
    ("Mixtral-8x7B", "Mixtral 8×7B"),
    ("Llama-3-8B", "Llama 3 8B", "Llama\u20113\u20118B", "LLaMA 3 - 8B"),
    ("GPT-4-0613", "GPT-4 (0613)"),
]
APART = [
    ("MATH", "MATH-500"),
    ("AIME 2024", "AIME 2025"),
    ("CIFAR-10", "CIFAR-100"),
    ("VBench", "VBench++"),
    ("Qwen2.5", "Qwen25"),
    ("Llama 3.1", "Llama 31"),
    ("GPT-4 1", "GPT-41"),
    ("o1", "o1-mini"),
    ("Pass@1", "Pass 1"),
    ("Mixtral 8x7B", "Mixtral 87B"),
    ("GPT-4 (0613)", "GPT-40613"),
    ("ImageNet 64x64", "ImageNet 6464"),
]


@pytest.mark.parametrize("spellings", ONE, ids=lambda s: s[0])
def test_spellings_of_one_name_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(s) for s in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_near_misses_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
@example("ὠ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("ab9 .,-+@(Z\t", max_size=12) | st.text(st.characters(max_codepoint=127)))
def test_ascii_folds_as_it_does_beside_other_letters(text: str) -> None:
    assert "a" + fold(text) == fold("ä" + text)


@given(st.text(), st.text())
def test_slugs_are_equal_only_for_equal_keys(one: str, other: str) -> None:
    assert (slug(fold(one)) == slug(fold(other))) == (fold(one) == fold(other))


@given(st.text())
def test_a_key_is_read_back_from_its_slug(text: str) -> None:
    assert unslug(slug(fold(text))) == fold(text)
