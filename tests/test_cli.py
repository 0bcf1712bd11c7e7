"""The command line as a whole: its commands, how it exits, its errors, colours and completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

import kg
from kg.cli import COMMANDS, cli, main
from tests.factories import make_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

SEED = Path(__file__).parent.parent / "seeds" / "2025-01-24.md"
NO_COMMANDS = {"__init__", "options", "printing", "staffing"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line in an empty folder; its exit code, stdout and stderr."""

    def run_line(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return run_line


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands that ask find a small graph, whatever the store."""
    made = make_graph()
    monkeypatch.setattr(kg, "open", lambda store, **_: made, raising=False)


def on_a_terminal(*arguments: str | Path, **environment: str) -> str:
    """What ``kg`` says on stderr when that is a terminal."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo terminals")
    terminal, end = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=end, stdout=subprocess.DEVNULL, stderr=end, env=inherited | environment
    ):
        os.close(end)
        said = b""
        while piece := _read(terminal):
            said += piece
    os.close(terminal)
    return said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


def test_every_module_of_the_folder_is_a_command_of_the_list() -> None:
    modules = {path.stem for path in Path(str(kg.__file__)).parent.joinpath("cli").glob("*.py")}
    assert modules - NO_COMMANDS == set(COMMANDS)


def test_done_is_0(run: Run, graph: None) -> None:
    assert run("query", "ASK { ?paper a kg:Paper }") == (0, "yes\n", "")
    assert run("--version") == (0, f"kg, version {kg.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "ASK { ?paper a kg:Nothing }"),
        ("ask", "who wrote NoSuchModel?"),
        ("show", "NoSuchModel"),
        ("leaderboard", "NoSuchBenchmark"),
        ("view", "NoSuchModel", "-o", "x.html"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_is_1(run: Run, graph: None, arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(*arguments)[0] == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build",), "PATHS"),
        (("build", "nowhere"), "nowhere: no such file"),
        (("build", str(SEED), "--layout", "mine.toml"), "mine.toml: cannot be read"),
        (("build", str(SEED), "--export", f"{SEED}/out"), "the folder cannot be made"),
        (("build", "--shop"), "--shop"),
        (("stats", "--store", "nowhere"), "nowhere: there is no store here"),
        (("drop", "a.md", "--store", "nowhere"), "nowhere: there is no store here"),
        (("ask", "who?", "--format", "pdf"), "'pdf' is not one of"),
        (("query",), "no query given"),
        (("view",), "--output"),
        (("evaluate", "nowhere"), "nowhere"),
        (("export", "graph.xyz"), "no format is known by the suffix '.xyz'"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, tuple) else "",
)
def test_wrong_use_is_2_and_leaves_nothing(
    run: Run, arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_an_accident_inside_is_3_and_says_how_to_see_more(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(store: Path) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(kg, "open", fail, raising=False)
    code, out, err = run("stats")
    assert (code, out) == (3, "")
    assert err == "error: by nought (ZeroDivisionError; `kg --debug …` shows where)\n"
    code, out, err = run("--debug", "stats")
    assert (code, out) == (3, "")
    assert "in fail" in err


def test_debug_shows_where_an_error_comes_from(run: Run) -> None:
    code, _, err = run("--debug", "stats", "--store", "nowhere")
    assert code == 2
    assert "Traceback" in err
    assert "there is no store here" in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("buidl", "build"), ("Stats", "stats"), ("quary", "query"), ("leader", "leaderboard")],
)
def test_an_unknown_command_gets_the_nearest(run: Run, typed: str, meant: str) -> None:
    code, _, err = run(typed, "x")
    assert code == 2
    assert f"there is no command '{typed}'; nearest known: {meant}\n" in err


def test_a_command_like_none_is_still_an_error(run: Run) -> None:
    code, _, err = run("zzz")
    assert code == 2
    assert "zzz" in err
    assert "nearest" not in err


def test_the_package_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "kg", "--version"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"kg, version {kg.__version__}\n")


def test_a_reader_may_leave_before_the_end(tmp_path: Path) -> None:
    kg.build([SEED], tmp_path).close()
    command = [sys.executable, "-m", "kg", "query", "SELECT ?s { ?s ?p ?o }", "--store", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as left:
        assert left.stdout is not None
        assert left.stderr is not None
        left.stdout.close()
        assert left.stderr.read() == ""
    assert left.returncode == 0


@pytest.mark.parametrize(
    ("typed", "incomplete", "offered"),
    [
        ([], "", set(COMMANDS)),
        ([], "s", {"serve", "show", "stats"}),
        ([], "--d", {"--debug"}),
        (["build"], "--st", {"--strict", "--store"}),
        (["query", "--format"], "t", {"table", "tsv", "ttl"}),
        (["view"], "--dep", {"--depth"}),
    ],
)
def test_the_shell_completes(typed: list[str], incomplete: str, offered: set[str]) -> None:
    found = ShellComplete(cli, {}, "kg", "_KG_COMPLETE").get_completions(typed, incomplete)
    assert {item.value for item in found} == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str) -> None:
    script = "import sys; sys.argv = ['kg']; from kg.cli import main; main()"
    environment = {**os.environ, "_KG_COMPLETE": f"{shell}_source"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    if "Couldn't detect Bash version" in done.stderr + done.stdout:
        pytest.skip("no Bash is installed")
    assert done.returncode == 0
    assert f"_KG_COMPLETE={shell}_complete" in done.stdout


def test_colours_are_for_terminals_and_only_if_wanted(run: Run) -> None:
    assert "\x1b" in on_a_terminal("stats", "--store", "nowhere")
    assert "\x1b" not in on_a_terminal("stats", "--store", "nowhere", NO_COLOR="1")
    assert "\x1b" not in run("stats", "--store", "nowhere")[2]


def test_a_terminal_sees_the_digests_go_by(tmp_path: Path, run: Run) -> None:
    seen = on_a_terminal("build", SEED, "--store", tmp_path / "store")
    assert "Reading" in seen
    assert "100%" in seen
    code, out, err = run("build", str(SEED), "--store", "store")
    assert (code, out) == (0, "")
    assert err.startswith("digests: 1 unchanged")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux lists them")
@pytest.mark.parametrize("wanted", [None, "2"])
def test_a_command_imports_numpy_without_idle_threads(wanted: str | None):
    script = "import os\nfrom kg.thrift import run_lean\nrun_lean()\nimport numpy\n"
    script += "print(len(os.listdir('/proc/self/task')), os.environ['OPENBLAS_NUM_THREADS'])"
    given = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    given |= {"OPENBLAS_NUM_THREADS": wanted} if wanted else {}
    done = subprocess.run([sys.executable, "-c", script], env=given, capture_output=True, check=True)
    threads, told = done.stdout.split()
    assert told.decode() == wanted or (wanted is None and threads == told == b"1")
