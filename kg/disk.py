"""What is written -> what survives a crash: folders made durable, one writer at a time, refusals in words."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 5.0
"""So many seconds a writer waits for another one to finish."""

_REFUSALS = frozenset(
    {None, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)
"""What a disk refuses with; the graph's own errors have no number."""


def sync_folder(folder: Path) -> None:
    """Make durable which files a folder has: new ones, renamed ones, where the system can."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def sync_files(folder: Path) -> None:
    """Make durable all files of a folder, and which they are."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            _sync(path, os.O_RDWR)
    sync_folder(folder)


def _sync(path: Path, mode: int) -> None:
    descriptor = os.open(path, mode)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class WriterLock:
    """The right to write into a folder: one process has it at a time, and loses it when it ends, however.

    SQLite keeps the lock, because it does so on every system.

    Args:
        folder: where the lock's file lies.

    Raises:
        StoreError: another process goes on writing, or the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        if not os.access(folder, os.W_OK):
            raise StoreError(f"{folder}: the store cannot be written to; the folder is read-only")
        try:
            self._file = sqlite3.connect(folder / "writer.lock", timeout=_PATIENCE, isolation_level=None)
            self._file.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            busy = "locked" in str(error)
            wrong = "another build is writing to it" if busy else f"cannot be written to ({error})"
            raise StoreError(f"{folder}: the store cannot be opened: {wrong}") from error

    def release(self) -> None:
        """Let others write."""
        self._file.close()


@contextmanager
def reporting(folder: Path | None) -> Iterator[None]:
    """Turn what the disk refuses into one error that names the store."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, OSError) and error.errno not in _REFUSALS:
            raise  # a file of the package's own is missing, say
        reason = getattr(error, "strerror", None) or str(error)
        raise StoreError(
            f"{folder}: the store cannot be written ({reason}); it is as it was, and the next build goes on"
        ) from error
