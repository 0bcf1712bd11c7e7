"""A store -> what it says about one node, looked up as it is needed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_LANGUAGES = ("", "en", "ko")
"""Which name is shown where a node has several: a proper name, else the English, else the Korean one."""


class Facts:
    """The default graph of a store, read by subject or by object; IRIs and values are plain strings.

    Nothing is said about an empty subject, so that what is missing can be asked for its facts.

    Args:
        store: the store with every fact in its default graph.
        remember: keep what was looked up, for who asks the same again and again of a few nodes.
    """

    def __init__(self, store: ox.Store, *, remember: bool = False) -> None:
        self._store = store
        self._objects = cache(self._find_objects) if remember else self._find_objects

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a property, sorted."""
        return sorted(term.value for term in self._objects(subject, predicate))  # type: ignore[union-attr]

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the object of a property, the first where there are several, None where there is none."""
        return min(self.values(subject, predicate), default=None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have this IRI as their property, sorted."""
        return sorted(quad.subject.value for quad in self._match(None, predicate, value))  # type: ignore[union-attr]

    def names(self, node: str) -> list[tuple[str, str]]:
        """Return the names of a node with their language tags (or an empty string), preferred ones first."""
        literals = (self.literals(node, SKOS.prefLabel), self.literals(node, SKOS.altLabel))
        return [text for texts in literals for text in sorted(texts, key=_order)]

    def name(self, node: str) -> str:
        """Return what a node is called, or the end of its IRI if it has no name."""
        names = self.literals(node, SKOS.prefLabel) or self.literals(node, RDFS.label)
        return min(names, key=_order)[0] if names else node.rsplit("/", 1)[-1]

    def literals(self, node: str, predicate: str) -> list[tuple[str, str]]:
        """Return the texts of a property with their language tags (or an empty string), in no order."""
        found = self._objects(node, predicate)
        return [(term.value, term.language or "") for term in found if isinstance(term, ox.Literal)]

    def _find_objects(self, subject: str, predicate: str) -> list[_Object]:
        return [quad.object for quad in self._match(subject, predicate, None)]

    def _match(self, subject: str | None, predicate: str, value: str | None) -> Iterator[ox.Quad]:
        if not (subject or value):
            return iter(())
        return self._store.quads_for_pattern(
            None if subject is None else ox.NamedNode(subject),
            ox.NamedNode(predicate),
            None if value is None else ox.NamedNode(value),
            ox.DefaultGraph(),
        )


def _order(text: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    _, language = text
    return _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES), text


def kind_of(node: str) -> str:
    """Return the folder of an IRI of ours (``paper``, ``model``, ``org``), or an empty string."""
    return node[len(BASE) :].partition("/")[0] if node.startswith(BASE) else ""
