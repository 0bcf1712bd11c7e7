"""What a node is called: in each script the best of its names, a translation where there is one."""

from __future__ import annotations

import pytest

from kg.rdf.ntriples import iri
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import KG
from kg.resolution.nodes import Ties, choose_names, describe_node, label_node, sift_names


@pytest.mark.parametrize(
    ("folder", "namings", "preferred"),
    [
        ("method", [("GRPO", 0, 90), ("정책 최적화", 0, 1)], {None: "GRPO", "ko": "정책 최적화"}),
        ("method", [("GNN", 0, 20), ("그래프 신경망", 1, 1)], {None: "GNN", "ko": "그래프 신경망"}),
        ("metric", [("Pass@1", 0, 105), ("최고 점수", 1, 1)], {None: "Pass@1"}),
        ("method", [("SwiGLU", 0, 19), ("레이어", 1, 1)], {None: "SwiGLU"}),
        ("method", [("FFN", 0, 30), ("네트워크", 1, 3), ("전방 네트워크", 1, 3)],
         {None: "FFN", "ko": "전방 네트워크"}),
        ("task", [("question answering", 0, 9), ("질문 응답", 1, 8), ("시각 질문 응답", 1, 1)],
         {"en": "question answering", "ko": "질문 응답"}),
        ("model", [("GPT-4", 0, 300), ("교사 모델", 1, 1)], {None: "GPT-4"}),
        ("model", [("Claude", 0, 40), ("클로드", 0, 9)], {None: "Claude"}),
        ("model", [("Claude", 0, 40), ("클로드", -1, 1)], {None: "Claude", "ko": "클로드"}),
        ("model", [("클로바", 1, 1)], {"ko": "클로바"}),
        ("method", [("FILMAGENT", 0, 1), ("FilmAgent", 0, 1)], {None: "FilmAgent"}),
        ("method", [("MCTS", 0, 1), ("Tree Search", 0, 1)], {None: "MCTS"}),
        ("benchmark", [("GPQA", 0, 9), ("Gpqa", 0, 1)], {None: "GPQA"}),
    ],
)  # fmt: skip
def test_a_korean_name_is_a_translation_or_the_only_name(folder, namings, preferred):
    names = choose_names(folder, namings)
    assert names.preferred == preferred
    assert {*names.preferred.values(), *names.others} == {spelling for spelling, _, _ in namings}


@pytest.mark.parametrize(
    ("node", "namings", "dropped"),
    [
        ("method/quarkflow", [("QuarkFlow", 0, 300), ("기억", 1, 1), ("대조", 1, 8)], {"기억"}),
        ("method/quarkflow", [("QuarkFlow", 0, 30), ("쿼크 흐름", 1, 1)], set()),
        ("method/quarkflow", [("QuarkFlow", 0, 300), ("Quark-Flow", 1, 1), ("quarkflows", 1, 1)], set()),
        ("method/quarkflow", [("QuarkFlow", 0, 300), ("careful orchestration", 0, 1)], set()),
        ("method/quarkflow", [("QuarkFlow", 0, 9), ("강화 학습", 1, 5), ("RL", 1, 4)], {"강화 학습", "RL"}),
        ("method/reinforcementlearning", [("RL", 0, 4000), ("reinforcement learning", 1, 1)], set()),
        ("method/quarkfield", [("QF", 0, 9), ("필드", 1, 6), ("쿼크 필드", 1, 3)], {"필드"}),
        ("model/quark2", [("Quark 2", 0, 400), ("교사 모델", 1, 1), ("Quark-2", 1, 1)], {"교사 모델"}),
        ("author/ada", [("Ada Byron", 0, 900), ("Ada B.", 1, 1)], set()),
    ],
)
def test_what_stands_beside_a_name_is_not_always_one(node, namings, dropped):
    kept = sift_names(f"{BASE}{node}", namings)
    assert {spelling for spelling, _, _ in namings} - {spelling for spelling, _, _ in kept} == dropped


def test_a_metric_improves_as_what_stands_beside_it_does_though_it_is_not_called_so():
    node, namings = f"{BASE}metric/qsr", [("QSR", 0, 2), ("success rate", 1, 1)]
    said = {(term, value) for _, term, value in describe_node(node, namings, Ties())}
    assert (iri(KG.direction), iri(KG.higherIsBetter)) in said
    assert not any(value.startswith('"success rate"') for _, value in said)
    assert [label.label for label in label_node(node, namings)] == ["QSR"]
