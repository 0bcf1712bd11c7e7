from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

import kg.writers
from kg import verification
from kg.errors import UsageError
from kg.graph import Graph
from kg.rdf.ntriples import iri
from kg.rdf.prefixes import BASE
from kg.rdf.subjects import SECTIONS
from kg.rdf.vocabulary import KG, SKOS, XSD
from kg.store import Store
from kg.writers import WRITERS, find_writer, write, write_text
from tests.factories import make_graph

RDF = {
    ".ttl": (ox.RdfFormat.TURTLE, "turtle"),
    ".trig": (ox.RdfFormat.TRIG, "trig"),
    ".nt": (ox.RdfFormat.N_TRIPLES, "nt"),
    ".nq": (ox.RdfFormat.N_QUADS, "nquads"),
    ".jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    ".rdf": (ox.RdfFormat.RDF_XML, "xml"),
}
SUFFIXES = sorted(suffix for writer in WRITERS for suffix in writer.SUFFIXES)

NASTY = "\"'`\\ <b>&amp;</script> \t\r\n {}[] ; . , # @en ^^ %s \u0085\u2028\u202e 한글 \U0001f600 \\u0041"
LOCALS = (
    "2501.12948",
    "pass%401",
    "강화학습",
    "a+b",
    "a(b)",
    "-x",
    "x.",
    ".x",
    "a/b",
    "a#b",
    "_x",
    "x:y",
    "é",
    "~",
    "",
)


def node(local: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}model/{local}")


def hostile_quads() -> list[ox.Quad]:
    """Statements that tempt a writer to break its format, none of them wrong in RDF."""
    typed = (
        ("79.80", XSD.decimal), ("-4.5", XSD.decimal), ("96", XSD.decimal), ("007", XSD.integer),
        ("x", XSD.integer), ("true", XSD.boolean), ("1", XSD.boolean), ("2025-01-23", XSD.date),
        ("2025-01", XSD.gYearMonth), ("a", "http://example.org/own#type"),
    )  # fmt: skip
    objects: list[ox.Literal | ox.NamedNode] = [
        ox.Literal(NASTY),
        ox.Literal(NASTY, language="ko"),
        ox.Literal(""),
        ox.Literal(" "),
        ox.Literal("ends in a backslash\\"),
        ox.Literal('"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        *(ox.Literal(value, datatype=ox.NamedNode(datatype)) for value, datatype in typed),
        *(node(local) for local in LOCALS),
    ]
    predicates = (
        SKOS.altLabel,
        KG.value,
        KG.line,
        KG.mentions,
        "http://example.org/p#q",
        "http://example.org/속성",
    )
    quads = [
        ox.Quad(node(f"x{p}"), ox.NamedNode(iri), o) for p, iri in enumerate(predicates) for o in objects
    ]
    return quads + [ox.Quad(node(local), ox.NamedNode(SKOS.prefLabel), ox.Literal(local)) for local in LOCALS]


def hostile_graph(*, backwards: bool = False) -> Graph:
    store = Store(None)
    quads = hostile_quads()
    for quad in reversed(quads) if backwards else quads:
        store.graph.add(quad)
    return Graph(store)


def triples(text: str, form: ox.RdfFormat) -> set[ox.Triple]:
    """Read an export as the store itself would, so that equal numbers are equal."""
    store = ox.Store()
    store.bulk_load(text.encode(), form)
    assert not list(store.named_graphs())
    return {quad.triple for quad in store}


def export(graph: Graph, suffix: str, folder: Path) -> str:
    return write(graph, folder / f"graph{suffix}").read_bytes().decode()


@pytest.mark.parametrize("graph", [make_graph(), hostile_graph()], ids=["sample", "hostile"])
@pytest.mark.parametrize("suffix", RDF)
def test_two_parsers_read_back_the_graph(graph: Graph, suffix: str, tmp_path: Path) -> None:
    text = export(graph, suffix, tmp_path)
    form, name = RDF[suffix]
    wanted = {quad.triple for quad in graph.store.graph}
    assert triples(text, form) == wanted

    read = rdflib.Dataset(default_union=True).parse(data=text, format=name)
    assert sum(1 for _ in read.triples((None, None, None))) == len(wanted)
    again = rdflib.Graph()
    for triple in read.triples((None, None, None)):
        again.add(triple)
    reference = rdflib.Graph().parse(data=export(graph, ".nt", tmp_path), format="nt")
    assert to_isomorphic(again) == to_isomorphic(reference)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian: raptor2-utils) is not installed")
