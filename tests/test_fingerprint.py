"""What the work of a stage depends on is in its fingerprint, so that an upgrade does again what changed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kg import fingerprint

PACKAGE = Path(fingerprint.__file__).parent

BEGINS = {
    "reading": ("readers/__init__.py",),
    "extraction": ("extraction/__init__.py",),
    "resolution": ("image/portions.py", "image/drawing.py", "curation/__init__.py"),
}
"""Where the work of a stage begins."""

MEANS = ("errors.py", "supplies.py", "thrift.py", "disk.py", "workforce.py", "store/")
"""What keeps, moves or reports the work of a stage, and decides nothing of it."""


def _imports(module: Path) -> set[Path]:
    """The modules of the package that a module imports when it runs."""
    tree = ast.parse(module.read_text("utf8"))
    unrun = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in unrun
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        if name.startswith("kg.")
    }
    places = (PACKAGE.joinpath(*name.split(".")[1:]) for name in names)
    found = (file for place in places for file in (place.with_suffix(".py"), place / "__init__.py"))
    return {file for file in found if file.exists()}


def _reach(stage: str) -> set[str]:
    ahead, seen = [PACKAGE / begin for begin in BEGINS[stage]], set()
    while ahead:
        if (module := ahead.pop()) not in seen:
            seen.add(module)
            ahead += _imports(module)
    return {module.relative_to(PACKAGE).as_posix() for module in seen}


@pytest.mark.parametrize("stage", BEGINS)
def test_a_fingerprint_covers_the_code_of_its_stage(stage: str) -> None:
    parts = tuple(part if part.endswith(".py") else f"{part}/" for part in fingerprint._STAGES[stage].split())
    missing = {file for file in _reach(stage) if not file.startswith((*parts, *MEANS))}
    assert not missing


@pytest.mark.parametrize("stage", BEGINS)
def test_everything_in_a_fingerprint_exists(stage: str) -> None:
    assert all((PACKAGE / part).exists() for part in fingerprint._STAGES[stage].split())
    assert len(fingerprint.fingerprint(stage)) == 16
