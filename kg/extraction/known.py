"""A reading -> the known names that stand in it, each with the care its guard demands as its rule."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extraction.reading import Candidate
from kg.names import known_names
from kg.patterns import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.reading import Reading
    from kg.names import NameHit


def find_known(reading: Reading) -> Iterator[Candidate]:
    """Yield every hit of the lists: ``known-model``, or ``guarded-model`` where the list asks for a cue."""
    for hit in known_names().find(reading.plain):
        care = "guarded" if hit.known.guard == "cue" else "known"
        yield Candidate(hit.start, _end(reading, hit), f"{care}-{hit.known.kind.value}")


def _end(reading: Reading, hit: NameHit) -> int:
    """Where a hit ends without a head noun that the list also spells: ``Transformer`` architecture."""
    text = reading.lowered[hit.start : hit.end]
    name, _, head = text.rpartition(" ")
    if head in _head_nouns() and any(spelling.lower() == name for spelling in hit.known.spellings):
        return hit.start + len(name)
    return hit.end


@cache
def _head_nouns() -> frozenset[str]:
    return frozenset(words("names", "head_nouns"))


def english_name(spellings: tuple[str, ...]) -> str | None:
    """Give the standard English term for a name that is spelled in Korean only, or None."""
    if any(spelling.isascii() for spelling in spellings):
        return None
    found = (known for spelling in spellings for known in known_names().lookup(spelling))
    return next((s for known in found for s in known.spellings if s.isascii()), None)
