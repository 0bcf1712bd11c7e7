"""What children reply -> replies that wait to be read, and the room that these may take together."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from kg.errors import LimitError
from kg.guard.limits import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_MEMORY = MEGABYTE
_PIECE = 1 << 16


class Room:
    """Room for replies that lie in files until they are read; small ones, in memory, take none.

    Args:
        most: bytes that they may have together; 0 leaves that open.
    """

    def __init__(self, most: int = 0) -> None:
        self._most, self.taken = most, 0

    def take(self, size: int) -> None:
        """Take so many bytes.

        Raises:
            LimitError: there are not so many left.
        """
        if self._most and self.taken + size > self._most:
            allowed = f"{self._most // MEGABYTE:,} MB for all large replies"
            raise LimitError("room", allowed, "a narrower question, or another try in a while")
        self.taken += size


@dataclass(slots=True)
class Reply:
    """What a child replied: its words, put together, and its body; large bodies lie in a nameless file."""

    room: Room
    words: dict[str, Any] = field(default_factory=dict)
    body: IO[bytes] = field(default_factory=lambda: tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    size: int = 0
    _taken: int = 0

    def add(self, part: bytes) -> None:
        """Append to the body.

        Raises:
            LimitError: there is no room for it.
            OSError: the disk cannot hold it.
        """
        self.size += len(part)
        if self.size > _IN_MEMORY:
            self.room.take(self.size - self._taken)
            self._taken = self.size
        self.body.write(part)

    def pieces(self) -> Iterator[bytes]:
        """Yield the body, once."""
        try:
            self.body.seek(0)
            while part := self.body.read(_PIECE):
                yield part
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the body and its room."""
        self.room.taken -= self._taken
        self._taken = 0
        with suppress(OSError):  # what was not written yet may find the disk full
            self.body.close()

    def __del__(self) -> None:
        """Let go of a body that nobody has read."""
        self.close()
