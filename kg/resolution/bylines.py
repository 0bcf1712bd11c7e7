"""The author lists that digests print of one paper -> its byline: who is listed, and who is paired."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.identity import fold
from kg.names import known_names
from kg.records import Kind
from kg.store.bylines import Byline
from kg.supplies import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.records import Credit

_WORDS = re.compile(r"[A-Z]?[^\WA-Z_]+|[A-Z]+(?![^\WA-Z_])|[A-Z]")
"""The words of a name, also where only capitals part them: WanTeam, EverestAI."""


def read_byline(lists: Sequence[tuple[str, Sequence[Credit]]]) -> Byline | None:
    """Lay the author lists of one paper one upon the other; organisations are left out.

    Args:
        lists: (digest key, credits as printed) of every entry about it.

    Returns:
        The byline, or None where no digest lists a person.
    """
    everyone = [credit for _, listed in lists for credit in listed]
    accounts = find_accounts(everyone)
    people = [(key, [c for c in listed if not _is_organized(c, accounts)]) for key, listed in lists]
    persons = [credit for _, listed in people for credit in listed]
    if not persons:
        return None
    return Byline(
        names=_spell((key_name(c.name), c.name) for c in persons if c.name),
        handles=_spell((c.handle.casefold(), c.handle) for c in persons if c.handle),
        pairs=_find_pairs(people),
        bare=tuple(sorted({key_name(c.name) for c in persons if c.name and not c.handle})),
        apart=tuple(sorted({pair for _, listed in people for pair in _find_apart(listed)})),
        whole=any(_is_whole(listed) for _, listed in people),
    )


@lru_cache(maxsize=65536)
def key_name(name: str) -> str:
    """Return the key of a person's name; names of signs only keep them, and none begins as handles do.

    >>> key_name("Mira Oakes"), key_name("@mira"), key_name("...")
    ('miraoakes', 'mira', '...')
    """
    return fold(name).lstrip("@") or name.casefold().replace("@", "at")


def _spell(printed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep one spelling of each key, the first by letter."""
    spelled: dict[str, str] = {}
    for key, text in sorted(printed):
        spelled.setdefault(key, text)
    return spelled


def _find_pairs(lists: Iterable[tuple[str, Sequence[Credit]]]) -> tuple[tuple[str, str, str], ...]:
    """Return each (handle, name) that a digest pairs, with the first of the digests that do."""
    found: dict[tuple[str, str], str] = {}
    for digest, listed in sorted(lists, key=lambda each: each[0]):
        for credit in listed:
            if credit.name and credit.handle:
                found.setdefault((credit.handle.casefold(), key_name(credit.name)), digest)
    return tuple(sorted((handle, name, digest) for (handle, name), digest in found.items()))


def _find_apart(listed: Sequence[Credit]) -> set[tuple[str, str]]:
    """Return (handle, name) of different people of one list: nobody stands in a list twice."""
    handles = {c.handle.casefold() for c in listed if c.handle and not c.name}
    names = {key_name(c.name) for c in listed if c.name and not c.handle}
    return {(handle, name) for handle in handles for name in names}


def _is_whole(listed: Sequence[Credit]) -> bool:
    """Say whether a list gives everybody's name."""
    return bool(listed) and all(credit.name for credit in listed)


def find_accounts(listed: Iterable[Credit]) -> dict[str, str]:
    """Return the handles that a digest pairs with an organisation's name, each with that name."""
    return {c.handle.casefold(): c.name for c in listed if c.handle and c.name and is_organization(c.name)}


def _is_organized(credit: Credit, accounts: dict[str, str]) -> bool:
    if credit.name and is_organization(credit.name):
        return True
    return bool(credit.handle) and (credit.handle or "").casefold() in accounts


@lru_cache(maxsize=65536)
def is_organization(name: str) -> bool:
    """Say whether what stands in an author list is a team, company or laboratory.

    >>> [is_organization(name) for name in ("Team Rocket", "DeepSeek-AI", "WanTeam", "Wei Ai", "Zheqi DAI")]
    [True, True, True, False, False]
    """
    if known_names().lookup(name, Kind.ORGANIZATION):
        return True
    first, last = _affixes()
    words = _WORDS.findall(name)
    return len(words) > 1 and (words[0] in first or not last.isdisjoint(words[1:]))


def key_organization(name: str) -> str:
    """Return the key of an organisation's name: that of the known name it is a spelling of, else its own."""
    known = known_names().lookup(name, Kind.ORGANIZATION)
    return fold(known[0].name) if len(known) == 1 else key_name(name)


@cache
def _affixes() -> tuple[frozenset[str], frozenset[str]]:
    table = read_toml("people/organizations.toml")
    return frozenset(table["first"]), frozenset(table["last"])
