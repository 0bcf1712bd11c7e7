"""An entity of one entry -> the node of the graph that it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.identity import fold
from kg.names import known_names
from kg.rdf.iris import mint
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.names import KnownName
    from kg.records import Entity, Findings

FOLDERS = {kind: "org" if kind is Kind.ORGANIZATION else kind.value for kind in Kind}
"""The kind of an entity -> its folder in our namespace."""


def identify(entity: Entity) -> str:
    """Return the IRI of the node that an entity of an entry is.

    A known name lends its canonical key, unless the entry itself spells the abbreviation out as something
    else: then the expansion is the key, so that two things with one acronym stay two nodes.
    """
    return mint(FOLDERS[entity.kind], _key(entity.kind, entity.name, entity.aliases, entity.english))


@lru_cache(maxsize=65536)
def _key(kind: Kind, name: str, aliases: tuple[str, ...], english: str | None) -> str:
    spellings = [name, *([english] if english else []), *aliases]
    known = next((k for k in (_known(spelling, kind) for spelling in spellings) if k), None)
    expansion = _expansion(name, aliases)
    if known is None:
        return fold(english or name)
    if expansion and _contradicts(known, expansion):
        return fold(expansion)
    return fold(known.name)


def _known(spelling: str, kind: Kind) -> KnownName | None:
    """Return the known name of that spelling, if exactly one has it."""
    found = known_names().lookup(spelling, kind)
    return found[0] if len(found) == 1 else None


def _expansion(name: str, aliases: Iterable[str]) -> str | None:
    """Return the words that an entry gives for an acronym, if it gives any."""
    letters = [c.casefold() for c in name if c.isalpha()]
    long = (a for a in aliases if len(a.split()) > 1 and a[:1].casefold() == name[:1].casefold())
    return next((a for a in long if len(letters) <= len(re.split(r"[\s-]+", a)) + 2), None)


def _contradicts(known: KnownName, expansion: str) -> bool:
    """Say whether a known name has expansions of its own, and this is none of them."""
    expansions = {
        fold(a).rstrip("s") for a in (known.name, *known.aliases) if len(re.split(r"[\s-]+", a)) > 1
    }
    return bool(expansions) and fold(expansion).rstrip("s") not in expansions


def identify_all(findings: Findings) -> tuple[str, ...]:
    """Return the node of each entity, in order."""
    return tuple(identify(entity) for entity in findings.entities)
