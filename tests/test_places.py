"""Digests and exports at URLs: in memory, and on an S3 server that listens to this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

import kg
from kg import intake
from kg.cli import cli
from kg.errors import InputError, UsageError
from kg.files import LARGEST_FILE, find_digests, folder_of, holds, list_gone, read_text, stamp
from kg.places import is_url, reach
from kg.writers import write, write_text
from tests.factories import make_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

fsspec = pytest.importorskip("fsspec")

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DIGEST = b"## 2025-01-23\n"


@pytest.fixture
def memory() -> Iterator[Any]:
    """The file system of ``memory://``, empty before and after."""
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def keys(*urls: str) -> list[str]:
    return [file.key for file in find_digests(urls).files]


@pytest.mark.parametrize("url", ["s3://bucket/x", "memory://", "hdfs://host:8020/x", "abfs://a@b.net/x"])
def test_a_url_is_told_from_a_path(url: str) -> None:
    assert is_url(url)
    assert not any(is_url(path) for path in (f"./{url}", "C://digests", "a.md", "-", "", "a:b"))


def test_a_folder_elsewhere_gives_what_one_here_gives(memory: Any, tmp_path: Path) -> None:
    names = ("b.md", "ko/a.txt", "x/y/z.jsonl", "README.md", ".h.md", ".git/x.md", "c.png", "x/.git/y.md")
    for name in names:
        memory.pipe_file(f"/d/{name}", DIGEST)
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(DIGEST)
    assert (
        keys("memory://d")
        == keys("memory://d/")
        == keys(str(tmp_path))
        == ["b.md", "ko/a.txt", "x/y/z.jsonl"]
    )
    assert keys("memory://d/*.md") == ["b.md"]
    assert keys("memory://d/README.md", "memory://d/ko") == ["README.md", "a.txt"]
    for file in find_digests(["memory://d"]).files:
        assert read_text(file.path) == DIGEST.decode()
        assert folder_of(file) == "memory://d"
        assert holds("memory://d", file.key)
    assert find_digests(["memory://d"]).folders == ("memory://d",)
    assert not find_digests(["memory://d/*.md"]).folders
    assert not holds("memory://d", "c.md")
    assert list_gone(
        [("memory://d", "b.md"), ("memory://d", "c.md"), ("memory://e", "c.md")], find_digests(["memory://d"])
    ) == ["c.md"]


def test_two_places_may_not_give_one_key(memory: Any) -> None:
    for folder in ("en", "ko"):
        memory.pipe_file(f"/{folder}/a.md", DIGEST)
    with pytest.raises(UsageError, match=r"would both be the digest a\.md; build the folder that holds both"):
        find_digests(["memory://en", "memory://ko"])
    assert keys("memory://en", "memory://en/a.md") == ["a.md"]


def test_what_is_no_plain_file_is_not_followed(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.pipe_file("/d/a.md", DIGEST)
    link = {"/d/leak.md": {"name": "/d/leak.md", "type": "link", "size": 1}}
    listed = {**memory.find("/d", detail=True), **link}
    monkeypatch.setattr(type(memory), "find", lambda *_, **__: listed)
    found = find_digests(["memory://d"])
    assert [file.key for file in found.files] == ["a.md"]
    assert "leak.md" in str(found.problems[0])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\nb\n\xff", r"memory://d/a\.md:3: byte 0xff is not UTF-8"),
        (b"a\n\0", r"memory://d/a\.md:2: looks like a binary file"),
        (b"x" * (LARGEST_FILE + 1), r"is larger than 64 MB"),
    ],
)
def test_what_is_refused_here_is_refused_elsewhere(memory: Any, data: bytes, message: str) -> None:
    memory.pipe_file("/d/a.md", data)
    with pytest.raises(InputError, match=message):
        read_text("memory://d/a.md")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://none", "memory://none: no such file or folder"),
        ("memory://none/*.md", "no such file or folder"),
        ("nosuch://x", "nosuch"),
        ("zip://a.md::memory://a.zip", "is a chain of URLs; expected one place"),
        ("ftp://ada:secret@host/x", r"ftp://ada:…@host/x: holds a password"),
        ("file:///x", "is on this machine; expected the path"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused(memory: Any, url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as refused:
        find_digests([url])
    assert "secret" not in str(refused.value)


def test_a_server_that_is_not_there_is_told_from_a_file_that_is_not(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Any, path: str, **__: Any) -> None:
        raise FileNotFoundError(path) from ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(type(memory), "info", refuse)
    with pytest.raises(UsageError, match="Connection refused"):
        find_digests(["memory://digests/a.md"])


def test_a_folder_elsewhere_without_digests_is_refused(memory: Any) -> None:
    memory.pipe_file("/d/a.png", b"")
    with pytest.raises(InputError, match="memory://d: the folder holds no digest"):
        find_digests(["memory://d"])


def test_what_may_change_unseen_elsewhere_has_no_stamp(memory: Any) -> None:
    memory.pipe_file("/d/a.md", DIGEST)
    assert stamp("memory://d/a.md") == stamp("memory://d/none.md") == ""
    memory.store["/d/a.md"].modified = datetime.now(UTC) - timedelta(days=1)
    assert stamp("memory://d/a.md") != ""


def test_without_fsspec_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError, match=r"expected it installed: pip install 'paperkg\[remote\]'"):
        find_digests(["s3://bucket/digests"])
    with pytest.raises(UsageError, match=r"paperkg\[remote\]"):
        write(make_graph(), "s3://bucket/graph.ttl")


def test_without_a_package_for_the_scheme_that_is_named() -> None:
    with pytest.raises(UsageError, match=r"gs://bucket/x: .*gcsfs"):
        reach("gs://bucket/x")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "seeds/2025-01-24.md"], ["ask", "who wrote GRPO?"]]
)
def test_without_a_url_or_cluster_nothing_is_loaded_for_one(arguments: list[str], tmp_path: Path) -> None:
    code = (
        "import sys, runpy; sys.argv = ['kg', *sys.argv[1:]]\n"
        "try: runpy.run_module('kg', run_name='__main__')\n"
        "finally: print(*{'fsspec', 's3fs', 'dask', 'distributed'} & set(sys.modules), file=sys.stderr)"
    )
    if arguments[0] != "--help":
        arguments = [*arguments, "--store", str(tmp_path / "store")]
    if arguments[0] == "ask":
        kg.build([SEEDS / "2025-01-24.md"], tmp_path / "store").store.close()
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == ""


