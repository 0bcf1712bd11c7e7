"""The SPARQL 1.1 Protocol: the W3C's cases that a read-only endpoint has, by their names, and its formats."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

import kg
from kg.server.endpoint import GRAPH
from kg.sparql.queries import saved_queries
from tests.serving import PATIENCE, serving

SEED = Path(__file__).parent.parent / "seeds" / "2025-01-24.md"
ASK, SELECT = "ASK {}", "SELECT ?p { ?p a kg:Paper } ORDER BY ?p"
ASKED, CLEAR = [("query", ASK)], {"update": "CLEAR ALL"}
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("protocol")
    kg.build([SEED], folder).close()
    return folder


@pytest.fixture(scope="module")
def served(store):
    with serving(store, "--cors", "https://yasgui.example.org") as server:
        yield server


def at(*fields):
    return f"/sparql?{urlencode(fields)}"


ACCEPTED = {
    "query_get": ("GET", at(("query", ASK)), None, None),
    "query_post_form": ("POST", "/sparql", urlencode({"query": ASK}), FORM),
    "query_post_direct": ("POST", "/sparql", ASK, DIRECT),
    "query_dataset_default_graph": ("POST", at(("default-graph-uri", GRAPH)), ASK, DIRECT),
    "query_dataset_default_graphs_get": ("GET", at(("query", ASK), ("default-graph-uri", GRAPH)), None, None),
    "query_dataset_default_graphs_post": (
        "POST", "/sparql", urlencode([("query", ASK), ("default-graph-uri", GRAPH)]), FORM,
    ),
    "query_post_direct_with_charset": ("POST", "/sparql", ASK, f"{DIRECT}; charset=utf-8"),
    "query_head": ("HEAD", at(("query", ASK)), None, None),
}  # fmt: skip

REFUSED = {
    "bad_query_method": (405, ("PUT", at(("query", ASK)), None, None)),
    "bad_query_delete": (405, ("DELETE", "/sparql", None, None)),
    "bad_multiple_queries": (400, ("GET", at(("query", ASK), ("query", "SELECT * {}")), None, None)),
    "bad_multiple_queries_post": (400, ("POST", "/sparql", urlencode([("query", ASK)] * 2), FORM)),
    "bad_query_in_both": (400, ("POST", at(("query", ASK)), ASK, DIRECT)),
    "bad_query_wrong_media_type": (415, ("POST", "/sparql", ASK, "text/plain")),
    "bad_query_missing_form_type": (415, ("POST", "/sparql", urlencode({"query": ASK}), None)),
    "bad_query_missing_direct_type": (415, ("POST", "/sparql", ASK, None)),
    "bad_query_non_utf8": (400, ("POST", "/sparql", "ASK { ?가 ?p 1 }".encode("utf-16"), DIRECT)),
    "bad_query_non_utf8_get": (400, ("GET", "/sparql?query=%FF%FE", None, None)),
    "bad_query_charset": (415, ("POST", "/sparql", ASK, f"{DIRECT}; charset=utf-16")),
    "bad_query_syntax": (400, ("GET", at(("query", "ASK { ?s ?p }")), None, None)),
    "bad_query_empty_form": (400, ("POST", "/sparql", "", FORM)),
    "bad_query_only_dataset": (400, ("GET", at(("default-graph-uri", GRAPH)), None, None)),
    "query_dataset_named_graphs_get": (400, ("GET", at(*ASKED, ("named-graph-uri", GRAPH)), None, None)),
    "query_dataset_other_graph": (400, ("GET", at(("query", ASK), ("default-graph-uri", "x:y")), None, None)),
    "query_dataset_full": (
        400, ("GET", at(*ASKED, ("default-graph-uri", GRAPH), ("named-graph-uri", "x:y")), None, None),
    ),
    "update_post_form": (403, ("POST", "/sparql", urlencode(CLEAR), FORM)),
    "update_post_direct": (415, ("POST", "/sparql", "CLEAR ALL", "application/sparql-update")),
    "bad_update_get": (403, ("GET", at(("update", "CLEAR ALL")), None, None)),
    "update_as_query": (400, ("GET", at(("query", "CLEAR ALL")), None, None)),
    "update_dataset": (403, ("POST", "/sparql", urlencode({**CLEAR, "using-graph-uri": "x:y"}), FORM)),
    "load_file": (400, ("POST", "/sparql", "LOAD <file:///etc/hostname>", DIRECT)),
    "service": (400, ("POST", "/sparql", "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", DIRECT)),
    "from": (400, ("POST", "/sparql", "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", DIRECT)),
    "too_many_parameters": (400, ("GET", "/sparql?" + "a=b&" * 100, None, None)),
}  # fmt: skip


def send(served, case):
    method, path, body, media = case
    headers = {"content_type": media} if media else {}
    return served.send(method, path, body, **headers)


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_the_protocol_accepts(served, name):
    got = send(served, ACCEPTED[name])
    assert (got.status, got.type) == (200, "application/sparql-results+json")
    assert ACCEPTED[name][0] == "HEAD" or json.loads(got.body)["boolean"] is True
    assert ACCEPTED[name][0] != "HEAD" or got.body == b""


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_protocol_refuses(served, store, name):
    status, case = REFUSED[name]
    got = send(served, case)
    assert (got.status, got.type) == (status, "text/plain")
    assert str(store) not in got.text
    assert "Traceback" not in got.text
    assert len(got.text.split()) > 3


def test_a_syntax_error_names_line_and_column(served):
    got = served.query("SELECT * {\n  ?a ?b ?c .\n  FILTER(?a == 3)\n}", accept="application/json")
    assert (got.status, got.type) == (400, "application/problem+json")
    assert json.loads(got.body)["detail"].startswith("3:14: ")


@pytest.mark.parametrize("media", TABLES)
def test_content_type_select(served, media):
    got = served.query(SELECT, accept=media)
    assert (got.status, got.type, got.headers["vary"]) == (200, media, "Accept, Origin")
    names = [row["p"] for row in served.query(SELECT).rows]
    assert len(names) > 3
    assert [name for name in names if name not in got.text] == []
    if "xml" in media:
        assert len(ET.fromstring(got.text).findall(".//{*}result")) == len(names)
    elif "json" in media:
        assert [row["p"] for row in got.rows] == names
    else:
        assert len(got.text.strip().splitlines()) == len(names) + 1


@pytest.mark.parametrize("media", TABLES)
def test_content_type_ask(served, media):
    got = served.query("ASK { ?p a kg:Paper }", accept=media)
    assert (got.status, got.type) == (200, media)
    assert "true" in got.text


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize(
    "query", ["DESCRIBE ?p { ?p a kg:Paper }", "CONSTRUCT WHERE { ?p dcterms:title ?t }"]
)
def test_content_type_describe_and_construct(served, media, query):
    got = served.query(query, accept=media)
    assert (got.status, got.type) == (200, media)
    read = rdflib.Graph().parse(data=got.text, format=media)
    turtle = rdflib.Graph().parse(data=served.query(query, accept="text/turtle").text, format="turtle")
    assert len(read) > 3
    assert set(read) == set(turtle)


@pytest.mark.parametrize(
    ("accept", "type_"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
    ],
)
def test_the_client_chooses(served, accept, type_):
    assert served.query(ASK, accept=accept).type == type_


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (ASK, "image/png"),
        (SELECT, "text/turtle"),
        ("CONSTRUCT WHERE { ?p a kg:Paper }", "text/csv"),
        (None, "text/csv"),
    ],
)
def test_an_unknown_accept_is_406(served, query, accept):
    got = served.query(query, accept=accept) if query else served.get("/sparql", accept=accept)
    assert got.status == 406
    assert str(Path.cwd()) not in got.text


@pytest.mark.parametrize("media", GRAPHS)
def test_without_a_query_the_service_describes_itself(served, media):
    got = served.get("/sparql", accept=media)
    assert (got.status, got.type) == (200, media)
    graph = rdflib.Graph().parse(data=got.text, format=media)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{served.address}/sparql")
    (triples,) = graph.objects(rdflib.URIRef(GRAPH), rdflib.VOID.triples)
    assert int(triples) == int(served.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"])


def test_options_and_wrong_methods_say_what_is_allowed(served):
    got = served.send("OPTIONS", "/sparql")
    assert (got.status, got.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    got = served.send("PATCH", "/sparql", "x")
    assert got.status == 405
    assert {"GET", "POST"} <= set(got.headers["allow"].split(", "))
    assert served.send("POST", "/health", "x").status == 405


def test_an_answer_is_kept_until_the_store_changes(served):
    got = served.query(SELECT)
    tag = got.headers["etag"]
    again = served.query(SELECT, if_none_match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert served.query(SELECT, if_none_match='W/"other"').status == 200
    assert served.query(SELECT, accept="text/csv", if_none_match=tag).status == 200
    assert "etag" not in served.query("SELECT (RAND() AS ?r) {}").headers


def test_scripts_of_named_sites_may_read(served):
    origin = "https://yasgui.example.org"
    assert served.query(ASK, origin=origin).headers["access-control-allow-origin"] == origin
    assert "access-control-allow-origin" not in served.query(ASK, origin="https://evil.example.org").headers
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "content-type"}
    assert served.send("OPTIONS", "/sparql", origin=origin, **asked).status == 200
    assert served.send("OPTIONS", "/sparql", origin="https://evil.example.org", **asked).status == 400


# Foreign clients: the same answers as our own

QUERIES = {
    name: text
    for name, text in saved_queries().items()
    if name in ("papers", "models", "leaderboard", "methods")
}


@pytest.mark.parametrize("name", QUERIES)
def test_foreign_clients_get_the_same_answers(served, store, name):
    query = (
        "\n".join(f"PREFIX {p}: <{iri}>" for p, iri in kg.rdf.prefixes.PREFIXES.items())
        + "\n"
        + QUERIES[name]
    )
    answer = kg.open(store).query(query)
    ours = [tuple(None if cell is None else cell.value for cell in row) for row in answer.rows]
    wrapper = SPARQLWrapper(f"{served.address}/sparql")
    wrapper.setQuery(query)
    for method in ("GET", POST):
        wrapper.setMethod(method)
        wrapper.setReturnFormat(JSON)
        rows = wrapper.queryAndConvert()["results"]["bindings"]
        assert [tuple(row.get(c, {}).get("value") for c in answer.columns) for row in rows] == ours
    remote = rdflib.Graph(SPARQLStore(f"{served.address}/sparql"))
    found = [tuple(None if cell is None else str(cell) for cell in row) for row in remote.query(query)]
    assert found == ours
    address, media = f"{served.address}/sparql", "application/sparql-results+json"
    commands = (
        ["curl", "-sf", "-H", f"Accept: {media}", "--data-urlencode", f"query={query}", address],
        ["comunica-sparql", f"sparql@{address}", "-q", query, "-t", media],
    )
    for command in commands:
        if shutil.which(command[0]):
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
            rows = json.loads(done.stdout)["results"]["bindings"]
            assert [tuple(row.get(c, {}).get("value") for c in answer.columns) for row in rows] == ours


def test_clients_get_graphs(served):
    wrapper = SPARQLWrapper(f"{served.address}/sparql")
    wrapper.setQuery(f"CONSTRUCT {{ ?p a ?t }} {{ ?p a ?t . ?p a <{kg.rdf.prefixes.PREFIXES['kg']}Paper> }}")
    wrapper.setReturnFormat(TURTLE)
    text = wrapper.queryAndConvert()
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(served.query(SELECT).rows)


# Linked data


@pytest.mark.parametrize("media", GRAPHS)
def test_every_kind_of_node_resolves(served, store, media):
    from urllib.parse import unquote

    from kg.rdf.prefixes import BASE, KINDS

    graph = kg.open(store).store.graph
    subjects = sorted({q.subject.value for q in graph.quads_for_pattern(None, None, None)})
    first = {iri[len(BASE) :].partition("/")[0]: iri for iri in reversed(subjects) if iri.startswith(BASE)}
    assert len(first.keys() & set(KINDS)) > 8
    for iri in first.values():
        tail = iri[len(BASE) :]
        for path in {quote(tail, safe="/%"), quote(unquote(tail), safe="/")}:
            got = served.get(f"/{path}", accept=media)
            assert (got.status, got.type) == (200, media), path
            read = rdflib.Graph().parse(data=got.text, format=media)
            assert (rdflib.URIRef(iri), rdflib.RDF.type, None) in read
            again = served.get(got.headers["content-location"], accept="image/png")
            assert (again.body, again.type) == (got.body, media)


def test_a_page_that_is_not_accepted_is_406(served):
    for path in ("/", "/ask?q=best+on+MATH-500", "/assets/site.css", "/suggest?q=deep"):
        assert served.get(path, accept="image/png").status == 406, path
        assert served.get(path, accept="text/html;q=0.1, */*;q=0.1").status == 200, path
    assert served.get("/ask?q=papers&format=csv", accept="image/png").type == "text/csv"  # as it was told


def test_a_slash_at_the_end_leads_to_the_address_without(served):
    for path, place in {
        "/sparql/?query=ASK+%7B%7D": "/sparql?query=ASK+%7B%7D",
        "/paper/": "/paper",
        "/paper/2501.12948/": "/paper/2501.12948",
        "/graph/paper/2501.12948/": "/graph/paper/2501.12948",
        "//evil.example.org/": "/evil.example.org",
        "/\\evil.example.org//": "/%5Cevil.example.org",
    }.items():
        got = served.get(path)
        assert (got.status, got.headers["location"]) == (308, place)


def test_a_name_that_is_not_there_is_404_with_the_nearest(served, store):
    got = served.get("/model/deepseekr11", accept="text/turtle")
    assert got.status == 404
    assert str(store) not in got.text
    assert served.get("/model/%00%0a<>", accept="text/turtle").status == 404
    assert served.get("/nothing/of/the/kind", accept="text/turtle").status in (404, 406)


def test_the_vocabulary_is_there(served):
    for path, media in (
        ("/ontology.ttl", "*/*"),
        ("/ontology", "application/ld+json"),
        ("/ontology", "text/turtle"),
    ):
        got = served.get(path, accept=media)
        assert got.status == 200
        read = rdflib.Graph().parse(data=got.text, format=got.type)
        assert (rdflib.URIRef(f"{kg.rdf.prefixes.PREFIXES['kg']}Paper"), None, None) in read
