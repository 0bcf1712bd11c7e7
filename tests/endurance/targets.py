"""What strangers can put in -> the promises that must hold for any text whatever, each as one function.

A target takes a text and raises where a promise is broken; an error written for the user breaks none.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.curation.decisions import parse_decisions, write_decision
from kg.errors import KgError
from kg.extraction import find
from kg.rdf.prefixes import BASE
from kg.readers import read_digest
from kg.readers.layouts import parse_layout
from kg.records import Observation
from kg.sparql.formats import write_answer
from kg.sparql.queries import run
from kg.sparql.tables import clean
from kg.text.plaintext import to_line, to_plain
from kg.view.page import encode, make_block
from kg.writers import WRITERS, page
from tests.factories import make_entry, make_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.graph import Graph
    from kg.records import Digest

_STEERING = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that steer terminals or reorder what is read; TAB and line feed are looked at apart."""


def check_text(text: str, where: str) -> None:
    """A text that has come in is composed, and steers nothing."""
    assert not _STEERING.search(text), f"{where} holds {_STEERING.findall(text)}"
    assert unicodedata.is_normalized("NFC", text), f"{where} is not NFC"


def read_markdown(text: str) -> None:
    """Any text is a digest of some entries, or a problem that is said; no link to a paper is passed over."""
    found = read_digest(text, "2025-01-23.md")
    _check_digest(found)
    assert found.entries or found.problems or "arxiv.org/abs/" not in text


def read_json(text: str) -> None:
    """Any text in a JSON file likewise."""
    _check_digest(read_digest(text, "2025-01-23.json"))


def read_api(text: str) -> None:
    """Any text in the fields of a well-formed record likewise."""
    record = {"title": text, "summary": text, "id": text[:40], "authors": [{"name": text, "user": text}]}
    _check_digest(read_digest(json.dumps([{"paper": record, "upvotes": text}, record]), "2025-01-23.json"))


def read_cell(text: str) -> None:
    """Any text in a cell of a table that is known, and as a line of a list."""
    head = "## Papers for 2025-01-23\n\n| Title | Authors | Summary |\n|---|---|---|\n"
    row = f"| {text} (Read more on [arXiv](https://arxiv.org/abs/2501.00001))| {text} | {text} |\n"
    _check_digest(read_digest(head + row, "a.md"))
    _check_digest(
        read_digest(f"## 2025-01-23\n### [{text}](https://arxiv.org/abs/2501.00001)\n{text}", "2025-01-23.md")
    )


def _check_digest(digest: Digest) -> None:
    for number, entry in enumerate(digest.entries):
        assert entry.ordinal == number
        assert "\n" not in entry.title
        assert "\t" not in entry.plain
        texts = [entry.plain, entry.url or "", *entry.links, *entry.repositories, *entry.tags]
        names = [name or "" for credit in entry.authors for name in (credit.name, credit.handle)]
        for text in (*texts, *names):
            check_text(text, "an entry")
        for link in (*entry.links, *entry.repositories):
            assert link.startswith(("http://", "https://")), link


def extract(text: str) -> None:
    """Whatever is found is a slice of the entry's own text."""
    entry = make_entry(to_line(text[:80]), to_plain(text))
    findings = find(entry)
    size = len(entry.plain)
    for entity in findings.entities:
        assert entity.name.strip()
        assert all(0 <= m.start < m.end <= size and 0 <= m.confidence <= 1 for m in entity.mentions)
    for claim in (*findings.results, *findings.comparisons):
        assert 0 <= claim.start < claim.end <= size
        assert 0 <= claim.confidence <= 1
    for result in findings.results:
        assert result.value.is_finite()
        assert result.high is None or result.value < result.high
        assert result.raw in entry.plain


def write(text: str) -> None:
    """Whatever a digest says, every format holds the same statements, none of them a stranger's."""
    digest = read_digest(
        f"## 2025-01-23\n### [{text}](https://arxiv.org/abs/2501.00001)\n{text}", "2025-01-23.md"
    )
    graph = make_graph([Observation(entry=entry, findings=find(entry)) for entry in digest.entries])
    check_statements(graph)
    rendered = {writer.SUFFIXES[0]: "".join(writer.render(graph.store.graph)) for writer in WRITERS}
    wanted = {quad.triple for quad in graph.store.graph}
    for suffix, form in _RDF.items():
        assert _read_back(rendered[suffix], form) == wanted, suffix
    assert rendered[".html"].count("<") == _tags_of_a_page()
    for suffix in (".graphml", ".rdf", ".csv", ".bib"):
        assert not _STEERING.search(rendered[suffix].replace("\r\n", "\n")), suffix
    assert not [
        cell for row in csv.reader(io.StringIO(rendered[".csv"])) for cell in row if _FORMULA.match(cell)
    ]


@cache
def _tags_of_a_page() -> int:
    """How many tags the page of a harmless graph has."""
    return "".join(page.render(make_graph().store.graph)).count("<")


_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d+(?:\.\d+)?\Z)")


