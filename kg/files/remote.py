"""A URL -> the digests there, the bytes of each, and its stamp; through fsspec."""

from __future__ import annotations

import glob
import time
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, UsageError
from kg.files.digests import DigestFile, Found, is_passed_over, name_folder, to_key
from kg.places import reach, reporting
from kg.records import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.places import Place

_HASHES = ("ETag", "etag", "md5Hash", "content_md5", "content_hash", "sha")
"""What file systems call that which is another for each content of a file."""

_SETTLED = 60
"""So many seconds are longer than any file system's step, and than most clocks differ."""


def expand(url: str) -> list[str]:
    """Return what a URL or pattern stands for, in order; nothing where it leads nowhere.

    Raises:
        UsageError: its file system cannot be reached, or does not let us in.
    """
    place = reach(url)
    with reporting(url, lambda said: UsageError(f"{url}: {said}")):
        place.files.invalidate_cache()  # what was seen by an earlier build may be so no more
        if _look(place) is not None:
            return [place.url]
        matches = sorted(place.files.glob(place.path)) if glob.has_magic(place.path) else []
        found = [path for path in matches if place.files.isdir(path) or not is_passed_over(_last(path))]
    return [place.name(path) for path in found]


def list_digests(url: str) -> Found:
    """List the digests of a folder, with all below it, or the one that a file is."""
    place = reach(url)
    with reporting(url, partial(_refuse, url, "the folder cannot be read")):
        info = _look(place)
        if info is not None and info["type"] == "file":
            return Found((DigestFile(place.url, to_key(_last(place.path))),))
        listed = place.files.find(place.path, detail=True)
    return _sort_out(place, listed)


def _look(place: Place) -> Mapping[str, Any] | None:
    """Return what there is at a place, or None; a server that is not there says nothing of the place."""
    try:
        info: Mapping[str, Any] = place.files.info(place.path)
    except FileNotFoundError as error:
        if isinstance(error.__cause__, OSError) and not isinstance(error.__cause__, FileNotFoundError):
            raise error.__cause__ from None
        return None
    return info


def _sort_out(place: Place, listed: Mapping[str, Mapping[str, Any]]) -> Found:
    files: list[DigestFile] = []
    problems: list[Problem] = []
    for path in sorted(listed):
        name = path.removeprefix(place.path).lstrip("/")
        key = to_key(name)
        if any(part.startswith(".") for part in name.split("/")) or is_passed_over(_last(name)):
            continue
        if listed[path]["type"] == "file":
            files.append(DigestFile(f"{place.url}/{name}" if place.path else f"{place.url}{name}", key))
        else:
            wrong = "a link or device on another machine is not followed"
            problems.append(Problem(digest=key, line=None, wrong=wrong, expected="plain files"))
    return name_folder(place.url, files, problems)


def holds(folder: str, key: str) -> bool:
    """Whether a folder has a file of this key; one that cannot be looked into may have it."""
    try:
        return _look(reach(f"{folder}/{key}")) is not None
    except Exception:  # each file system has errors of its own
        return True


def read_start(url: str, size: int) -> bytes:
    """Read so many bytes of a file, or all where it has fewer.

    Raises:
        InputError: it cannot be read.
    """
    place = reach(url)
    with reporting(url, partial(_refuse, url, "cannot be read")), place.files.open(place.path, "rb") as file:
        data: bytes = file.read(size)
    return data


def stamp(url: str) -> str:
    """Say what tells a file from what it may become, without reading it; nothing where that cannot be told.

    That is its size with a hash of its content or, where the file system keeps none, with the time of the
    last change once that is long enough ago.
    """
    place = reach(url)
    try:
        info = place.files.info(place.path)
        told = [str(info[name]) for name in _HASHES if info.get(name)] or _tell_change(place, info)
    except Exception:  # reading it will say what is wrong
        return ""
    return f"{info.get('size')} {' '.join(told)}" if told else ""


def _tell_change(place: Place, info: Mapping[str, Any]) -> list[str]:
    """Return when a file was changed, unless so lately that it may be changed again unseen."""
    moment = info.get("mtime") or place.files.modified(place.path)
    seconds = moment.timestamp() if isinstance(moment, datetime) else float(moment)
    return [repr(seconds)] if time.time() - seconds > _SETTLED else []


def _last(path: str) -> str:
    return PurePosixPath(path).name


def _refuse(url: str, wrong: str, said: str) -> InputError:
    return InputError(url, None, f"{wrong} ({said})")
