"""A long list -> the part of it that one page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 10**6


class Paging(NamedTuple):
    """Which page of a list is shown: its number from 1, how many there are, and how many entries in all."""

    page: int
    pages: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """How many entries stand before this page."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        """How many entries stand before the next page."""
        return min(self.first + self.size, self.total)


def page_through(total: int, size: int, asked: str = "") -> Paging:
    """Choose the page that was asked for; what is no number of a page is taken for the nearest one.

    >>> page_through(101, 50, "3"), page_through(5, 50, "x")
    (Paging(page=3, pages=3, total=101, size=50), Paging(page=1, pages=1, total=5, size=50))
    """
    pages = max((total + size - 1) // size, 1)
    return Paging(min(max(read_number(asked), 1), pages), pages, total, size)


def read_number(text: str) -> int:
    """Read a small whole number; anything else is 0."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
    return min(number, _LARGEST)


def read_one(query: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Read a parameter that has a few values; any other is taken for the first."""
    value = query.get(name, "")
    return value if value in choices else choices[0]
