"""One job -> what it yields, from a child made for it.

The child shares all that this process has loaded, at the cost of copying what it changes. Time is counted
while the child is waited for, not while the caller uses what came.
"""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING

from kg.guard.frames import BODY, END, FAULT, load, receive, unpack_error
from kg.guard.labour import die_quietly, explain_death, labour
from kg.guard.limits import Ceiling, Limits, keep_size, took_too_long

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.guard.frames import Piece

CAN_FORK = hasattr(os, "fork")
"""Whether this system can make guarded children; where it cannot, jobs run here, and only sizes are kept."""


def run(job: Callable[[], Iterable[Piece]], limits: Limits) -> Iterator[Piece]:
    """Run a job in a child and yield what it yields, in order.

    Args:
        job: called in the child; its errors are raised here.
        limits: to hold it to.

    Raises:
        LimitError: it took too long or too much; the child is gone.
        ChildError: it failed inside.
    """
    if not CAN_FORK:
        yield from keep_size(job(), limits)
        return
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(job, writing, limits)
    os.close(writing)
    wait = _Wait(child, reading, limits)
    try:
        yield from wait.pieces()
    finally:
        wait.end()


def _work(job: Callable[[], Iterable[Piece]], out: int, limits: Limits) -> None:
    """Be the child: do the job and end without a trace of what this process was before."""
    try:
        die_quietly()
        labour(job, out, limits, Ceiling(limits))
    finally:
        os._exit(0)


class _Wait:
    """Waiting for one child: what it sends, for as long as it may."""

    def __init__(self, child: int, reading: int, limits: Limits) -> None:
        self._child, self._reading, self._limits = child, reading, limits
        self._left = limits.seconds or float("inf")
        self._status: int | None = None
        self._poll = select.poll()
        self._poll.register(reading, select.POLLIN)

    def pieces(self) -> Iterator[Piece]:
        """Yield what the job yields until its end."""
        while True:
            frame = receive(self._read)
            if frame is None:
                raise explain_death(self._reap(), self._limits)
            kind, content = frame
            if kind == END:
                return
            if kind == FAULT:
                raise unpack_error(content)
            yield content if kind == BODY else load(content)

    def _read(self, size: int) -> bytes:
        since = time.monotonic()
        ready = self._poll.poll(None if self._left == float("inf") else max(self._left, 0) * 1000)
        self._left -= time.monotonic() - since
        if not ready:
            raise took_too_long(self._limits)
        return os.read(self._reading, size)

    def _reap(self) -> int:
        if self._status is None:
            _, self._status = os.waitpid(self._child, 0)
        return self._status

    def end(self) -> None:
        """Stop the child if it still works, and wait until it is gone."""
        os.close(self._reading)
        if self._status is None:
            os.kill(self._child, signal.SIGKILL)
            self._reap()
