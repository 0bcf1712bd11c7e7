"""From digest files to a graph: additions, changes, upgrades, refusals."""

from __future__ import annotations

import io
import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import gleaning, intake, pipeline
from kg.errors import UnknownNameError
from kg.files import find_digests, read_text
from kg.store import Store
from kg.workforce import Processes

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
TABLE = """## Papers for {day}

| Title | Authors | Summary |
|-------|---------|---------|
| {title} (Read more on [arXiv](https://arxiv.org/abs/{arxiv}))| Ada Byron, grace | {text} |
"""


def digest(folder: Path, name: str, **slots: str) -> Path:
    filled = {
        "day": "2025-03-04", "title": "HillBench: A Benchmark for Rockets", "arxiv": "2503.01234",
        "text": "We introduce HillBench. GPT-4o reaches 61.5% accuracy on HillBench.", **slots,
    }  # fmt: skip
    path = folder / name
    path.write_text(TABLE.format(**filled), encoding="utf8")
    return path


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.graph))


def update(store: Store, *paths: Path, sync: bool = False) -> intake.Report:
    return pipeline.update(store, find_digests([str(p) for p in paths]), sync=sync)


def test_two_processes_give_the_graph_that_one_gives(tmp_path: Path) -> None:
    for number in range(9):
        digest(tmp_path, f"{number}.md", title=f"Hill {number}", arxiv=f"2503.0123{number}")
    one, two = Store(None, writing=True), Store(None, writing=True)
    update(one, tmp_path)
    workforce = Processes(2)
    report = pipeline.update(two, find_digests([str(tmp_path)]), workforce=workforce)
    workforce.dismiss()
    assert report.added == tuple(f"{number}.md" for number in range(9))
    assert dump(one) == dump(two)


