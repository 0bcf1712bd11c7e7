"""A day -> the records of its papers, as one source lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.errors import FetchError
from kg.fetching.atom import read_feed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kg.fetching.client import Client

Records = list[dict[str, Any]]

_PAGE = 100
_MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Day:
    """The papers of one day, and the addresses that were asked for them."""

    records: Records
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One source: where it is, what it is asked for, and how a day is read."""

    address: str
    subject: str
    read: Callable[[Client, str, str, date], Day]


def read_daily_papers(client: Client, address: str, subject: str, day: date) -> Day:  # noqa: ARG001
    """Read the Hugging Face daily papers of a day: one request, whose records stay as they are."""
    page = f"{address}?{urlencode({'date': day.isoformat()})}"
    try:
        records = json.loads(client.get(page))
    except (ValueError, RecursionError):
        client.forget((page,))
        raise FetchError(f"{page}: the answer is not JSON; expected a list of papers") from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        client.forget((page,))
        raise FetchError(f"{page}: the answer is not a list of records; expected a list of papers")
    return Day(records, (page,))


def read_arxiv(client: Client, address: str, subject: str, day: date) -> Day:
    """Read the arXiv papers of a subject that were submitted on a day, page by page."""
    records: Records = []
    pages: list[str] = []
    found = 1
    while len(records) < found and len(pages) < _MOST_PAGES:
        pages.append(_make_page(address, subject, day, len(records)))
        feed = read_feed(client.get(pages[-1]), pages[-1])
        found = feed.total
        if not feed.records and len(records) < found:
            client.forget((pages[-1],))  # arXiv sometimes sends an empty page where there are papers
            raise FetchError(f"{pages[-1]}: the page is empty, of {found} papers; run the same command again")
        records += feed.records
    return Day(records, tuple(pages))


def _make_page(address: str, subject: str, day: date, start: int) -> str:
    submitted = f"submittedDate:[{day:%Y%m%d}0000 TO {day:%Y%m%d}2359]"
    query = {
        "search_query": f"cat:{subject} AND {submitted}",
        "start": start,
        "max_results": _PAGE,
        "sortBy": "submittedDate",
        "sortOrder": "ascending",
    }
    return f"{address}?{urlencode(query)}"


SOURCES: Mapping[str, Source] = {
    "hf": Source("https://huggingface.co/api/daily_papers", "", read_daily_papers),
    "arxiv": Source("https://export.arxiv.org/api/query", "cs.CL", read_arxiv),
}
"""Every source by its name on the command line; a new one is an entry here."""
