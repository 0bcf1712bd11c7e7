"""What a node is called: in each script the best of its names, a translation where there is one."""

from __future__ import annotations

import pytest

from kg.resolution.nodes import choose_names


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
