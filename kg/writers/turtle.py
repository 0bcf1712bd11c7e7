"""A graph -> Turtle for people: grouped by kind and subject, prefixes that are used, always in one order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.rdf.prefixes import PREFIXES, compact
from kg.rdf.subjects import Subject, read_subjects, section_of
from kg.rdf.vocabulary import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyoxigraph as ox

SUFFIXES = (".ttl", ".trig")
"""TriG without a named graph is Turtle: every fact stands in the default graph."""

_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+\Z"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    XSD.boolean: re.compile(r"(?:true|false)\Z"),
}
"""The literals that Turtle reads without quotes, by their datatype."""


_WIDTH = 80
_QUOTE = '"'  # ends a plain string, which stays as it is and is not worth remembering


class _Terms(dict[str, str]):
    """N-Triples term -> Turtle term, each made once."""

    def __missing__(self, term: str) -> str:
        self[term] = made = _shorten(term[1:-1]) if term[0] == "<" else _write_typed(term)
        return made


_TYPE = f"<{RDF.type}>"


def render(store: ox.Store) -> Iterator[str]:
    """Yield the export: its prefixes, then one block a subject under a heading for each kind."""
    terms = _Terms()
    section = None
    blocks = []
    for subject in read_subjects(store):
        if section_of(subject.iri) != section:
            section = section_of(subject.iri)
            blocks.append(f"\n# {section or 'other'}\n")
        blocks.append(_write_block(subject, terms))
    yield from _write_prefixes(terms)
    yield from blocks


def _write_block(subject: Subject, terms: _Terms) -> str:
    lines = [
        f"{'a' if predicate == _TYPE else terms[predicate]} "
        + _write_objects([o if o[-1] == _QUOTE else terms[o] for o in objects])
        for predicate, objects in subject.facts
    ]
    return f"\n{terms[subject.iri]} " + " ;\n    ".join(lines) + " .\n"


def _write_objects(objects: Sequence[str]) -> str:
    """Join the objects of one predicate, as many to a line as are easily read."""
    if len(objects) == 1:
        return objects[0]
    if sum(map(len, objects)) < _WIDTH:
        return ", ".join(objects)
    return ",\n        ".join(objects)


def _write_prefixes(terms: _Terms) -> Iterator[str]:
    """Yield the declaration of each prefix that a written term begins with."""
    used = {made.split(":", 1)[0] for made in terms.values() if made[0] not in '<"'}
    used |= {made.rsplit("^^", 1)[1].split(":", 1)[0] for made in terms.values() if "^^" in made}
    for prefix, iri in PREFIXES.items():
        if prefix in used:
            yield f"@prefix {prefix}: <{iri}> .\n"


def _shorten(iri: str) -> str:
    short = compact(iri)
    return f"<{iri}>" if short is iri else short


def _write_typed(literal: str) -> str:
    """Write a literal with a language or a datatype; N-Triples' quotes and escapes are Turtle's as well."""
    if literal[-1] != ">":
        return literal
    quoted, datatype = literal[:-1].rsplit("^^<", 1)
    bare = _BARE.get(datatype)
    if bare and bare.match(quoted, 1, len(quoted) - 1):
        return quoted[1:-1]
    return f"{quoted}^^{_shorten(datatype)}"
