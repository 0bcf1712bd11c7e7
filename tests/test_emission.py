"""The graph says only what the ontology declares, and says all of it that is not marked as reserved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import kg
from kg.rdf.prefixes import PREFIXES
from kg.rdf.vocabulary import KG, RDF, ontology_file
from kg.resolution.catalogue import FOLDER
from tests.factories import make_graph
from tests.test_pipeline import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BUILT_IN = (PREFIXES["rdf"], PREFIXES["rdfs"])
RESERVED = ox.Literal("reserved")
_SAYS_TERMS = {RDF.type, KG.direction, KG.reportedBy}
"""Properties whose objects are terms of a vocabulary."""


@pytest.fixture(scope="module")
def emitted(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every class and property that the graphs of the seeds, of the sample and of two odd digests use."""
    odd = tmp_path_factory.mktemp("odd")
    for name, value in (
        ("a.md", "61.5"),
        ("b.md", "72.5"),
    ):  # they disagree, one names no metric, one says a task
        text = f"GPT-4o reaches {value}% accuracy on MATH-500. GPT-4o achieves {value}% on AIME 2024."
        text += " HumanEval is a benchmark for code generation."
        digest(odd, name, text=text)
    stores = (kg.build([SEEDS]).store.graph, make_graph().store.graph, kg.build([odd]).store.graph)
    return {iri for store in stores for iri in _terms(store)}


def _terms(store: ox.Store) -> Iterator[str]:
    for quad in store:
        if str(quad.subject).startswith(f"<{FOLDER}"):
            continue  # the graph's description of itself, in VoID, DCAT and SHACL as they are
        yield quad.predicate.value
        if isinstance(quad.object, ox.NamedNode) and quad.predicate.value in _SAYS_TERMS:
            yield quad.object.value


@pytest.fixture(scope="module")
def declared() -> dict[str, bool]:
    """Every term of our own namespace -> whether it is marked as reserved; foreign terms that are listed."""
    store = ox.Store()
    store.load(path=str(ontology_file("kg.ttl")), format=ox.RdfFormat.TURTLE)
    terms = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    status = ox.NamedNode(KG.status)
    reserved = {q.subject.value for q in store.quads_for_pattern(None, status, RESERVED, None)}  # type: ignore[union-attr]
    return {term: term in reserved for term in terms}


def _own(terms: Iterator[str] | set[str]) -> set[str]:
    namespace = KG.Paper[: -len("Paper")]
    return {term for term in terms if term.startswith(namespace) and len(term) > len(namespace)}


def test_nothing_is_said_that_is_not_declared(emitted: set[str], declared: dict[str, bool]) -> None:
    ours = "https://w3id.org/paperkg/"
    foreign = {term for term in emitted if not term.startswith((ours, *BUILT_IN))}
    assert _own(emitted) <= set(declared)
    assert foreign <= set(declared)


def test_nothing_is_declared_that_is_never_said(emitted: set[str], declared: dict[str, bool]) -> None:
    about_terms = {KG.status, KG.Direction, KG.Party}  # these describe the vocabulary, not papers
    silent = _own(set(declared)) - emitted - about_terms
    assert silent == {term for term in _own(set(declared)) if declared[term]} - about_terms
