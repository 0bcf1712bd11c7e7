"""Work on a Dask cluster: what it gives, what is refused, and what happens when a worker is killed."""

from __future__ import annotations

import math
import operator
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from click.testing import CliRunner

from kg import cluster, pipeline
from kg.cli import cli
from kg.cluster import Cluster, Make, tell_make
from kg.errors import ClusterError, UsageError
from kg.files import find_digests
from kg.graph import Graph
from kg.store import Store
from kg.writers import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = "from tests.conftest import refuse_network\n"
OTHER = "import kg; kg.__version__ = '0.0.1'\n"
NONE = "import sys; sys.modules['kg'] = None\n"
DASK = "from dask.__main__ import main; main()"
HERE = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"]
SENTENCE = "Rocket{n} scores {score}% accuracy on HillBench and beats GPT-4o by {gain} points."


@contextmanager
def running(*arguments: str, before: str = "", log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster, as ``dask …`` starts it, in a process that may talk to this machine alone."""
    with log.open("wb") as out:
        code = f"{OFFLINE}{before}{DASK}"
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@contextmanager
def scheduling(folder: Path) -> Iterator[tuple[Path, distributed.Client]]:
    """A scheduler: the file that says where it is, and a client that looks at it."""
    file = folder / "scheduler.json"
    log = folder / "scheduler.log"
    with running("scheduler", *HERE, "--port", "0", "--scheduler-file", str(file), log=log) as process:
        while not file.exists():
            assert process.poll() is None, log.read_text("utf8")
            time.sleep(0.05)
        with distributed.Client(scheduler_file=str(file), set_as_default=False, timeout=120) as client:
            yield file, client


def working(
    folder: Path, file: Path, name: str, before: str = ""
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A worker of one thread."""
    options = [*HERE, "--scheduler-file", str(file), "--nthreads", "1", "--name", name, "--no-nanny"]
    return running("worker", *options, before=before, log=folder / f"worker-{name}.log")


@contextmanager
def hired(scheduler: str = "", workers: int = 1) -> Iterator[Cluster]:
    crew = Cluster(scheduler, workers)
    try:
        yield crew
    finally:
        crew.dismiss()


def address(client: distributed.Client) -> str:
    return str(client.scheduler.address)


def write_digests(folder: Path, number: int) -> Path:
    """Digests that share names and authors, so that what one says bears on others."""
    folder.mkdir()
    head = "| Title | Authors | Summary |\n|---|---|---|\n"
    for n in range(number):
        said = " ".join(SENTENCE.format(n=n + k, score=40 + (n + k) % 50, gain=1 + k) for k in range(6))
        link = f"(Read more on [arXiv](https://arxiv.org/abs/2503.{n // 2:05d}))"
        row = f"| Rocket{n // 2}: A Model {link} | Ada Byron, Alan Mathison {n % 7} | {said} |\n"
        (folder / f"{n:03d}.md").write_text(f"## Papers for 2025-03-04\n\n{head}{row}", "utf8")
    return folder


def export(store: Store, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    return {
        n: write(Graph(store), folder / n).read_bytes() for n in ("graph.ttl", "graph.jsonld", "graph.nt")
    }


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = find_digests([str(write_digests(tmp_path / "digests", 48))])
    alone, many = Store(None, writing=True), Store(None, writing=True)
    expected = pipeline.update(alone, found)
    done: list[str] = []
    lost: list[str] = []
    with scheduling(tmp_path) as (file, client), ExitStack() as stack:
        victim, _ = (stack.enter_context(working(tmp_path, file, name)) for name in ("victim", "survivor"))
        client.wait_for_workers(2, timeout=300)
        at = next(
            a for a, w in client.scheduler_info(n_workers=-1)["workers"].items() if w["name"] == "victim"
        )

        def advance(digest: object) -> None:
            done.append(digest.key)  # type: ignore[attr-defined]
            if not lost and len(done) >= len(found.files) // 3:
                lost.extend(map(str, client.processing().get(at, ())))
                if lost:
                    os.kill(victim.pid, 9)
                    print(f"killed {at} after {len(done)} of {len(found.files)}, which had {len(lost)} tasks")

        with hired(address(client)) as crew:
            report = pipeline.update(many, found, workforce=crew, advance=advance)
        assert list(client.nthreads()) != [at]
        assert len(client.nthreads()) == 1
    assert lost
    assert sorted(done) == [digest.key for digest in found.files]
    assert (report.added, report.extracted) == (expected.added, expected.extracted)
    assert many.ledger.counts() == alone.ledger.counts()
    assert export(many, tmp_path / "many") == export(alone, tmp_path / "alone")


def test_what_cannot_be_worked_with_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First no worker, then one of another version, then one without paperkg."""
    with scheduling(tmp_path) as (file, client):
        with monkeypatch.context() as patch, hired(address(client)) as crew:
            patch.setattr(cluster, "_TO_SHOW_UP", 0.2)
            with pytest.raises(ClusterError, match="has no worker; expected one or more"):
                list(crew.map(operator.neg, [1]))
        for name, before, message in (
            ("older", OTHER, r"has paperkg 0\.0\.1 .*; expected what is here: paperkg"),
            ("bare", NONE, r"has no paperkg that works"),
        ):
            with working(tmp_path, file, name, before), hired(address(client)) as crew:
                client.wait_for_workers(1, timeout=300)
                with pytest.raises(ClusterError, match=rf"the worker tcp://127\.0\.0\.1:\d+ {message}"):
                    list(crew.map(operator.neg, [1]))
            while client.nthreads():
                time.sleep(0.05)


def test_a_scheduler_that_goes_ends_the_work_in_words(tmp_path: Path) -> None:
    with ExitStack() as stack, scheduling(tmp_path) as (file, client):
        stack.enter_context(working(tmp_path, file, "worker"))
        pid = client.run_on_scheduler(os.getpid)
        with hired(address(client)) as crew:
            given = crew.map(operator.neg, range(10**6))
            assert next(given) == (0, 0)
            os.kill(pid, 9)
            with pytest.raises(
                ClusterError, match="the Dask scheduler is gone; the next build goes on from here"
            ):
                list(given)


def test_a_worker_of_several_threads_does_one_thing_at_a_time() -> None:
    at_once: list[int] = []
    seen: list[int] = []

    def work(task: int) -> None:
        at_once.append(task)
        seen.append(len(at_once))
        time.sleep(0.001)
        at_once.pop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda task: cluster._do(work, task, tell_make()), range(40)))
    assert seen == [1] * 40


def test_a_worker_that_comes_later_is_asked_for_its_make(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = tell_make()
    assert cluster._do(operator.neg, 1, ours) == -1
    monkeypatch.setattr(cluster, "tell_make", lambda: Make("0.0.1", *ours[1:]))
    with pytest.raises(ClusterError, match=r"a worker has paperkg 0\.0\.1"):
        cluster._do(operator.neg, 1, ours)


@pytest.mark.parametrize("scheduler", ["tcp://127.0.0.1:1", "nonsense", "gopher://127.0.0.1:1"])
def test_a_scheduler_that_does_not_answer_is_named(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TO_ANSWER", 0.5)
    with (
        hired(scheduler) as crew,
        pytest.raises(ClusterError, match=f"{scheduler}: there is no Dask scheduler"),
    ):
        list(crew.map(operator.neg, [1]))


def test_a_cluster_of_this_machine_works_for_us_alone() -> None:
    with hired(workers=2) as crew:
        taken: list[int] = []
        numbers = (taken.append(n) or n for n in range(100))  # type: ignore[func-returns-value]
        given = crew.map(partial(pow, 2), numbers)
        results = [next(given)]
        assert len(taken) <= cluster._AHEAD * 2
        assert sorted([*results, *given]) == [(n, 2**n) for n in range(100)]
        with pytest.raises(ValueError, match="math domain error"):
            list(crew.map(math.sqrt, [-1]))
        assert dict(crew.map(operator.neg, [3])) == {3: -3}
        me = psutil.Process()
        family = [me, *me.children(recursive=True)]
        listening = [c.laddr.ip for p in family for c in p.net_connections("inet") if c.status == "LISTEN"]
        assert len(listening) >= 3
        assert set(listening) == {"127.0.0.1"}
        assert crew._client.scheduler.address.startswith("tls://")  # type: ignore[union-attr]
    assert not [child for child in psutil.Process().children(recursive=True) if "nanny" in str(child)]


def test_a_task_that_kills_every_worker_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TRIES", 0)
    monkeypatch.setitem(cluster._QUIET, "distributed.scheduler.allowed-failures", 0)
    with hired(workers=1) as crew, pytest.raises(ClusterError, match="a task kills every worker"):
        list(crew.map(os._exit, [1]))


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    for options in ({"workers": 2}, {"scheduler": "tcp://127.0.0.1:1"}):
        with pytest.raises(
            UsageError, match=r"Dask is not installed; expected: pip install 'paperkg\[dask\]'"
        ):
            Cluster(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options", [["--jobs", "2", "--workers", "2"], ["--workers", "2", "--scheduler", "tcp://127.0.0.1:1"]]
)
def test_one_workforce_at_a_time(options: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["build", str(tmp_path), *options], standalone_mode=False)
    assert isinstance(done.exception, UsageError)
    assert f"{options[0]} and {options[2]} exclude each other" in str(done.exception)


def test_a_build_with_workers_gives_the_exports_of_one_without(tmp_path: Path) -> None:
    digests = write_digests(tmp_path / "digests", 12)
    for name, options in (("one", []), ("two", ["--workers", "2"])):
        to = ["--store", str(tmp_path / f"{name}.kg"), "--export", str(tmp_path / name)]
        done = CliRunner().invoke(cli, ["build", str(digests), *to, *options], standalone_mode=False)
        assert done.exception is None, done.exception
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