def check_statements(graph: Graph) -> None:
    """Every subject is ours, no node blank; every literal is composed, steers nothing, has a known tag."""
    for quad in graph.store.graph:
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value.startswith(BASE), quad.subject
        if isinstance(quad.object, ox.Literal):
            check_text(quad.object.value, str(quad.predicate))
            assert quad.object.language in (None, "en", "ko"), quad.object
        else:
            assert isinstance(quad.object, ox.NamedNode)
            assert quad.object.value.startswith(("http://", "https://")), quad.object


_RDF = {
    ".ttl": ox.RdfFormat.TURTLE, ".jsonld": ox.RdfFormat.JSON_LD, ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}  # fmt: skip


def _read_back(text: str, form: ox.RdfFormat) -> set[ox.Triple]:
    store = ox.Store()
    store.bulk_load(text.encode(), form)
    return {quad.triple for quad in store}


@cache
def _sample() -> Graph:
    return make_graph()


def ask(text: str) -> None:
    """Any question is answered or refused in words; the graph is as it was."""
    before = len(_sample())
    try:
        _sample().ask(text[:500])
    except KgError as error:
        assert str(error)
    assert len(_sample()) == before


def query(text: str) -> None:
    """Any query is run or refused in words; the graph is as it was, and no cell steers a terminal."""
    before = len(_sample())
    try:
        answered = run(_sample().store.graph, text)
    except KgError as error:
        assert str(error)
    else:
        assert not _STEERING.search(write_answer(answered, "table", 80).replace("\n", ""))
    assert len(_sample()) == before


def decide(text: str) -> None:
    """Any curation file is read or refused with its line; what is read is written back the same."""
    try:
        decisions = parse_decisions(text, "x")
    except KgError as error:
        assert str(error).startswith("x:")
        return
    for decision in decisions:
        check_text(decision.word, "a decision")
        (again,) = parse_decisions(write_decision(decision, text), "x")
        assert (again.verb, again.nodes, again.word) == (decision.verb, decision.nodes, decision.word)


def declare(text: str) -> None:
    """Any layout file is read or refused."""
    try:
        parse_layout(text, "x.toml")
    except KgError as error:
        assert str(error).startswith("x.toml")


def show(text: str) -> None:
    """Any text stays one value in a page, and one harmless line in a terminal."""
    block = make_block("graph", [text])
    inner = block.removeprefix('<script type="application/json" id="graph">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(encode([text]))
    assert "octet-stream" in block or json.loads(inner) == [text]
    line = clean(text)
    assert "\n" not in line
    assert not _STEERING.search(line)


TARGETS: dict[str, Callable[[str], None]] = {
    target.__name__: target
    for target in (
        read_markdown, read_json, read_api, read_cell, extract, write, ask, query, decide, declare, show,
    )
}  # fmt: skip
"""Every door for strangers' text, by name."""


def fragments() -> Iterator[str]:
    """Pieces that mean something to one of the targets: markup, escapes, scores, and what is never seen."""
    yield from (
        "|",
        "\\|",
        "[",
        "](",
        ")",
        "![",
        "#",
        "## ",
        "### ",
        "- ",
        "* ",
        "**",
        "__",
        "`",
        "```\n",
        "$",
    )
    yield from (
        "\n",
        "\r",
        "\t",
        "\n\n",
        "\\",
        "\\frac{",
        "}",
        "{",
        "$^{2}$",
        "&lt;",
        "&#x202e;",
        "&#0;",
        "<br>",
    )
    yield from (
        "https://arxiv.org/abs/2501.00001",
        "javascript:x",
        "http://e/> . <http://e/",
        '"@en .\n',
        "<!--",
    )
    yield from (
        "</script>",
        "<img src=x onerror=a>",
        "=1+1",
        "\x1b[31m",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
    )
    yield from (
        "e\u0301",
        "\u1112\u1161\u11ab",
        "한글",
        "정확도",
        "에서 ",
        "\U0001f600",
        "\u0000",
        "\ud800",
        "\u0085",
    )
    yield from (
        "DeepSeek-R1",
        "GPT-4o",
        "AIME 2024",
        "MATH-500",
        "79.8%",
        "3-5",
        "5-3",
        "2x",
        "-1.5",
        "1e999",
    )
    yield from (
        " reaches ",
        " accuracy on ",
        " outperforms ",
        " by ",
        " from ",
        " to ",
        "최대 ",
        "보다 ",
        "향상",
    )
    yield from (
        "merge ",
        "rename ",
        "reject ",
        "model:a",
        "method:b",
        "paper:2501.1",
        '"x"',
        '\\"',
        "# ",
        "merge model:a model:b",
    )
    yield from (
        "SELECT * { ?s ?p ?o } LIMIT 2",
        "ASK {",
        "SERVICE",
        "FROM <",
        "?x",
        "which papers report ",
        "best on ",
    )
    yield from (
        '{"title": "',
        '"summary":',
        '"id":',
        "[{",
        "}]",
        "null",
        "1",
        '"\\ud800"',
        "[columns]\n",
        'name = "a"\n',
    )
