"""Rule files (TOML) -> compiled rules, each with the examples that prove it.

A rule file holds ``[[rule]]`` tables. A *slot* says what stands ``before`` and ``after`` a name; a *phrase*
says with ``pattern`` what a whole span looks like. Both are regular expressions read against the text in
lower case. ``finds`` and ``ignores`` are example sentences; in those of a slot, «…» marks the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import tomli

from kg.mirror import mirror
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

_REACH = 64
"""How many characters before a name a slot looks at."""
_WHOLE = r"(?:(?<![^\W_])|(?![A-Za-z0-9]))"
"""Where a word begins, read from right to left."""


@dataclass(frozen=True, slots=True)
class Slot:
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
        self._tests = [
            (slot.id, slot.after and slot.after.match, slot.before and slot.before.match) for slot in slots
        ]

    def find(self, lowered: str, start: int, end: int) -> list[str]:
        """Return the ids of the slots in which the name at ``[start:end]`` of a lower-cased text stands."""
        leftward = lowered[max(0, start - _REACH) : start][::-1]
        return [
            name
            for name, after, before in self._tests
            if (after is None or after(lowered, end)) and (before is None or before(leftward))
        ]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording of which every match is meant as a whole."""

    id: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    ignores: tuple[str, ...]


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
        for rule in _load(name)["rule"]
    )


@cache
def phrases(name: str) -> tuple[Phrase, ...]:
    """Load the phrases of ``data/rules/<name>.toml``, in the order of the file."""
    return tuple(
        Phrase(rule["id"], re.compile(rule["pattern"]), tuple(rule["finds"]), tuple(rule["ignores"]))
        for rule in _load(name)["rule"]
    )


@cache
def words(name: str, table: str) -> tuple[str, ...]:
    """Load the word list ``table`` of ``data/rules/<name>.toml``."""
    return tuple(_load(name)[table])


@cache
def _load(name: str) -> dict[str, list]:  # type: ignore[type-arg]  # TOML: checked where it is read
    path = FOLDER / "rules" / f"{name}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))
