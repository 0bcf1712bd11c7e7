"""A command -> what it spent: processor seconds with those of its children, seconds, peak memory.

Processor seconds are the figure to trust where a machine has other work to do: the clock is not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KG = (sys.executable, "-m", "kg")


class Spent(NamedTuple):
    """Processor seconds, seconds by the clock, peak memory in MiB, what was printed."""

    cpu: float
    wall: float
    peak: float
    output: str


def spend(command: Sequence[str]) -> Spent:
    """Run a command to its end and return what it spent; a command that fails ends the measurement."""
    with tempfile.TemporaryFile("w+", encoding="utf8") as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=_installed())
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {child.returncode}:\n{printed[-2000:]}")
    return Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, printed)


def _installed() -> dict[str, str]:
    """Return an environment in which modules are compiled once, as those of an installed package are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def spend_by_turns(*commands: Sequence[str], rounds: int = 9) -> list[float]:
    """Run commands in turn after a round that does not count; return the median processor seconds of each."""
    spent = [[spend(command).cpu for command in commands] for _ in range(rounds + 1)][1:]
    return [median(row) for row in zip(*spent, strict=True)]


def time_by_turns(*jobs: Callable[[], object], rounds: int = 11, wall: bool = False) -> list[float]:
    """Run functions in turn after a round that does not count; return the median processor seconds of each.

    A function that takes more than ten seconds runs once. ``wall`` is for where another process does the
    work: then the clock counts.
    """
    clock = time.perf_counter if wall else time.process_time
    first = [_time(job, clock) for job in jobs]
    spent: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, once, times in zip(jobs, first, spent, strict=True):
            if once < 10:
                times.append(_time(job, clock))
    return [median(times) if times else once for times, once in zip(spent, first, strict=True)]


def _time(job: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    job()
    return clock() - start
