"""Papers become BibTeX and CSL-JSON: all of a graph, or those of an answer."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

import kg
from kg.citations import cite, list_papers
from kg.cli import cli
from kg.facts import Facts
from kg.writers import bibtex, csl
from tests.factories import make_entry, make_graph, sample_observations
from tests.gold_graph import make_gold_graph


@cache
def graph():
    return make_gold_graph()


def _entries(text: str) -> dict[str, dict[str, str]]:
    """BibTeX -> key -> field -> value, counting braces as a reader does."""
    found = {}
    for block in text.strip().split("\n\n"):
        key = re.match(r"@misc\{([^,]+),", block)
        assert key
        unescaped = re.sub(r"\\[{}]", "", block)
        assert unescaped.count("{") == unescaped.count("}")
        found[key[1]] = dict(re.findall(r"^  (\w+) = \{(.*)\},$", block, re.MULTILINE))
    return found


def test_every_paper_is_cited_once():
    store = graph().store.graph
    entries = _entries("".join(bibtex.render(store)))
    items = json.loads("".join(csl.render(store)))
    papers = list_papers(Facts(store))
    assert len(entries) == len(items) == len(papers) > 70
    assert {item["id"] for item in items} == set(entries)


def test_a_preprint_says_where_and_when():
    entry = _entries("".join(bibtex.render(graph().store.graph)))["arxiv-2412.17498"]
    assert entry["eprint"] == "2412.17498"
    assert (entry["year"], entry["month"]) == ("2024", "12")
    assert entry["title"].startswith("{DRT-o1: Optimized")
    assert entry["url"] == "https://arxiv.org/abs/2412.17498"
    assert "Wang, Jiaan" in entry["author"].split(" and ")


def test_csl_has_the_date_in_parts():
    items = {item["id"]: item for item in json.loads("".join(csl.render(graph().store.graph)))}
    item = items["arxiv-2412.17498"]
    assert item["issued"] == {"date-parts": [[2024, 12]]}
    assert {"family": "Wang", "given": "Jiaan"} in item["author"]


def test_an_organisation_and_a_handle_stay_whole():
    sample = make_graph(sample_observations())
    text = "".join(bibtex.render(sample.store.graph))
    assert "{DeepSeek-AI}" in text
    assert "Example, Ada" in text


@pytest.mark.parametrize(
    "title", ["50% of R&D_1 costs $3 #x {y} ~ ^ \\input{evil}", 'A "quoted" thing', "한글 제목"]
)
def test_hostile_titles_do_not_break_out(title):
    first = sample_observations()[0]
    entry = make_entry(title, first.entry.text, arxiv="2501.00001", authors=())
    hostile = make_graph(
        [replace(first, entry=entry, findings=replace(first.findings, comparisons=(), results=()))]
    )
    (entry_of,) = _entries("".join(bibtex.render(hostile.store.graph))).values()
    assert not re.search(r"(?<!\\)[%&#$_]", entry_of["title"])
    assert "\\input" not in entry_of["title"]
    (item,) = json.loads("".join(csl.render(hostile.store.graph)))
    assert item["title"] == title


def test_the_papers_of_an_answer_are_cited_in_its_order():
    reply = graph().ask("best on MATH-500")
    keys = list(_entries("".join(bibtex.render_papers(graph().store.graph, reply.papers))))
    assert keys[0] == "arxiv-2501.12948"
    assert len(keys) == len(set(keys)) == len(reply.papers)
    assert cite(Facts(graph().store.graph), reply.papers)[0].arxiv == "2501.12948"


def test_files_are_written_by_their_suffix(tmp_path):
    for name in ("refs.bib", "refs.csl.json"):
        written = kg.write(graph(), tmp_path / name).read_text("utf8")
        assert "2412.17498" in written


def test_the_command_cites_an_answer(tmp_path):
    digest = tmp_path / "2025-01-23.md"
    digest.write_text(
        "## Papers for 2025-01-23\n\n| Title | Authors | Summary |\n|---|---|---|\n"
        "| DeepSeek-R1: Reasoning ([arXiv](https://arxiv.org/abs/2501.12948)) | A B | On MATH-500, "
        "DeepSeek-R1 reaches 97.3% Pass@1. |\n",
        encoding="utf8",
    )
    store = str(tmp_path / "kg")
    assert not CliRunner().invoke(cli, ["build", str(digest), "--store", store]).exit_code
    for form, said in (("bib", "@misc{arxiv-2501.12948,"), ("csl", '"id": "arxiv-2501.12948"')):
        result = CliRunner().invoke(cli, ["ask", "best on MATH-500", "--format", form, "--store", store])
        assert said in result.output
