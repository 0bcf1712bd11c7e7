"""Every spelling of a date that digests use, and texts that give none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.dates import find_date, find_day


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "30 February 2024", "2024-13-01", "31st", "Jan 1-8", "May 29-June 4", "01/23/2025",
        "v2024.1",        "2501.12948", "GPT-4 2024", "maybe 2024", "12024-01-02",
    ],
)  # fmt: skip
def test_what_gives_no_date(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31st July 2024", "2024-07-31"),
        ("9th July 2024", "2024-07-09"),
        ("2nd of March 2025", "2025-03-02"),
        ("June 2026", "2026-06"),
        ("29 March 2024", "2024-03-29"),
        ("31 Jan 2024", "2024-01-31"),
        ("28th May 2025", "2025-05-28"),
        ("April 30, 2024", "2024-04-30"),
        ("Sept. 3 2024", "2024-09-03"),
        ("May 2026", "2026-05"),
        ("Papers for 2025-01-23", "2025-01-23"),
        ("Daily Papers (2024-12-24)", "2024-12-24"),
        ("2025/1/3", "2025-01-03"),
        ("2025.01.03", "2025-01-03"),
        ("2025-01.md", "2025-01"),
        ("2025년 1월 23일", "2025-01-23"),
        ("2025년 2월", "2025-02"),
        ("23-Jan-2025", "2025-01-23"),
        ("Thu, 23 Jan 2025", "2025-01-23"),
        ("2025-02-05T18:59:00.000Z", "2025-02-05"),
        ("June 2024, updated 3 July 2024", "2024-07-03"),
        ("29  February\n2024", "2024-02-29"),
    ],
)
def test_what_gives_a_date(text: str, iso: str) -> None:
    assert find_date(text) == iso
    assert find_day(text) == (iso if len(iso) == 10 else None)


@given(st.dates())
def test_every_day_is_found_in_three_spellings(day) -> None:  # type: ignore[no-untyped-def]
    for spelling in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year:04}",
        f"{day:%b} {day.day}, {day.year:04}",
    ):
        assert find_date(spelling) == day.isoformat()