def test_nothing_is_extracted_twice(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    store = Store(None, writing=True)
    assert update(store, tmp_path).extracted == 1
    again = update(store, tmp_path)
    assert (again.extracted, again.unchanged) == (0, ("a.md",))


def note_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the path of every digest is added that is opened."""
    opened: list[str] = []

    def read(path: str) -> str:
        opened.append(path)
        return read_text(path)

    monkeypatch.setattr(intake, "read_text", read)
    return opened


def test_a_file_as_it_was_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, store, opened = digest(tmp_path, "one.md"), Store(None, writing=True), note_reading(monkeypatch)
    monkeypatch.setattr("kg.files.local._SETTLED", -1)
    assert update(store, tmp_path).added == ("one.md",)
    assert update(store, tmp_path).unchanged == ("one.md",)
    assert opened == [str(path)]
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_text(path.read_text("utf8").replace("61.5%", "71.5%"), encoding="utf8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert update(store, tmp_path).changed == ("one.md",)
    assert any("71.5" in line for line in dump(store))


def test_a_file_touched_is_read_once_more_and_no_oftener(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, store, opened = (
        digest(tmp_path, "one.md"),
        Store(tmp_path / "store", writing=True),
        note_reading(monkeypatch),
    )
    update(store, path)
    monkeypatch.setattr("kg.files.local._SETTLED", -1)
    for _ in range(3):
        assert update(store, path).unchanged == ("one.md",)
        store.close()
        store = Store(tmp_path / "store", writing=True)
    assert len(opened) == 2


def test_a_file_is_the_same_digest_from_whichever_folder_it_comes(tmp_path: Path) -> None:
    (below := tmp_path / "all" / "below").mkdir(parents=True)
    for name in ("a.md", "b.md"):
        digest(below, name, arxiv=f"2503.0123{name == 'a.md':d}")
    store = Store(None, writing=True)
    update(store, tmp_path / "all")
    once = dump(store)
    for paths in ([below], [below / "a.md"], [below / "b.md", tmp_path / "all"]):
        report = update(store, *paths, sync=True)
        assert (report.added, report.changed, report.dropped) == ((), (), ())
        assert dump(store) == once
    digest(below, "a.md", text="We introduce DaleBench.", arxiv="2503.01231")
    assert update(store, below / "a.md").changed == ("below/a.md",)
    assert [row.key for row in store.ledger.digests()] == ["below/a.md", "below/b.md"]


def test_a_changed_digest_replaces_its_facts(tmp_path: Path) -> None:
    changing = digest(tmp_path, "a.md")
    store = Store(None, writing=True)
    update(store, tmp_path)
    digest(tmp_path, "a.md", text="We introduce HillBench. GPT-4o reaches 72.5% accuracy on HillBench.")
    assert update(store, tmp_path).changed == ("a.md",)
    fresh = Store(None, writing=True)
    update(fresh, changing)
    assert dump(store) == dump(fresh)
    assert any('"72.5"' in row for row in dump(store))
    assert not any('"61.5"' in row for row in dump(store))


def test_an_entry_that_stayed_is_taken_from_the_cache(tmp_path: Path) -> None:
    path = digest(tmp_path, "a.md")
    store = Store(None, writing=True)
    update(store, tmp_path)
    path.write_text(
        path.read_text("utf8")
        + "| Two (Read more on [arXiv](https://arxiv.org/abs/2503.09999))| | Text. |\n",
        "utf8",
    )
    report = update(store, tmp_path)
    assert (report.extracted, report.reused) == (1, 1)


@pytest.mark.parametrize("seed", range(2))
def test_file_by_file_in_any_order_is_the_same(seed: int) -> None:
    files = sorted(p for p in SEEDS.glob("*.md") if p.name != "README.md")
    random.Random(seed).shuffle(files)
    steps = Store(None, writing=True)
    for file in files:
        update(steps, file)
    once = Store(None, writing=True)
    update(once, SEEDS)
    assert dump(steps) == dump(once)


def test_sync_drops_what_is_gone(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    gone = digest(tmp_path, "b.md", arxiv="2503.05555", title="Another Paper")
    store = Store(None, writing=True)
    update(store, tmp_path)
    gone.unlink()
    assert update(store, tmp_path).dropped == ()
    assert update(store, tmp_path, sync=True).dropped == ("b.md",)
    assert not any("2503.05555" in row for row in dump(store))


def test_sync_drops_from_folders_that_are_walked_alone(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    files = [
        digest(tmp_path, f"{name}.md", arxiv=f"2503.0000{n}") for n, name in enumerate(("a", "b", "sub/c"))
    ]
    hidden = digest(tmp_path, ".d.md", arxiv="2503.00004")
    store = Store(None, writing=True)
    update(store, tmp_path, hidden)
    assert update(store, files[0], sync=True).dropped == ()
    assert update(store, *files[:2], sync=True).dropped == ()
    assert update(store, tmp_path, sync=True).dropped == ()
    digest(tmp_path, "sub/e.md", arxiv="2503.00005")
    files[1].unlink()
    files[2].unlink()
    assert update(store, tmp_path / "sub", sync=True).dropped == ("sub/c.md",)
    assert update(store, files[0], hidden, sync=True).dropped == ()
    assert update(store, tmp_path, sync=True).dropped == ("b.md",)


def test_sync_leaves_what_was_piped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = digest(tmp_path, "a.md").read_text("utf8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    store = Store(None, writing=True)
    assert pipeline.update(store, find_digests(["-"], "today.md")).added == ("today.md",)
    assert update(store, Path(), sync=True).dropped == ()


def test_dropping_takes_out_what_only_that_digest_said(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    store = Store(None, writing=True)
    update(store, tmp_path)
    before = dump(store)
    digest(tmp_path, "b.md", text="We introduce HillBench. Turtle-7B reaches 12.5% accuracy on HillBench.")
    update(store, tmp_path)
    assert dump(store) != before
    pipeline.drop(store, ["b.md"])
    assert dump(store) == before
    with pytest.raises(UnknownNameError):
        pipeline.drop(store, ["b.md"])


def test_a_namesake_from_another_folder_is_refused_not_swallowed(tmp_path: Path) -> None:
    for name, arxiv in (("one", "2503.01111"), ("two", "2503.02222")):
        (tmp_path / name).mkdir()
        digest(tmp_path / name, "a.md", arxiv=arxiv)
    store = Store(None, writing=True)
    update(store, tmp_path / "one")
    report = update(store, tmp_path / "two")
    assert [p.digest for p in report.problems] == ["a.md"] == list(report.refused)
    assert any("2503.01111" in row for row in dump(store))
    assert not any("2503.02222" in row for row in dump(store))


@pytest.mark.parametrize("stamp", [lambda _: "", lambda path: Path(path).read_text("utf8")[-20:]])
def test_a_folder_that_was_moved_is_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stamp: Callable[[str], str]
) -> None:
    monkeypatch.setattr(intake, "stamp", stamp)
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        digest(old, name)
    store = Store(None, writing=True)
    update(store, old)
    old.rename(new)
    digest(new, "a.md", text="Another text.")
    report = update(store, new)
    assert (report.changed, report.unchanged, report.problems) == (("a.md",), ("b.md", "c.md"), ())
    assert {row.folder for row in store.ledger.digests()} == {str(new)}
    digest(new, "b.md", text="Another text.")
    (new / "c.md").unlink()
    report = update(store, new, sync=True)
    assert (report.changed, report.dropped, report.problems) == (("b.md",), ("c.md",), ())


def test_a_copy_elsewhere_takes_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    digest(old, "a.md")
    store = Store(None, writing=True)
    update(store, old)
    shutil.copytree(old, new)
    assert update(store, new).unchanged == ("a.md",)
    for module in (gleaning, intake, pipeline):
        monkeypatch.setattr(module, "fingerprint", lambda stage: f"another-{stage}")
    assert update(store, new).upgraded == ("a.md",)
    digest(old, "a.md", title="Another Title")
    assert update(store, old).changed == ("a.md",)
    assert update(store, new).refused == ("a.md",)


def test_what_is_piped_in_again_from_anywhere_is_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(None, writing=True)

    def pipe(folder: Path, title: str) -> intake.Report:
        folder.mkdir(exist_ok=True)
        text = digest(folder, "other.md", title=title).read_text("utf8")
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return pipeline.update(store, find_digests(["-"], "today.md"))

    assert pipe(tmp_path / "one", "Once").added == ("today.md",)
    assert pipe(tmp_path / "two", "Twice").changed == ("today.md",)
    digest(tmp_path, "today.md", title="Thrice")
    assert "from standard input" in str(update(store, tmp_path / "today.md").problems[0])
    digest(tmp_path, "today.md", title="Twice")
    assert update(store, tmp_path / "today.md").unchanged == ("today.md",)
    digest(tmp_path, "today.md", title="Thrice")
    assert update(store, tmp_path / "today.md").changed == ("today.md",)
    assert pipe(tmp_path / "two", "Twice").refused == ("today.md",)


def test_one_id_with_two_titles_is_reported(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    digest(tmp_path, "b.md", title="Cooking Noodles in Microgravity")
    digest(tmp_path, "c.md")
    report = update(Store(None, writing=True), tmp_path)
    assert [(p.digest, p.line) for p in report.problems] == [("b.md", 5)]
    assert "2503.01234" in str(report.problems[0])


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "b.md").write_bytes(b"\x00\x01binary")
    (tmp_path / "c.md").write_bytes(b"caf\xe9")
    (tmp_path / "d.md").write_text("A shopping list:\n- milk\n", "utf8")
    report = update(Store(None, writing=True), tmp_path)
    assert report.added[0] == "a.md"
    assert {p.digest for p in report.problems} == {"b.md", "c.md", "d.md"}


def test_an_upgrade_extracts_again_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest(tmp_path, "a.md")
    store = Store(None, writing=True)
    update(store, tmp_path)
    before = dump(store)
    for module in (gleaning, intake, pipeline):
        monkeypatch.setattr(module, "fingerprint", lambda stage: f"another-{stage}")
    report = update(store, tmp_path)
    assert (report.upgraded, report.extracted) == (("a.md",), 1)
    assert dump(store) == before


def test_the_public_names_do_the_main_job(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    digest(folder, "a.md")
    (entry,) = kg.read(folder / "a.md")
    assert entry.arxiv == "2503.01234"
    graph = kg.build([folder], store=tmp_path / "store")
    assert len(graph) > 20
    assert "2503.01234" in str(graph.query("SELECT ?id { ?p fabio:hasArXivId ?id }"))
    assert kg.write(graph, tmp_path / "graph.ttl").stat().st_size > 0
    graph.close()
    again = kg.open(tmp_path / "store")
    assert len(again.rdf) == len(again)
    shutil.rmtree(tmp_path / "store")
