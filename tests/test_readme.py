"""README, CONTRIBUTING and the help texts say what is so: their commands, examples, files and code."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, cli
from kg.readers import read_digest
from kg.readers.layouts import TableLayout, parse_layout

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf8")
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "seeds/README.md")
STEPS = re.compile(r"\s*&&\s*|\s+[|>]\s+")
DIGEST = """\
| Date | Title | Abstract |
|---|---|---|
| 2025-02-03 | [A Walk](https://arxiv.org/abs/2502.00001) | WalkNet scores 81.2% on MATH-500. |
"""


def blocks(language: str) -> list[str]:
    """The fenced blocks of README in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def shell_lines() -> list[list[str]]:
    """Every line of README's shell blocks, without prompt and comment, as its steps."""
    lines = [line for line in "\n".join(blocks("sh")).splitlines() if line.strip()]
    lines += [
        line.removeprefix("$ ") for line in "\n".join(blocks("console")).splitlines() if line.startswith("$ ")
    ]
    return [STEPS.split(line) for line in lines]


def arguments(step: str) -> list[str] | None:
    """What is handed to ``kg`` in one step, or None where another program is called."""
    words = shlex.split(step, comments=True)
    return words[1:] if words and Path(words[0]).name == "kg" else None


CALLS = [call for line in shell_lines() for step in line if (call := arguments(step)) is not None]


def find_command(name: str) -> click.Command:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, f"kg {name} is no command"
    return command


def examples(command: click.Command) -> list[str]:
    lines = (command.epilog or "").splitlines()
    return [step for line in lines for step in STEPS.split(line.strip()) if step.startswith("kg ")]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_a_command_of_the_readme_is_known_with_its_options(
    call: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    name, *rest = call
    find_command(name).make_context(name, rest)


def test_the_commands_of_the_readme_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them in their order, on a store that the main job builds from the seeds."""
    for folder in ("seeds", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "home" / "digests").mkdir(parents=True)
    (tmp_path / "home" / "digests" / "2025-02-03.md").write_text(DIGEST, "utf8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KG_STORE", raising=False)
    for call in CALLS:
        if call[0] in {"fetch", "serve"}:  # one goes online, one runs until it is stopped
            continue
        if any(
            word.startswith("sparql+") for word in call
        ):  # tests/test_remote_engines.py starts such servers
            continue
        expanded = [str(Path(word).expanduser()) if word.startswith("~") else word for word in call]
        done = CliRunner().invoke(cli, expanded, standalone_mode=False)
        assert done.exception is None, (call, done.exception)
        assert not done.return_value, (call, done.output)
    named = {
        word for call in CALLS for word in call if Path(word).suffix in {".html", ".ttl", ".csv", ".graphml"}
    }
    assert {name for name in named if not (tmp_path / name).is_file()} == set()
    assert {path.name for path in (tmp_path / "exports").iterdir()} == {
        "graph.ttl", "graph.jsonld", "graph.html", "report.json",
    }  # fmt: skip


def test_the_one_liners_name_what_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    lines = [line for line in shell_lines() if line[0].startswith("python3 -m venv")]
    assert len(lines) == 2
    for venv, install, run in lines:
        folder = shlex.split(venv)[-1]
        pip, verb, *words = shlex.split(install)
        assert (pip, verb) == (f"{folder}/bin/pip", "install")
        assert (ROOT / words[words.index("-c") + 1]).is_file()
        assert set(re.findall(r"\[(\w+)\]", words[-1])) <= set(project["optional-dependencies"])
        program, *rest = shlex.split(run)
        assert program.startswith(f"{folder}/bin/")
        if program.endswith("python"):
            assert rest == ["-m", "tests"]
            assert (ROOT / "tests" / "__main__.py").is_file()
        else:
            assert Path(program).name in project["scripts"]
            assert (ROOT / rest[1]).is_dir()


def test_the_layout_of_the_readme_reads_a_table_of_its_columns() -> None:
    (text,) = blocks("toml")
    layout = parse_layout(text, "README.md")
    assert isinstance(layout, TableLayout)
    heads = {field: head for head, field in layout.columns.items()}
    cells = {"title": "[A Walk](https://arxiv.org/abs/2502.00001)", "date": "2025-02-03"}
    rows = (heads.values(), ["---"] * len(heads), [cells.get(field, "A. Author") for field in heads])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    digest = read_digest(table, "day.md", [layout])
    assert [(entry.layout, entry.arxiv, entry.date) for entry in digest.entries] == [
        (layout.name, "2502.00001", "2025-02-03")
    ]
    assert digest.problems == ()


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("2024*", "*-ko.md"))
    monkeypatch.chdir(tmp_path)
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert "DeepSeek-R1" in capsys.readouterr().out
    assert len(names["network"]) > 100  # type: ignore[arg-type]
    assert len(names["rdf"]) > 1000  # type: ignore[arg-type]
    assert (tmp_path / "graph.ttl").is_file()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"kg {name}" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_in_one_line_what_a_command_does(name: str) -> None:
    command = find_command(name)
    assert (command.help or "").partition("\n")[0] == COMMANDS[name]
    shown = CliRunner().invoke(cli, [name, "--help"], prog_name="kg")
    assert shown.exit_code == 0
    assert COMMANDS[name] in shown.output
    assert "\\b" not in shown.output


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_examples_of_help_are_right(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    given = [shlex.split(example)[1:] for example in examples(find_command(name) if name else cli)]
    assert given
    assert not name or name in {called for called, *_ in given}
    for called, *rest in given:
        find_command(called).make_context(called, rest)


@pytest.mark.parametrize("page", PAGES)
def test_links_and_paths_of_a_page_lead_somewhere(page: str) -> None:
    """Links, and in CONTRIBUTING every path in backticks; ``exports/`` is there after a build only."""
    text = (ROOT / page).read_text("utf8")
    links = set(re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text))
    missing = {link for link in links if not (ROOT / page).parent.joinpath(link).exists()}
    if page == "CONTRIBUTING.md":
        paths = set(re.findall(r"`((?:kg|tests|ontology|seeds|\.ci|\.github)/[\w./-]*)`", text))
        missing |= {path for path in paths if not (ROOT / path).exists()}
        assert len(paths) > 20
    assert missing == set()


def test_the_map_of_rooms_is_the_contract_of_the_layers() -> None:
    """The table of CONTRIBUTING names every module and package of ``kg``, floor by floor."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["tool"]
    layers = tools["importlinter"]["contracts"][0]["layers"]
    table = (ROOT / "CONTRIBUTING.md").read_text("utf8").partition("| floor |")[2].partition("\n\n")[0]
    floors: list[set[str]] = []
    for row in table.splitlines()[2:]:
        floor, rooms, _ = row.strip("|").split("|")
        floors += [set()] if floor.strip() else []
        floors[-1] |= set(re.findall(r"`kg/(\w+)", rooms))
    assert floors == [set(layer.split(" | ")) for layer in layers]


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text("utf8")
