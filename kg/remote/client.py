"""Requests to a SPARQL server -> its replies, held to limits, or an error in the server's own words."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import httpx

from kg.errors import StoreError
from kg.remote.credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.remote.address import Address

TABLE = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_AGAIN = frozenset({429, 502, 503, 504})
"""What a server says that may answer a moment later."""

_MOST_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server may take, how much it may send, and how often it is asked again.

    Times are in seconds, ``reply`` in bytes. ``silence`` is how long it may say nothing, ``seconds`` how long
    a whole reply may take.
    """

    connect: float = 10
    silence: float = 300
    seconds: float = 900
    reply: int = 256 << 20
    tries: int = 4
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """A reply: its body, and what the server says of it in the head."""

    body: bytes
    head: Mapping[str, str]


class Client:
    """A connection to one server.

    Every request can be sent again without harm, since statements are a set and the server keeps no other
    state for us; so each is, where the server is not reached or says that it is busy.

    Args:
        address: of the store.
        patience: with the server.
    """

    def __init__(self, address: Address, patience: Patience = Patience()) -> None:
        self.address, self._patience = address, patience
        self._process = os.getpid()

    @cached_property
    def _http(self) -> httpx.Client:
        limits = httpx.Timeout(self._patience.silence, connect=self._patience.connect)
        return httpx.Client(
            auth=Credentials(self.address),
            timeout=limits,
            headers={"User-Agent": "paperkg", "Accept-Encoding": "gzip"},
            trust_env=not self.address.is_here,  # a proxy does not know what runs here
        )

    def ask(self, query: str, accept: str, graph: str | None = None) -> Answered:
        """Run a query on one graph, that of the facts unless another is named."""
        form = {"query": query, "default-graph-uri": graph or self.address.graph}
        return self._send("POST", self.address.query, accept=accept, data=form)

    def change(self, update: str) -> None:
        """Run an update."""
        kind = {"Content-Type": "application/sparql-update"}
        self._send("POST", self.address.update, accept="*/*", content=update.encode(), headers=kind)

    def stream(self) -> Iterator[bytes]:
        """Read the graph of the facts as N-Triples by the graph store protocol, piece by piece."""
        reply = self._open("GET", self.address.data, accept=TRIPLES, params={"graph": self.address.graph})
        try:
            self._refuse_errors(reply)
            yield from reply.iter_bytes()
        except httpx.HTTPError as error:
            raise StoreError(f"{self.address.name}: the reply broke off ({_say(error)})") from error
        finally:
            reply.close()

    def close(self) -> None:
        """End the connection."""
        self._http.close()

    def _send(self, method: str, url: str, **what: Any) -> Answered:
        reply = self._open(method, url, **what)
        try:
            self._refuse_errors(reply)
            return Answered(self._read(reply), reply.headers)
        except httpx.HTTPError as error:
            raise StoreError(f"{self.address.name}: the reply broke off ({_say(error)})") from error
        finally:
            reply.close()

    def _open(
        self, method: str, url: str, *, accept: str, headers: Mapping[str, str] | None = None, **what: Any
    ) -> httpx.Response:
        """Send a request, again where that may help, and return the reply with its body still to be read."""
        if self._process != os.getpid():  # a connection cannot be shared with a parent
            self.__dict__.pop("_http", None)
            self._process = os.getpid()
        sent = {"Accept": accept, **(headers or {})}
        for attempt in range(1, self._patience.tries + 1):
            request = self._http.build_request(method, url, headers=sent, **what)
            try:
                reply = self._http.send(request, stream=True)
            except (httpx.HTTPError, OSError) as error:
                if attempt == self._patience.tries:
                    raise StoreError(
                        f"{self.address.name}: the server is not reached ({_say(error)})"
                    ) from error
            else:
                if reply.status_code not in _AGAIN or attempt == self._patience.tries:
                    return reply
                reply.close()
            time.sleep(self._patience.pause * 2 ** (attempt - 1))
        raise StoreError(f"{self.address.name}: not asked, since no try is allowed")

    def _read(self, reply: httpx.Response) -> bytes:
        parts, size, end = [], 0, time.monotonic() + self._patience.seconds
        for part in reply.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > self._patience.reply:
                most = f"{self._patience.reply >> 20} MB"
                raise StoreError(f"{self.address.name}: the reply has more than {most}; ask for less at once")
            if time.monotonic() > end:
                raise StoreError(
                    f"{self.address.name}: the reply takes more than {self._patience.seconds:.0f} s"
                )
        return b"".join(parts)

    def _refuse_errors(self, reply: httpx.Response) -> None:
        """Raise what the server says is wrong."""
        if reply.status_code in (401, 403):
            raise StoreError(
                f"{self.address.name}: the server refuses access ({reply.status_code}); expected the right "
                "KG_USER and KG_PASSWORD, or a line of .netrc"
            )
        if not reply.is_success:
            words = _read_words(reply)
            said = f": {words}" if words else ""
            raise StoreError(f"{self.address.name}: the server says {reply.status_code}{said}")


def _read_words(reply: httpx.Response) -> str:
    """Return the beginning of what a server says, on one line and without what steers a terminal."""
    said = b""
    for part in reply.iter_bytes():
        said += part
        if len(said) > _MOST_WORDS * 4:
            break
    text = "".join(c if c.isprintable() else " " for c in said.decode("utf8", "replace"))
    return " ".join(text.split())[:_MOST_WORDS]


def _say(error: Exception) -> str:
    text = "".join(c if c.isprintable() else " " for c in str(error))[:_MOST_WORDS]
    return text or type(error).__name__
