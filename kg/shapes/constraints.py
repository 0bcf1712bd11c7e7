"""The shapes of the ontology -> queries, a few for each shape, that select what breaks it.

SHACL's core constraints mean what they mean in SHACL; here each is a pattern of SPARQL that a store of
millions of statements answers in about a second: properties are counted before anyone is asked whose they
are, and values are looked at before their nodes.

>>> [rule.name for rule in compile_shapes() if rule.message == "An authorship has one author."]
['minCount', 'maxCount']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError
from kg.rdf.prefixes import PREFIXES
from kg.rdf.vocabulary import RDF
from kg.shapes.declared import read_shapes
from kg.shapes.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.shapes.declared import Shape, Term

_XSD = PREFIXES["xsd"]
_QUALIFIED = "qualifiedValueShape"


@cache
def compile_shapes() -> tuple[Rule, ...]:
    """Write the queries for all shapes of ``ontology/shapes.ttl``.

    Raises:
        InputError: a shape demands what we have no query for.
    """
    return tuple(rule for shape in read_shapes() for rule in compile_shape(shape))


def compile_shape(shape: Shape) -> Iterator[Rule]:
    """Yield the queries for one shape: one for each constraint on a node, one for all on a single value."""
    tests = []
    for name, terms in sorted(shape.demands.items(), key=lambda demand: _rank(shape, demand[0])):
        if name in _OF_NODES:
            for term in terms:
                yield _make_rule(shape, name, _OF_NODES[name](shape, term))
        elif name in _OF_VALUES:
            tests.append(_OF_VALUES[name](terms))
    if tests:
        yield _make_rule(shape, "value", _select_values(shape, " && ".join(tests)))


def _rank(shape: Shape, name: str) -> int:
    known = [*_OF_NODES, *_OF_VALUES, _QUALIFIED]
    if name not in known:
        wrong = f"sh:{name} in “{shape.message}”"
        raise InputError("shapes.ttl", None, wrong, f"one of {', '.join(known)}")
    return known.index(name)


def _make_rule(shape: Shape, name: str, pattern: str) -> Rule:
    path = f'BIND("{shape.path}" AS ?path)' if shape.path else ""
    query = f"SELECT DISTINCT ?focus ?path ?value {{\n  {pattern}\n  {path}\n}}"
    return Rule(name=name, message=shape.message, query=query, severity=shape.severity)


# ---------------------------------------------------------------- whom a shape looks at


def _target(shape: Shape) -> str:
    """The pattern of ``?focus``."""
    classes = " ".join(f"<{iri}>" for way, iri in shape.targets if way == "targetClass")
    from_ = " ".join(f"<{iri}>" for way, iri in shape.targets if way == "targetSubjectsOf")
    to = " ".join(f"<{iri}>" for way, iri in shape.targets if way == "targetObjectsOf")
    ways = [
        classes and f"{{ VALUES ?class {{ {classes} }} ?focus <{RDF.type}> ?class }}",
        from_ and f"{{ VALUES ?from {{ {from_} }} ?focus ?from ?end }}",
        to and f"{{ VALUES ?to {{ {to} }} ?start ?to ?focus }}",
    ]
    return " UNION ".join(way for way in ways if way)


def _among(shape: Shape, pattern: str) -> str:
    """The pattern, of the shape's targets alone.

    A class has many members and few that break a rule, so these are looked up; what links lead to is far
    less than all that the property is said of, so it comes first.
    """
    if any(way == "targetClass" for way, _ in shape.targets):
        return f"{{ {pattern} }} FILTER EXISTS {{ {_target(shape)} }}"
    return f"{{ SELECT DISTINCT ?focus {{ {_target(shape)} }} }} {pattern}"


# ---------------------------------------------------------------- what is demanded of a node


def _step(shape: Shape, value: str = "?value") -> str:
    """The triple pattern from ``?focus`` by the shape's path."""
    if shape.path.startswith("^"):
        return f"{value} <{shape.path[1:]}> ?focus"
    return f"?focus <{shape.path}> {value}"


def _count(step: str, condition: str) -> str:
    return f"{{ SELECT ?focus {{ {step} }} GROUP BY ?focus HAVING (COUNT(?each) {condition}) }}"


