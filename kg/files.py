"""Paths as the user gives them -> the digests there, and the text of each."""

from __future__ import annotations

import glob
import os
import stat
import sys
import time
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kg.errors import InputError, UsageError
from kg.records import Problem
from kg.text.plaintext import compose

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".json", ".jsonl"})
STDIN = "-"
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_LINE = 2 * 1024 * 1024
_SETTLED = 5_000_000_000
"""So many nanoseconds are longer than any file system's step."""

_NO_DIGESTS = ("readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "security")


class DigestFile(NamedTuple):
    """A digest's file: where to open it, and the key by which the graph knows it."""

    path: str
    key: str


class Found(NamedTuple):
    """The digests under the paths given, in order of their keys, and what was refused there."""

    files: tuple[DigestFile, ...]
    problems: tuple[Problem, ...] = ()


def find_digests(paths: list[str] | tuple[str, ...], name: str | None = None) -> Found:
    """Find the digests that files, folders (with all below them), patterns and ``-`` stand for.

    A file of a folder is known by its path relative to that folder, a single file by its bare name, standard
    input by ``name``. In folders, hidden files, files about the project (README, LICENSE, ...) and files of
    other suffixes than `SUFFIXES` are passed over; a link that leads out of its folder is refused.

    Raises:
        UsageError: a path leads nowhere, two files have one key, or standard input has no name.
        InputError: a folder holds no digest or cannot be read.
    """
    files: list[DigestFile] = []
    problems: list[Problem] = []
    for path in paths:
        for single in _expand(path):
            if single == STDIN:
                files.append(_name_stdin(name))
            elif Path(single).is_dir():
                found = _walk(Path(single))
                files += found.files
                problems += found.problems
            else:
                files.append(DigestFile(single, _to_key(Path(single).name)))
    return Found(_refuse_twins(files), tuple(sorted(problems, key=str)))


def read_text(path: str) -> str:
    """Read a digest's file, or standard input for ``-``: UTF-8, with line feeds, without a byte order mark.

    Raises:
        InputError: the file is too large, no plain file, binary, not UTF-8, or has a line that is too long.
    """
    data = _read_bytes(path)
    if b"\0" in data:
        raise InputError(
            path, data.count(b"\n", 0, data.index(b"\0")) + 1, "looks like a binary file", "text"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(path, line, f"byte {data[error.start]:#04x} is not UTF-8", "text in UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST_LINE and Path(path).suffix.lower() not in (".json", ".jsonl"):
        _check_lines(path, text)
    return text


def stamp(path: str) -> str:
    """Say what tells a file from what it may become, without reading it; nothing where that cannot be told.

    A file's times move on in steps, and one that was changed within the last of them may be changed again
    unseen: it has no stamp yet, and neither has standard input.
    """
    if path == STDIN:
        return ""
    try:
        seen = Path(path).stat()
    except OSError:
        return ""
    settled = time.time_ns() - max(seen.st_mtime_ns, seen.st_ctime_ns) > _SETTLED
    return f"{seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}" if settled else ""


def _expand(path: str) -> list[str]:
    if path == STDIN or (path and Path(path).exists()):
        return [path]
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 (absolute too)
    kept = [match for match in matches if Path(match).is_dir() or not _is_passed_over(Path(match).name)]
    if not kept:
        raise UsageError(f"{path}: no such file or folder")
    return kept


def _walk(root: Path) -> Found:
    files: list[DigestFile] = []
    problems: list[Problem] = []

    def stop(error: OSError) -> None:
        raise InputError(str(error.filename), None, f"the folder cannot be read ({error.strerror})")

    for folder, folders, names in os.walk(root, onerror=stop):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(folders + names):
            path = Path(folder, name)
            key = _to_key(path.relative_to(root).as_posix())
            if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
                wrong = "a symbolic link leads out of the folder and is not followed"
                problems.append(
                    Problem(digest=key, line=None, wrong=wrong, expected="files inside the folder given")
                )
            elif name in names and not _is_passed_over(name):
                files.append(DigestFile(str(path), key))
    if not files and not problems:
        known = ", ".join(sorted(SUFFIXES))
        raise InputError(str(root), None, "the folder holds no digest", f"files that end in {known}")
    return Found(tuple(files), tuple(problems))


def _is_passed_over(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return name.startswith(".") or path.suffix not in SUFFIXES or path.name.startswith(_NO_DIGESTS)


def _name_stdin(name: str | None) -> DigestFile:
    if not name or not _to_key(name):
        raise UsageError("standard input needs a name: `kg build - --name 2025-01-23.md`")
    return DigestFile(STDIN, _to_key(name))


def _to_key(name: str) -> str:
    """Make a key that is the same on every system: NFC, no byte that is no text, nothing that is not seen."""
    return compose(name.encode("utf-8", "replace").decode("utf-8"))


def _refuse_twins(files: list[DigestFile]) -> tuple[DigestFile, ...]:
    known: dict[str, DigestFile] = {}
    for file in files:
        twin = known.setdefault(file.key, file)
        if os.path.realpath(twin.path) != os.path.realpath(file.path):
            twins = f"{twin.path} and {file.path} would both be the digest {file.key}"
            raise UsageError(f"{twins}; build the folder that holds both")
    return tuple(known[key] for key in sorted(known))


def _read_bytes(path: str) -> bytes:
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            if not stat.S_ISREG(Path(path).stat().st_mode):
                raise InputError(path, None, "is no plain file", "a text file")
            with Path(path).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(path, None, f"cannot be read ({error.strerror})") from None
    if len(data) > LARGEST_FILE:
        raise InputError(path, None, "is larger than 64 MB", "a digest of reasonable size")
    return data


def _check_lines(path: str, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise InputError(path, number, "the line is longer than 2 MB", "lines of reasonable length")
