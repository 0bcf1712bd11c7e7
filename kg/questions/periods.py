"""A date or a period as a question has it, and the newest day of the store -> the first and the last day.

Days are told as ISO 8601 texts that are compared letter by letter, so that a month or a year is a period too.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.questions.words import load_words, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AFTER_ALL = "~"
"""Sorts after every digit and dash: ``2025-01~`` is later than every day of January."""

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:the\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?"
# A bare year is a date only after such a word: "best in 2024", but "best on AIME 2024".
_BEFORE_YEAR = (
    "in",
    "of",
    "from",
    "since",
    "after",
    "during",
    "before",
    "until",
    "till",
    "within",
    "through",
    "to",
    "papers",
    "paper",
    "works",
    "work",
    "studies",
    "benchmarks",
    "datasets",
    "models",
    "methods",
)
# Or after a word in Hangul that joins nothing to it: "GRPO 논문 2025", but "AIME 2024와 2025".
_AFTER_HANGUL = r"(?<=[^\x00-\x7f]\s)(?<![와과나고및의서]\s)(?<!또는\s)"
# Or before all words, of which one is for papers: "2025 GRPO papers", but "2025 AIME results".
_BEFORE_PAPERS = (
    r"(?=\s(?:(?:\S{1,40}\s){0,3}(?:papers|works|studies|research|논문|연구)"
    r"|(?:benchmarks|datasets|models|methods|벤치마크|데이터셋|모델|방법)))"
)
_YEAR = (
    "(?:(?:" + "|".join((*(rf"(?<=\b{word}\s)" for word in _BEFORE_YEAR), _AFTER_HANGUL)) + ")"
    rf"(?:19|20)\d{{2}}(?![\w-])|\A(?:19|20)\d{{2}}{_BEFORE_PAPERS})"
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "상": 1, "하": 2}
_PART = (
    r"(?:(?:first|second)\shalf\sof\s\d{4}|(?:first|second|third|fourth)\squarter\sof\s\d{4}"
    r"|(?:h[12]|q[1-4])\s(?:of\s)?\d{4}|\d{4}[-\s]?(?:h[12]|q[1-4])|\d{4}년?\s(?:[상하]반기|[1-4]분기))"
)
"""What a half or a quarter of a year looks like."""
_HALF = r"half|h[12]|반기"
_NUMBER_OF_PART = r"first|second|third|fourth|(?<=[hq])[1-4]|[1-4](?=분기)|[상하](?=반기)"

_HINT = (
    r"half of \d|quarter of \d|[hq][1-4]\b|반기|분기|\d{4}-\d|\d\s?[년월]"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    rf"|(?:\b(?:{'|'.join(_BEFORE_YEAR)})|[^\x00-\x7f])\s\d{{4}}|\A\d{{4}}\s"
)
_PERIODS = {word: period for period in load_words()["periods"] for word in period["words"]}
_LONGEST_FIRST = sorted(_PERIODS, key=lambda word: (-len(word), word))

PERIOD = r"(?:the\s)?(?:" + "|".join(map(re.escape, _LONGEST_FIRST)) + ")"
"""What a period may look like that is told from the newest day."""

DATE = (
    rf"(?:(?:the\s)?{_PART}|"
    r"\d{4}-\d{2}-\d{2}|\d{4}-\d{2}(?![-\d])|(?:\d{4}년\s?)?\d{1,2}월(?:\s?\d{1,2}일)?|\d{4}년"
    rf"|(?:{_DAY})?{_MONTH}(?:\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,?\s\d{{4}})?|{_YEAR}"
    rf"|{PERIOD})"
)
"""What a date or a period may look like."""

_DAY_ALONE, _FULL_YEAR = re.compile(r"\d{1,2}일\Z"), re.compile(r"\d{4}")
_YEARLESS = rf"(?:(\d{{1,2}})월\s?(?:(\d{{1,2}})일)?|(?:{_DAY})?{_MONTH}.*)\Z"


def find_dates(text: str) -> Iterator[re.Match[str]]:
    """Find what looks like a date or a period in a text in lower case.

    >>> [found[0] for found in find_dates("aime 2024 since march 2025")]
    ['march 2025']
    """
    hinted = any(word in text for word in _PERIODS) or re.search(_HINT, text)
    return _compile_date().finditer(text) if hinted else iter(())


@cache
def _compile_date() -> re.Pattern[str]:
    """Compile `DATE`, which takes as long as reading a question without one."""
    return re.compile(DATE, re.IGNORECASE | re.ASCII)


class Span(NamedTuple):
    """A stretch of days: ``low <= day <= high`` as texts, and its name for people."""

    low: str
    high: str
    name: str


def read_span(text: str, newest: str) -> Span | None:
    """Read a date or a period; "this week" is the week that ends with the newest day of the store.

    >>> read_span("January 2025", "2025-01-30")
    Span(low='2025-01', high='2025-01~', name='2025-01')
    >>> read_span("this week", "2025-01-30").name
    '2025-01-24 – 2025-01-30'
    >>> read_span("12월", "2025-01-30").low
    '2024-12'
    >>> [read_span(text, "").name for text in ("first half of 2025", "2025 Q2", "2025년 4분기")]
    ['2025-01 – 2025-06', '2025-04 – 2025-06', '2025-10 – 2025-12']
    """
    text = " ".join(text.casefold().split()).removeprefix("the ")
    if text in _PERIODS:
        return _read_period(_PERIODS[text], newest)
    if re.fullmatch(_PART, text):
        return _read_part(text)
    found = read_date(text) or (_add_year(text, newest) if re.match(_YEARLESS, text, re.IGNORECASE) else None)
    return Span(found, found + _AFTER_ALL, found) if found else None


def _read_part(text: str) -> Span | None:
    """Read a half or a quarter of a year."""
    year, which = _FULL_YEAR.search(text), re.search(_NUMBER_OF_PART, text)
    if not year or not which:
        return None
    months = 6 if re.search(_HALF, text) else 3
    last = months * (_NUMBERS.get(which[0]) or int(which[0]))
    low, high = (f"{year[0]}-{month:02}" for month in (last - months + 1, last))
    return Span(low, high + _AFTER_ALL, f"{low} – {high}")


def read_range(first: str, last: str, read: Callable[[str], Span | None]) -> Span | None:
    """Read two dates, of which one may leave out the year that the other has, the last one its month too.

    Args:
        first: the date from which on.
        last: the date up to which.
        read: reads a single date.

    Returns:
        None where no calendar has them, or the last is before the first.

    >>> dated = lambda text: read_span(text, "2026-05-21")
    >>> read_range("November 2024", "January", dated).name, read_range("1월", "2025년 2월", dated).name
    ('2024-11 – 2025-01', '2025-01 – 2025-02')
    >>> read_range("2025년 1월 10일", "15일", dated).name, read_range("2025-02", "2025-01", dated)
    ('2025-01-10 – 2025-01-15', None)
    """
    if _DAY_ALONE.fullmatch(last):
        last = _DAY_ALONE.sub(last, first)
    if _lacks_year(first):
        high = read(last)
        low = high and _read_near(first, high, before=True)
    else:
        low = read(first)
        high = _read_near(last, low, before=False) if low and _lacks_year(last) else read(last)
    if not low or not high or low.low > high.high:
        return None
    return Span(low.low, high.high, " – ".join(dict.fromkeys((low.name, high.name))))


def _lacks_year(text: str) -> bool:
    return bool(re.match(_YEARLESS, text, re.IGNORECASE)) and not _FULL_YEAR.search(text)


def _read_near(text: str, other: Span, *, before: bool) -> Span | None:
    """Read a date without a year as the nearest one that is not after another date, or not before it."""
    for shift in (0, -1 if before else 1):
        found = read_date(_put_year(text, int(other.low[:4]) + shift))
        if found and (found <= other.high if before else found + _AFTER_ALL >= other.low):
            return Span(found, found + _AFTER_ALL, found)
    return None


def _put_year(text: str, year: int) -> str:
    return f"{year}년 {text}" if "월" in text else f"{text} {year}"


def _add_year(text: str, newest: str) -> str | None:
    """Read a date without a year as the latest one that is not after the newest day."""
    year = int(newest[:4] or 0)
    for candidate in (year, year - 1):
        found = read_date(_put_year(text, candidate))
        if found and found <= newest:
            return found
    return None


def _read_period(period: dict[str, Any], newest: str) -> Span | None:
    try:
        last = date.fromisoformat(f"{newest}-01"[:10])
    except ValueError:
        return None
    if period["unit"] == "day":
        low, high = (last - timedelta(days=period[end]) for end in ("from", "to"))
        name = f"{low} – {high}" if low != high else str(low)
        return Span(str(low), f"{high}{_AFTER_ALL}", name)
    months = last.year * 12 + last.month - 1 - period["back"] * (12 if period["unit"] == "year" else 1)
    name = f"{months // 12:04}" + (f"-{months % 12 + 1:02}" if period["unit"] == "month" else "")
    return Span(name, name + _AFTER_ALL, name)


def read_size(text: str) -> int | None:
    """Read a number of parameters.

    >>> read_size("7B"), read_size("1.5 billion"), read_size("70억")
    (7000000000, 1500000000, 7000000000)
    """
    found = re.match(r"(\d{1,6}(?:\.\d{1,3})?)\s?(\S+)", text)
    units: dict[str, int] = load_words()["units"]
    return round(float(found[1]) * units[found[2].casefold()]) if found else None


def read_bound(text: str) -> str:
    """Read the number at the beginning of a text, as SPARQL writes it.

    >>> read_bound("80%"), read_bound("62.5 points"), read_bound("70점")
    ('80', '62.5', '70')
    """
    number = re.match(r"\d+(?:\.\d+)?", text)
    return number[0] if number else "0"
