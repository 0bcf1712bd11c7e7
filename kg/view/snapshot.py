"""A store -> all its facts in memory, for a page that needs most of them.

Looking up half a million mentions one by one in a store on disk takes minutes; one dump takes seconds.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.facts import Facts
from kg.network import KINDS, Edge, Node
from kg.rdf.prefixes import compact
from kg.rdf.subjects import parse_literal, section_of
from kg.rdf.vocabulary import DCTERMS, FOAF, NIF, PROV, SCHEMA, SKOS

_UNREAD = frozenset(
    f"<{iri}>"
    for iri in (
        DCTERMS.title, FOAF.nick, NIF.anchorOf, PROV.used, PROV.wasGeneratedBy, PROV.hadPrimarySource,
        SCHEMA.sha256, SCHEMA.softwareVersion,
    )
)  # fmt: skip
"""What no page shows; a third of all facts."""

_Columns = dict[str, dict[str, list[str]]]


class Snapshot(Facts):
    """The facts of a store as they are now, read at once; as `Facts`, but each look-up takes no time.

    Args:
        store: the store with every fact in its default graph.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self._columns = _read_columns(store)
        self._inverse: _Columns = {}

    def nodes(self) -> list[Node]:
        """Return every paper, entity and author, by kind and then by IRI."""
        named = self._columns.get(f"<{SKOS.prefLabel}>", {})
        found = [(KINDS.index(kind), term, kind) for term in named if (kind := section_of(term)) in KINDS]
        return [Node(term[1:-1], self.name(term[1:-1]), kind) for _, term, kind in sorted(found)]

    def edges(self, nodes: list[Node]) -> list[Edge]:
        """Return every statement that relates two of these nodes, in their order."""
        order = {f"<{node.iri}>": number for number, node in enumerate(nodes)}
        found = sorted(
            (order[subject], predicate, order[term])
            for predicate, by_subject in self._columns.items()
            for subject, terms in by_subject.items()
            if subject in order
            for term in terms
            if term in order
        )
        return [Edge(nodes[a].iri, nodes[b].iri, compact(relation[1:-1])) for a, relation, b in found]

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a property, sorted."""
        terms = self._columns.get(f"<{predicate}>", {}).get(f"<{subject}>", ())
        return sorted(map(_read_value, terms))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have this IRI as their property, sorted."""
        if predicate not in self._inverse:
            self._inverse[predicate] = _invert(self._columns.get(f"<{predicate}>", {}))
        return self._inverse[predicate].get(value, [])

    def _literals(self, node: str, predicate: str) -> list[tuple[str, str]]:
        terms = self._columns.get(f"<{predicate}>", {}).get(f"<{node}>", ())
        literals = [parse_literal(term) for term in terms if not term.startswith("<")]
        return [(literal.value, literal.language or "") for literal in literals]


def _read_columns(store: ox.Store) -> _Columns:
    """Read property -> subject -> objects, all as N-Triples terms."""
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert dump is not None
    columns: _Columns = {}
    for line in dump.decode().split("\n"):  # splitlines() would also cut at characters that literals may hold
        if not line:
            continue
        subject, predicate, rest = line.split(" ", 2)
        if predicate not in _UNREAD:
            columns.setdefault(predicate, {}).setdefault(subject, []).append(rest[:-2])
    return columns


def _read_value(term: str) -> str:
    return term[1:-1] if term.startswith("<") else parse_literal(term).value


def _invert(column: dict[str, list[str]]) -> dict[str, list[str]]:
    inverse: dict[str, list[str]] = {}
    for subject in sorted(column):
        for term in column[subject]:
            inverse.setdefault(_read_value(term), []).append(subject[1:-1])
    return inverse
