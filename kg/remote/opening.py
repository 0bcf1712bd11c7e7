"""Where a store is, a folder or an address -> the store, opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.errors import StoreError
from kg.remote import is_address
from kg.store.folder import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from kg.remote.client import Client

Location = str | Path
"""A folder, or an address as in ``sparql+http://localhost:8890/sparql``."""


class RemoteStore(Store):
    """A store on a server, opened for reading: its graph is asked there, its names are kept here.

    Args:
        client: connected to the server.
    """

    def __init__(self, client: Client) -> None:
        from kg.remote.copying import open_names, read_present
        from kg.remote.graph import RemoteGraph

        self._client = client
        self.ledger = open_names(client, read_present(client))
        self.graph = cast("ox.Store", RemoteGraph(client))  # it has the methods by which a graph is read

    def close(self) -> None:
        """Close names and connection."""
        super().close()
        self._client.close()


def open_store(
    location: Location,
    *,
    writing: bool = False,
    whole: bool = False,
    advance: Callable[[int, int], None] = lambda *_: None,
) -> Store:
    """Open a store.

    Args:
        location: its folder or its address.
        writing: open it to change it.
        whole: a reader reads all of it, not some facts: of a server's graph, a copy is opened.
        advance: called before each update that is sent to a server, with its number and how many there are.

    Raises:
        StoreError: it cannot be opened.
    """
    if not is_address(location):
        return Store(Path(location), writing=writing)
    from kg.remote.address import parse_address
    from kg.remote.client import Client
    from kg.remote.copying import copy_graph
    from kg.remote.graph import speaks_as_we_do
    from kg.remote.working import WorkingStore

    address = parse_address(str(location))
    if writing:
        return WorkingStore(address, advance)
    client = Client(address)
    ask_there = address.answers == "server" or (address.answers != "copy" and speaks_as_we_do(client))
    if ask_there and not whole:
        return RemoteStore(client)
    return Store(copy_graph(client))


def open_observations(location: Location) -> Store:
    """Open a store for who needs what each digest said; of one on a server, its working folder."""
    if not is_address(location):
        return Store(Path(location))
    require_store(location)
    from kg.remote.working import WorkingStore

    store = open_store(location, writing=True)
    assert isinstance(store, WorkingStore)
    store.refresh()
    return store


def require_store(location: Location) -> None:
    """Raise a `StoreError` where there is no store; opened for writing, it would be made."""
    if not is_address(location):
        Store(Path(location)).close()
        return
    from kg.remote.address import parse_address
    from kg.remote.client import Client
    from kg.remote.manifest import read_head

    client = Client(parse_address(str(location)))
    head = read_head(client)
    client.close()
    if not (head.revision or head.writer):
        raise StoreError(f"{client.address.name}: there is no store here; build one first")


def keep_copy(location: Location, seconds: float) -> Path:
    """Return the folder of a copy of a server's graph, which a process goes on to keep up to date.

    Args:
        location: an address; of a folder, that folder is returned.
        seconds: between two looks at the server.
    """
    if not is_address(location):
        return Path(location)
    from multiprocessing import get_context

    from kg.remote.address import parse_address
    from kg.remote.copying import follow
    from kg.remote.workspace import Workspace

    address = parse_address(str(location))
    context = get_context("spawn")  # the engine's threads would not survive a fork
    ready, told = context.Pipe()
    context.Process(target=follow, args=(address, seconds, told), daemon=True).start()
    told.close()
    try:
        wrong = ready.recv()
    except EOFError:
        wrong = f"{address.name}: the copy of the graph could not be made"
    if wrong:
        raise StoreError(wrong)
    return Workspace(address).copy
