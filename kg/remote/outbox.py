"""Updates -> the server, one after the other, from a file in which they wait until all are sent.

Statements are a set, so an update that was sent twice does no harm: what was stopped goes on with the first
update that is not known to have been sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import StoreError
from kg.remote.manifest import Head, read_head, write_end, write_progress, write_start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.remote.client import Client
    from kg.remote.workspace import Workspace

_ORDER, _UPDATES, _SENT = "order", "updates.jsonl", "updates.sent"


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
        workspace: where they wait.
        client: connected to the server.
    """

    def __init__(self, workspace: Workspace, client: Client) -> None:
        self._workspace, self._client = workspace, client

    def read_order(self) -> Order | None:
        """Return what is to be sent; None where nothing is."""
        state = self._workspace.read_state(_ORDER)
        return Order(**state) if set(state) == set(Order._fields) else None

    def fill(self, updates: Iterable[str], order: Order) -> Order:
        """Put updates in, durably, and return the order with their number."""
        self.clear()
        number = 0

        def count() -> Iterator[bytes]:
            nonlocal number
            for update in updates:
                number += 1
                yield json.dumps(update).encode() + b"\n"

        self._workspace.keep_lines(_UPDATES, count(), durable=True)
        order = order._replace(requests=number)
        self._workspace.write_state(_ORDER, order._asdict())
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
        sent = int(self._workspace.load_text(_SENT) or "0")
        for number, line in enumerate(self._workspace.read_lines(_UPDATES), start=1):
            if number > sent:
                self._check(order)
                advance(number, order.requests)
                progress = write_progress(address, f"{number}/{order.requests}")
                client.change(f"{json.loads(line)} ;\n{progress}")
                self._workspace.keep_text(_SENT, str(number))
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
        for name in (f"{_ORDER}.json", _UPDATES, _SENT):
            self._workspace.remove(name)
