"""Each rule is broken by a change that breaks nothing else, and each such change has its rule."""

import dataclasses
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

from kg.errors import InputError
from kg.rdf.vocabulary import KG, PREFIXES, RDF, ontology_file
from kg.shapes import Violation, check, load_rules
from kg.shapes.constraints import compile_shape, compile_shapes
from kg.shapes.declared import read_shapes
from kg.shapes.rules import find_violations
from kg.shapes.shacl import validate

SAMPLES = Path(__file__).parent / "samples" / "checks"
SHAPES = rdflib.Graph().parse(ontology_file("shapes.ttl"))
RDF_TYPE = pyoxigraph.NamedNode(RDF.type)
NO_CONSTRAINTS = {"path", "message", "severity", "qualifiedValueShape", "targetObjectsOf"}


class Case(NamedTuple):
    """One change to the conforming graph: the rule it breaks, through what, and what breaks with it."""

    message: str
    constraint: str
    beside: frozenset[str]
    update: str


def read_cases() -> list[Case]:
    cases: list[Case] = []
    message = ""
    for line in (SAMPLES / "broken.ru").read_text(encoding="utf8").splitlines():
        if line.startswith("## "):
            message = line[3:]
        elif line.startswith("# ") and message:
            constraint, *beside = line[2:].split(" + ")
            cases.append(Case(message, constraint, frozenset(beside), ""))
        elif line and message:
            cases[-1] = cases[-1]._replace(update=f"{cases[-1].update}{line}\n")
    return cases


CASES = read_cases()


@pytest.fixture
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(path=SAMPLES / "conforming.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    return store


def change(store: pyoxigraph.Store, update: str) -> None:
    before = {str(quad) for quad in store}
    store.update("".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items()) + update)
    assert {str(quad) for quad in store} != before, "the change changes nothing"


def find_by_queries(store: pyoxigraph.Store) -> set[Violation]:
    return {found for rule in compile_shapes() for found in find_violations(store, rule)}


def constraints_of_shapes() -> set[tuple[str, str]]:
    """(message, constraint) of everything that shapes.ttl demands."""
    return {
        (str(message), str(predicate).removeprefix(str(SH)))
        for shape, message in SHAPES.subject_objects(SH.message)
        for predicate in SHAPES.predicates(shape)
        if str(predicate) != RDF.type and str(predicate).removeprefix(str(SH)) not in NO_CONSTRAINTS
    }