@pytest.mark.parametrize("graph", [make_graph(), hostile_graph()], ids=["sample", "hostile"])
@pytest.mark.parametrize(("suffix", "name"), [(".ttl", "turtle"), (".nt", "ntriples"), (".rdf", "rdfxml")])
def test_rapper_reads_it_without_a_warning(graph: Graph, suffix: str, name: str, tmp_path: Path) -> None:
    path = write(graph, tmp_path / f"graph{suffix}")
    run = subprocess.run(["rapper", "-c", "-i", name, str(path)], capture_output=True, text=True, check=True)
    assert f"returned {len(graph)} triples" in run.stderr
    assert "rror" not in run.stderr
    assert "arning" not in run.stderr


@pytest.mark.parametrize("graph", [make_graph(), hostile_graph()], ids=["sample", "hostile"])
def test_pyld_expands_the_json_ld_without_a_loader(graph: Graph, tmp_path: Path) -> None:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    refuse = {
        "documentLoader": lambda *_: pytest.fail("a document was asked for"),
        "format": "application/n-quads",
    }
    text = jsonld.to_rdf(json.loads(export(graph, ".jsonld", tmp_path)), refuse)
    assert triples(text, ox.RdfFormat.N_QUADS) == {quad.triple for quad in graph.store.graph}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_order_of_insertion_leaves_no_trace(suffix: str, tmp_path: Path) -> None:
    assert export(hostile_graph(), suffix, tmp_path) == export(
        hostile_graph(backwards=True), suffix, tmp_path
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_sample_in_another_order_gives_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    graph, shuffled = make_graph(), Store(None)
    for quad in sorted(graph.store.graph, key=lambda quad: str(quad.object)):
        shuffled.graph.add(quad)
    assert export(graph, suffix, tmp_path) == export(Graph(shuffled), suffix, tmp_path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_graph_is_a_valid_export(suffix: str, tmp_path: Path) -> None:
    text = export(Graph(Store(None)), suffix, tmp_path)
    if suffix in RDF:
        assert triples(text, RDF[suffix][0]) == set()


IRIS = st.sampled_from([*LOCALS, "kept", "한글"]).map(node) | st.text(
    st.characters(exclude_categories=("Cs",)), max_size=6
).map(lambda text: ox.NamedNode(iri(f"{BASE}paper/{text}")[1:-1]))
LITERALS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
OBJECTS = (
    IRIS | LITERALS.map(ox.Literal)
    | st.builds(ox.Literal, LITERALS, language=st.sampled_from(["en", "ko"]))
    | st.builds(ox.Literal, LITERALS, datatype=st.sampled_from([XSD.decimal, XSD.date]).map(ox.NamedNode))
)  # fmt: skip
QUADS = st.builds(
    ox.Quad, IRIS, st.sampled_from([SKOS.altLabel, KG.value, KG.mentions]).map(ox.NamedNode), OBJECTS
)


@pytest.mark.parametrize("suffix", sorted(set(RDF) - {".rdf"}))
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(quads=st.lists(QUADS, max_size=12))
def test_written_read_and_written_again_is_the_same(suffix: str, quads: list[ox.Quad]) -> None:
    """RDF/XML is left out: it cannot hold every character."""
    first, second, writer = Store(None), Store(None), find_writer(Path(f"x{suffix}"))
    first.graph.extend(quads)
    text = "".join(writer.render(first.graph))
    second.graph.bulk_load(text.encode(), RDF[suffix][0])
    assert set(second.graph) == set(first.graph)
    assert "".join(writer.render(second.graph)) == text


@pytest.mark.parametrize("graph", [make_graph(), hostile_graph()], ids=["sample", "hostile"])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_verified_is_written(graph: Graph, suffix: str, tmp_path: Path) -> None:
    path = write(graph, tmp_path / f"graph{suffix}", verify=True)
    assert path.read_bytes().decode() == export(graph, suffix, tmp_path)


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        (["<urn:a> <urn:b> <urn:c> .\n"], "rdflib reads 1 statements of"),
        (["<urn:a> <urn:b> "], "rdflib cannot read what was to be written"),
    ],
    ids=["too little", "broken"],
)
@pytest.mark.parametrize("suffix", [".ttl", ".nt"])
def test_what_another_parser_reads_otherwise_takes_no_place(
    suffix: str, pieces: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_text("old", encoding="utf8")
    monkeypatch.setattr(find_writer(path), "render", lambda _: iter(pieces))
    with pytest.raises(RuntimeError, match=said):
        write(make_graph(), path, verify=True)
    assert path.read_text(encoding="utf8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_turtle_is_made_for_people(tmp_path: Path) -> None:
    text = export(make_graph(), ".ttl", tmp_path)
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    assert len(declared) == len(set(declared))
    assert all(text.count(prefix) > 1 for prefix in declared), "a prefix is declared and not used"
    assert "owl:" not in declared
    assert "\npaper:2501.12948 a kg:Paper ;\n    skos:prefLabel " in text
    assert "kg:value 79.8 ;" in text
    assert "metric:pass%401 a kg:Metric" in text
    assert 'task:추론 a kg:Task ;\n    skos:prefLabel "추론"@ko .' in text
    headings = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    assert headings == [*(kind for kind in SECTIONS if kind in headings), "other"]
    assert "void:property rdf:type" in text


def test_turtle_writes_whole_what_it_cannot_shorten(tmp_path: Path) -> None:
    text = export(hostile_graph(), ".ttl", tmp_path)
    for local in ("a+b", "a(b)", "-x", "x.", ".x", "a/b", "a#b", "~"):
        assert f"<{BASE}model/{local}>" in text
    for local in ("2501.12948", "pass%401", "강화학습", "_x", "x:y", "é"):
        assert f"model:{local} " in text
        assert f"<{BASE}model/{local}>" not in text


def test_lines_of_n_triples_are_sorted(tmp_path: Path) -> None:
    lines = export(make_graph(), ".nt", tmp_path).split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))