def test_an_export_elsewhere_has_the_same_bytes(memory: Any, tmp_path: Path) -> None:
    graph = make_graph()
    for name in ("graph.ttl", "graph.nt", "results.csv", "graph.html"):
        assert write(graph, f"memory://out/{name}", verify=True) == f"memory://out/{name}"
        assert memory.cat_file(f"/out/{name}") == write(graph, tmp_path / name).read_bytes()
    assert sorted(memory.find("/out")) == sorted(
        f"/out/{name}" for name in ("graph.ttl", "graph.nt", "results.csv", "graph.html")
    )


def test_an_export_that_fails_elsewhere_leaves_the_old_file(
    memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_text("memory://out/a.ttl", ["old"])

    def fail(*_: object, **__: object) -> None:
        raise OSError("the line is cut")

    for step in ("put_file", "mv"):
        with (
            monkeypatch.context() as patch,
            pytest.raises(UsageError, match="cannot be written: the line is cut"),
        ):
            patch.setattr(type(memory), step, fail)
            write_text("memory://out/a.ttl", ["new"])
        assert memory.find("/out") == ["/out/a.ttl"]
        assert memory.cat_file("/out/a.ttl") == b"old"


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """An S3 server of this machine with the bucket ``papers``, and the environment that leads there."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        files = fsspec.filesystem("s3")
        files.mkdir("papers")
        yield files
        type(files).clear_instance_cache()
    server.stop()


def kg_build(*arguments: str) -> str:
    """Run ``kg build`` and return what it says."""
    done = CliRunner().invoke(cli, ["build", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.stderr


def test_a_build_from_s3_to_s3_is_that_of_the_same_files_here(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in ("2025-01-24.md", "2025-01-23-ko.md"):
        s3.pipe_file(
            f"papers/digests/ko/{seed}" if "ko" in seed else f"papers/digests/{seed}",
            (SEEDS / seed).read_bytes(),
        )
    s3.get("papers/digests", str(tmp_path / "digests"), recursive=True)
    here, there = str(tmp_path / "here"), str(tmp_path / "there")
    kg_build(str(tmp_path / "digests"), "--store", here, "--export", str(tmp_path / "out"))
    said = kg_build("s3://papers/digests", "--store", there, "--export", "s3://papers/out")
    assert "written: s3://papers/out/graph.ttl" in said
    assert sorted(s3.ls("papers/out", detail=False)) == [
        f"papers/out/{p.name}" for p in sorted((tmp_path / "out").iterdir())
    ]
    for path in (tmp_path / "out").iterdir():
        assert s3.cat_file(f"papers/out/{path.name}") == path.read_bytes()
    opened: list[str] = []
    monkeypatch.setattr(intake, "read_text", lambda path: (opened.append(path), read_text(path))[1])
    assert "digests: 2 unchanged" in kg_build("s3://papers/digests", "--store", there)
    assert opened == []
    s3.pipe_file("papers/digests/2025-01-24.md", (SEEDS / "2025-01-23.md").read_bytes())
    assert "1 changed, 1 unchanged" in kg_build("s3://papers/digests", "--store", there)
    assert opened == ["s3://papers/digests/2025-01-24.md"]
    s3.rm("papers/digests/2025-01-24.md")
    assert "1 unchanged, 1 dropped" in kg_build("s3://papers/digests", "--store", there, "--sync")


def test_s3_says_what_is_wrong(s3: Any, tmp_path: Path) -> None:
    s3.pipe_file("papers/one/a.md", DIGEST)
    store = ["--store", str(tmp_path / "store")]
    with pytest.raises(UsageError, match="s3://nowhere/digests: no such file or folder"):
        kg_build("s3://nowhere/digests", *store)
    with pytest.raises(
        UsageError, match=r"s3://nowhere/out: the folder cannot be made: no such file .*bucket"
    ):
        kg_build("s3://papers/one", *store, "--export", "s3://nowhere/out")
    assert not (tmp_path / "store").exists()
    with pytest.raises(
        UsageError, match=r"s3://nowhere/graph\.ttl: cannot be written: no such file .*bucket"
    ):
        write(make_graph(), "s3://nowhere/graph.ttl")
    assert s3.ls("", detail=False) == ["papers"]


def test_s3_refuses_who_has_no_permission(s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    s3.pipe_file("papers/closed/a.md", DIGEST)
    monkeypatch.setattr("moto.settings.INITIAL_NO_AUTH_ACTION_COUNT", 0)  # from here on it knows nobody
    with pytest.raises(UsageError, match="s3://papers/closed: no permission"):
        find_digests(["s3://papers/closed"])
    with pytest.raises(UsageError, match=r"s3://papers/graph\.ttl: cannot be written: no permission"):
        write(make_graph(), "s3://papers/graph.ttl")
