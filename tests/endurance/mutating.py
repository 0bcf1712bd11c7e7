"""A group of modules -> how many small faults, put into it by chance, its tests see (the mutation score)."""

from __future__ import annotations

import ast
import copy
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
_NEEDED = (
    "kg", "ontology", "seeds", "exports", "tests", "pyproject.toml", "README.md", "CONTRIBUTING.md",
)  # fmt: skip
_PATIENCE = 180
"""So many seconds the tests of a mutant may take; one that takes longer hangs, and is seen."""


@dataclass(frozen=True)
class Group:
    """Modules that belong together, and the tests that are about them; doctests are always run too."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


_EXPORTS = "tests/test_cli_build.py::test_the_exports_of_the_seeds_are_those_in_the_repository"


def _name(folder: str, names: str) -> tuple[str, ...]:
    return tuple(f"{folder}{name}.py" for name in names.split())


GROUPS = {
    "readers": Group(
        ("kg/readers/*.py", "kg/text/*.py"),
        _name("tests/test_", "readers layouts markdown plaintext links dates"),
    ),
    "results": Group(
        _name(
            "kg/extraction/",
            "figures quantities numbers results sharing groups slots outcomes settings comparisons contrasts "
            "clauses",
        ),
        (
            *_name("tests/test_extraction_", "results numbers comparisons cues claims ownership relations"),
            _EXPORTS,
        ),
    ),
    "identity": Group(
        (
            "kg/identity.py",
            "kg/variants.py",
            *_name(
                "kg/resolution/", "terms meanings titles initials identification alignment likeness"
            ),
        ),
        (
            *_name(
                "tests/test_",
                "identity identity_pairs identification titles variants names resolution_alignment "
                "resolution_authors resolution_terms image",
            ),
            _EXPORTS,
        ),
    ),
}  # fmt: skip
"""What is measured, by name."""


@dataclass(frozen=True)
class Mutant:
    """One small fault: bytes of a file, and what stands there instead."""

    path: Path
    line: int
    kind: str
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.kind}: {_shorten(self.before)}  ->  {_shorten(self.after)}"

    def apply(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutate(names: list[str], size: int, seed: int, jobs: int, place: Path) -> int:
    """Try mutants of each group in copies of the tree; print scores and survivors; return how many survived.

    Args:
        names: of groups, or none for all.
        size: how many mutants of a group.
        seed: equal seeds choose equal mutants of equal modules.
        jobs: how many are tried at once.
        place: a folder for the copies.
    """
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        copies.put(_copy_tree(place / str(number)))
    alive = 0
    for name in names or GROUPS:
        group = GROUPS[name]
        _try(group, None, copies)
        chosen = choose([*_find_all(group)], size, seed)
        with ThreadPoolExecutor(jobs) as pool:
            seen = list(pool.map(lambda mutant, group=group: _try(group, mutant, copies), chosen))
        survivors = [mutant for mutant, is_seen in zip(chosen, seen, strict=True) if not is_seen]
        share = 100 * sum(seen) / len(seen)
        print(f"{name}: {sum(seen)} of {len(seen)} mutants seen, {share:.0f} %", flush=True)
        for mutant in survivors:
            print(f"  not seen: {mutant}", flush=True)
        alive += len(survivors)
    return alive


def _copy_tree(place: Path) -> Path:
    place.mkdir(parents=True)
    for name in _NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    return place


def _find_all(group: Group) -> Iterator[Mutant]:
    for pattern in group.modules:
        for path in sorted(ROOT.glob(pattern)):
            yield from find_mutants(path.read_bytes(), path.relative_to(ROOT))


def choose(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Choose mutants by chance, as many of each kind as of the others while there are some."""
    chance = random.Random(seed)
    by_kind: dict[str, list[Mutant]] = {}
    for mutant in chance.sample(mutants, len(mutants)):
        by_kind.setdefault(mutant.kind, []).append(mutant)
    chosen: list[Mutant] = []
    while len(chosen) < min(size, len(mutants)):
        chosen += [by_kind[kind].pop() for kind in sorted(by_kind) if by_kind[kind]]
    return sorted(chosen[:size], key=lambda mutant: (str(mutant.path), mutant.start))


