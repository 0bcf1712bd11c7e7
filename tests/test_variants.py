"""A name falls into family, version, size, tuning and date; what is no such part stays in the name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import fold
from kg.records import Kind
from kg.variants import Part, Parts, drop_head, families, parse, parse_size, parts, spell_year

CHAINS = {
    ("Qwen2.5-Math-7B-Instruct", Kind.MODEL): ("Qwen2.5-Math-7B", "Qwen2.5-Math", "Qwen2.5", "Qwen"),
    ("OpenAI-o1-mini", Kind.MODEL): ("OpenAI-o1", "OpenAI"),
    ("GPT-4o-2024-08-06", Kind.MODEL): ("GPT-4o", "GPT"),
    ("Mixtral-8x7B-Instruct-v0.1", Kind.MODEL): ("Mixtral-8x7B-Instruct", "Mixtral-8x7B", "Mixtral"),
    ("VideoLLaMA3", Kind.MODEL): ("VideoLLaMA",),
    ("AIME 2024", Kind.BENCHMARK): ("AIME",),
    ("AIME'24", Kind.BENCHMARK): ("AIME",),
    ("GPQA Diamond", Kind.BENCHMARK): ("GPQA",),
    ("SWE-bench Verified", Kind.BENCHMARK): ("SWE-bench",),
    ("MATH-500", Kind.BENCHMARK): ("MATH",),
    ("VBench++", Kind.BENCHMARK): ("VBench",),
}
WHOLE = [("o1", Kind.MODEL), ("T5", Kind.MODEL), ("MATH", Kind.BENCHMARK), ("C4", Kind.BENCHMARK),
         ("GRPO", Kind.METHOD),
         ("LoRA", Kind.METHOD), ("GSM8K", Kind.BENCHMARK), ("Search-o1", Kind.METHOD)]  # fmt: skip


@pytest.mark.parametrize(("named", "chain"), CHAINS.items(), ids=lambda case: str(case[0]))
def test_a_variant_hangs_under_its_families(named: tuple[str, Kind], chain: tuple[str, ...]) -> None:
    assert families(*named) == chain


@pytest.mark.parametrize(("name", "kind"), WHOLE)
def test_what_only_looks_like_a_variant_is_whole(name: str, kind: Kind) -> None:
    assert families(name, kind) == ()
    assert parse(name, kind) == Parts(family=name)


@pytest.mark.parametrize("part", parts(), ids=lambda part: f"{part.slot}-{'-'.join(sorted(part.kinds))}")
def test_a_part_ends_its_examples_and_not_its_counter_examples(part: Part) -> None:
    assert [e for e in part.finds if not part.ending.search(e)] == []
    assert [e for e in part.ignores if part.ending.search(e)] == []
    assert part.finds
    assert part.ignores
    assert part.kinds <= {kind.value for kind in Kind}


@pytest.mark.parametrize(
    ("name", "count"),
    [("Pythia 160M", 160_000_000), ("Phi-3.5-mini-128k", None), ("Qwen2.5-14B-Instruct-1M", 14_000_000_000),
     ("Qwen3-30B-A3B", 30_000_000_000), ("gpt-oss-20b", 20_000_000_000),
     ("Qwen2.5-0.5B", 500_000_000), ("3D-LFM", None)],
)  # fmt: skip
def test_the_number_of_parameters_is_read_from_the_size(name: str, count: int | None) -> None:
    assert parse_size(name) == count


@pytest.mark.parametrize(
    "spelling", ["AIME 24", "AIME24", "AIME'24", "AIME-2024", "AIME 2024", "aime_2024", "AIME’24"]
)
def test_a_year_of_a_yearly_benchmark_is_spelled_out(spelling: str) -> None:
    assert fold(spell_year(spelling) or "") == "aime2024"


@pytest.mark.parametrize("spelling", ["MATH 24", "AIME", "CIFAR-10", "AIME 125", "BBH24", "LongBench 24"])
def test_other_numbers_are_no_years(spelling: str) -> None:
    assert spell_year(spelling) is None


def test_a_head_is_dropped_from_a_coined_name_only() -> None:
    assert drop_head("MMK12 dataset", Kind.DATASET) == "MMK12"
    assert drop_head("GRPO algorithm", Kind.METHOD) == "GRPO"
    assert drop_head("reward model", Kind.MODEL) is None
    assert drop_head("Bottleneck dataset", Kind.DATASET) is None


@given(st.text(max_size=90), st.sampled_from(Kind))
def test_every_family_is_a_shorter_beginning_of_the_name(name: str, kind: Kind) -> None:
    chain = families(name, kind)
    assert [*chain] == sorted(chain, key=len, reverse=True)
    assert all(fold(spell_year(name) or name).startswith(fold(family)) for family in chain)


@pytest.mark.parametrize(
    "noise", [" " * 100_000, "-" * 100_000, "a1" * 50_000, "1." * 50_000, "(" * 100_000, "B" * 100_000]
)
def test_hostile_names_are_read_quickly(noise: str) -> None:
    start = time.perf_counter()
    for kind in Kind:
        families(noise, kind)
        spell_year(noise)
        drop_head(noise, kind)
        parse_size(noise)
    assert time.perf_counter() - start < 1.0