def test_json_ld_has_its_context_within_and_one_node_a_line(tmp_path: Path) -> None:
    document = json.loads(export(make_graph(), ".jsonld", tmp_path))
    assert isinstance(document["@context"], dict)
    ids = [found["@id"] for found in document["@graph"]]
    assert len(ids) == len(set(ids))
    paper = next(found for found in document["@graph"] if found["@id"] == "paper:2501.12948")
    assert paper["@type"] == "kg:Paper"
    assert paper["kg:evaluatesOn"] == ["benchmark:aime2024", "benchmark:math500"]


def test_rdf_xml_drops_what_xml_cannot_hold(tmp_path: Path) -> None:
    store = Store(None)
    store.graph.add(ox.Quad(node("x"), ox.NamedNode(SKOS.prefLabel), ox.Literal("a\x00\x08b\ufffe")))
    (triple,) = triples(export(Graph(store), ".rdf", tmp_path), ox.RdfFormat.RDF_XML)
    assert triple.object == ox.Literal("ab")


def test_rdf_xml_says_which_property_has_no_name(tmp_path: Path) -> None:
    store = Store(None)
    store.graph.add(ox.Quad(node("x"), ox.NamedNode("http://example.org/1"), ox.Literal("a")))
    with pytest.raises(UsageError, match=r"http://example\.org/1"):
        write(Graph(store), tmp_path / "graph.rdf")
    assert not list(tmp_path.iterdir())


def test_graphml_is_the_network(tmp_path: Path) -> None:
    graph = make_graph()
    read = networkx.read_graphml(write(graph, tmp_path / "graph.graphml"), force_multigraph=True)
    network = graph.network
    assert dict(read.nodes(data=True)) == dict(network.nodes(data=True))
    edges = sorted((s, t, d["relation"]) for s, t, d in read.edges(data=True))
    assert edges == sorted(network.edges(keys=True))


def test_graphml_survives_hostile_labels(tmp_path: Path) -> None:
    store = Store(None)
    store.graph.add(ox.Quad(node("x"), ox.NamedNode(SKOS.prefLabel), ox.Literal(f"{NASTY}\x00\x1b")))
    read = networkx.read_graphml(write(Graph(store), tmp_path / "graph.graphml"))
    assert [label for _, label in read.nodes(data="label")] == [NASTY]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_sentence_of_a_result(tmp_path: Path) -> None:
    found = rows(export(make_graph(), ".csv", tmp_path))
    on_aime = [row for row in found if row["benchmark"] == "AIME 2024"]
    assert [(row["digest"], row["line"], row["date"]) for row in on_aime] == [
        ("2025-01-23-ko.md", "3", "2025-01-23"),
        ("2025-01-23.md", "7", "2025-01-23"),
    ]
    assert on_aime[1]["sentence"] == "On AIME 2024 DeepSeek-R1 scores 79.8% Pass@1 and beats OpenAI-o1-mini."
    assert (on_aime[0]["system"], on_aime[0]["value"], on_aime[0]["unit"]) == ("DeepSeek-R1", "79.8", "%")
    assert {row["paper"] for row in found} == {"paper:2501.12948", "paper:2501.12599"}
    assert len(found) == 4


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_cells_are_no_formulas(name: str, tmp_path: Path) -> None:
    graph = make_graph()
    system = ox.NamedNode(f"{BASE}model/deepseekr1")
    graph.store.graph.remove(ox.Quad(system, ox.NamedNode(SKOS.prefLabel), ox.Literal("DeepSeek-R1")))
    graph.store.graph.add(ox.Quad(system, ox.NamedNode(SKOS.prefLabel), ox.Literal(name)))
    systems = {row["system"] for row in rows(export(graph, ".csv", tmp_path))}
    assert f"'{name}" in systems
    assert name not in systems


