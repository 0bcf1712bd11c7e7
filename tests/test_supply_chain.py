"""What we are made of: pinned packages of known licences, no code in data, nothing that goes online."""

from __future__ import annotations

import ast
import importlib.metadata as metadata
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
LICENCES = ROOT / "tests" / "licences.tsv"
FREE = {"MIT", "BSD", "Apache", "ISC", "PSF", "MPL", "HPND", "Zlib", "CC0", "Public-Domain", "W3C"}
RUNS_CODE = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "jsonpickle", "yaml"}
ONLINE = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "telnetlib"}
ONLINE_ROOMS = ("kg/fetching/", "kg/remote/")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def calls(tree: ast.AST) -> set[str]:
    """Names of all functions called, with what they are called on: ``eval``, ``os.system``, ``x.load``."""
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_runs_code_that_it_reads(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    assert not {found for found in imports(tree) if found.split(".")[0] in RUNS_CODE}
    assert not calls(tree) & {
        "eval",
        "exec",
        "compile",
        "__import__",
        "os.system",
        "os.popen",
        "numpy.load",
        "np.load",
    }
    shells = [n for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg in ("shell", "allow_pickle")]
    assert not shells


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_opens_archives(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    assert not imports(tree) & {"zipfile", "tarfile", "gzip", "bz2", "lzma", "shutil.unpack_archive"}
    assert not calls(tree) & {"shutil.unpack_archive"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_two_rooms_go_online(path: Path) -> None:
    found = imports(ast.parse(path.read_text(encoding="utf8"))) & ONLINE
    assert not found or name(path).startswith(ONLINE_ROOMS)


def test_data_is_data() -> None:
    """What ships beside the code is text, and in formats that can run nothing where they are read."""
    kinds = {path.suffix for path in (ROOT / "kg" / "data").rglob("*") if path.is_file()}
    assert kinds <= {
        ".toml",
        ".tsv",
        ".txt",
        ".rq",
        ".sql",
        ".html",
        ".js",
        ".css",
        ".json",
        ".jsonl",
        ".md",
        ".svg",
    }
    for path in (ROOT / "kg" / "data").rglob("*"):
        if path.is_file():
            path.read_text(encoding="utf8")


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", text, flags=re.MULTILINE))


def test_every_pin_has_the_hashes_of_its_files() -> None:
    lock = (ROOT / ".ci" / "lock.txt").read_text(encoding="utf8")
    wanted = pins((ROOT / "constraints.txt").read_text(encoding="utf8"))
    folded = {re.sub(r"[-_.]+", "-", key).lower(): version for key, version in wanted.items()}
    assert {re.sub(r"[-_.]+", "-", key).lower(): version for key, version in pins(lock).items()} == folded
    for entry in re.split(r"\n(?=[A-Za-z])", lock.partition("\n")[2]):
        if "==" in entry:
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    installs = (ROOT / ".ci" / "run").read_text(encoding="utf8")
    assert "--require-hashes --no-deps -r .ci/lock.txt" in installs


def needed(requirements: list[str], seen: dict[str, str]) -> dict[str, str]:
    """The installed packages that these need, directly or not -> their licences as they state them."""
    for line in requirements:
        requirement = Requirement(line)
        key = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if key in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found = metadata.metadata(requirement.name)
        classes = [
            c.rpartition(" :: ")[2] for c in found.get_all("Classifier") or [] if c.startswith("License")
        ]
        stated = found.get("License-Expression") or " / ".join(classes) or found.get("License") or ""
        seen[key] = stated.split("\n")[0]
        needed(metadata.requires(requirement.name) or [], seen)
    return seen


def test_the_licence_of_every_package_is_known(golden: bool) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    extras = project["optional-dependencies"]
    stated = needed([*project["dependencies"], *extras["dask"], *extras["remote"]], {})
    if golden:
        rows = "".join(f"{package}\t{licence}\n" for package, licence in sorted(stated.items()))
        LICENCES.write_text(f"package\tlicence\n{rows}", encoding="utf8")
    rows = [row.split("\t") for row in LICENCES.read_text(encoding="utf8").splitlines()[1:]]
    known = dict(rows)
    assert [row[0] for row in rows] == sorted(known)
    assert not stated.keys() - known.keys(), "run: pytest tests/test_supply_chain.py --golden"
    unfree = {package for package, licence in known.items() if not any(word in licence for word in FREE)}
    assert unfree == {"igraph", "owlrl"}  # GPL, never shipped with us; W3C, not spelled out


def test_a_test_that_goes_online_fails() -> None:
    with pytest.raises(PermissionError, match="goes online"):
        socket.create_connection(("203.0.113.1", 80), timeout=1)
    with pytest.raises(PermissionError, match="goes online"):
        socket.getaddrinfo("example.org", 80)


_OFFLINE = """
import sys, runpy
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise PermissionError(f"the main job goes online: {event} {arguments!r}")
sys.addaudithook(refuse)
sys.argv = ["kg", *sys.argv[1:]]
runpy.run_module("kg", run_name="__main__")
"""


def test_the_main_job_goes_nowhere(tmp_path: Path) -> None:
    """Build, ask, query, view and check with every connection refused, this machine's own included."""
    store = ["--store", str(tmp_path / "store")]
    for arguments in (
        ["build", "seeds/2025-01-23-ko.md", "--export", str(tmp_path / "out"), "--verify"],
        ["ask", "which papers report MATH-500?"],
        ["query", "SELECT * { ?s ?p ?o } LIMIT 1"],
        ["view", "-o", str(tmp_path / "x.html")],
        ["check"],
        ["stats"],
    ):
        command = [sys.executable, "-c", _OFFLINE, *arguments, *store]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
