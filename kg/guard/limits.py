"""How much a job may take, and how its process is held to that."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.guard.frames import Piece

MEGABYTE = 1 << 20


class Limits(NamedTuple):
    """The most that a job may take; 0 leaves that open.

    ``seconds`` from its beginning to the end of its reply, ``megabytes`` beyond what its process has when it
    begins, ``rows`` of an answer, ``reply`` in megabytes.
    """

    seconds: float = 0
    megabytes: int = 0
    rows: int = 0
    reply: int = 0


def took_too_long(limits: Limits) -> LimitError:
    """Make the error for a job that was stopped after its time."""
    return LimitError("time", f"{limits.seconds:g} s", "a narrower question")


def took_too_much(limits: Limits) -> LimitError:
    """Make the error for a job that wanted more memory than it may have."""
    return LimitError("memory", f"{limits.megabytes:,} MB", "a narrower question")


class Ceiling:
    """The ceiling over this process's memory, counted from what it takes now; for as long as it lives.

    Args:
        limits: with the megabytes that may be added.
    """

    def __init__(self, limits: Limits) -> None:
        self._room = limits.megabytes * MEGABYTE
        self._floor = _measure_space()
        if self._room and self._floor:
            _limit_space(self._floor + self._room)

    def lift(self) -> None:
        """Take the ceiling away, so that there is room to tell what happened."""
        if self._room and self._floor:
            _limit_space(-1)

    @property
    def near(self) -> bool:
        """Whether so much stays in use that the next job would find little room."""
        return bool(self._room and self._floor) and _measure_space() - self._floor > self._room // 2


def _measure_space() -> int:
    """Return the address space of this process in bytes; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    descriptor = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(descriptor, 100).split()[0]) * os.sysconf("SC_PAGE_SIZE")
    finally:
        os.close(descriptor)


def _limit_space(most: int) -> None:
    """Set the soft limit alone: the process can lift it again."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard) if most > 0 else hard
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def keep_size(pieces: Iterable[Piece], limits: Limits) -> Iterator[Piece]:
    """Pass a job's pieces on until they are more than its reply may have.

    Raises:
        LimitError: they are.
    """
    size = 0
    for piece in pieces:
        if isinstance(piece, bytes):
            size += len(piece)
            if limits.reply and size > limits.reply * MEGABYTE:
                raise LimitError("size", f"{limits.reply:,} MB", "a narrower question, or LIMIT and OFFSET")
        yield piece
