"""Names -> which of them are digests, and the keys by which the graph knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import InputError
from kg.text.plaintext import compose

if TYPE_CHECKING:
    from kg.records import Problem

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".json", ".jsonl"})

_NO_DIGESTS = ("readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "security")


class DigestFile(NamedTuple):
    """A digest's file: where to open it, and the key by which the graph knows it."""

    path: str
    key: str


class Found(NamedTuple):
    """The digests under the paths given, in order of their keys, what was refused, the folders walked."""

    files: tuple[DigestFile, ...]
    problems: tuple[Problem, ...] = ()
    folders: tuple[str, ...] = ()


def is_passed_over(name: str) -> bool:
    """Whether a file of a folder is hidden, about the project (README, …) or of another suffix."""
    lowered = name.lower()
    return lowered.startswith((".", *_NO_DIGESTS)) or not lowered.endswith(tuple(SUFFIXES))


def to_key(name: str) -> str:
    """Make a key that is the same on every system: NFC, no byte that is no text, nothing that is not seen."""
    return compose(name.encode("utf-8", "replace").decode("utf-8"))


def name_folder(folder: str, files: list[DigestFile], problems: list[Problem]) -> Found:
    """Return what a folder holds.

    Raises:
        InputError: it holds nothing, not even what was refused.
    """
    if not files and not problems:
        known = ", ".join(sorted(SUFFIXES))
        raise InputError(folder, None, "the folder holds no digest", f"files that end in {known}")
    return Found(tuple(files), tuple(problems), (folder,))
