"""A path of this machine -> the digests there, the bytes of each, and its stamp."""

from __future__ import annotations

import glob
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.files.digests import DigestFile, Found, is_passed_over, name_folder, to_key
from kg.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTLED = 5_000_000_000
"""So many nanoseconds are longer than any file system's step."""


def expand(path: str) -> list[str]:
    """Return what a path or pattern stands for, in order; nothing where it leads nowhere."""
    if path and Path(path).exists():
        return [path]
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 (absolute too)
    return [match for match in matches if Path(match).is_dir() or not is_passed_over(Path(match).name)]


def list_digests(path: str) -> Found:
    """List the digests of a folder, with all below it, or the one that a file is."""
    root = Path(path)
    return _walk(root) if root.is_dir() else Found((DigestFile(path, to_key(root.name)),))


def _walk(root: Path) -> Found:
    files: list[DigestFile] = []
    problems: list[Problem] = []
    within = "" if root == Path() else f"{root}{os.sep}"
    for name, entry in _scan(str(root)):
        key = to_key(name.replace(os.sep, "/"))
        if entry.is_symlink() and not _leads_into(root, entry.path):
            wrong = "a symbolic link leads out of the folder and is not followed"
            problems.append(
                Problem(digest=key, line=None, wrong=wrong, expected="files inside the folder given")
            )
        elif not _is_folder(entry) and not is_passed_over(entry.name):
            files.append(DigestFile(within + name, key))
    return name_folder(str(root), files, problems)._replace(folders=(str(root.resolve()),))


def _scan(folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what lies in a folder and in those below it that are not hidden, each with its way from there."""
    ahead = [(folder, "")]
    while ahead:
        place, below = ahead.pop()
        try:
            with os.scandir(place) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            wrong = f"the folder cannot be read ({error.strerror})"
            raise InputError(str(error.filename), None, wrong) from None
        for entry in entries:
            is_folder = _is_folder(entry)
            if is_folder and entry.name.startswith("."):
                continue
            yield below + entry.name, entry
            if is_folder and not entry.is_symlink():
                ahead.append((entry.path, f"{below}{entry.name}{os.sep}"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, say: who reads it is told
        return False


def _leads_into(root: Path, link: str) -> bool:
    """Say whether a link leads into a folder; one that has gone meanwhile leads nowhere."""
    with suppress(OSError):
        return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))
    return False


def holds(folder: str, key: str) -> bool:
    """Whether a folder has a file of this key; one that cannot be looked into may have it."""
    if os.path.lexists(Path(folder, key)):
        return True
    places = [Path(folder)]
    try:
        for name in key.split("/"):  # which may be spelled otherwise on the disk
            places = [file for place in places for file in place.iterdir() if to_key(file.name) == name]
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return bool(places)


def read_start(path: str, size: int) -> bytes:
    """Read so many bytes of a file, or all where it has fewer.

    Raises:
        InputError: it is no plain file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise InputError(path, None, "is not a plain file", "a text file")
        with Path(path).open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})") from None


def stamp(path: str) -> str:
    """Say what tells a file from what it may become, without reading it; nothing where that cannot be told.

    A file's times move on in steps, and one that was changed within the last of them may be changed again
    unseen: it has no stamp yet.
    """
    try:
        seen = Path(path).stat()
    except OSError:
        return ""
    settled = time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) > _SETTLED
    return f"{seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}" if settled else ""
