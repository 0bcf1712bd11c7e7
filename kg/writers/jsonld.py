"""A graph -> JSON-LD: the context of the vocabulary inlined, one object a subject, one subject a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.rdf.prefixes import compact
from kg.rdf.subjects import parse_literal, read_subjects
from kg.rdf.vocabulary import RDF, XSD, read_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from kg.rdf.subjects import Subject

SUFFIXES = (".jsonld",)


@dataclass(frozen=True, slots=True)
class Term:
    """What a context says of one property: its name, and the type that its plain strings have."""

    name: str
    coercion: str | None


def render(store: ox.Store) -> Iterator[str]:
    """Yield the export: the context, then every subject in the order of all exports."""
    context = read_context()
    terms = read_terms(context)
    yield f'{{\n"@context": {_dump(context)},\n"@graph": ['
    separator = "\n"
    for subject in read_subjects(store):
        yield f"{separator}{_dump(_make_node(subject, terms))}"
        separator = ",\n"
    yield "\n]\n}\n"


def read_terms(context: dict[str, Any]) -> dict[str, Term]:
    """Return property IRI -> the term by which a context abbreviates it; where two do, the first by name."""
    terms: dict[str, Term] = {}
    for name, definition in sorted(context.items()):
        if name.startswith("@"):
            continue
        target = definition if isinstance(definition, str) else definition.get("@id", name)
        coercion = None if isinstance(definition, str) else definition.get("@type")
        if coercion and not coercion.startswith("@"):
            coercion = _expand(coercion, context)
        terms.setdefault(_expand(target, context), Term(name, coercion))
    return terms


def _expand(name: str, context: dict[str, Any]) -> str:
    prefix, colon, local = name.partition(":")
    if not colon or local.startswith("//") or prefix not in context:
        return name
    namespace = context[prefix]
    return (namespace if isinstance(namespace, str) else str(namespace["@id"])) + local


def _make_node(subject: Subject, terms: dict[str, Term]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": compact(subject.iri[1:-1])}
    for predicate, objects in subject.facts:
        iri = predicate[1:-1]
        if iri == RDF.type:
            values: list[Any] = [compact(o[1:-1]) for o in objects]
            name = "@type"
        else:
            term = terms.get(iri) or Term(compact(iri), None)
            values = [_make_value(o, term.coercion) for o in objects]
            name = term.name
        node[name] = values if len(values) > 1 else values[0]
    return node


def _make_value(term: str, coercion: str | None) -> Any:  # a JSON value
    """Write an object as briefly as the context allows: a plain string where its type is understood."""
    if term[0] == "<":
        short = compact(term[1:-1])
        return short if coercion in ("@id", "@vocab") else {"@id": short}
    value, datatype, language = parse_literal(term)
    if language:
        return {"@value": value, "@language": language}
    if datatype == (coercion or XSD.string):
        return value
    if datatype == XSD.string:
        return {"@value": value}
    if datatype == XSD.boolean and value in ("true", "false") and coercion is None:
        return value == "true"
    return {"@value": value, "@type": compact(datatype)}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
