from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import language
from kg.language import lower, sentence_at, sentences, tokens


def cut(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    "name",
    [
        "DeepSeek-R1",
        "Qwen2.5-Math-7B",
        "GPT-4o",
        "MATH-500",
        "GSM8K",
        "chrF++",
        "pass@1",
        "ViT-B/16",
        "PRM800K",
    ],
)
def test_a_name_stays_whole(name: str) -> None:
    assert cut(f"We use {name}, too.")[2] == name
    assert cut(f"{name}에서 실험했다")[:2] == [name, "에서"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RL-based", ["RL", "-", "based"]),
        ("SVD-structured", ["SVD", "-", "structured"]),
        ("강화학습(RL)을", ["강화학습", "(", "RL", ")", "을"]),
        ("GPT-4의 97.3%를", ["GPT-4", "의", "97.3", "%", "를"]),
        ("Llama 3.1 8B.", ["Llama", "3.1", "8B", "."]),
        ("fine-tuning", ["fine-tuning"]),
    ],
)
def test_what_hangs_on_a_name_comes_off(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It beats A vs. B by 3.5 points.",
        "It is best (48.4% v.s. 30.1%).",
        "As shown by Kim et al. 2024, e.g. in Fig. 3, it holds.",
        "J. Doe wrote it.",
        "the .json file i.e. the record",
    ],
)
def test_a_sentence_goes_on(text: str) -> None:
    assert len(sentences(text)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("모델을 제안한다. 이는 빠르다.", 2),
        ("first line\nsecond line", 2),
        ("It is fast. - Second bullet - Third bullet", 3),
        ("It uses Llama 3.1 8B. Next comes this.", 2),
        ("", 0),
    ],
)
def test_a_sentence_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_lower_keeps_offsets() -> None:
    assert len(lower("İstanbul GPT")) == len("İstanbul GPT")


@settings(deadline=None)  # the first text waits for spaCy
@given(st.text())
def test_spans_are_true_and_in_order(text: str) -> None:
    found = tokens(text)
    assert all(text[t.start : t.end] == t.text for t in found)
    for spans in ([(t.start, t.end) for t in found], sentences(text)):
        assert all(a < b for a, b in spans)
        assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@pytest.mark.parametrize("piece", ["(", "a-", "가A", " ", "\n", ". ", " - A", "'s", "x."])
def test_hostile_text_is_read_quickly(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begun = time.process_time()
    tokens(text)
    sentences(text)
    assert time.process_time() - begun < 5


def test_words_are_forgotten_before_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Model-{n} scores {n}.5% on Bench{n}, nr. {n}." for n in range(50)]
    remembered = [tokens(text) for text in texts]
    most = len(language._tokenizer().vocab) - 50
    monkeypatch.setattr(language, "_REMEMBERED", most)
    assert [tokens(text) for text in texts] == remembered
    assert len(language._tokenizer().vocab) < most + 20


def test_the_command_line_of_spacy_is_loaded_only_for_whoever_calls_it() -> None:
    lines = (
        "import sys",
        "from kg.language import tokens",
        "print(len(tokens('a b')), 'spacy.cli' in sys.modules)",
        "import spacy",
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__, spacy.cli.info is not None)",
    )
    run = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2", "False", "True", "True"]


@given(
    st.lists(
        st.sampled_from(
            ["It is new.", "vs.", "e.g. this", "3.5", "-", "\n", "새롭다.", "Why?", " ", "- So", "A."]
        )
    ),
    st.integers(0, 120),
    st.integers(1, 30),
    st.integers(1, 40),
)
def test_the_sentence_at_a_place_is_one_of_all(parts: list[str], start: int, length: int, near: int) -> None:
    text = " ".join(parts)
    start = min(start, len(text))
    end = min(start + length, len(text))
    touched = [(a, b) for a, b in sentences(text) if a < end and b > start]
    expected = (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_NEAR", near)
        assert sentence_at(text, start, end) == expected
