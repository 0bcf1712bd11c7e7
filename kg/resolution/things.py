"""The keys to which an item's entities were resolved -> the nodes of the graph that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.identity import unslug
from kg.rdf.iris import mint
from kg.rdf.prefixes import BASE
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Observation

FOLDERS = {kind: "org" if kind is Kind.ORGANIZATION else kind.value for kind in Kind}
"""The kind of an entity -> its folder in our namespace."""

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}


class Item(NamedTuple):
    """One entry in the graph: its IRI, its paper's key, what was observed in it, what its entities are."""

    iri: str
    paper: str
    observation: Observation
    nodes: tuple[str, ...]


def mint_thing(kind: str, key: str) -> str:
    """Make the IRI of the entity of a kind and a key."""
    return mint(FOLDERS[Kind(kind)], key)


def mint_things(keys: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Make the IRIs of entities from their kinds and keys, in order."""
    return tuple(mint_thing(kind, key) for kind, key in keys)


def read_thing(node: str) -> tuple[Kind, str] | None:
    """Return the kind and the key of an entity's IRI; None for the IRI of anything else.

    >>> read_thing("https://w3id.org/paperkg/benchmark/vbench%2B%2B")
    (<Kind.BENCHMARK: 'benchmark'>, 'vbench++')
    """
    folder, key = node[len(BASE) :].split("/", 1)
    return (_KINDS[folder], unslug(key)) if folder in _KINDS else None
