"""A command -> what it spent: processor seconds with those of its children, seconds, peak memory.

Processor seconds are the figure to trust where a machine has other work to do: the clock is not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KG = (sys.executable, "-m", "kg")

_LOOKING = 0.02
"""So many seconds pass between two looks at whether a command is done."""


class Spent(NamedTuple):
    """Processor seconds, seconds by the clock, peak memory in MiB, what was printed."""

    cpu: float
    wall: float
    peak: float
    output: str


def spend(command: Sequence[str]) -> Spent:
    """Run a command to its end and return what it spent; a command that fails ends the measurement."""
    child = _Child(command)
    while child.spent is None:
        child.wait(0)
    return child.spent


def spend_in_turns(*commands: Sequence[str], turn: float = 4.0) -> list[Spent]:
    """Run commands to their ends, one going on for some seconds while the others stand still.

    What else the machine does meanwhile slows them alike, however long they take. Seconds by the clock say
    nothing then.
    """
    children = [_Child(command) for command in commands]
    try:
        for child in children:
            child.halt()
        while waiting := [child for child in children if child.spent is None]:
            for child in waiting:
                child.go_on(turn)
    finally:
        for child in children:
            child.kill()
    return [child.spent for child in children if child.spent]


def spend_around(
    command: Sequence[str], job: Callable[[], float], every: float = 40.0
) -> tuple[Spent, list[float]]:
    """Run a command to its end, and have it stand still every so many seconds while a job is done.

    What else the machine does meanwhile slows both alike, however short the job is. Seconds by the clock say
    nothing then.

    Returns:
        What the command spent, and what the jobs returned.
    """
    child = _Child(command)
    found: list[float] = []
    try:
        while child.spent is None:
            child.go_on(every)
            if child.spent is None:
                found.append(job())
    finally:
        child.kill()
    return child.spent, found


class _Child:
    """A command under way; ``spent`` is there once it is done."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command, self._start = command, time.perf_counter()
        self._output = tempfile.TemporaryFile("w+", encoding="utf8")  # noqa: SIM115 - closed by `wait`
        self._process = subprocess.Popen(
            command, stdout=self._output, stderr=subprocess.STDOUT, env=_installed()
        )
        self.spent: Spent | None = None

    def kill(self) -> None:
        """End it, if it is not done."""
        if self._process.returncode is None:
            self._process.kill()
            self._process.wait()
            self._output.close()

    def halt(self) -> None:
        """Have it stand still."""
        self._signal(signal.SIGSTOP)

    def go_on(self, seconds: float) -> None:
        """Let it go on for a while, or to its end."""
        self._signal(signal.SIGCONT)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.wait(os.WNOHANG)
            if self.spent:
                return
            time.sleep(_LOOKING)
        self.halt()

    def _signal(self, number: int) -> None:
        """Send a signal by the process id: `Popen.send_signal` would first reap it, where it is done."""
        os.kill(self._process.pid, number)

    def wait(self, options: int) -> None:
        """See whether it is done, and if so, what it spent."""
        pid, status, usage = os.wait4(self._process.pid, options)
        if not pid:
            return
        self._process.returncode = os.waitstatus_to_exitcode(status)
        with self._output as output:
            output.seek(0)
            printed = output.read()
        if self._process.returncode:
            said = f"failed with {self._process.returncode}:\n{printed[-2000:]}"
            raise SystemExit(f"{' '.join(self._command)} {said}")
        wall = time.perf_counter() - self._start
        self.spent = Spent(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, printed)


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
