"""Paths and URLs as the user gives them -> the digests there, and the text of each; the one door in."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, UsageError
from kg.files import local, remote
from kg.files.digests import SUFFIXES, DigestFile, Found, to_key
from kg.places import is_url

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LARGEST_FILE", "LONGEST_LINE", "STDIN", "SUFFIXES", "DigestFile", "Found"]
__all__ += ["find_digests", "folder_of", "holds", "list_gone", "read_text", "stamp"]

STDIN = "-"
LARGEST_FILE = 64 * 1024 * 1024
LONGEST_LINE = 2 * 1024 * 1024


def find_digests(paths: list[str] | tuple[str, ...], name: str | None = None) -> Found:
    """Find the digests that files, folders (with all below them), patterns, URLs and ``-`` stand for.

    A file of a folder is known by its path relative to that folder, a single file by its bare name, standard
    input by ``name``. In folders, hidden files, files about the project (README, LICENSE, ...) and files of
    other suffixes than `SUFFIXES` are passed over; a link that leads out of its folder is refused.

    Raises:
        UsageError: a path leads nowhere, two files have one key, or standard input has no name.
        InputError: a folder holds no digest or cannot be read.
    """
    found = [Found((_name_stdin(name),)) if path == STDIN else _find(path) for path in paths]
    problems = [problem for part in found for problem in part.problems]
    listed = [file for part in found for file in part.files]
    files = _refuse_twins(_drop_repeated(listed) if len(found) > 1 else listed)
    folders = tuple(folder for part in found for folder in part.folders)
    return Found(files, tuple(sorted(problems, key=str)), folders)


def _find(path: str) -> Found:
    where = remote if is_url(path) else local
    kept = where.expand(path)
    if not kept:
        raise UsageError(f"{path}: no such file or folder")
    found = [where.list_digests(single) for single in kept]
    files = tuple(file for part in found for file in part.files)
    folders = tuple(folder for part in found for folder in part.folders)
    return Found(files, tuple(problem for part in found for problem in part.problems), folders)


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

    Two files of one stamp are one file of one content. Standard input has none.
    """
    if path == STDIN:
        return ""
    return remote.stamp(path) if is_url(path) else local.stamp(path)


def folder_of(file: DigestFile) -> str:
    """Return the folder that a digest's key is relative to; standard input, which has none, is its own."""
    if file.path == STDIN:
        return STDIN
    up = file.key.count("/")
    if is_url(file.path):
        return file.path.rsplit("/", up + 1)[0]
    path = Path(file.path).absolute()  # a link counts where it lies
    return str(path.parents[min(up, len(path.parents) - 1)].resolve())


def holds(folder: str, key: str) -> bool:
    """Whether a folder still has a digest of this key, as far as can be seen; standard input keeps none."""
    if folder == STDIN:
        return False
    return remote.holds(folder, key) if is_url(f"{folder}/") else local.holds(folder, key)


def list_gone(known: Iterable[tuple[str, str]], found: Found) -> list[str]:
    """List the keys of known digests (folder, key) that lay in a folder that was walked, and are gone."""
    walked = tuple(_spell(folder, "") for folder in found.folders)
    there = {_spell(folder_of(file), file.key) for file in found.files}
    return [
        key
        for folder, key in known
        if folder and _spell(folder, key).startswith(walked)
        if _spell(folder, key) not in there and not holds(folder, key)
    ]


def _spell(folder: str, key: str) -> str:
    return to_key(f"{folder.rstrip('/')}/{key}")


def _name_stdin(name: str | None) -> DigestFile:
    if not name or not to_key(name):
        raise UsageError("standard input needs a name: `kg build - --name 2025-01-23.md`")
    return DigestFile(STDIN, to_key(name))


def _refuse_twins(files: list[DigestFile]) -> tuple[DigestFile, ...]:
    known: dict[str, DigestFile] = {}
    for file in files:
        twin = known.setdefault(file.key, file)
        if twin is not file and _place(twin) != _place(file):
            twins = f"{twin.path} and {file.path} would both be the digest {file.key}"
            raise UsageError(f"{twins}; build the folder that holds both")
    return tuple(known[key] for key in sorted(known))


def _drop_repeated(files: list[DigestFile]) -> list[DigestFile]:
    """Keep each file once, by its longest key: one that is given lies in a folder that is given, too."""
    kept: dict[str, DigestFile] = {}
    for file in sorted(files, key=lambda file: -file.key.count("/")):
        kept.setdefault(file.path if file.path == STDIN else _place(file), file)
    return list(kept.values())


def _place(file: DigestFile) -> str:
    return file.path if is_url(file.path) else os.path.realpath(file.path)


def _read_bytes(path: str) -> bytes:
    most = LARGEST_FILE + 1
    if path == STDIN:
        try:
            data = sys.stdin.buffer.read(most)
        except OSError as error:
            raise InputError(path, None, f"cannot be read ({error.strerror})") from None
    else:
        data = (remote if is_url(path) else local).read_start(path, most)
    if len(data) > LARGEST_FILE:
        raise InputError(path, None, "is larger than 64 MB", "a digest of reasonable size")
    return data


def _check_lines(path: str, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise InputError(path, number, "the line is longer than 2 MB", "lines of reasonable length")
