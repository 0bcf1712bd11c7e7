"""A date as people spell it -> ISO 8601, a day or a month."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_SPELLINGS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",  # 2025-01-23
        r"(?<!\d)(?P<year>\d{4})\s?년\s?(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일",  # 2025년 1월 23일
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]\s?(?:of\s)?"
        + _NAMED
        + r",?[\s-]\s?(?P<year>\d{4})(?!\d)",
        r"\b" + _NAMED + r"\s?(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})(?!\d)",  # April 30, 2024
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})(?![-\d])",  # 2025-01
        r"(?<!\d)(?P<year>\d{4})\s?년\s?(?P<month>\d{1,2})\s?월",  # 2025년 1월
        r"\b" + _NAMED + r",?\s(?P<year>\d{4})(?!\d)",  # June 2026
    )
)


def find_date(text: str) -> str | None:
    """Find the date that a text gives: a day (``2025-01-23``), else a month (``2025-01``), else None.

    Days go before months wherever they stand. Dates that no calendar has, and days without a year, are none.

    >>> find_date("31st July 2024"), find_date("Papers for 2025-01-23"), find_date("June 2026")
    ('2024-07-31', '2025-01-23', '2026-06')
    >>> find_date("2025년 1월 23일"), find_date("30 February 2024"), find_date("Jan 1-8")
    ('2025-01-23', None, None)
    """
    short = " ".join(text[:400].split())
    found = next((match for spelling in _SPELLINGS for match in spelling.finditer(short)), None)
    return _to_iso(found.groupdict()) if found else None


def find_day(text: str) -> str | None:
    """Find the day that a text gives, as `find_date`, but never a mere month."""
    found = find_date(text)
    return found if found and len(found) == len("2025-01-23") else None


def _to_iso(parts: dict[str, str | None]) -> str | None:
    year, month = int(parts["year"] or 0), parts.get("month") or ""
    number = int(month) if month else 1 + _MONTHS.index((parts["name"] or "")[:3].lower())
    try:
        day = date(year, number, int(parts.get("day") or 1))
    except ValueError:
        return None
    return day.isoformat() if parts.get("day") else day.isoformat()[:7]