def _too_few(shape: Shape, least: Term) -> str:
    enough = _count(_counted(shape), f">= {_number(least)}")
    return f"{{ SELECT DISTINCT ?focus {{ {_target(shape)} }} }} MINUS {enough}"


def _too_many(shape: Shape, most: Term) -> str:
    return _among(shape, _count(_counted(shape), f"> {_number(most)}"))


def _counted(shape: Shape) -> str:
    """What is counted: all values, or those of the qualified shape."""
    within = ""
    for qualified in shape.demands.get(_QUALIFIED, ()):
        assert isinstance(qualified, dict)
        if set(qualified) != {"in"}:
            raise InputError("shapes.ttl", None, f"sh:{_QUALIFIED} with {sorted(qualified)}", "sh:in alone")
        within = f"VALUES ?each {{ {_list(qualified['in'])} }} "
    return within + _step(shape, "?each")


def _same_language(shape: Shape, _: Term) -> str:
    group = f"{{ {_step(shape, '?each')} }} GROUP BY ?focus (LCASE(LANG(?each)) AS ?tag)"
    return _among(shape, f'{{ SELECT ?focus {group} HAVING (?tag != "" && COUNT(?each) > 1) }}')


def _shared(shape: Shape, other: Term) -> str:
    return _among(shape, f"{_step(shape)} . ?focus {other} ?value")


def _not_less(shape: Shape, other: Term) -> str:
    return _among(shape, f"{_step(shape)} . ?focus {other} ?more FILTER(!COALESCE(?value < ?more, false))")


_OF_NODES: dict[str, Callable[[Shape, Term], str]] = {
    "minCount": _too_few, "maxCount": _too_many,
    "qualifiedMinCount": _too_few, "qualifiedMaxCount": _too_many,
    "uniqueLang": _same_language, "disjoint": _shared, "lessThan": _not_less,
}  # fmt: skip
"""Constraint -> the pattern of what breaks it."""


# ---------------------------------------------------------------- what is demanded of a single value


def _select_values(shape: Shape, test: str) -> str:
    """The pattern of values that fail a test; what cannot be tested (a link by its length) fails."""
    failing = f"FILTER(!COALESCE({test}, false))"
    if shape.path:
        return _among(shape, f"{_step(shape)} {failing}")
    return f"{{ SELECT DISTINCT ?focus {{ {_target(shape)} }} }} BIND(?focus AS ?value) {failing}"


def _is_of_type(terms: list[Term]) -> str:
    """Said to be of the type, and written as its values are."""
    (term,) = terms
    assert isinstance(term, ox.NamedNode)
    written = "" if term.value == f"{_XSD}string" else f" && isLiteral({term}(STR(?value)))"
    return f"DATATYPE(?value) = {term}{written}"


def _is_of_kind(terms: list[Term]) -> str:
    (term,) = terms
    return {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}[str(term).rpartition("#")[2].rstrip(">")]


def _is_one_of(terms: list[Term]) -> str:
    return "(" + " || ".join(f"sameTerm(?value, {term})" for term in terms) + ")"


def _is_any(terms: list[Term]) -> str:
    """Passes the tests of one of several shapes."""
    either = [
        " && ".join(_OF_VALUES[name](inner) for name, inner in sorted(term.items()))
        for term in terms
        if isinstance(term, dict)
    ]
    return "(" + " || ".join(f"COALESCE({each}, false)" for each in either) + ")"


def _compare(test: str) -> Callable[[list[Term]], str]:
    return lambda terms: " && ".join(test.format(term) for term in terms)


_OF_VALUES: dict[str, Callable[[list[Term]], str]] = {
    "nodeKind": _is_of_kind,
    "datatype": _is_of_type,
    "minLength": _compare("STRLEN(STR(?value)) >= {}"),
    "pattern": _compare("REGEX(STR(?value), {})"),
    "minInclusive": _compare("?value >= {}"),
    "maxInclusive": _compare("?value <= {}"),
    "minExclusive": _compare("?value > {}"),
    "in": _is_one_of,
    "class": _compare(f"EXISTS {{{{ ?value <{RDF.type}> {{}} }}}}"),
    "or": _is_any,
}
"""Constraint -> the test that a value must pass."""


def _number(term: Term) -> int:
    assert isinstance(term, ox.Literal)
    return int(term.value)


def _list(terms: list[Term]) -> str:
    return " ".join(str(term) for term in terms)
