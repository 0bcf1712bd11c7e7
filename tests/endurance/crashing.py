"""An operation on a store -> killed at a random moment, looked at, run again, compared with one undisturbed.

Each run is a fork of this process, which has loaded everything and opened no store; the moment is either the
n-th call that the rooms which write make, or a point in time.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import kg
from kg.curation.adoption import FILE
from kg.errors import StoreError, UnknownNameError
from kg.files import find_digests
from kg.graph import Graph
from kg.pipeline import curate, drop, update
from kg.shapes import check
from kg.store import Store
from tests.test_pipeline import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

EXPORTS = ("graph.ttl", "graph.jsonld", "graph.csv")
_WRITING = tuple(f"{os.sep}kg{os.sep}{room}" for room in ("disk", "store", "image", "writers", "pipeline"))
_SAID = (
    "We introduce HillBench. GPT-4o reaches {n}1.5% accuracy on HillBench.",
    "Rocket-{n}B outperforms Turtle-7B by 1{n}.5% on HillBench, trained with GRPO.",
)
_REPORT = 20
_DECIDED = 'merge method:grpo model:gpt4o\nrename benchmark:hillbench "Hill Bench"\n'


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to kill: how a folder is made ready for it, and what it does there."""

    prepare: Callable[[Path], None]
    run: Callable[[Path], None]


def write_digests(folder: Path, numbers: range) -> None:
    """Write one small digest for each number."""
    (folder / "digests").mkdir(exist_ok=True)
    for n in numbers:
        text, title = _SAID[n % 2].format(n=n), f"Paper {n} on Hills"
        digest(
            folder / "digests",
            f"2025-03-0{n}.md",
            day=f"2025-03-0{n}",
            arxiv=f"2503.0123{n}",
            text=text,
            title=title,
        )


def build(folder: Path) -> None:
    """Build all digests."""
    store = Store(folder / "store", writing=True)
    update(store, find_digests([str(folder / "digests")]))
    store.close()


def take_out(folder: Path) -> None:
    """Drop one digest, unless that was done."""
    store = Store(folder / "store", writing=True)
    try:
        drop(store, ["2025-03-02.md"])
    except UnknownNameError:
        pass
    finally:
        store.close()


def decide(folder: Path) -> None:
    """Put decisions in force."""
    (folder / "store" / FILE).write_text(_DECIDED, "utf8")
    store = Store(folder / "store", writing=True)
    curate(store)
    store.close()


def export(folder: Path) -> None:
    """Export the graph over older exports."""
    graph = kg.open(folder / "store")
    (folder / "out").mkdir(exist_ok=True)
    for name in EXPORTS:
        kg.write(graph, folder / "out" / name)
    graph.close()


def _ready(folder: Path) -> None:
    write_digests(folder, range(1, 8))
    build(folder)
    export(folder)


def _more(folder: Path) -> None:
    _ready(folder)
    write_digests(folder, range(8, 9))


def _grown(folder: Path) -> None:
    _more(folder)
    build(folder)


OPERATIONS = {
    "build": Operation(lambda folder: write_digests(folder, range(1, 8)), build),
    "add": Operation(_more, build),
    "drop": Operation(_ready, take_out),
    "curate": Operation(_ready, decide),
    "export": Operation(_grown, export),
}


def crash(times: int, seed: int, place: Path) -> int:
    """Kill operations so many times, in turn; return how often anything was wrong afterwards.

    Args:
        times: how often, all operations together.
        seed: equal seeds kill at equal calls.
        place: an empty folder to work in.
    """
    chance, tally = random.Random(seed), Counter[str]()
    trials = {name: _Trial(name, operation, place / name) for name, operation in OPERATIONS.items()}
    for number in range(times):
        name = list(trials)[number % len(trials)]
        at = chance.random()
        fault = trials[name].kill(
            calls=int(at * trials[name].calls) if chance.random() < 0.7 else None, share=at
        )
        tally[f"{name}: {fault or 'right'}"] += 1
        if (number + 1) % _REPORT == 0:
            wrong = sum(count for line, count in tally.items() if not line.endswith(": right"))
            print(f"{number + 1} kills, {wrong} wrong", flush=True)
    for line, count in sorted(tally.items()):
        print(f"{count:5} x {line}")
    return sum(count for line, count in tally.items() if not line.endswith(": right"))


class _Trial:
    """One operation: what it makes when nobody disturbs it, and what is left when it is killed."""

    def __init__(self, name: str, operation: Operation, place: Path) -> None:
        self._operation, self._place = operation, place
        self._base, self._done = place / "base", place / "done"
        self._base.mkdir(parents=True)
        _expect(_fork(lambda: operation.prepare(self._base)), name)
        shutil.copytree(self._base, self._done)
        counted = place / "calls"
        started = time.monotonic()
        _expect(_fork(lambda: counted.write_text(str(_count(lambda: operation.run(self._done))))), name)
        self._seconds = time.monotonic() - started
        self.calls = int(counted.read_text())
        _expect(_fork(lambda: export(self._done)), name)

    def kill(self, calls: int | None, share: float) -> str:
        """Kill one run, at a call or after a share of the time; say what is wrong then, or nothing."""
        folder = self._place / "killed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._base, folder)
        run = self._operation.run
        if calls is None:
            _fork(lambda: run(folder), seconds=share * self._seconds)
        else:
            _fork(lambda: _count(lambda: run(folder), die_at=calls))
        if torn := self._find_torn(folder):
            return f"torn: {torn}"
        if _fork(lambda: _look(folder)):
            return "does not open or conform"
        if _fork(lambda: (run(folder), export(folder))):
            return "does not run again"
        return "" if self._same(folder) else "differs"

    def _find_torn(self, folder: Path) -> str:
        """Name an export that is neither the old one nor the new one."""
        for name in EXPORTS:
            file = folder / "out" / name
            known = [each / "out" / name for each in (self._base, self._done)]
            if file.exists() and file.read_bytes() not in [k.read_bytes() for k in known if k.exists()]:
                return name
        return ""

    def _same(self, folder: Path) -> bool:
        return all(
            (folder / "out" / n).read_bytes() == (self._done / "out" / n).read_bytes() for n in EXPORTS
        )


def _look(folder: Path) -> None:
    """Open a store that a crash left, and check its graph."""
    try:
        store = Store(folder / "store")
    except StoreError as error:
        if "no store here" in str(error) or "still empty" in str(error):
            return  # it was killed before there was one
        raise
    wrong = [found for found in check(store.graph) if found.severity == "Violation"]
    assert not wrong, wrong[:3]
    assert Graph(store).query("ASK { ?s ?p ?o }") is not None
    store.close()


def _expect(code: int, name: str) -> None:
    assert code == 0, f"{name} fails undisturbed"


def _count(run: Callable[[], object], die_at: int = -1) -> int:
    """Run something and count the calls that the writing rooms make; die at one of them."""
    calls = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event in ("call", "c_call") and any(room in frame.f_code.co_filename for room in _WRITING):
            if calls == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            calls += 1

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


def _fork(run: Callable[[], object], seconds: float | None = None) -> int:
    """Run something in a child, killed after so many seconds if any are given; return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]
