"""``kg curate`` as a user meets it: a word on the command line, a line in the file, another graph."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.curation import write_decision
from kg.curation.review import Doubt, answer
from kg.errors import InputError, KgError, UnknownNameError, UsageError
from kg.rdf.prefixes import BASE
from tests.test_pipeline import digest

TEXT = (
    "We introduce HillBench, a benchmark for climbing. GPT-4o reaches 61.5% accuracy on HillBench. "
    "We propose RocketNet, a model. RocketNet outperforms GPT-4o on HillBench. "
    "Others evaluate on the MountainBench benchmark, or on the MountainsBench benchmark."
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_digests(folder)
    kg.build([folder / "digests"], store=folder / "store").close()
    return folder


def write_digests(folder: Path, text: str = TEXT) -> None:
    (folder / "digests").mkdir(exist_ok=True)
    digest(folder / "digests", "2025-03-04.md", text=text)
    digest(folder / "digests", "2025-03-05.md", arxiv="2503.09999", title="Rockets Again", text=text)


@pytest.fixture
def folder(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the build, as it was after it: a store knows the digests by where they lie."""
    for name in (".kg", "fresh", "out", "mine.txt"):
        path = built / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    write_digests(built)
    shutil.copytree(built / "store", built / ".kg")
    monkeypatch.chdir(built)
    monkeypatch.delenv("KG_STORE", raising=False)
    monkeypatch.delenv("KG_CURATION", raising=False)
    return built


def run(*arguments: str, keys: str = "") -> str:
    done = CliRunner().invoke(cli, list(arguments), input=keys, standalone_mode=False)
    if done.exception:
        raise done.exception
    assert not done.return_value, done.output
    return done.output


def rows(query: str) -> list[str]:
    return sorted(line for line in run("query", query, "--format", "csv").splitlines()[1:] if line)


def lines(path: Path = Path(".kg/curation.txt")) -> list[str]:
    return [line for line in path.read_text("utf8").splitlines() if not line.startswith("#")]


def snapshot() -> str:
    run("export", "graph.nt")
    return Path("graph.nt").read_text("utf8")


CASES = [
    (["merge", "GPT-4o", "RocketNet"], "merge model:gpt4o model:rocketnet  # GPT-4o, RocketNet"),
    (
        ["split", "RocketNet", "2503.09999"],
        "split model:rocketnet paper:2503.09999  # RocketNet, Rockets Again",
    ),
    (["rename", "RocketNet", "Rocket Net"], 'rename model:rocketnet "Rocket Net"  # RocketNet'),
    (["retype", "model:rocketnet", "method"], "retype model:rocketnet method  # RocketNet"),
    (["reject", "RocketNet"], "reject model:rocketnet  # RocketNet"),
    (["accept", "HillBench"], "accept benchmark:hillbench  # HillBench"),
]


@pytest.mark.parametrize(("arguments", "line"), CASES, ids=[case[0][0] for case in CASES])
def test_each_verb_writes_its_line_that_builds_heed_until_it_is_deleted(
    folder: Path, arguments: list[str], line: str
) -> None:
    before = snapshot()
    assert line in run("curate", *arguments)
    assert lines() == [line]
    assert snapshot() == before
    assert "entries extracted: 0" in run("build", "digests")
    decided = snapshot()
    assert decided != before
    run("check")
    assert "problem" not in run("build", "digests")
    assert snapshot() == decided
    run("build", "digests", "--store", "fresh", "--curation", ".kg/curation.txt")
    run("export", "fresh.nt", "--store", "fresh")
    assert Path("fresh.nt").read_text("utf8") == decided
    Path(".kg/curation.txt").write_text("", "utf8")
    run("build", "digests")
    assert snapshot() == before


def test_a_curation_file_that_is_a_link_stays_one(folder: Path) -> None:
    Path("mine.txt").write_text("reject model:rocketnet\n", "utf8")
    Path(".kg/curation.txt").symlink_to(Path("..", "mine.txt"))
    run("curate", "accept", "HillBench")
    assert Path(".kg/curation.txt").is_symlink()
    assert lines(Path("mine.txt")) == ["reject model:rocketnet", "accept benchmark:hillbench  # HillBench"]


