"""Bytes of a client <-> HTTP, with deadlines for those who send or read too slowly, or nothing at all."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.settings import Deadlines

if TYPE_CHECKING:
    import asyncio

LONGEST_HEAD = 64 << 10
"""So many bytes the head of a request may have."""

_PHRASES = {400: "Bad Request", 414: "URI Too Long", 431: "Request Header Fields Too Large"}


class Connection(H11Protocol):
    """uvicorn's protocol, which by itself waits for ever; `keep` makes one that keeps deadlines."""

    deadlines = Deadlines()
    _head: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        _limit_silence(transport.get_extra_info("socket"), self.deadlines.unread)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Take what came; the head of a request is waited for no longer than its time."""
        super().data_received(data)
        self._expect_head()

    def _expect_head(self) -> None:
        waiting = self.conn.their_state is h11.IDLE and not self.transport.is_closing()
        if waiting and self._head is None:
            self._head = self.loop.call_later(self.deadlines.head, self.transport.abort)
        elif not waiting and self._head is not None:
            self._head.cancel()
            self._head = None

    def pause_writing(self) -> None:
        """Begin to wait for a client that reads slowly."""
        super().pause_writing()
        self._stalled = self._stalled or self.loop.call_later(self.deadlines.unread, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on writing: the client has read."""
        super().resume_writing()
        self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._stop_waiting()
        if self._head is not None:
            self._head.cancel()
        super().connection_lost(exc)

    def _stop_waiting(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, or has too long a head, and hang up."""
        hint = getattr(sys.exc_info()[1], "error_status_hint", 400)
        status = hint if hint in _PHRASES else 400
        if status == 431 and b"\n" not in self.conn.trailing_data[0]:
            status = 414  # even its first line has no end
        words = f"{_PHRASES[status]}: {msg.rstrip('.')}\n" if status == 400 else f"{_PHRASES[status]}\n"
        head: list[Any] = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(words)).encode()),
            (b"connection", b"close"),
        ]
        events = (
            h11.Response(status_code=status, headers=head, reason=_PHRASES[status].encode()),
            h11.Data(data=words.encode()),
            h11.EndOfMessage(),
        )
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def keep(deadlines: Deadlines) -> type[Connection]:
    """Make the protocol of a server whose clients have these deadlines."""
    return type("Connection", (Connection,), {"deadlines": deadlines})


def _limit_silence(line: socket.socket | None, seconds: float) -> None:
    """Have the system give up on a client that no longer takes what is sent to it."""
    if line is not None and hasattr(socket, "TCP_USER_TIMEOUT") and line.family != socket.AF_UNIX:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))
