"""The commands that ask a store: what they print, where, how they exit, and what they must not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import COMMANDS, cli

SEED = Path(__file__).parent.parent / "seeds" / "2025-01-23.md"
HEAVY = {"spacy", "networkx", "rdflib", "pyvis", "pandas", "igraph", "pyshacl", "numpy", "kg.names",
         "msgspec"}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    kg.build([SEED], folder).close()
    return folder


@pytest.fixture
def run(store):
    """Run a command on the store; its exit code, stdout and stderr."""

    def run_command(*arguments: str, given: str | None = None) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf8",
            env={**os.environ, "KG_STORE": str(store)},
        )
        return done.returncode, done.stdout, done.stderr

    return run_command


def test_query_prints_the_answer_alone(run):
    code, out, err = run(
        "query", "SELECT ?title { paper:2501.12948 dcterms:title ?title }", "--format", "json"
    )
    assert (code, err) == (0, "")
    assert json.loads(out)["results"]["bindings"][0]["title"]["value"].startswith("DeepSeek-R1")


def test_query_takes_a_file_a_name_and_standard_input(run, tmp_path):
    path = tmp_path / "q.rq"
    path.write_text("\ufeffASK { ?paper a kg:Paper }", encoding="utf8")
    assert run("query", str(path)) == (0, "yes\n", "")
    assert run("query", "-", given="ASK { ?paper a kg:Nothing }") == (1, "no\n", "")
    assert run("query", "papers", "--format", "csv")[1].startswith("paper,title,link,date\n")
    assert "leaderboard" in run("query", "--list")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("query",), "no query given"),
        (("query", "nosuchname"), "expected one of"),
        (("query", "nosuchfile.rq"), "cannot be read"),
        (("query", "SELECT ?x WHERE {"), "1:18"),
        (("query", "SELECT ?x { ?x a kg:Paper }", "--format", "ttl"), "CONSTRUCT"),
        (("query", "ASK {}", "--store", "no/such/store"), "there is no store here"),
        (("ask", "best on AIME 2024", "--store", "no/such/store"), "there is no store here"),
    ],
)
def test_wrong_use_is_said_on_stderr(run, arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_ask_answers_in_both_languages(run):
    for question in ("who wrote FilmAgent?", "FilmAgent 논문은 누가 썼나?"):
        code, out, err = run("ask", question)
        assert code == 0
        assert "Senbao Shi" in out
        assert err.strip()


def test_ask_prints_its_query_which_runs(run):
    code, query, _ = run("ask", "who wrote FilmAgent?", "--sparql")
    assert code == 0
    assert run("query", "-", given=query)[0] == 0


def test_ask_exits_with_one_where_there_is_no_answer(run):
    code, out, err = run("ask", "which papers report MATH-5000?")
    assert (code, out) == (1, "")
    assert "MATH-500" in err
    code, out, err = run("ask", "tell me a joke about graphs")
    assert (code, out) == (1, "")
    assert "expected one like" in err
    code, out, err = run("ask", "what does MATH-500 outperform?")
    assert (code, out) == (1, "")
    assert "nothing" in err


def test_ask_says_in_korean_why_a_korean_question_has_no_answer(run):
    code, out, err = run("ask", "MATH-5000을 보고한 논문은?")
    assert (code, out) == (1, "")
    assert "비슷한 이름: MATH-500" in err
    code, out, err = run("ask", "모델은 왜")
    assert (code, out) == (1, "")
    assert "이렇게 물을 수 있다: " in err


def test_ask_writes_the_formats(run):
    code, out, _ = run("ask", "who wrote FilmAgent?", "--format", "json")
    assert code == 0
    assert json.loads(out)["head"]["vars"] == ["author", "paper", "date", "link", "sentence"]
    assert run("ask", "who wrote FilmAgent?", "--format", "csv")[1].startswith("author,paper,date")


def test_show_leaderboard_and_stats(run):
    code, out, _ = run("show", "FilmAgent")
    assert code == 0
    assert "«FilmAgent»" in out
    assert "2025-01-23.md:" in out
    assert run("show", "FilmAgent", "--format", "ttl")[1].count("kg:Method") == 1
    for form in ("nt", "jsonld", "rdf"):
        assert "FilmAgent" in run("show", "FilmAgent", "--format", form)[1]
    assert run("show", "Filmagentt")[0] == 1
    code, out, _ = run("leaderboard", "MATH-500")
    assert code == 0
    assert out.index("97.3") < out.index("gain") if "gain" in out else "97.3" in out
    assert run("leaderboard", "Nothing at all")[0] == 1
    code, out, _ = run("stats", "--format", "json")
    numbers = {b["name"]["value"]: b["number"]["value"] for b in json.loads(out)["results"]["bindings"]}
    assert (code, numbers["Paper"], numbers["Digest"]) == (0, "9", "1")


def test_show_tells_the_first_of_each_list_and_how_many_more_there_are(run):
    whole, cut = (run("show", "DeepSeek-R1", "--first", first)[1].splitlines() for first in "01")
    assert not any("more (--first 0" in line for line in whole)
    (more,) = [line for line in cut[cut.index("evidence:") :] if "more (--first 0" in line]
    quotations = [line for line in whole if "«" in line]
    assert len([line for line in cut if "«" in line]) == 1 < len(quotations)
    assert f"and {len(quotations) - 1} more" in more


def test_show_says_first_how_many_things_go_by_a_name(tmp_path):
    titles = ("Prismat: Attention that is sparse", "Prismat: Decoding without haste")
    entries = [
        {"paper": {"id": f"2501.0000{n}", "title": title, "summary": "We introduce Prismat, a new method."}}
        for n, title in enumerate(titles)
    ]
    (tmp_path / "2025-01-02.jsonl").write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), "utf8")
    kg.build([str(tmp_path / "2025-01-02.jsonl")], tmp_path / "store").close()
    shown = CliRunner().invoke(cli, ["show", "Prismat", "--store", str(tmp_path / "store")]).output
    first, *profiles = shown.split("\n\n")
    assert first.startswith("2 things are called so:")
    assert [line.rpartition("/")[2] for line in first.splitlines()[1:]] == [
        "prismatattentionthatissparse>",
        "prismatdecodingwithouthaste>",
    ]
    assert sum(title in part for part in profiles for title in titles if "introduced by" in part) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "leaderboard"),
        ("ask", "which papers report MATH-500?"),
        ("ask", "FilmAgent를 제안한 논문은?"),
        ("show", "FilmAgent"),
        ("stats",),
        ("leaderboard", "MATH-500"),
    ],
)
def test_asking_loads_nothing_heavy(store, arguments):
    script = (
        "import sys; from kg.cli import cli; from kg.guard import once\n"
        "once.CAN_FORK = False  # what a child loads would not be seen here\n"
        f"cli.main({list(arguments)!r} + ['--store', {str(store)!r}], standalone_mode=False)\n"
        "print(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf8")
    loaded = set(json.loads(done.stderr.strip().splitlines()[-1].replace("'", '"')))
    assert "pyoxigraph" in loaded
    assert loaded & HEAVY == set()


def test_rapidfuzz_is_loaded_only_for_what_is_unknown(store):
    script = (
        "import sys, kg\n"
        f"kg.open({str(store)!r}).ask('who wrote FilmAgent?')\n"
        "assert 'rapidfuzz' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("leaderboard", "MATH-500", "--all"), "no other option but --page"),
        (("leaderboard", "--all", "--plot", "x.svg"), "no other option but --page"),
        (("leaderboard", "MATH-500", "--plot", "x.png"), "ends in .svg"),
        (("view", "-o", "x.png"), "ends in .html"),
        (("evaluate", "gold.json", "--json", "--errors", "3"), "without --errors"),
        (("ask", "top papers", "--memory", "20"), "at least 64"),
        (("leaderboard", "MATH-500", "--format", "ttl"), "'ttl' is not one of"),
    ],
)
def test_options_that_do_not_go_together_are_refused_at_once(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.json").write_text("[]")
    code, out, error = run(*arguments)
    assert (code, out) == (2, "")
    assert said in error
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize("name", ["query", "ask", "show", "stats", "leaderboard"])
def test_help_has_an_example(name):
    result = CliRunner().invoke(cli, [name, "--help"], prog_name="kg")
    assert result.exit_code == 0
    assert f"kg {name}" in result.output.split("Examples:")[1]
    assert name in COMMANDS
