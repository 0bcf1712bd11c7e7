"""The nastiest lines of a length, in both scripts: each repeats what a pattern might try again and again."""

from __future__ import annotations

PIECES = (
    "a", "A", "1", " ", "가", "가 ", "é", "e\u0301", "\U0001f600", "(", ")", "[", "]", "![", "[[", "](",
    "|", "\\|", "\\", "*", "**", "_", "__", "`", "$", "$a", "{", "}", "\\frac{", "\\text{", "^", "~", "<",
    "<a ", "<!--", "&#", "&amp;", "\"", "'", "\"\\", "#", "- ", "-", "–", ".", ". ", ",", ", ", ":", ": ",
    ";", "!", "=", "+", "%", "@", "1.", "1,", "1.5%", "1-", "1 to ", "1에서 ", "3.2% ", "10x", "-1", "A-",
    "A-1", "Aa", "AB ", "Ab Cd ", "a1-b2.", "(AB) ", "a (AB) ", "A (a ", "GPT-4o ", "GPT-4o, ",
    "GPT-4o and ", "MATH-500 ", "AIME 2024, ", "on ", "on MATH-500 ", "outperforms ", "GPT-4o outperforms ",
    "from 1% to ", "by 1% ", "reaches 1% on ", "accuracy of ", "보다 ", "최대 ", "에서 79.8%를 ", "정확도 ",
    "향상된 ", "모델은 ", "강화 학습 ", "(RL) ", "https://", "http://a.b/", "arxiv.org/abs/", "[a](",
    "[a](b) ", "](https://arxiv.org/abs/2501.00001)", "\u200b", "\u202e", "\u00a0", "2501.00001 ",
    "et al., ", "which papers ", "that report ", "best on ", "의 ", "은 ", "merge ", "model:a ",
)  # fmt: skip


def long_lines(length: int) -> list[str]:
    """Every piece, repeated to a length, alone and after words that open something."""
    lines = [(piece * (length // len(piece) + 1))[:length] for piece in PIECES]
    mixed = "".join(PIECES)
    return [*lines, (mixed * (length // len(mixed) + 1))[:length], "(" * (length // 2) + ")" * (length // 2)]
