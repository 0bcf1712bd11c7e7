from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.errors import UsageError
from kg.pipeline import build

if TYPE_CHECKING:
    from pathlib import Path

ROW = "| {0} (Read more on [arXiv](https://arxiv.org/abs/{1})) | Ada Example | {2} on GSM8K. |\n"
DIGEST = (
    "## Papers for 2025-01-23\n\n| Title | Authors | Summary |\n|-------|---------|---------|\n"
    + ROW.format("Alpha-1: Small Steps", "2501.00001", "Alpha-1 scores 71.5%")
    + ROW.format("Beta-2: Long Steps", "2501.00002", "Beta-2 scores 80.1%")
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digests")
    (folder / "2025-01-23.md").write_text(DIGEST, encoding="utf8")
    build([folder], folder / "store").close()
    return folder / "store"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], standalone_mode=False)


def test_export_writes_every_file_it_is_given(store: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"graph{suffix}" for suffix in (".ttl", ".jsonld", ".csv", ".graphml", ".html")]
    result = run("export", *files, "--store", store)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert all(file.stat().st_size for file in files)
    assert "71.5" in files[2].read_text(encoding="utf8")


def test_export_says_how_much_it_verified_and_of_which_files(store: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "g.ttl", tmp_path / "g.csv", "--verify", "--store", store)
    assert result.exit_code == 0, result.output
    facts = run("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv", "--store", store)
    number = int(facts.stdout.split()[-1])
    assert f"verified: {tmp_path / 'g.ttl'}, of which rdflib reads all {number:,} facts\n" in result.stderr
    assert f"not verified, as it is no RDF: {tmp_path / 'g.csv'}\n" in result.stderr
    assert "verified" not in run("export", tmp_path / "g.ttl", "--store", store).stderr


def test_export_refuses_an_unknown_suffix_before_it_writes(store: Path, tmp_path: Path) -> None:
    result = run("export", tmp_path / "graph.ttl", tmp_path / "graph.docx", "--store", store)
    assert isinstance(result.exception, UsageError)
    assert not list(tmp_path.iterdir())


def test_view_writes_the_whole_page(store: Path, tmp_path: Path) -> None:
    result = run("view", "-o", tmp_path / "graph.html", "--store", store)
    assert result.exit_code == 0, result.output
    assert "paper:2501.00002" in (tmp_path / "graph.html").read_text(encoding="utf8")


def test_view_goes_around_a_name(store: Path, tmp_path: Path) -> None:
    result = run("view", "Alpha-1: Small Steps", "-o", tmp_path / "graph.html", "--store", store)
    assert result.exit_code == 0, result.output
    page = (tmp_path / "graph.html").read_text(encoding="utf8")
    assert "paper:2501.00001" in page
    assert "paper:2501.00002" not in page
    run("view", "Alpha-1: Small Steps", "--depth", 2, "-o", tmp_path / "graph.html", "--store", store)
    assert "paper:2501.00002" in (tmp_path / "graph.html").read_text(encoding="utf8")


def test_view_names_the_nearest_where_a_name_is_unknown(store: Path, tmp_path: Path) -> None:
    result = run("view", "GSM8C", "-o", tmp_path / "graph.html", "--store", store)
    assert result.return_value == 1
    assert "GSM8K" in result.stderr
    assert not list(tmp_path.iterdir())