def test_apply_heeds_the_file_without_a_digest(folder: Path) -> None:
    shutil.rmtree(folder / "digests")
    run("curate", "reject", "RocketNet", "--curation", "mine.txt")
    assert lines(Path("mine.txt")) == ["reject model:rocketnet  # RocketNet"]
    assert rows("SELECT ?m { ?m a kg:Model ; skos:prefLabel 'RocketNet' }")
    run("curate", "apply", "--curation", "mine.txt")
    assert not rows("SELECT ?m { ?m a kg:Model ; skos:prefLabel 'RocketNet' }")


def test_a_result_goes_by_its_iri(folder: Path) -> None:
    results = rows("SELECT ?r { ?p kg:reports ?r }")
    run("curate", "reject", results[0])
    run("curate", "apply")
    assert rows("SELECT ?r { ?p kg:reports ?r }") == results[1:]


def test_names_that_are_not_one_node_are_refused(folder: Path) -> None:
    with pytest.raises(UnknownNameError, match="nearest known: RocketNet"):
        run("curate", "reject", "RocketNett")
    with pytest.raises(UnknownNameError):
        run("curate", "reject", "model:nosuch")
    with pytest.raises(UsageError, match="'robot' is not a kind; expected one of model"):
        run("curate", "retype", "RocketNet", "robot")
    run("curate", "retype", "model:rocketnet", "method")
    run("curate", "split", "RocketNet", "2503.09999")
    run("curate", "apply")
    with pytest.raises(
        UsageError, match=r"is several: method:rocketnet, model:rocketnet-2503\.09999; say which"
    ):
        run("curate", "reject", "RocketNet")
    assert len(lines()) == 2


def test_a_wrong_line_stops_a_build_and_names_its_place(folder: Path) -> None:
    Path(".kg/curation.txt").write_text("# one\nmarry model:a model:b\n", "utf8")
    for command in (["build", "digests"], ["curate", "apply"], ["curate", "reject", "RocketNet"]):
        with pytest.raises(InputError, match=r"curation\.txt:2: 'marry' is not a verb"):
            run(*command)
    with pytest.raises(KgError, match="there is no such file"):
        run("build", "digests", "--curation", "nosuch.txt")


def test_a_decision_that_no_longer_applies_is_in_the_report(folder: Path) -> None:
    run("curate", "reject", "RocketNet")
    write_digests(folder, TEXT.replace("RocketNet", "GPT-4o-mini"))
    said = run("build", "digests", "--export", "out")
    assert "curation.txt:6: reject no longer applies: there is no model:rocketnet" in said
    (problem,) = json.loads(Path("out/report.json").read_text("utf8"))["problems"]
    assert (problem["digest"], problem["line"]) == ("curation.txt", 6)


def test_a_review_asks_with_one_key_each_and_writes_what_was_answered(folder: Path) -> None:
    asked = run("curate", "review", keys="q")
    count = int(asked.partition("1/")[2].split()[0])
    assert count > 1
    assert not Path(".kg/curation.txt").exists()
    run("curate", "review", keys="xa" + "s" * count)
    assert [line.split()[0] for line in lines()] == ["accept"]
    again = run("curate", "review", keys="s" * count)
    assert int(again.partition("1/")[2].split()[0]) == count - 1
    assert "nothing is left to decide" in again
    run("curate", "apply")
    run("check")


def test_a_review_without_a_terminal_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(echo: bool = False) -> str:
        raise OSError("no terminal")

    monkeypatch.setattr(click.termui, "visible_input", refuse, raising=False)
    monkeypatch.setattr(click, "getchar", refuse)
    with pytest.raises(UsageError, match="needs a terminal"):
        run("curate", "review")


@pytest.mark.parametrize(
    ("nodes", "key", "line"),
    [
        (("model/gpt4o", "model/gpt4omni"), "m", "merge model:gpt4o model:gpt4omni"),
        (("model/bert", "method/bert"), "m", "retype method:bert model"),
        (("model/bert", "method/bert"), "a", "accept model:bert method:bert"),
        (("task/sota",), "r", "reject task:sota"),
        (("task/sota",), "s", ""),
    ],
)
def test_a_key_of_a_review_is_a_decision(nodes: tuple[str, ...], key: str, line: str) -> None:
    doubt = Doubt(nodes=tuple(BASE + node for node in nodes), worth=1, asks="", why="")
    decision = answer(doubt, key)
    assert (write_decision(decision) if decision else "") == line
