"""Asked for sure facts alone, the graph holds nothing less sure, and nothing that hung on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import UsageError
from kg.writers import write

if TYPE_CHECKING:
    from kg.graph import Graph

SEEDS = Path(__file__).parent.parent / "seeds"
LEAST = 0.8
UNSURE = f"SELECT ?fact ?p WHERE {{ ?fact itsrdf:taConfidence ?p FILTER(?p < {LEAST}) }}"
LOOSE = """SELECT ?fact ?thing WHERE {
  ?fact kg:system|kg:benchmark|kg:metric|kg:baseline|kg:better|kg:worse ?thing .
  FILTER NOT EXISTS { ?thing a ?type } }"""


@pytest.fixture(scope="module")
def everything() -> Graph:
    return kg.build([SEEDS])


@pytest.fixture(scope="module")
def sure(everything: Graph) -> Graph:
    return everything.sift(LEAST)


def count(graph: Graph, query: str) -> int:
    return len(list(graph.query(query).rows))


def test_nothing_less_sure_is_left(everything: Graph, sure: Graph) -> None:
    assert count(everything, UNSURE) > 0
    assert count(sure, UNSURE) == 0
    assert 0 < len(sure) < len(everything)


def test_no_fact_names_what_was_left_out(sure: Graph) -> None:
    assert count(sure, "SELECT ?fact WHERE { ?fact a kg:Score }") > 0
    assert count(sure, LOOSE) == 0


def test_every_paper_stays(everything: Graph, sure: Graph) -> None:
    papers = "SELECT DISTINCT ?paper WHERE { ?item kg:discusses ?paper }"
    assert count(sure, papers) == count(everything, papers) > 0


def test_sifted_is_built_with_the_same_bar(sure: Graph, tmp_path: Path) -> None:
    built = kg.build([SEEDS], min_confidence=LEAST)
    one, other = write(sure, tmp_path / "one.nt"), write(built, tmp_path / "other.nt")
    assert one.read_bytes() == other.read_bytes()


def test_a_store_keeps_its_bar_until_it_is_lifted(everything: Graph, sure: Graph, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg.build([SEEDS], store, min_confidence=LEAST).close()
    kept = kg.build([SEEDS], store)
    assert len(kept) == len(sure)
    kept.close()
    lifted = kg.build([SEEDS], store, min_confidence=0)
    assert len(lifted) == len(everything)


def test_the_commands_take_a_bar(tmp_path: Path) -> None:
    store, file = str(tmp_path / "store"), tmp_path / "sure.csv"
    run = CliRunner().invoke
    assert run(cli, ["build", str(SEEDS), "--store", store]).exit_code == 0
    assert run(cli, ["export", str(file), "--store", store, "--min-confidence", "0.8"]).exit_code == 0
    few = len(file.read_text(encoding="utf8").splitlines())
    assert run(cli, ["export", str(file), "--store", store]).exit_code == 0
    assert 1 < few < len(file.read_text(encoding="utf8").splitlines())
    refused = run(cli, ["build", str(SEEDS), "--store", store, "--min-confidence", "80"])
    assert refused.exit_code == 2
    assert "0<=x<=1" in str(refused.output)
    for option in ("--min-confidence", "--timeout"):
        command = ["build", str(SEEDS)] if option == "--min-confidence" else ["ask", "top papers"]
        refused = run(cli, [*command, "--store", store, option, "nan"])
        assert refused.exit_code == 2
        assert "'nan' is not a number" in str(refused.output)


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_bar_that_is_no_share_is_refused(least: float) -> None:
    with pytest.raises(UsageError, match="expected a number from 0 to 1"):
        kg.build(SEEDS, min_confidence=least)