def constraints_broken(store: pyoxigraph.Store) -> set[tuple[str, str]]:
    text = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(data=text, format="nt"), shacl_graph=SHAPES)
    assert isinstance(report, rdflib.Graph)
    return {
        (str(message), str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent"))
        for result in report.objects(None, SH.result)
        for component in report.objects(result, SH.sourceConstraintComponent)
        for message in report.objects(result, SH.resultMessage)
    }


def test_the_sample_conforms(store: pyoxigraph.Store) -> None:
    assert check(store) == ()


def test_the_sample_uses_every_class(store: pyoxigraph.Store) -> None:
    declared = rdflib.Graph().parse(ontology_file("kg.ttl"))
    classes = {str(c) for c in declared.subjects(rdflib.RDF.type, rdflib.OWL.Class) if str(c) in set(KG)}
    used = {str(quad.object).strip("<>") for quad in store.quads_for_pattern(None, RDF_TYPE, None)}
    assert classes - used == {KG.Direction, KG.Party}


@pytest.mark.parametrize("case", CASES, ids=[f"{c.constraint}: {c.message}" for c in CASES])
def test_breaking_a_rule_is_noticed(store: pyoxigraph.Store, case: Case) -> None:
    change(store, case.update)
    assert {found.message for found in check(store)} == {case.message} | case.beside
    assert find_by_queries(store) == set(validate(store))
    if case.constraint != "rule":
        component = case.constraint[0].upper() + case.constraint[1:]
        assert (case.message, component) in constraints_broken(store)


ODD = """
DELETE { ?r kg:value ?v } INSERT { ?r kg:value "much"^^xsd:decimal , "1.5"^^xsd:double }
WHERE { ?r kg:value ?v } ;
INSERT { ?i dcterms:issued "2025-13-45"^^xsd:date , "today" , 2025 }
WHERE { ?i a kg:DigestItem } ;
INSERT { ?m kg:openWeights "maybe" ; kg:parameterCount "7B"^^xsd:integer ; skos:altLabel "a"@en , "b"@EN }
WHERE { ?m a kg:Model } ;
INSERT { ?p kg:tag 1 , true , <urn:x> , "\\"'"@ko ; schema:url "x" ; dcterms:title "a\\nb" }
WHERE { ?p a kg:Paper } ;
INSERT { ?m nif:beginIndex "x" ; nif:endIndex <urn:x> ; itsrdf:taConfidence "high" , "2.5"^^xsd:double , 1.5 }
WHERE { ?m a kg:Mention } ;
INSERT { ?x skos:prefLabel "one"@ko , "two"@ko , "three"@KO , "four"@en } WHERE { ?x a kg:Metric }
"""


@pytest.mark.filterwarnings("ignore::UserWarning:rdflib")
def test_our_queries_find_what_another_engine_finds(store: pyoxigraph.Store) -> None:
    """In a graph where everything is broken at once, and in ways that no case has."""
    for case in CASES:
        store.update("".join(f"PREFIX {p}: <{iri}>\n" for p, iri in PREFIXES.items()) + case.update)
    assert find_by_queries(store) == set(validate(store))
    change(store, ODD)
    found = find_by_queries(store)
    assert found == set(validate(store))
    assert len(found) > len(CASES)
    assert set(check(store, shacl=True)) == set(check(store)) > found


def test_a_demand_without_a_query_is_refused() -> None:
    (shape, *_) = read_shapes()
    odd = dataclasses.replace(shape, demands={"hasValue": []})
    with pytest.raises(InputError, match=r"shapes\.ttl: sh:hasValue in “.*”; expected one of minCount"):
        list(compile_shape(odd))


def test_every_rule_has_a_case() -> None:
    rules = {(rule.message, "rule") for rule in load_rules()}
    assert {(case.message, case.constraint) for case in CASES} == constraints_of_shapes() | rules


def test_every_shape_says_message_and_severity() -> None:
    assert (
        set(SHAPES.subjects(SH.path)) <= set(SHAPES.subjects(SH.message)) == set(SHAPES.subjects(SH.severity))
    )
    messages = [str(message) for message in SHAPES.objects(None, SH.message)]
    assert len(messages) == len(set(messages))
    assert all(message.endswith(".") for message in messages)


def test_every_house_rule_says_itself() -> None:
    assert all(rule.message.endswith(".") and rule.query.startswith("# ") for rule in load_rules())


def test_a_violation_says_where_and_what(store: pyoxigraph.Store) -> None:
    change(store, "INSERT DATA { paper:1 kg:tag '' ; schema:url <file:///runner> }")
    change(store, "INSERT DATA { model:walker skos:altLabel 'Walker' }")
    paper = f"{PREFIXES['paper']}1"
    assert check(store) == (
        Violation(
            severity="Violation",
            message="A paper's link is a web address, as an IRI.",
            focus=paper,
            path=f"{PREFIXES['schema']}url",
            value="file:///runner",
        ),
        Violation(
            severity="Violation", message="A paper's tag is plain text, not empty.", focus=paper, path=KG.tag
        ),
        Violation(
            severity="Warning",
            message="A preferred label is not repeated as an alternative label.",
            focus=f"{PREFIXES['model']}walker",
            path=f"{PREFIXES['skos']}prefLabel",
            value="Walker",
        ),
    )


def test_a_path_may_be_read_backwards(store: pyoxigraph.Store) -> None:
    change(store, "INSERT DATA { author:lee a kg:Author ; skos:prefLabel 'Lee Stroll' }")
    assert [found.path for found in check(store)] == [f"^{PREFIXES['dcterms']}creator"]


def test_named_graphs_are_left_alone(store: pyoxigraph.Store) -> None:
    change(store, "INSERT DATA { GRAPH digest:day.md { model:ghost a kg:Model } }")
    assert check(store) == ()
