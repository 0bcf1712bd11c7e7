from __future__ import annotations

import pytest

from kg.extraction.claims import find_unclaimed


def unclaimed(text: str) -> list[str]:
    return [text[start:end] for start, end in find_unclaimed(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We introduce QuarkNet. It is fast.",
        "Would-be quarks are found.",
        "Models do not provide labels; the reader needs none.",
        "본 논문은 쿼크넷을 제안한다.",
    ],
)
def test_what_is_claimed_is_left_alone(text: str) -> None:
    assert unclaimed(text) == []


def test_an_opener_claims_nothing() -> None:
    assert unclaimed("Here is a concise summary of the paper:\nQuarkNet is fast.") == [
        "Here is a concise summary of the paper:"
    ]


def test_a_sentence_about_what_is_missing_claims_nothing() -> None:
    assert unclaimed("It is fast. The paper does not specify the dataset. It is small.") == [
        "The paper does not specify the dataset."
    ]


def test_a_question_to_the_reader_takes_the_rest_with_it() -> None:
    assert unclaimed("It is fast. Would you like more? GPT-4 reached 90%.") == [
        "Would you like more? GPT-4 reached 90%."
    ]
