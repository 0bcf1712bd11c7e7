"""A source and a stretch of days -> a digest file for each day; whole days that are there are left alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import UsageError
from kg.fetching.client import Client
from kg.fetching.sources import SOURCES
from kg.writers import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.fetching.sources import Records

_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Fetched:
    """One day: its file, how many papers it has, and whether it was there before, as a whole."""

    day: date
    file: Path
    papers: int
    known: bool = False


def list_days(first: str, last: str) -> list[date]:
    """List the days from one to another, both with.

    Raises:
        UsageError: one of them is no day, they are the wrong way round, or more than a year lies between.
    """
    ends = [_read_day(text) for text in (first, last)]
    count = (ends[1] - ends[0]).days + 1
    if not 1 <= count <= _MOST_DAYS:
        raise UsageError(f"from {first} to {last} are {count} days; expected 1 to {_MOST_DAYS}")
    return [ends[0] + timedelta(days=number) for number in range(count)]


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a day; expected one such as 2025-01-23") from None


def fetch(
    source: str,
    days: list[date],
    folder: Path,
    *,
    subject: str = "",
    address: str = "",
    client: Client | None = None,
) -> Iterator[Fetched]:
    """Fetch the papers of some days into ``folder/source/DAY.json``, which ``kg build`` reads.

    Where a source has subjects, each has files of its own, ``folder/arxiv/DAY-cs.CL.json``.
    A day whose file is there is not asked for again, unless the file was written before the day was over
    (UTC). One that has no paper leaves no file, and pages that were had before an interruption are kept, so
    that the next run goes on where this one stopped.

    Args:
        source: a name in `SOURCES`.
        days: in the order in which they are wanted.
        folder: of digests.
        subject: an arXiv category; the source's own if none is given.
        address: of another server with the same interface.
        client: that asks; one with the usual manners if none is given.

    Raises:
        UsageError: there is no such source.
        FetchError: a day cannot be had; those before it are written.
    """
    if source not in SOURCES:
        raise UsageError(f"there is no source {source!r}; expected one of {', '.join(SOURCES)}")
    place = folder / source
    client = client or Client(place / ".cache")
    known = SOURCES[source]
    subject = (subject or known.subject) if known.subject else ""
    for day in days:
        file = place / _name_file(day, subject)
        if _is_whole(file, day):
            yield Fetched(day, file, 0, known=True)
            continue
        found = known.read(client, address or known.address, subject, day)
        if found.records:
            _write(file, found.records, folder)
        client.forget(found.addresses)
        yield Fetched(day, file, len(found.records))


def _is_whole(file: Path, day: date) -> bool:
    """Whether there is a file that was written when its day was over (UTC)."""
    return file.is_file() and datetime.fromtimestamp(file.stat().st_mtime, UTC).date() > day


def _name_file(day: date, subject: str) -> str:
    return f"{day.isoformat()}-{quote(subject, safe='')}.json" if subject else f"{day.isoformat()}.json"


def _write(file: Path, records: Records, folder: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, [json.dumps(records, ensure_ascii=False, indent=1), "\n"], inside=folder)