def _try(group: Group, mutant: Mutant | None, copies: SimpleQueue[Path]) -> bool:
    """Say whether the tests see a mutant; without one they must pass, or nothing can be said."""
    place = copies.get()
    paths = sorted({str(path.relative_to(ROOT)) for pattern in group.modules for path in ROOT.glob(pattern)})
    try:
        if mutant is None:
            if not _passes(place, [*paths, *group.tests]):
                raise SystemExit("the tests fail without any fault")
            return True
        target = place / mutant.path
        sound = target.read_bytes()
        target.write_bytes(mutant.apply(sound))
        try:
            return not _passes(place, [str(mutant.path), *group.tests])
        finally:
            target.write_bytes(sound)
    finally:
        copies.put(place)


def _passes(place: Path, paths: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *paths]
    shutil.rmtree(place / ".hypothesis", ignore_errors=True)
    try:
        done = subprocess.run(
            command,
            cwd=place,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(place)},
            capture_output=True,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def find_mutants(source: bytes, path: Path) -> Iterator[Mutant]:
    """Find every small fault that can be put into a module; leave docstrings, types and f-strings alone."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for kind, node, other in _change(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before = source[start:end].decode()
        yield Mutant(path, node.lineno, kind, start, end, before, other)


def _change(node: ast.AST) -> Iterator[tuple[str, ast.stmt | ast.expr, str]]:
    """Give each node below one that can be changed, with the kind of change and what stands there then."""
    for child in _list_parts(node):
        for kind, change in _CHANGES:
            for other in change(child):
                assert isinstance(child, ast.stmt | ast.expr)
                text = ast.unparse(ast.fix_missing_locations(other))
                yield kind, child, text if isinstance(child, ast.stmt) else f"({text})"
        yield from _change(child)


def _list_parts(node: ast.AST) -> Iterator[ast.AST]:
    """Give the parts of a node in which a fault would be one: no types, no docstrings, no formatted text."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST) and not isinstance(part, ast.JoinedStr) and not _is_idle(part):
                yield part


def _is_idle(node: ast.AST) -> bool:
    """Say whether nothing is done by a node: a docstring, an import, what only type checkers look at."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("cast", "TypeVar")
    )


_OTHERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or,
    ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
}  # fmt: skip
"""Operator -> the one it is taken for by mistake."""


def _flip(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[number] = _OTHERS[type(operator)]()  # type: ignore[call-overload]
            yield other


def _swap(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(_OTHERS[type(node.op)](), node.values)  # type: ignore[arg-type]


def _negate(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)


def _shift(node: ast.AST) -> Iterator[ast.AST]:
    """Move a boundary by one, or take a sign for the other."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.BinOp) and type(node.op) in _OTHERS:
        yield ast.BinOp(node.left, _OTHERS[type(node.op)](), node.right)  # type: ignore[arg-type]


def _replace(node: ast.AST) -> Iterator[ast.AST]:
    """Put another constant in the place of one."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, str):
            yield ast.Constant("" if node.value else "x")
        elif isinstance(node.value, float):
            yield ast.Constant(node.value * 1.5 + 1)


def _return(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield ast.Return(ast.Constant(None))


def _delete(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete):
        yield ast.Pass()


_CHANGES: tuple[tuple[str, Callable[[ast.AST], Iterator[ast.AST]]], ...] = (
    ("comparison", _flip), ("and/or", _swap), ("not", _negate), ("boundary", _shift), ("constant", _replace),
    ("return", _return), ("deletion", _delete),
)  # fmt: skip
"""Kind of fault -> what puts it into a node, if it can."""


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:60]} … {line[-27:]}"
