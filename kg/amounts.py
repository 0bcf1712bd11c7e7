"""A number and what it counts -> the words for it."""

from __future__ import annotations


def say(number: int, one: str, many: str) -> str:
    """Say how many there are.

    >>> say(1, "entry", "entries"), say(1203, "entry", "entries")
    ('1 entry', '1,203 entries')
    """
    return f"{number:,} {one if number == 1 else many}"
