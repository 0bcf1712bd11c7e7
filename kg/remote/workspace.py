"""An address -> the folder of this machine in which work for that server is done, and what is kept there.

Everything in it can be deleted: the server has what is needed to go on.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.disk import sync_folder
from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.remote.address import Address


def find_cache(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what can be made again: KG_CACHE, else below XDG_CACHE_HOME or ``~/.cache``."""
    if environment.get("KG_CACHE"):
        return Path(environment["KG_CACHE"])
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "paperkg"


class Workspace:
    """The folder for one address.

    ``store`` is the store in which builds are made, ``copy`` a copy of the server's graph.
    """

    def __init__(self, address: Address) -> None:
        self.folder = find_cache() / "servers" / address.key
        self.store, self.copy = self.folder / "store", self.folder / "copy"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.folder}: the working folder cannot be made ({error.strerror}); expected another one "
                "in KG_CACHE"
            ) from error

    def load_text(self, name: str) -> str:
        """Return the text of a file; one that is not there is empty."""
        path = self.folder / name
        return path.read_text("utf8") if path.is_file() else ""

    def keep_text(self, name: str, text: str) -> None:
        """Write a file, all or nothing."""
        self.keep_lines(name, [text.encode()])

    def read_state(self, name: str) -> dict[str, Any]:
        """Return what was noted under a name; nothing where nothing was, or where it cannot be read."""
        try:
            state = json.loads(self.load_text(f"{name}.json") or "{}")
        except ValueError:
            return {}
        return state if isinstance(state, dict) else {}

    def write_state(self, name: str, state: Mapping[str, Any]) -> None:
        """Note something under a name."""
        self.keep_text(f"{name}.json", json.dumps(state, sort_keys=True))

    def keep_lines(self, name: str, lines: Iterable[bytes], *, durable: bool = False) -> None:
        """Write lines to a file as they come, all or nothing; a durable one survives a crash."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        with draft.open("wb") as file:
            file.writelines(lines)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
        if durable:
            sync_folder(path.parent)

    def read_lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file, each with its end."""
        with (self.folder / name).open("rb") as file:
            yield from file

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        (self.folder / name).unlink(missing_ok=True)
