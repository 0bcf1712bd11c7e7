"""The address of a node of ours -> its IRI, and what the graph says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg.identity import slug
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import ITSRDF, PROV
from kg.sparql.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.sparql.answers import Term

_MOST = 1000
"""So many statements of other nodes are told of one."""

_BULK = {ox.NamedNode(ITSRDF.taIdentRef), ox.NamedNode(PROV.wasGeneratedBy)}
"""What mentions say of a node, which is more than all others say together."""


def spell(kind: str, key: str) -> tuple[str, ...]:
    """Return the IRIs that the address of a node, decoded, may stand for.

    IRIs write some characters of a key as ``%2B``; a client may have sent them so or decoded.

    >>> spell("benchmark", "vbench++")[-1]
    'https://w3id.org/paperkg/benchmark/vbench%2B%2B'
    """
    return tuple(dict.fromkeys(f"{BASE}{kind}/{tail}" for tail in (key, slug(key), quote(key, safe=".-_"))))


def find_node(store: ox.Store, iris: Sequence[str]) -> str | None:
    """Return the first of these IRIs of which the graph says anything."""
    for iri in iris:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        if next(iter(store.quads_for_pattern(node, None, None, ox.DefaultGraph())), None):
            return iri
    return None


def describe(store: ox.Store, iri: str) -> Answer:
    """Tell what is said of a node: all its own statements, and the first of others but mentions."""
    node, facts = ox.NamedNode(iri), ox.DefaultGraph()
    own = [_parts(quad) for quad in store.quads_for_pattern(node, None, None, facts)]
    about = (quad for quad in store.quads_for_pattern(None, None, node, facts) if quad.predicate not in _BULK)
    others = sorted(map(_parts, about), key=lambda row: (str(row[1]), str(row[0])))
    rows = sorted({*own, *others[:_MOST]}, key=str)
    return Answer(kind="construct", columns=("subject", "predicate", "object"), rows=tuple(rows))


def _parts(quad: ox.Quad) -> tuple[Term, Term, Term]:
    return quad.subject, quad.predicate, quad.object
