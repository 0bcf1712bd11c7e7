"""An entry -> the views of its text that all rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.language import Token, lower, tokens

if TYPE_CHECKING:
    from kg.records import Entry


class Reading(msgspec.Struct, frozen=True):
    """One entry as the rules read it; all offsets count in ``plain``, whose title ends at ``title_end``."""

    plain: str
    lowered: str
    title_end: int
    tokens: tuple[Token, ...]


class Candidate(NamedTuple):
    """A span that ``rule`` takes for a name (or for one more place of it)."""

    start: int
    end: int
    rule: str


def read(entry: Entry) -> Reading:
    """Prepare an entry for the rules."""
    plain = entry.plain
    return Reading(plain, lower(plain), len(entry.title), tokens(plain))
