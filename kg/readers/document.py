"""A digest's text -> the document that readers look at."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from kg.readers.layouts import HeadingLayout, Layout, TableLayout
from kg.text.dates import find_date, find_day
from kg.text.markdown import Heading, blank_fences, parse_heading


class Document(msgspec.Struct, frozen=True, dict=True):
    """One digest as text, with the layouts that may be used on it, the user's own first."""

    key: str
    text: str
    layouts: tuple[Layout, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The physical lines, with fenced code emptied."""
        return blank_fences(self.text.split("\n"))

    @cached_property
    def headings(self) -> dict[int, Heading]:
        """The heading lines by their 1-based number."""
        parsed = (
            (number, parse_heading(line)) for number, line in enumerate(self.lines, 1) if "#" in line[:10]
        )
        return {number: heading for number, heading in parsed if heading}

    @property
    def tables(self) -> tuple[TableLayout, ...]:
        """The table layouts."""
        return tuple(layout for layout in self.layouts if isinstance(layout, TableLayout))

    @property
    def sections(self) -> tuple[HeadingLayout, ...]:
        """The heading layouts."""
        return tuple(layout for layout in self.layouts if isinstance(layout, HeadingLayout))

    @property
    def key_date(self) -> str | None:
        """The day or month in the file's name, else the day in its folders' names."""
        folder, _, name = self.key.rpartition("/")
        return find_date(re.sub(r"_", " ", name)) or find_day(folder)

    @cached_property
    def dates(self) -> dict[int, str]:
        """The dates that headings set, by line: a day at any level, a month at the first two."""
        found = {}
        for number, heading in self.headings.items():
            date = find_date(heading.text) if "](" not in heading.text else None
            if date and (len(date) == len("2025-01-23") or heading.level <= 2):
                found[number] = date
        return found

    def date_above(self, line: int) -> str | None:
        """Give the date that the nearest dated heading above a line sets."""
        return next((self.dates[number] for number in reversed(self.dates) if number < line), None)
