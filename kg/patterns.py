"""Rule files (TOML) -> compiled rules, each with the examples that prove it.

A rule file holds ``[[rule]]`` tables. A *slot* says what stands ``before`` and ``after`` a name; a *phrase*
says with ``pattern`` what a whole span looks like. Both are regular expressions read against the text in
lower case. ``finds`` and ``ignores`` are example sentences; in those of a slot, «…» marks the name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kg.mirror import mirror
from kg.supplies import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_REACH = 64
"""How many characters before a name a slot looks at."""
_WHOLE = r"(?:(?<![^\W_])|(?![A-Za-z0-9]))"
"""Where a word begins, read from right to left."""


class Slot(msgspec.Struct, frozen=True):
    """A place in a sentence that tells something about the name standing in it.

    ``before`` reads from the name to the left, and begins at the beginning of a word.
    """

    id: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    finds: tuple[str, ...]
    ignores: tuple[str, ...]


class SlotFinder:
    """Some slots -> which of them a name stands in.

    Args:
        slots: those that may be found, in the order in which they are given.
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        every = tuple(slots)
        self._before = _Bundle((slot.id, slot.before) for slot in every if slot.before and not slot.after)
        self._after = _Bundle((slot.id, slot.after) for slot in every if slot.after and not slot.before)
        self._between = [(s.id, s.before.match, s.after.match) for s in every if s.before and s.after]

    def find(self, lowered: str, start: int, end: int) -> list[str]:
        """Return the ids of the slots in which the name at ``[start:end]`` of a lower-cased text stands."""
        leftward = lowered[max(0, start - _REACH) : start][::-1]
        found = self._before.find(leftward, 0) + self._after.find(lowered, end)
        return found + [i for i, before, after in self._between if after(lowered, end) and before(leftward)]


class _Bundle:
    """Expressions, each under a name, that are first asked as one: most places fit none of them."""

    def __init__(self, named: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        patterns = dict(named)
        self._any = re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns.values()))
        self._each = [(name, pattern.match) for name, pattern in patterns.items()]

    def find(self, text: str, at: int) -> list[str]:
        """Return the names of those that match at a place."""
        return [name for name, match in self._each if match(text, at)] if self._any.match(text, at) else []


class Phrase(msgspec.Struct, frozen=True):
    """A wording of which every match is meant as a whole."""

    id: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    ignores: tuple[str, ...]


def read_rules(name: str) -> dict[str, Any]:
    """Read ``data/rules/<name>.toml``."""
    return read_toml(f"rules/{name}.toml")


@cache
def slots(name: str) -> tuple[Slot, ...]:
    """Load the slots of ``data/rules/<name>.toml``, in the order of the file."""
    return tuple(
        Slot(
            id=rule["id"],
            before=re.compile(f"(?:{mirror(rule['before'])}){_WHOLE}") if "before" in rule else None,
            after=re.compile(rule["after"]) if "after" in rule else None,
            finds=tuple(rule["finds"]),
            ignores=tuple(rule["ignores"]),
        )
        for rule in read_rules(name)["rule"]
    )


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """Load the phrases of ``data/rules/<name>.toml``, in the order of the file."""
    return tuple(
        Phrase(rule["id"], re.compile(rule["pattern"]), tuple(rule["finds"]), tuple(rule["ignores"]))
        for rule in read_rules(name)["rule"]
    )


@cache
def words(name: str, table: str) -> tuple[str, ...]:
    """Load the word list ``table`` of ``data/rules/<name>.toml``."""
    return tuple(read_rules(name)[table])
