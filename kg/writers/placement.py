"""Text -> a file in its place, as a whole or not at all: on this machine, or at a URL."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.disk import sync_folder
from kg.errors import UsageError
from kg.places import is_url, reach, reporting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.places import Place

Address = TypeVar("Address", str, Path)
"""A path of this machine or, as a string, a URL."""

_OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss"})
"""File systems in which a file is seen when its last byte is there, and the one before it until then."""


def write_text(
    path: Address,
    pieces: Iterable[str],
    approve: Callable[[Path], None] = lambda _: None,
    *,
    inside: str | Path | None = None,
) -> Address:
    """Write text as UTF-8, then put it into its place in one step.

    On this machine it is made durable first. To a URL it goes when it is complete: an object store shows it
    with its last byte, other file systems get it under another name that is then changed. A symbolic link
    stays: the file that it leads to is replaced.

    Args:
        path: its place.
        pieces: the text.
        approve: is shown the file before it takes its place, and raises where it must not.
        inside: the folder that a link may not lead out of, where nobody named the file itself.

    Returns:
        The path as given.

    Raises:
        UsageError: the folder is missing, a link leads out, or nothing can be written; the old file stays.
    """
    if is_url(str(path)):
        _write_there(str(path), pieces, approve)
    else:
        _write_here(Path(path), pieces, approve, Path(inside) if inside else None)
    return path


def make_folder(path: str) -> None:
    """See that files can be put into a folder, before there are any.

    Raises:
        UsageError: it cannot be made, or is in a bucket that does not exist.
    """
    if is_url(path):
        place = reach(path)
        with reporting(path, lambda said: UsageError(f"{path}: the folder cannot be made: {said}")):
            _make_folder_there(place)
        return
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: the folder cannot be made ({error.strerror})") from error


def _make_folder_there(place: Place) -> None:
    if not _is_object_store(place):
        place.files.makedirs(place.path, exist_ok=True)
        return
    with suppress(PermissionError):  # who may not look may still write
        place.files.ls(place.path.partition("/")[0], detail=False)


def _write_here(
    path: Path, pieces: Iterable[str], approve: Callable[[Path], None], inside: Path | None
) -> None:
    try:
        target = _follow(path, inside)
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:40]}-", suffix=".part", dir=target.parent)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf8", newline="") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(descriptor)
        approve(part)
        part.chmod(_mode(target))
        part.replace(target)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)


def _follow(path: Path, inside: Path | None) -> Path:
    """Return the file that a path stands for: itself or, where it is a link, what that leads to."""
    if not path.is_symlink():
        return path
    with suppress(FileNotFoundError):
        path.stat()  # the system refuses a loop, and a link that somebody else put into a folder for all
    target = path.resolve()
    if inside and not target.is_relative_to(inside.resolve()):
        wrong = "a symbolic link leads out of the folder and is not followed"
        raise UsageError(f"{path}: {wrong}; expected a file inside the folder given")
    return target


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _write_there(url: str, pieces: Iterable[str], approve: Callable[[Path], None]) -> None:
    place = reach(url)
    try:
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder, "whole")
            with whole.open("w", encoding="utf8", newline="") as out:
                out.writelines(pieces)
            approve(whole)
            with reporting(url, lambda said: UsageError(f"{url}: cannot be written: {said}")):
                _upload(whole, place)
    except OSError as error:
        raise UsageError(f"{url}: cannot be written first here, as a whole ({error.strerror})") from error


def _upload(whole: Path, place: Place) -> None:
    if _is_object_store(place):
        place.files.put_file(str(whole), place.path)
        return
    folder, slash, name = place.path.rpartition("/")
    part = f"{folder}{slash}.{name[:40]}-{secrets.token_hex(4)}.part"
    try:
        place.files.put_file(str(whole), part)
        place.files.mv(part, place.path)
    except BaseException:
        with suppress(Exception):
            place.files.rm_file(part)
        raise


def _is_object_store(place: Place) -> bool:
    names = place.files.protocol
    return not _OBJECT_STORES.isdisjoint([names] if isinstance(names, str) else names)
