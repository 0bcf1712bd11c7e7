"""A graph -> RDF/XML, one description a subject, for tools that read nothing else."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.rdf.prefixes import PREFIXES, compact
from kg.rdf.subjects import parse_literal, read_subjects
from kg.rdf.vocabulary import XSD
from kg.text.markup import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.rdf.subjects import Subject

SUFFIXES = (".rdf",)

_TAIL = re.compile(r"[^\W\d][\w.-]*\Z")
"""The end of an IRI that may be the local part of an XML name."""


def render(store: ox.Store) -> Iterator[str]:
    """Yield the export; XML 1.0 cannot hold control characters, so those are left out of literals.

    Raises:
        UsageError: a property's IRI cannot be written as an XML name.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for prefix, iri in PREFIXES.items():
        yield f'\n    xmlns:{prefix}="{escape(iri)}"'
    yield ">\n"
    for subject in read_subjects(store):
        yield _write_subject(subject)
    yield "</rdf:RDF>\n"


def _write_subject(subject: Subject) -> str:
    lines = [f'<rdf:Description rdf:about="{escape(subject.iri[1:-1])}">']
    for predicate, objects in subject.facts:
        name, declaration = _name_property(predicate[1:-1])
        lines += [f"  <{name}{declaration}{_write_object(term, name)}" for term in objects]
    return "\n".join([*lines, "</rdf:Description>\n"])


@cache
def _name_property(iri: str) -> tuple[str, str]:
    """Return an element's name, and the declaration of its namespace where that is none of ours."""
    short = compact(iri)
    local = short.partition(":")[2]
    if short is not iri and _TAIL.match(local):
        return short, ""
    tail = _TAIL.search(iri)
    if tail is None:
        raise UsageError(f"RDF/XML cannot name the property {iri}; expected a letter before its last part")
    return f"p:{tail.group()}", f' xmlns:p="{escape(iri[: tail.start()])}"'


def _write_object(term: str, name: str) -> str:
    if term[0] == "<":
        return f' rdf:resource="{escape(term[1:-1])}"/>'
    value, datatype, language = parse_literal(term)
    if language:
        attribute = f' xml:lang="{language}"'
    else:
        attribute = "" if datatype == XSD.string else f' rdf:datatype="{escape(datatype)}"'
    return f"{attribute}>{escape(value)}</{name}>"
