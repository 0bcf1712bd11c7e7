"""The file of shapes -> its shapes: whom each looks at, through what, and what it demands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.prefixes import PREFIXES
from kg.rdf.vocabulary import RDF, ontology_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    Node = ox.NamedNode | ox.BlankNode
    Term = ox.NamedNode | ox.Literal | dict[str, list["Term"]]

_SH = PREFIXES["sh"]
_TARGETS = ("targetClass", "targetObjectsOf", "targetSubjectsOf")
_FIRST, _REST = (PREFIXES["rdf"] + name for name in ("first", "rest"))
_SAID = (*_TARGETS, "path", "message", "severity", "property")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One shape that says a rule.

    ``targets`` are pairs of ``targetClass``, ``targetObjectsOf`` or ``targetSubjectsOf`` and an IRI; ``path``
    is the property's IRI (``^`` before it: read backwards), or empty where the nodes themselves are judged;
    ``demands`` has the constraints by SHACL's names: the terms of a list, or what several shapes demand.
    """

    message: str
    severity: str
    targets: tuple[tuple[str, str], ...]
    path: str
    demands: dict[str, list[Term]]


def read_shapes(name: str = "shapes.ttl") -> list[Shape]:
    """Read the shapes of a file of the ontology, by message.

    Raises:
        InputError: a shape says no message.
    """
    file = _File(name)
    return sorted(file.shapes(), key=lambda shape: shape.message)


class _File:
    """A file of shapes, loaded."""

    def __init__(self, name: str) -> None:
        self._name, self._store = name, ox.Store()
        self._store.load(path=ontology_file(name), format=ox.RdfFormat.TURTLE)

    def shapes(self) -> Iterator[Shape]:
        kind = ox.NamedNode(f"{_SH}NodeShape")
        for holder in self._store.quads_for_pattern(None, ox.NamedNode(RDF.type), kind):
            node = cast("Node", holder.subject)
            targets = sorted((way, term.value) for way in _TARGETS for term in self._nodes(node, way))
            for shape in self._nodes(node, "property"):
                yield self._shape(shape, targets)
            if self._objects(node, "message"):
                yield self._shape(node, targets)

    def _shape(self, node: Node, targets: list[tuple[str, str]]) -> Shape:
        messages = self._objects(node, "message")
        if len(messages) != 1:
            raise InputError(self._name, None, "a shape without words", "one sh:message in each")
        (severity,) = self._nodes(node, "severity")
        return Shape(
            message=cast("ox.Literal", messages[0]).value,
            severity=severity.value.removeprefix(_SH),
            targets=tuple(targets),
            path=self._path(node),
            demands=self._demands(node),
        )

    def _path(self, node: Node) -> str:
        for path in self._nodes(node, "path"):
            backwards = self._nodes(path, "inversePath")
            return f"^{backwards[0].value}" if backwards else path.value
        return ""

    def _demands(self, node: Node) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for quad in self._store.quads_for_pattern(node, None, None):
            name = quad.predicate.value.removeprefix(_SH)
            if name not in _SAID and quad.predicate.value != RDF.type:
                found.setdefault(name, []).extend(self._terms(quad.object))
        return found

    def _terms(self, node: object) -> Iterator[Term]:
        """Yield a term, the members of a list, or what a shape within a shape demands."""
        if not isinstance(node, ox.BlankNode):
            yield cast("Term", node)
            return
        members = self._objects(node, _FIRST)
        if not members:
            yield self._demands(node)
        while members:
            yield from self._terms(members[0])
            (node,) = self._nodes(cast("Node", node), _REST)
            members = self._objects(node, _FIRST)

    def _nodes(self, node: Node, name: str) -> list[Node]:
        return [cast("Node", term) for term in self._objects(node, name)]

    def _objects(self, node: Node, name: str) -> list[object]:
        """Return what a property leads to; its name is one of SHACL's, or an IRI."""
        link = ox.NamedNode(name if ":" in name else _SH + name)
        return [quad.object for quad in self._store.quads_for_pattern(node, link, None)]
