"""A graph on a server -> a copy of it in a folder of this machine, as it is at one revision."""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from kg.disk import WriterLock
from kg.errors import KgError, StoreError
from kg.remote.archive import LABELS, read_labels
from kg.remote.client import Client
from kg.remote.manifest import Head, read_checksums, read_head
from kg.remote.parts import read_part
from kg.remote.reading import read_lines
from kg.remote.workspace import Workspace
from kg.store.folder import Store, open_ledger
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    from kg.remote.address import Address
    from kg.store.rows import Label

_REVISION = "revision"


def read_present(client: Client) -> Head:
    """Return the state of a store that can be read.

    Raises:
        StoreError: nothing was built there, or a build is being written.
    """
    head = read_head(client)
    if head.writer:
        raise StoreError(
            f"{client.address.name}: a build is being written there, or was stopped on the way; expected it "
            "to end: try again in a moment, or build again, which finishes what was stopped"
        )
    if not head.revision:
        raise StoreError(
            f"{client.address.name}: there is no store here; build one with: kg build DIGESTS --store "
            f"{client.address.name}"
        )
    return head


def copy_graph(client: Client) -> Path:
    """Bring the copy of a server's graph up to date, and return the folder of the store that it is.

    The store has the facts and the names by which they are found, but not what each digest said.
    """
    workspace, head = Workspace(client.address), read_present(client)
    if _read_revision(workspace) == head.revision:
        return workspace.copy
    workspace.copy.mkdir(exist_ok=True)
    store = Store(workspace.copy, writing=True)
    try:
        with store.changing():
            store.replace(read_lines(client))
            labels = list(read_names(client, workspace))
            store.ledger.names.clear()
            store.ledger.names.put_labels({label.node for label in labels}, labels)
            store.note_size(len(store.graph))
            store.ledger.set_meta(_REVISION, head.revision)
            if read_present(client).revision != head.revision:
                raise StoreError(
                    f"{client.address.name}: a build changed the graph while it was read; try again"
                )
            store.commit()
    finally:
        store.close()
    return workspace.copy


def _read_revision(workspace: Workspace) -> str:
    """Return the revision of the copy that is there, empty where there is none that can be used."""
    with suppress(StoreError), closing(open_ledger(workspace.copy)) as ledger:
        return ledger.meta(_REVISION)
    return ""


def read_names(client: Client, workspace: Workspace) -> Iterator[Label]:
    """Yield the names in use; parts that were read before are not fetched again."""
    there = read_checksums(client, LABELS)
    for name, checksum in there.items():
        cached = f"labels/{name.removeprefix(LABELS)}-{checksum}.json"
        text = workspace.load_text(cached)
        if not text:
            text = read_part(client, name).decode()
            workspace.keep_text(cached, text)
        yield from read_labels(text.encode())
    kept = {f"{name.removeprefix(LABELS)}-{checksum}.json" for name, checksum in there.items()}
    for path in (workspace.folder / "labels").glob("*.json"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def open_names(client: Client, head: Head) -> Ledger:
    """Open a ledger that has the names in use and how many facts there are, and nothing else."""
    workspace = Workspace(client.address)
    path = workspace.folder / f"names-{head.revision}.sqlite"
    if not path.is_file():
        lock = WriterLock(workspace.folder)
        try:
            if not path.is_file():
                _make_names(client, workspace, head, path)
        finally:
            lock.release()
    return Ledger(path, writing=False)


def _make_names(client: Client, workspace: Workspace, head: Head, path: Path) -> None:
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    ledger = Ledger(draft)
    labels = list(read_names(client, workspace))
    ledger.names.put_labels({label.node for label in labels}, labels)
    ledger.set_meta("facts", str(head.facts))
    ledger.commit()
    ledger.close()
    for old in workspace.folder.glob("names-*.sqlite*"):
        old.unlink(missing_ok=True)
    draft.replace(path)


def follow(address: Address, seconds: float, ready: Connection) -> None:
    """Keep the copy of a graph up to date, in a process of its own, until its parent has ended.

    Args:
        address: of the store.
        seconds: between two looks.
        ready: told once whether the first copy could be made: an empty string, or what was wrong.
    """
    parent = os.getppid()
    client = Client(address)
    try:
        copy_graph(client)
    except KgError as error:
        ready.send(str(error))
        return
    ready.send("")
    while os.getppid() == parent:
        time.sleep(seconds)
        try:
            copy_graph(client)
        except KgError:
            continue  # the graph as it was is served until the server answers again