def test_csv_leaves_numbers_alone(tmp_path: Path) -> None:
    graph = make_graph()
    value = ox.NamedNode(KG.value)
    for quad in list(graph.store.graph.quads_for_pattern(None, value, None)):
        graph.store.graph.remove(quad)
        minus = ox.Literal("-3.5", datatype=ox.NamedNode(XSD.decimal))
        graph.store.graph.add(ox.Quad(quad.subject, value, minus))
    assert {row["value"] for row in rows(export(graph, ".csv", tmp_path))} == {"-3.5"}


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'\.docx'.*\.ttl.*\.csv"):
        write(make_graph(), tmp_path / "graph.docx")
    assert not list(tmp_path.iterdir())


def test_suffixes_are_known_in_any_case_and_belong_to_one_writer(tmp_path: Path) -> None:
    assert len(SUFFIXES) == len(set(SUFFIXES))
    assert find_writer(tmp_path / "GRAPH.TTL") is find_writer(tmp_path / "graph.ttl")


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old", encoding="utf8")

    def fail() -> object:
        yield "new"
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write_text(path, fail())  # type: ignore[arg-type]
    assert path.read_text(encoding="utf8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"graph\.ttl: cannot be written"):
        write(make_graph(), tmp_path / "nowhere" / "graph.ttl")


def test_exports_keep_the_permissions_of_the_file_they_replace(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.touch()
    path.chmod(0o640)
    write(make_graph(), path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    team, link = tmp_path / "team" / "graph.txt", tmp_path / "graph.nt"
    team.parent.mkdir()
    team.write_text("old", encoding="utf8")
    team.chmod(0o640)
    (tmp_path / "hop").symlink_to(Path("team", "graph.txt"))
    link.symlink_to("hop")
    assert write_text(link, ["new"]) == link
    assert link.is_symlink()
    assert (tmp_path / "hop").is_symlink()
    assert (team.read_text(encoding="utf8"), team.stat().st_mode & 0o777) == ("new", 0o640)
    team.unlink()
    write_text(link, ["newer"], inside=tmp_path)
    assert team.read_text(encoding="utf8") == "newer"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["graph.nt", "graph.txt", "hop", "team"]


def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.nt").symlink_to("b.nt")
    (tmp_path / "b.nt").symlink_to("a.nt")
    with pytest.raises(UsageError, match=r"a\.nt: cannot be written"):
        write_text(tmp_path / "a.nt", ["new"])


@pytest.mark.parametrize("text", ["old", None])
def test_a_link_out_of_the_folder_is_not_written_through(tmp_path: Path, text: str | None) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    out.mkdir()
    if text:
        secret.write_text(text, encoding="utf8")
    (out / "graph.nt").symlink_to(Path("..", "secret"))
    with pytest.raises(UsageError, match=r"graph\.nt: a symbolic link leads out of the folder"):
        write(make_graph(), out / "graph.nt", inside=out)
    assert (secret.read_text(encoding="utf8") if secret.exists() else None) == text
    assert (out / "graph.nt").is_symlink()


def test_all_rdf_can_be_verified() -> None:
    assert set(verification.FORMS) == set(RDF)


def test_every_module_of_the_folder_is_listed() -> None:
    from importlib.resources import files

    modules = {
        path.name.removesuffix(".py") for path in files(kg.writers).iterdir() if path.name.endswith(".py")
    }
    listed = {str(writer.__name__).rsplit(".", 1)[-1] for writer in WRITERS}  # type: ignore[attr-defined]
    assert modules - {"__init__", "placement"} == listed
