"""A graph -> its problems: what the shapes of the ontology and the house rules find wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

from kg.rdf.prefixes import PREFIXES
from kg.rdf.vocabulary import ontology_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph
    import rdflib
    from rdflib.term import Node

_SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One problem of one node.

    ``severity`` is ``Violation``, ``Warning`` or ``Info``; ``message`` is the broken rule in plain words;
    ``focus`` is the node's IRI; ``path`` the property's IRI (``^`` before it: read backwards), or empty;
    ``value`` the IRI or text that is wrong, or empty where something is missing.
    """

    severity: str
    message: str
    focus: str
    path: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One house rule: its words, and the query that selects ``?focus ?path ?value`` of what breaks it."""

    name: str
    message: str
    query: str


def check(store: pyoxigraph.Store) -> tuple[Violation, ...]:
    """Check the default graph of a store.

    Returns:
        Every problem once, the gravest first, then by rule and node; nothing when the graph conforms.
    """
    found = {*check_rules(store), *check_shapes(store)}
    return tuple(sorted(found, key=_order))


def _order(found: Violation) -> tuple[int, str, str, str, str]:
    return (_SEVERITIES.index(found.severity), found.message, found.focus, found.path, found.value)


def check_rules(store: pyoxigraph.Store) -> Iterator[Violation]:
    """Yield what breaks a house rule (``kg/data/checks``)."""
    for rule in load_rules():
        rows = cast("pyoxigraph.QuerySolutions", store.query(rule.query, prefixes=dict(PREFIXES)))
        for row in rows:
            cells = {name: _text(row, name) for name in ("focus", "path", "value")}
            yield Violation(severity="Violation", message=rule.message, **cells)


def _text(row: pyoxigraph.QuerySolution, name: str) -> str:
    try:
        term = row[name]
    except KeyError:
        return ""
    return "" if term is None else str(getattr(term, "value", term))


@cache
def load_rules() -> tuple[Rule, ...]:
    """Read the house rules, by name; the first line of each is a comment that says the rule."""
    files = sorted(resources.files("kg").joinpath("data", "checks").iterdir(), key=lambda file: file.name)
    return tuple(
        _parse_rule(file.name.removesuffix(".rq"), file.read_text(encoding="utf8"))
        for file in files
        if file.name.endswith(".rq")
    )


def _parse_rule(name: str, text: str) -> Rule:
    message = text.partition("\n")[0].removeprefix("#").strip()
    return Rule(name=name, message=message, query=text)


def check_shapes(store: pyoxigraph.Store) -> Iterator[Violation]:
    """Yield what breaks a shape (``ontology/shapes.ttl``)."""
    import pyshacl
    import rdflib

    _, report, _ = pyshacl.validate(_copy(store), shacl_graph=_load_shapes(), inplace=True)
    assert isinstance(report, rdflib.Graph)
    for result in report.objects(None, rdflib.SH.result):
        yield Violation(
            severity=str(report.value(result, rdflib.SH.resultSeverity)).rpartition("#")[2],
            message=str(report.value(result, rdflib.SH.resultMessage)),
            focus=str(report.value(result, rdflib.SH.focusNode)),
            path=_path(report, report.value(result, rdflib.SH.resultPath)),
            value=str(report.value(result, rdflib.SH.value) or ""),
        )


@cache
def _load_shapes() -> rdflib.Graph:
    """Read the shapes, and let every property shape have the targets of the node shape that holds it.

    The meaning is the same, but pySHACL then looks at a property of all nodes at once, not node by node.
    """
    import rdflib
    from rdflib import SH

    shapes = rdflib.Graph().parse(ontology_file("shapes.ttl"), format="turtle")
    for holder, shape in list(shapes.subject_objects(SH.property)):
        for kind in (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf):
            for target in shapes.objects(holder, kind):
                shapes.add((shape, kind, target))
        shapes.remove((holder, SH.property, shape))
    return shapes


def _path(report: rdflib.Graph, path: Node | None) -> str:
    from rdflib import SH

    backwards = report.value(path, SH.inversePath)
    return f"^{backwards}" if backwards else str(path or "")


def _copy(store: pyoxigraph.Store) -> rdflib.Graph:
    """Copy the default graph into rdflib's memory, which pySHACL reads far faster than the store itself."""
    import pyoxigraph
    import rdflib

    text = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    return rdflib.Graph().parse(data=text, format="nt")
