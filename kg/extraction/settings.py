"""A number in a frame -> the setting it was obtained in: "up to; average; zero-shot"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from kg.patterns import read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.clauses import Atom, Frame

_KEPT = "="


class Setting(msgspec.Struct, frozen=True):
    """One condition: its label, and the wordings before, after or near a number that state it."""

    label: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    near: re.Pattern[str] | None
    finds: tuple[str, ...]
    ignores: tuple[str, ...]

    def read(self, before: str, after: str) -> Iterator[str]:
        """Yield the label, or the words themselves, wherever the text around a number states the setting."""
        if self.before and (found := self.before.search(before)):
            yield self._say(found)
        if self.after and (found := self.after.search(after)):
            yield self._say(found)
        if self.near:
            for text in (before, after):
                for found in self.near.finditer(text):
                    yield self._say(found)

    def _say(self, found: re.Match[str]) -> str:
        return found[0].strip() if self.label == _KEPT else self.label


@cache
def settings() -> tuple[Setting, ...]:
    """Return all settings in the order in which a result names them."""
    return tuple(
        Setting(
            label=entry["label"],
            **{
                side: re.compile(entry[side]) if side in entry else None
                for side in ("before", "after", "near")
            },
            finds=tuple(entry["finds"]),
            ignores=tuple(entry["ignores"]),
        )
        for entry in read_rules("settings")["setting"]
    )


def setting_of(frame: Frame, atom: Atom, hedge: str = "") -> str | None:
    """Return the setting that a number's cell states, or None.

    Args:
        frame: the sentence.
        atom: the number.
        hedge: a sign printed before the number, such as ``>`` or ``~``.
    """
    low, high = frame.cell(atom)
    before, after = frame.text[max(low, atom.at - 120) : atom.at], frame.text[atom.at + 1 : high][:120]
    found = (
        [{">": "over", "≥": "over", "<": "under", "≤": "under", "~": "about", "≈": "about"}[hedge]]
        if hedge
        else []
    )
    for setting in settings():
        found += setting.read(before, after)
    return "; ".join(dict.fromkeys(found)) or None


def condition_of(frame: Frame, at: int) -> str | None:
    """Return the condition under which something holds that is said at a place, as its clause words it."""
    low, high = frame.clause(at)
    found = [
        said
        for setting in settings()
        if setting.label == _KEPT
        for said in setting.read(frame.text[max(low, at - 120) : at], frame.text[at:high][:120])
    ]
    return "; ".join(dict.fromkeys(found)) or None
