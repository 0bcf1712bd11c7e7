"""The house rules that a program can see."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
LONGEST_MODULE, LONGEST_FUNCTION = 250, 40
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "base",
    "misc",
    "manager",
    "handler",
    "process",
}
TOP = {
    "pyproject.toml", "README.md", "kg", "ontology", "seeds", "exports", "tests", "LICENSE", "CHANGELOG.md",
    "CONTRIBUTING.md", "SECURITY.md", "THREAT_MODEL.md", "MODEL_CARD.md", "constraints.txt",
}  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.split("\n")[:-1]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(ast.parse(text)), (
        "the first line of a module says what comes in and what goes out"
    )
    assert path.stem not in DRAWERS


def _code_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - (body[0].lineno if body else function.lineno) + 1


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_are_short(path: Path) -> None:
    functions = [
        n for n in ast.walk(ast.parse(path.read_text(encoding="utf8"))) if isinstance(n, ast.FunctionDef)
    ]
    assert not {f.name: _code_lines(f) for f in functions if _code_lines(f) > LONGEST_FUNCTION}


def test_every_package_has_a_room_on_the_map() -> None:
    imports = {p.parent.relative_to(ROOT).as_posix() for p in MODULES}
    missing = [folder for folder in imports if not (ROOT / folder / "__init__.py").is_file()]
    assert not missing


def test_the_top_level_is_the_plan() -> None:
    top = {line.split("/")[0] for line in tracked()}
    assert {entry for entry in top if not entry.startswith(".")} <= TOP


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|tmp|home|Users)/[a-z]")
    texts = {
        f: ROOT / f
        for f in tracked()
        if f.endswith((".py", ".md", ".toml", ".ttl", ".json", ".css", ".js", ".html"))
    }
    found = [
        f
        for f, p in texts.items()
        if p.is_file() and f != "tests/test_house.py" and pattern.search(p.read_text("utf8"))
    ]
    assert not found


def _code(path: Path) -> str:
    """A module without its docstrings and function heads."""
    return re.sub(r'""".*?"""|def \w+\(', "", path.read_text(encoding="utf8"), flags=re.DOTALL)


def test_files_are_opened_behind_the_two_doors() -> None:
    """Reading and writing files is the business of a few modules; the rest get text and give values."""
    doors = {
        "kg/files/local.py", "kg/files/remote.py", "kg/writers/placement.py", "kg/store/ledger.py",
        "kg/store/generations.py",
        "kg/fingerprint.py", "kg/names.py", "kg/supplies.py", "kg/rdf/vocabulary.py",
        "kg/remote/workspace.py",
        "kg/guard/limits.py",  # what the system says of this process
        "kg/training/cases.py", "kg/training/__main__.py",  # commands of their own, run by hand
    }  # fmt: skip
    opens = re.compile(
        r"\.(?:read_text|read_bytes|write_text|write_bytes)\(|\.open\(\"|(?<![\w.])open\((?!self)"
    )
    found = {name(p) for p in MODULES if opens.search(_code(p))}
    loaders = {f for f in found if "from kg.supplies import" in (ROOT / f).read_text("utf8")}
    shells = {f for f in found if f.startswith("kg/cli/")}
    assert found - doors - loaders - shells == set()
