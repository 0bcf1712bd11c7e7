"""A group -> how its name is written: the case of its parts, what stands right beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.boundaries import is_hangul

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.groups import Group
    from kg.extraction.reading import Reading

_PART = re.compile(r"[ -]|[^ -]+")
_MOST_PARTS = 9
_MOST_PLACES = 6
_LONGEST = 26
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])[A-Z][\w-]{0,24} \Z")
_REMEMBERED = 32_768  # so many names are looked at once


def note_appearance(reading: Reading, group: Group) -> Iterator[str]:
    """Yield the form of a name, and what stands right beside its first places."""
    yield f"form:{_form(group.name)}"
    plain = reading.plain
    for start, end in sorted(group.spans)[:_MOST_PLACES]:
        after = plain[end : end + 2]
        if after[:1] == "-":
            yield "piece:hyphen-after"
        elif after[:1] == " " and after[1:].isupper():
            yield "piece:capital-after"
        elif after[:1] == " " and after[1:].isdigit():
            yield "piece:digit-after"
        if plain[start - 1 : start] == "-":
            yield "piece:hyphen-before"
        elif _CAPITAL_BEFORE.search(plain, max(0, start - _LONGEST), start):
            yield "piece:capital-before"


@lru_cache(_REMEMBERED)
def _form(name: str) -> str:
    """Write a name by the case of its parts.

    >>> _form("Direct Preference Optimization"), _form("R-FCN 3"), _form("QuarkNet")
    ('C C C', 'C-U d', 'M')
    """
    return "".join(map(_case, _PART.findall(name)[:_MOST_PARTS]))


def _case(part: str) -> str:
    if part in " -":
        return part
    if part[0].isdigit():
        return "d"
    if is_hangul(part[0]):
        return "k"
    if part.islower():
        return "x"
    if len(part) > 1 and part.isupper():
        return "U"
    return "C" if part[0].isupper() and part[1:] == part[1:].lower() else "M"
