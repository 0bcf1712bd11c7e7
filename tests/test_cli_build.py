"""``kg build`` as a user meets it: what it prints, how it ends, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from kg.cli.build import command as build
from tests.test_pipeline import digest

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
EXPORTS = SEEDS.parent / "exports"


def kg(
    *arguments: str | Path, cwd: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        input=stdin,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_exports_of_the_seeds_are_those_in_the_repository(tmp_path: Path) -> None:
    """Byte for byte, under another hash seed and with the files in another order."""
    files = sorted(p for p in SEEDS.glob("*.md") if p.name != "README.md")
    for seed, paths in (("1", [SEEDS]), ("2", files[::-1])):
        done = kg(
            "build",
            *paths,
            "--store",
            f"store{seed}",
            "--export",
            f"out{seed}",
            cwd=tmp_path,
            PYTHONHASHSEED=seed,
        )
        assert done.returncode == 0, done.stderr
    for name in ("graph.ttl", "graph.jsonld", "graph.html", "report.json"):
        assert (tmp_path / "out1" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes(), name
    for name in ("graph.ttl", "graph.jsonld"):
        assert (tmp_path / "out1" / name).read_bytes() == (EXPORTS / name).read_bytes(), (
            f"run kg build seeds --export exports: {name}"
        )


def test_standard_input_needs_a_name_and_gets_one(tmp_path: Path) -> None:
    text = digest(tmp_path, "a.md").read_text("utf8")
    done = kg("build", "-", "--name", "2025-03-04.md", cwd=tmp_path, stdin=text)
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stderr
    assert done.stdout == ""


def test_strict_makes_a_problem_an_error(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "b.md").write_text("A shopping list:\n- milk\n", "utf8")
    lenient = kg("build", "a.md", "b.md", "--export", "out", cwd=tmp_path)
    assert lenient.returncode == 0
    assert "b.md:1" in lenient.stderr
    problems = json.loads((tmp_path / "out" / "report.json").read_text("utf8"))["problems"]
    assert [(p["digest"], p["line"]) for p in problems] == [("b.md", 1)]
    assert kg("build", "a.md", "b.md", "--strict", cwd=tmp_path).returncode == 2


def test_an_export_that_is_a_link_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "out").mkdir()
    for name in ("report.json", "graph.ttl"):
        (tmp_path / "out" / name).unlink(missing_ok=True)
        (tmp_path / "out" / name).symlink_to(tmp_path / "secret")
        done = kg("build", "a.md", "--export", "out", cwd=tmp_path)
        assert done.returncode == 2
        assert f"{name}: a symbolic link leads out of the folder" in done.stderr
        assert not (tmp_path / "secret").exists()


def test_a_refused_namesake_ends_with_2(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        digest(tmp_path / name, "a.md", title=f"Hill {name}")
    assert kg("build", "one", cwd=tmp_path).returncode == 0
    done = kg("build", "two", cwd=tmp_path)
    assert done.returncode == 2
    assert "digests: 1 refused" in done.stderr
    assert "the build goes on without it and then exits with 2" in " ".join((build.help or "").split())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "no such file"),
        (lambda folder: (folder / "digests").mkdir(), "holds no digest"),
        (
            lambda folder: (
                (folder / "digests").mkdir() or (folder / "digests" / "x.png").write_bytes(b"\x89PNG")
            ),
            "holds no digest",
        ),
    ],
    ids=["missing", "empty", "only pictures"],
)
def test_wrong_paths_end_with_a_word_and_no_traceback(tmp_path: Path, make: object, said: str) -> None:
    assert callable(make)
    make(tmp_path)
    done = kg("build", "digests", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".kg").exists()


def test_no_file_name_steers_the_terminal_or_comes_into_the_graph(tmp_path: Path) -> None:
    hostile = "2025-03-04\x1b[31m\u202e\x07.md"
    digest(tmp_path, hostile)
    (tmp_path / f"b{hostile}").write_text("- milk", "utf8")
    done = kg("build", ".", "--export", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "b2025-03-04" in done.stderr
    refused = kg("build", f"no{hostile}", cwd=tmp_path)
    assert refused.returncode == 2
    for said in (done.stderr, refused.stderr, (tmp_path / "out" / "graph.ttl").read_text("utf8")):
        assert not {"\x1b", "\u202e", "\x07"} & set(said)
        assert "\\u202" not in said


def test_a_line_of_two_hundred_megabytes_is_refused_quickly(tmp_path: Path) -> None:
    with (tmp_path / "big.md").open("wb") as out:
        for _ in range(200):
            out.write(b"x" * 2**20)
    digest(tmp_path, "a.md")
    done = kg("build", "a.md", "big.md", cwd=tmp_path)
    assert done.returncode == 0
    assert "big.md" in done.stderr
    assert "1 added" in done.stderr


def test_a_file_in_place_of_the_store_is_an_error(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "file").write_text("x", "utf8")
    done = kg("build", "a.md", "--store", "file/store", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be made" in done.stderr


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    assert kg("build", "a.md", cwd=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / ".kg" / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE meta SET value = '0' WHERE name = 'format'")
    for command in (["build", "a.md"], ["check"]):
        done = kg(*command, cwd=tmp_path)
        assert done.returncode == 2
        assert "format 0" in done.stderr


def count_digests(store: Path) -> int:
    """How many digests a build has recorded so far."""
    try:
        with closing(sqlite3.connect(f"file:{store}/ledger.sqlite?mode=ro", uri=True)) as ledger:
            return int(ledger.execute("SELECT COUNT(*) FROM digest").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_ctrl_c_leaves_a_store_that_the_next_build_completes(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    for n in range(600):
        digest(folder, f"{n:03d}.md", arxiv=f"2503.{n:05d}", title=f"Paper {n}", day="2025-03-04")
    build = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "digests"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while build.poll() is None and time.monotonic() < deadline and count_digests(tmp_path / ".kg") < 5:
        time.sleep(0.01)
    build.send_signal(signal.SIGINT)
    _, said = build.communicate(timeout=60)
    assert "Traceback" not in said
    assert build.returncode == 130, said
    assert "the next build goes on from here" in said
    assert kg("build", "digests", cwd=tmp_path).returncode == 0
    assert kg("build", "digests", "--store", "fresh", cwd=tmp_path).returncode == 0
    for store in (".kg", "fresh"):
        assert kg("export", f"{store.strip('.')}.nt", "--store", store, cwd=tmp_path).returncode == 0
    assert (tmp_path / "kg.nt").read_bytes() == (tmp_path / "fresh.nt").read_bytes()
