"""The entities of one paper's entries -> their terms, abbreviations told by the names beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.records import Kind
from kg.resolution.namesakes import find_titled
from kg.resolution.terms import canonical, read_listed, read_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.records import Entity
    from kg.store.rows import Term

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9-]{1,8}\Z")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"}
)
_FEWEST = 3
"""Two letters are the initials of too many names."""


def read_terms(entities: Sequence[Entity], titles: Iterable[str] = ()) -> list[Term]:
    """Say which term each entity is.

    An abbreviation that no entry spells out stands for the name of its kind whose initials it is, where the
    entries have exactly one such name and the lists take the abbreviation for nothing else.

    Args:
        entities: all entities of all entries about one paper.
        titles: of these entries.
    """
    terms = [read_term(entity) for entity in entities]
    told = {term.spelled for term in terms if term.long}
    names: dict[tuple[Kind, str], set[str]] = {}
    for entity in entities:
        for initials in _initials(entity.name):
            names.setdefault((entity.kind, initials), set()).add(canonical(entity.kind, entity.name))
    spelled = [
        term if term.spelled in told else term._replace(long=_find_long(entity, term, names))
        for entity, term in zip(entities, terms, strict=True)
    ]
    titled = find_titled(titles, zip(entities, spelled, strict=True))
    return [term._replace(titled=titled.get((term.kind, term.spelled), "")) for term in spelled]


def _find_long(entity: Entity, term: Term, names: dict[tuple[Kind, str], set[str]]) -> str:
    """Return the key of the name that an abbreviation is the initials of, or an empty string."""
    letters = "".join(c for c in entity.name.casefold() if c.isalnum())
    longs = names.get((entity.kind, letters), set()) if _ACRONYM.match(entity.name) else set()
    listed = read_listed(Kind(entity.kind), term.spelled)
    return next(iter(longs)) if len(longs) == 1 and (listed is None or listed in longs) else ""


def _initials(name: str) -> Iterator[str]:
    """Yield the initials of a name of several words, with and without its small words.

    >>> sorted(_initials("Test-time Preference Optimization")), sorted(set(_initials("Tree of Thoughts")))
    (['tpo', 'ttpo'], ['tot'])
    """
    whole = [word for part in name.casefold().split() for word in _WORD.findall(part)[:1]]
    parts = _WORD.findall(name.casefold())
    for words in {tuple(whole), tuple(parts)}:
        content = [word for word in words if word not in _SMALL]
        for letters in {"".join(word[0] for word in each) for each in (words, content)}:
            if len(letters) >= _FEWEST:
                yield letters
