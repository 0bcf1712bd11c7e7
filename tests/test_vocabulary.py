"""The ontology's files say what the contract names, in two languages, and the code names what they say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from kg.errors import StoreError, UsageError
from kg.rdf import vocabulary
from kg.rdf.vocabulary import KG, PREFIXES, XSD, compact, expand, ontology_file

CONFORMING = Path(__file__).parent / "samples" / "checks" / "conforming.ttl"
CONTRACT = """
    Paper Author Organization Model Method Benchmark Dataset Metric Task Result Score Gain
    Comparison Mention Digest DigestItem Extraction higherIsBetter lowerIsBetter firstParty
    thirdParty discusses upvotes mentions introduces evaluatesOn usesMethod addresses reports system
    benchmark metric impliedMetric value high unit rawValue setting baseline baselineValue better
    worse on outperforms direction usesDataset forTask developedBy parameterCount openWeights
    reportedBy conflictsWith tag variantOf
"""
ONTOLOGY = rdflib.Graph().parse(ontology_file("kg.ttl"))
SHAPES = rdflib.Graph().parse(ontology_file("shapes.ttl"))
HEADER = URIRef("https://w3id.org/paperkg/ontology")
OWN = sorted({str(s) for s in ONTOLOGY.subjects() if str(s).startswith(PREFIXES["kg"])})
CLASSES, PROPERTIES = (
    {str(term) for kind in kinds for term in ONTOLOGY.subjects(RDF.type, kind)}
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty))
)
PARENTS = (RDFS.subClassOf, RDFS.subPropertyOf)
BUILT_IN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd", "sh", "vann"))
HANGUL = re.compile("[가-힣]")


def constants() -> set[str]:
    namespaces = [
        value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, type)
    ]
    return {term for namespace in namespaces for term in namespace}  # type: ignore[attr-defined]


def anchors() -> set[str]:
    """Foreign terms that only say what ours are kinds of."""
    return {str(o) for parent in PARENTS for o in ONTOLOGY.objects(None, parent)} | {
        f"{PREFIXES['schema']}domainIncludes",
        f"{PREFIXES['schema']}rangeIncludes",
    }


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_two_parsers_read_the_same(name: str) -> None:
    triples = list(pyoxigraph.parse(path=ontology_file(name), format=pyoxigraph.RdfFormat.TURTLE))
    assert len(triples) == len(rdflib.Graph().parse(ontology_file(name))) > 500


def test_the_header_says_version_and_licence() -> None:
    version = ONTOLOGY.value(HEADER, OWL.versionInfo)
    assert ONTOLOGY.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")
    assert isinstance(ONTOLOGY.value(HEADER, rdflib.DCTERMS.license), URIRef)
    for predicate in (rdflib.DCTERMS.title, rdflib.DCTERMS.description):
        assert {o.language for o in ONTOLOGY.objects(HEADER, predicate)} == {"en", "ko"}  # type: ignore[attr-defined]


def test_every_term_of_the_contract_is_declared() -> None:
    assert {expand(f"kg:{name}") for name in CONTRACT.split()} <= CLASSES | PROPERTIES | set(OWN)


@pytest.mark.parametrize("term", OWN, ids=compact)
def test_a_term_is_explained_in_both_languages(term: str) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        texts = {o.language: str(o) for o in ONTOLOGY.objects(URIRef(term), predicate)}  # type: ignore[attr-defined]
        assert sorted(texts) == ["en", "ko"]
        assert HANGUL.search(texts["ko"])
        assert not HANGUL.search(texts["en"])
        assert all(text.endswith(".") == (predicate == RDFS.comment) for text in texts.values())
    assert list(ONTOLOGY.objects(URIRef(term), RDFS.isDefinedBy)) == [HEADER]


@pytest.mark.parametrize("term", OWN, ids=compact)
def test_an_example_is_turtle_that_uses_its_term(term: str) -> None:
    (example,) = ONTOLOGY.objects(URIRef(term), SKOS.example)
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    triples = pyoxigraph.parse(input=f"{prefixes}{example}", format=pyoxigraph.RdfFormat.TURTLE)
    assert f"<{term}>" in {str(part) for quad in triples for part in quad}


def test_code_and_ontology_name_the_same_terms() -> None:
    assert set(KG) == set(OWN)


def test_code_and_ontology_reuse_the_same_terms() -> None:
    reused = {term for term in CLASSES | PROPERTIES if not term.startswith(PREFIXES["kg"])} - anchors()
    assert {term for term in constants() if not term.startswith((PREFIXES["kg"], *BUILT_IN))} == reused


@pytest.mark.parametrize("term", sorted((CLASSES | PROPERTIES) - set(OWN)))
def test_a_foreign_term_carries_its_name_and_home(term: str) -> None:
    assert ONTOLOGY.value(URIRef(term), RDFS.label)
    home = str(ONTOLOGY.value(URIRef(term), RDFS.isDefinedBy))
    assert home.startswith("http")
    notes = {o.language for o in ONTOLOGY.objects(URIRef(term), SKOS.scopeNote)}  # type: ignore[attr-defined]
    assert notes == (set() if term in anchors() else {"en", "ko"})


def test_parents_domains_and_ranges_are_declared() -> None:
    schema = PREFIXES["schema"]
    ends = (RDFS.domain, RDFS.range, URIRef(f"{schema}domainIncludes"), URIRef(f"{schema}rangeIncludes"))
    named = {str(o) for predicate in (*PARENTS, *ends) for o in ONTOLOGY.objects(None, predicate)}
    assert {term for term in named if not term.startswith(BUILT_IN)} <= CLASSES | PROPERTIES


def test_shapes_use_declared_terms_only() -> None:
    used = {str(term) for triple in SHAPES for term in triple if isinstance(term, URIRef)}
    ours = {
        term for term in used if term.startswith(tuple(PREFIXES.values())) and not term.startswith(BUILT_IN)
    }
    assert ours - {str(rdflib.DCTERMS.license)} <= CLASSES | PROPERTIES | set(OWN)


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_files_and_code_share_their_prefixes(name: str) -> None:
    declared = dict(
        re.findall(r"^@prefix (\w+): <([^>]+)>", ontology_file(name).read_text("utf8"), re.MULTILINE)
    )
    assert {prefix: iri for prefix, iri in declared.items() if PREFIXES.get(prefix, iri) != iri} == {}


def context() -> dict[str, object]:
    document: dict[str, dict[str, object]] = json.loads(ontology_file("context.jsonld").read_text("utf8"))
    return document["@context"]


def test_the_context_has_every_prefix_and_property() -> None:
    labels = {str(RDFS.label)}
    used = {term for term in PROPERTIES & constants() if term != KG.status} | labels
    assert set(context()) == {"@version", *PREFIXES, *map(compact, used)}
    assert {prefix: context()[prefix] for prefix in PREFIXES} == PREFIXES


def test_the_context_types_what_the_ontology_ranges_over() -> None:
    terms = {curie: definition for curie, definition in context().items() if ":" in curie}
    for curie, definition in terms.items():
        term = URIRef(expand(curie))
        if (term, RDF.type, OWL.ObjectProperty) in ONTOLOGY:
            assert definition == {"@id": curie, "@type": "@id"}
        datatype = ONTOLOGY.value(term, RDFS.range)
        if (term, RDF.type, OWL.DatatypeProperty) in ONTOLOGY and datatype:
            plain = str(datatype) == XSD.string
            assert definition == (curie if plain else {"@id": curie, "@type": compact(str(datatype))})


def test_json_ld_survives_two_processors() -> None:
    graph = pyoxigraph.parse(path=CONFORMING, format=pyoxigraph.RdfFormat.TURTLE)
    lines = {f"{quad} ." for quad in graph}
    compacted = jsonld.compact(jsonld.from_rdf("\n".join(lines)), context())
    assert compacted["@graph"][0].keys() - {"@id", "@type"} <= context().keys()
    read_back = pyoxigraph.parse(input=json.dumps(compacted), format=pyoxigraph.RdfFormat.JSON_LD)
    assert {f"{quad} ." for quad in read_back} == lines
    text = jsonld.to_rdf(compacted, {"format": "application/n-quads"})
    again = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.N_QUADS)
    assert {f"{quad} ." for quad in again} == lines


def test_labels_survive_with_and_without_language() -> None:
    names = ["GRPO", {"@value": "정확도", "@language": "ko"}, {"@value": "accuracy", "@language": "en"}]
    document = {"@context": context(), "@id": "metric:accuracy", "skos:prefLabel": names}
    read = pyoxigraph.parse(input=json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)
    assert {str(quad.object) for quad in read} == {'"GRPO"', '"정확도"@ko', '"accuracy"@en'}
    assert {o.n3() for o in rdflib.Graph().parse(data=json.dumps(document), format="json-ld").objects()} == {
        '"GRPO"', '"정확도"@ko', '"accuracy"@en',
    }  # fmt: skip


def test_curies_come_back_as_they_were() -> None:
    assert all(expand(compact(term)) == term != compact(term) for term in constants())


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/paperkg/model/a+b",
        "https://w3id.org/paperkg/digest/day.",
        "https://w3id.org/paperkg/item/-1",
        "https://w3id.org/paperkg/digest/",
        "https://w3id.org/paperkg/metric/m²",
        "https://github.com/stride/runner",
        "urn:example:term",
    ],
)
def test_what_turtle_cannot_abbreviate_stays_whole(iri: str) -> None:
    assert compact(iri) == iri


@pytest.mark.parametrize(
    "iri", ["metric/pass%401", "digest/2025-01-23.md", "task/강화학습", "item/day.md-2501.1-0"]
)
def test_turtle_reads_what_is_abbreviated(iri: str) -> None:
    curie = compact(f"https://w3id.org/paperkg/{iri}")
    prefix = curie.partition(":")[0]
    text = f"@prefix {prefix}: <{PREFIXES[prefix]}> . {curie} a {curie} ."
    (quad,) = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE)
    assert quad.subject == pyoxigraph.NamedNode(f"https://w3id.org/paperkg/{iri}")


@pytest.mark.parametrize("curie", ["Paper", "nope:Paper", ""])
def test_an_unknown_prefix_is_an_error(curie: str) -> None:
    with pytest.raises(UsageError, match="no known prefix"):
        expand(curie)


def test_a_misspelt_term_is_an_error_and_a_term_is_fixed() -> None:
    with pytest.raises(AttributeError):
        KG.introducse  # type: ignore[attr-defined]  # noqa: B018 - reading it is the test
    with pytest.raises(AttributeError, match="fixed"):
        KG.introduces = "urn:example:term"


def test_the_package_comes_before_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "__file__", str(tmp_path / "kg" / "rdf" / "vocabulary.py"))
    with pytest.raises(StoreError, match="the ontology is missing"):
        vocabulary.ontology_folder()
    for folder in (tmp_path / "ontology", tmp_path / "kg" / "ontology"):
        folder.mkdir(parents=True)
        (folder / "kg.ttl").touch()
        assert vocabulary.ontology_folder() == folder


def test_importing_the_vocabulary_imports_nothing_heavy() -> None:
    code = "import sys, kg.rdf.vocabulary; print({m.partition('.')[0] for m in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"rdflib", "pyoxigraph", "pyshacl", "spacy", "networkx"} & set(re.findall(r"\w+", loaded))
