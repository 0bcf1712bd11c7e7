"""A graph -> what pySHACL, which had no part in making it, finds wrong with it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.rdf.vocabulary import ontology_file
from kg.shapes.rules import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph
    import rdflib
    from rdflib.term import Node


def validate(store: pyoxigraph.Store) -> Iterator[Violation]:
    """Yield what breaks a shape (``ontology/shapes.ttl``) in the default graph of a store."""
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
            value=_text(report.value(result, rdflib.SH.value)),
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


def _text(term: Node | None) -> str:
    return "" if term is None else str(term)  # a literal 0 is false, and still a value


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
