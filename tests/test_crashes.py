"""Whatever stops a build, the store is as it was before or as it is after, and the next build goes on."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg import disk, pipeline
from kg.errors import StoreError, UsageError
from kg.files import find_digests
from kg.graph import Graph
from kg.store import Store
from kg.writers import write, write_text
from tests.factories import make_graph
from tests.test_pipeline import digest, dump

ROOT = Path(__file__).resolve().parent.parent


def kg_in_a_child(
    *arguments: str | Path, largest_file: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that may write files of so many bytes only."""

    def confine() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, preexec_fn=confine)


def build(folder: Path, *numbers: int) -> Path:
    """Build a store of one digest for each number, and return its place."""
    digests = folder / "digests"
    digests.mkdir(exist_ok=True)
    for n in numbers:
        digest(digests, f"2025-03-0{n}.md", arxiv=f"2503.0123{n}", title=f"Paper {n} on Hills")
    store = Store(folder / "store", writing=True)
    pipeline.update(store, find_digests([str(digests)]), sync=True)
    store.close()
    return folder / "store"


def read(store: Path) -> list[str]:
    opened = Store(store)
    try:
        return dump(opened)
    finally:
        opened.close()


def test_killed_anywhere_it_opens_conforms_and_goes_on() -> None:
    """A few kills; ``python -m tests.endurance crash`` has hundreds."""
    command = [sys.executable, "-m", "tests.endurance", "crash", "--times", "5", "--seed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("largest", [60_000, 400_000])
def test_where_the_disk_is_full_the_old_graph_stays(tmp_path: Path, largest: int) -> None:
    place = build(tmp_path, 1, 2)
    before = read(place)
    done = kg_in_a_child("build", "seeds", "--store", place, largest_file=largest)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert read(place) == before
    assert kg_in_a_child("build", "seeds", "--store", place).returncode == 0
    assert len(read(place)) > len(before)


def test_where_the_disk_is_full_the_old_export_stays(tmp_path: Path) -> None:
    place = build(tmp_path, 1, 2)
    file = tmp_path / "graph.ttl"
    file.write_text("old", "utf8")
    done = kg_in_a_child("export", file, "--store", place, largest_file=5_000)
    assert done.returncode == 2
    assert "graph.ttl: cannot be written" in done.stderr
    assert file.read_text("utf8") == "old"
    assert not list(tmp_path.glob(".*"))


@pytest.fixture
def sealed(tmp_path: Path) -> object:
    """A store in a folder that nobody, root included, can write to."""
    place = build(tmp_path, 1, 2)
    if os.geteuid():
        for path in (*place.rglob("*"), place):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield place
        for path in (place, *place.rglob("*")):
            path.chmod(0o755)
        return
    view = tmp_path / "view"
    view.mkdir()
    mounted = [["mount", "--bind", place, view], ["mount", "-o", "remount,ro,bind", view]]
    if any(subprocess.run(command, capture_output=True).returncode for command in mounted):
        pytest.skip("this root may mount nothing")
    yield view
    subprocess.run(["umount", view], check=True)


def test_a_read_only_store_is_read_and_not_written(sealed: Path) -> None:
    assert read(sealed)
    for action in (lambda: Store(sealed, writing=True), lambda: write_text(sealed / "graph.ttl", ["x"])):
        with pytest.raises((StoreError, UsageError), match=r"read-only|Read-only|Permission"):
            action()
    assert read(sealed)


def test_a_second_writer_waits_and_is_then_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = build(tmp_path, 1)
    monkeypatch.setattr(disk, "_PATIENCE", 0.1)
    first = Store(place, writing=True)
    with pytest.raises(StoreError, match="another build is writing to it"):
        Store(place, writing=True)
    assert read(place)
    first.close()
    Store(place, writing=True).close()


def test_an_unfinished_change_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = build(tmp_path, *range(1, 8))
    before = read(place)

    def fail(store: Store) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("kg.store.generations.Generations.seal", lambda *_: fail(None))
        store = Store(place, writing=True)
        with pytest.raises(StoreError, match="No space left on device"):
            pipeline.drop(store, ["2025-03-02.md"])
        assert dump(store) == before
        store.close()
    assert read(place) == before


def test_what_is_no_fault_of_the_disk_is_not_said_to_be(tmp_path: Path) -> None:
    store = Store(build(tmp_path, 1), writing=True)
    with pytest.raises(FileNotFoundError), store.changing():
        (tmp_path / "weights.tsv").read_text("utf8")
    store.close()


def test_a_graph_that_is_lost_is_made_anew(tmp_path: Path) -> None:
    place = build(tmp_path, 1, 2)
    before = read(place)
    (graph,) = place.glob("graph-*")
    shutil.rmtree(graph)
    with pytest.raises(StoreError, match=r"graph-\d+ is missing; build it again"):
        Store(place)
    assert read(build(tmp_path, 1, 2)) == before


def test_a_store_that_was_never_finished_says_so(tmp_path: Path) -> None:
    Store(tmp_path / "store", writing=True).close()
    with pytest.raises(StoreError, match="still empty"):
        kg.open(tmp_path / "store")


_WRITER = """
import sys
from pathlib import Path
from tests.test_crashes import build
for step in range(6):
    if step % 2:
        Path(sys.argv[1], "digests", "2025-03-08.md").unlink()
    build(Path(sys.argv[1]), *range(1, 8), *([] if step % 2 else [8]))
"""


def test_readers_read_while_others_build(tmp_path: Path) -> None:
    """Each reader sees the graph before or after a change, whole, for as long as it stays."""
    place = build(tmp_path, *range(1, 8))
    kept = Store(place)
    states = {tuple(read(place))}
    other = tmp_path / "other"
    other.mkdir()
    states.add(tuple(read(build(other, *range(1, 9)))))
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], cwd=ROOT)
    seen = 0
    while writer.poll() is None:
        assert tuple(read(place)) in states
        seen += 1
    assert writer.returncode == 0
    assert seen
    assert tuple(dump(kept)) in states
    kept.close()


