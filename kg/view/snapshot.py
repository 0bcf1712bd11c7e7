"""A store -> its facts in memory, each property read whole when it is first asked for.

A page needs a few properties of nearly everything. Looking those up one by one in a store on disk is five
times slower than reading their columns.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.facts import Facts, kind_of
from kg.network import KINDS, Edge, Node
from kg.rdf.prefixes import compact
from kg.rdf.vocabulary import DCTERMS, FAIR4ML, KG, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATIONS = (
    DCTERMS.creator, FAIR4ML.trainedOn, KG.addresses, KG.developedBy, KG.evaluatesOn, KG.forTask,
    KG.introduces, KG.mentions, KG.outperforms, KG.usesDataset, KG.usesMethod, KG.variantOf, SKOS.closeMatch,
)  # fmt: skip
"""The properties that relate two nodes."""


class Snapshot(Facts):
    """The facts of a store as they are now; as `Facts`, but a second look-up of a property takes no time.

    Args:
        store: the store with every fact in its default graph.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self._columns: dict[str, dict[str, list[str]]] = {}
        self._inverse: dict[str, dict[str, list[str]]] = {}
        self._texts: dict[str, dict[str, list[tuple[str, str]]]] = {}

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every paper, entity and author, by kind and then by IRI."""
        named = [
            (kind, iri) for iri in self._literal_column(SKOS.prefLabel) if (kind := kind_of(iri)) in KINDS
        ]
        ordered = sorted((KINDS.index(kind), iri, kind) for kind, iri in named)
        return tuple(Node(iri, self.name(iri), kind) for _, iri, kind in ordered)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every statement that relates two nodes, in their order."""
        order = {node.iri: number for number, node in enumerate(self.nodes)}
        found = sorted(
            (order[subject], compact(predicate), order[target])
            for predicate in RELATIONS
            for subject, targets in self._column(predicate).items()
            if subject in order
            for target in targets
            if target in order
        )
        return tuple(Edge(self.nodes[a].iri, self.nodes[b].iri, relation) for a, relation, b in found)

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a property, sorted."""
        return self._column(predicate).get(subject, [])

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the object of a property, the first where there are several, None where there is none."""
        values = self._column(predicate).get(subject)
        return values[0] if values else None

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have this IRI as their property, sorted."""
        if predicate not in self._inverse:
            self._inverse[predicate] = _invert(self._column(predicate))
        return self._inverse[predicate].get(value, [])

    def members(self, kind: str) -> frozenset[str]:
        """Return what is of a class; looked up in the store, for nearly everything has a type."""
        return frozenset(super().subjects(RDF.type, kind))

    def literals(self, node: str, predicate: str) -> list[tuple[str, str]]:
        """Return the texts of a property with their language tags (or an empty string), in no order."""
        return self._literal_column(predicate).get(node, [])

    def _column(self, predicate: str) -> dict[str, list[str]]:
        column = self._columns.get(predicate)
        return self._read_column(predicate) if column is None else column

    def _read_column(self, predicate: str) -> dict[str, list[str]]:
        column: dict[str, list[str]] = {}
        for subject, term in self._read(predicate):
            values = column.get(subject)
            if values is None:
                column[subject] = [term.value]
            else:
                values.append(term.value)
                values.sort()
        self._columns[predicate] = column
        return column

    def _literal_column(self, predicate: str) -> dict[str, list[tuple[str, str]]]:
        if predicate not in self._texts:
            column: dict[str, list[tuple[str, str]]] = {}
            for subject, term in self._read(predicate):
                if isinstance(term, ox.Literal):
                    column.setdefault(subject, []).append((term.value, term.language or ""))
            self._texts[predicate] = column
        return self._texts[predicate]

    def _read(self, predicate: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph()):
            assert isinstance(quad.subject, ox.NamedNode)  # instance data has no blank nodes
            assert isinstance(quad.object, ox.NamedNode | ox.Literal)
            yield quad.subject.value, quad.object


def _invert(column: dict[str, list[str]]) -> dict[str, list[str]]:
    inverse: dict[str, list[str]] = {}
    for subject in sorted(column):
        for value in column[subject]:
            inverse.setdefault(value, []).append(subject)
    return inverse
