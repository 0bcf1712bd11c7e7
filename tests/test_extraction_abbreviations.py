from __future__ import annotations

import pytest

from kg.extraction.abbreviations import find_pairs, find_title_pairs, spell_initials, spells


def pairs(text: str) -> set[tuple[str, str]]:
    return {(text[slice(*p.short)], text[slice(*p.long)]) for p in find_pairs(text)}


@pytest.mark.parametrize(
    "text",
    [
        "as shown before (see Table 2)",
        "several baselines (e.g., LoRA)",
        "a strong quark reasoner (XYZ)",  # the letters do not match
        "it gains much (+3.2 points)",
        "in the year (2024)",
        "open (",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert pairs(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use quark policy optimization (QPO) here.", {("QPO", "quark policy optimization")}),
        ("QPO (Quark Policy Optimization) helps", {("QPO", "Quark Policy Optimization")}),
        ("deep quark networks (DQNs)", {("DQNs", "deep quark networks")}),
        ("by quark-quick policy optimization (QPO)", {("QPO", "quark-quick policy optimization")}),
        ("QPO(Quark-Quick Policy Optimization)로", {("QPO", "Quark-Quick Policy Optimization")}),
        ("Mixture of Quarks (MoQ)", {("MoQ", "Mixture of Quarks")}),
        ('"Quark-quick Policy Optimization" (QPO) and', {("QPO", "Quark-quick Policy Optimization")}),
        ("by quark-to-quark (Q2Q) tuning", {("Q2Q", "quark-to-quark")}),
        ("Examinable Quark Graphs (xQG)", {("xQG", "Examinable Quark Graphs")}),
        ("Careful Color Correction of Masks (CCCM)", {("CCCM", "Careful Color Correction of Masks")}),
        (
            "by Proximal Quark Optimization (PQO)",
            {("PQO", "Proximal Quark Optimization")},
        ),
        ("쿼크 학습(Quark Learning)을 쓴다", {("Quark Learning", "쿼크 학습")}),
        ("3D 쿼크 생성(3D Quark Generation)을 쓴다", {("3D Quark Generation", "3D 쿼크 생성")}),
        ("표준 Quark 학습(Quark Learning)을 쓴다", {("Quark Learning", "Quark 학습")}),
        ("쿼크 학습(QL)을 쓴다", {("QL", "쿼크 학습")}),
        (
            "쿼크-정제 감독(Quark-Refining Supervision; QRS)을 제안",
            {("QRS", "Quark-Refining Supervision"), ("QRS", "쿼크-정제 감독")},
        ),
    ],
)
def test_a_definition_pairs_both_forms(text: str, expected: set[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_a_korean_term_begins_after_a_particle() -> None:
    assert pairs("우리는 모델을 쿼크 학습(QLM)으로") == {("QLM", "쿼크 학습")}
    assert pairs("우리는 모델을 쿼크 학습(Quark Learning)으로") == {("Quark Learning", "쿼크 학습")}


@pytest.mark.parametrize(
    ("title", "long"),
    [
        ("QuaRK-Net: Quantized Retrieval-Augmented Keys for All", ""),
        ("QuARK: Quantized Augmented Retrieval of Knowledge", "Quantized Augmented Retrieval of Knowledge"),
        ("QuaRKs: Quick Retrieval-Augmented Keys, Explained", "Quick Retrieval-Augmented Keys"),
        ("QuARK: Faster Quarks", ""),
        ("QUARK", ""),
        ("QN: Quark Networks", ""),
    ],
)
def test_a_title_spells_out_its_own_name(title: str, long: str) -> None:
    found = [title[slice(*pair.long)] for pair in find_title_pairs(title, len(title))]
    assert found == ([long] if long else [])


@pytest.mark.parametrize(
    ("short", "phrase"),
    [
        ("QPO", "Quark-Time Policy Optimization"),
        ("PQuarkRAG", "Personal Quark-based Retrieval-Augmented Generation"),
        ("QUARK", "Quick Understanding of Answers by Ranked Keys"),
        ("ST-AR", "Self-guided Training for AutoRegressive models"),
    ],
)
def test_initials_leave_out_what_names_leave_out(short: str, phrase: str) -> None:
    capitals = "".join(c for c in short if c.isupper())
    assert capitals.lower() in spell_initials(phrase)
    assert spells(short, phrase)


def test_letters_spell_a_name_only_in_their_order() -> None:
    assert spells("MobileVD", "Mobile Video Diffusion")
    assert not spells("MobileDV", "Mobile Video Diffusion")


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Quark Pooling\nModern Nets (QPMN) win.", "QPMN", ""),
        ("Quark Tracing\n- 새로운 쿼크 추적(QT)을 다룬다.", "QT", "쿼크 추적"),
        ("It gives quarks of up to 46% (QUAR-4).", "QUAR-4", ""),
        ("It asks quick follow-ups, and rates answers (QUARA).", "QUARA", ""),
        (
            "Quick Understanding in Vision, Language, and Keys (QUVLK).",
            "QUVLK",
            "Quick Understanding in Vision, Language, and Keys",
        ),
        ("It needs additional training. It improves mathematical ends (AIME).", "AIME", ""),
        ("It significantly outperforms theirs (SFT, DPO).", "SFT", ""),
    ],
)
def test_a_long_form_is_no_clause_and_stays_in_its_line(text: str, short: str, long: str) -> None:
    found = [text[slice(*pair.long)] for pair in find_pairs(text) if text[slice(*pair.short)] == short]
    assert found == ([long] if long else [])


@pytest.mark.parametrize("joining", ["위해", "및", "와", "은"])
def test_a_korean_term_does_not_begin_with_the_word_that_joins_it(joining: str) -> None:
    assert pairs(f"Quark-7B {joining} 쿼크 정렬 (Quark Ordering Test)을") == {
        ("Quark Ordering Test", "쿼크 정렬")
    }
    assert pairs(f"쿼크를 {joining} (Quark Ordering)") == set()
