"""Updates -> the server, one after the other, from files that wait until they are sent.

Statements are a set, so an update that was sent twice does no harm: what was stopped goes on with the first
file that is still there.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError
from kg.remote.manifest import Head, read_head, write_end, write_progress, write_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.remote.client import Client
    from kg.remote.room import Room

_STATE = "outbox/order"


class Order(NamedTuple):
    """What is to be sent: who sends it, from which state to which, how many facts there then are.

    ``requests`` is how many updates that takes, ``generation`` the one of the working store that is sent.
    """

    writer: str
    before: str
    revision: str
    facts: int
    requests: int
    generation: int


class Outbox:
    """The updates that wait for one server.

    Args:
        room: where they wait.
        client: connected to the server.
    """

    def __init__(self, room: Room, client: Client) -> None:
        self._room, self._client = room, client

    def read_order(self) -> Order | None:
        """Return what is to be sent; None where nothing is."""
        state = self._room.read_state(_STATE)
        return Order(**state) if set(state) == set(Order._fields) else None

    def fill(self, updates: Iterable[str], order: Order) -> Order:
        """Put updates in, durably, and return the order with their number."""
        self.clear()
        number = 0
        for number, update in enumerate(updates, start=1):
            self._room.keep_text(_name(number), update)
        order = order._replace(requests=number)
        self._room.write_state(_STATE, order._asdict())
        return order

    def send(self, order: Order, head: Head, advance: Callable[[int, int], None] = lambda *_: None) -> None:
        """Send what waits, and name the new state on the server.

        Args:
            order: what waits.
            head: the state of the server, as last seen.
            advance: called before each update with its number and how many there are.

        Raises:
            StoreError: another build has changed the server's state, or took its place.
        """
        client, address = self._client, self._client.address
        if head.writer != order.writer:
            client.change(write_start(address, order.writer, head))
        for number in range(1, order.requests + 1):
            update = self._room.load_text(_name(number))
            if update:
                self._check(order)
                advance(number, order.requests)
                client.change(f"{update} ;\n{write_progress(address, f'{number}/{order.requests}')}")
                self._room.remove(_name(number))
        self._check(order)
        client.change(write_end(address, order.revision, order.facts))
        self.clear()

    def _check(self, order: Order) -> None:
        """Refuse to go on where the server is another writer's."""
        if read_head(self._client).writer != order.writer:
            raise StoreError(
                f"{self._client.address.name}: another build is writing there; expected it to end, and then "
                "this build to be run again, which takes over what is new"
            )

    def clear(self) -> None:
        """Throw away what waits."""
        shutil.rmtree(self._room.outbox, ignore_errors=True)


def _name(number: int) -> str:
    return f"outbox/{number:06d}.ru"