def test_what_a_reader_holds_is_of_one_moment(tmp_path: Path) -> None:
    place = build(tmp_path, 1, 2)
    kept = Store(place)
    before = (dump(kept), list(kept.ledger.digests()))
    build(tmp_path, 3)
    build(tmp_path, 4)
    assert (dump(kept), list(kept.ledger.digests())) == before
    assert len(read(place)) > len(before[0])


def test_a_file_is_durable_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write, fsync, rename, fsync of the folder: in this order, for every file that we write."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(descriptor: int) -> None:
        steps.append("fsync folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "fsync file")
        fsync(descriptor)

    def note_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write(make_graph(), tmp_path / "graph.ttl")
    assert steps == ["fsync file", "rename", "fsync folder"]


def test_a_graph_is_durable_before_the_ledger_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for name, owner in (("seal", "generations.Generations"), ("commit", "ledger.Ledger")):
        path = f"kg.store.{owner}.{name}"
        module, kind, method = path.rsplit(".", 2)
        whole = getattr(getattr(sys.modules[module], kind), method)
        monkeypatch.setattr(path, lambda *a, name=name, whole=whole: (steps.append(name), whole(*a))[1])
    build(tmp_path, 1)
    assert steps[-2:] == ["seal", "commit"]
    store = Store(tmp_path / "store", writing=True)
    assert store.ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_a_graph_can_be_asked_while_it_is_kept_open_for_writing(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    graph = kg.build([tmp_path / "a.md"], store=tmp_path / "store")
    assert isinstance(graph, Graph)
    assert read(tmp_path / "store") == dump(graph.store)
    graph.close()


def test_what_somebody_else_keeps_in_the_folder_of_a_store_stays(tmp_path: Path) -> None:
    (tmp_path / "graph-notes").mkdir()
    for name in ("graph-2025.html", "graph-notes/a", "graph-1"):
        (tmp_path / name).write_text("mine")
    (tmp_path / "graph-000009.parts").mkdir()  # of a build that was interrupted
    for _ in range(2):
        kg.build(ROOT / "seeds" / "2025-01-23.md", tmp_path).close()
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("graph-*")}
    assert {"graph-2025.html", "graph-notes", "graph-1"} < left
    assert "graph-000009.parts" not in left
    assert (tmp_path / "graph-notes" / "a").read_text() == "mine"
