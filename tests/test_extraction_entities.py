from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.entities import find_entities, find_groups
from kg.extraction.reading import read
from kg.identity import fold
from kg.records import Entity, Entry, Kind, Source

SOURCE = Source(digest="digest.md", line=1, end=1)


def find(title: str, text: str) -> dict[str, Entity]:
    entities = find_entities(read(Entry(title=title, text=text, source=SOURCE)))
    return {entity.name: entity for entity in entities}


@pytest.mark.parametrize(
    "text",
    [
        "A large language model (LLM) is a large neural model. LLMs are used by many people.",
        "The 7B model is better than the 70B model, on six benchmarks.",
        "Existing methods are slow, and our approach is fast.",
        "대규모 언어 모델(LLM)은 널리 쓰인다.",
        "",
    ],
)
def test_generic_phrases_are_no_entities(text: str) -> None:
    assert find("On the speed of models", text) == {}


def test_the_entry_decides_the_kind() -> None:
    bench = find("QuarkWay: A Benchmark for Physics", "We introduce QuarkWay, a benchmark of 900 questions.")
    method = find("QuarkWay: Faster Attention", "We propose QuarkWay, a novel framework for attention.")
    assert bench["QuarkWay"].kind is Kind.BENCHMARK
    assert method["QuarkWay"].kind is Kind.METHOD
    assert bench["QuarkWay"].introduced
    assert method["QuarkWay"].introduced


def test_what_others_made_is_not_introduced() -> None:
    found = find("Faster attention", "We fine-tune Qwen2.5-7B with GRPO and evaluate it on GSM8K.")
    assert {name: entity.kind for name, entity in found.items()} == {
        "Qwen2.5-7B": Kind.MODEL,
        "GRPO": Kind.METHOD,
        "GSM8K": Kind.BENCHMARK,
    }
    assert not any(entity.introduced for entity in found.values())


def test_spellings_of_one_thing_are_one_entity() -> None:
    found = find(
        "Learning", "We use group relative policy optimization (GRPO) on MATH-500. GRPO helps on MATH 500."
    )
    assert found["GRPO"].aliases == ("group relative policy optimization",)
    assert len(found["GRPO"].mentions) == 3
    assert len(found["MATH-500"].mentions) == 2


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("We use RL here. Later, reinforcement learning helps.", {"RL", "reinforcement learning"}),
        ("We train GANs. A GAN is easy to train.", {"GANs", "GAN"}),
        ("We study Quark Graph Distillation. QGD helps.", {"Quark Graph Distillation", "QGD"}),
    ],
)
def test_spellings_that_no_bracket_pairs_are_one_group(text: str, spellings: set[str]) -> None:
    groups = find_groups(read(Entry(title="Learning", text=text, source=SOURCE)))
    assert spellings in [set(group.spellings) for group in groups]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("We compare PPO with direct preference optimization.", "PPO", "direct preference optimization"),
        ("We study Quark Graph Distillation. QDG helps.", "QDG", "Quark Graph Distillation"),
        ("We use go and Graph Optimization.", "go", "Graph Optimization"),
    ],
)
def test_other_names_stay_apart(text: str, one: str, other: str) -> None:
    groups = find_groups(read(Entry(title="Learning", text=text, source=SOURCE)))
    assert not any({one, other} <= set(group.spellings) for group in groups)


def test_a_head_noun_is_no_part_of_a_listed_name() -> None:
    assert "Transformer" in find("Attention", "It is based on the Transformer architecture of others.")


def test_a_longer_name_keeps_its_parts() -> None:
    found = find("Learning", "Qwen2.5-Math-7B-Instruct outperforms GPT-4o on GSM8K.")
    assert "Qwen2.5-Math-7B-Instruct" in found
    assert "Qwen2.5" not in found


def test_a_korean_particle_stays_outside() -> None:
    found = find("추론", "DeepSeek-R1은 MATH-500에서 97.3%의 정확도를 달성했다.")
    assert {"DeepSeek-R1", "MATH-500"} <= set(found)


def test_a_korean_name_gets_its_english_term() -> None:
    found = find("추론", "이 모델은 강화 학습을 통해 훈련되었다.")
    assert found["강화 학습"].english == "reinforcement learning"


ENGLISH = "GRPO QuarkNet a the on (RL) GSM8K, benchmark 71.2% We propose : / - . İ 𝔸 ' * \n"
KOREAN = "강화 학습을 모델인 GPT-4o와 벤치마크에서"
words = st.sampled_from(f"{ENGLISH} {KOREAN}".split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=30).map(" ".join) | st.text(max_size=80))
def test_every_mention_is_a_spelling_of_its_entity(text: str) -> None:
    entry = Entry(title="QuarkNet: " + text[:20].replace("\n", " "), text=text, source=SOURCE)
    taken: set[int] = set()
    for entity in find_entities(read(entry)):
        spellings = {entity.name, *entity.aliases}
        assert entity.mentions
        for mention in entity.mentions:
            assert entry.plain[mention.start : mention.end] in spellings
            assert fold(entry.plain[mention.start : mention.end])
            assert 0 < mention.confidence <= 1
            assert taken.isdisjoint(range(mention.start, mention.end))
            taken.update(range(mention.start, mention.end))


@pytest.mark.parametrize("piece", ["(AB) ", "Abc: ", "이미지 생성 ", "A1 "])
def test_hostile_text_is_read_quickly(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for title, body in ((text, "x"), ("x", text)):
        begun = time.process_time()
        find(title, body)
        assert time.process_time() - begun < 20
