"""How a server is to run: where it listens, whom it answers, and how much each request may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.guard import Limits

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits(seconds=30, megabytes=1024, rows=100_000, reply=64)
"""What one request may take unless told."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How many seconds a client may take.

    ``head``: to send the head of a request, from its first byte or the connection's; ``body``: to send the
    body; ``unread``: to read a part of the reply that waits for it.
    """

    head: float = 15
    body: float = 30
    unread: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set.

    ``names`` are those under which clients may call the server, beside that of this machine to itself;
    ``origins`` the sites whose scripts may read its answers; ``patience`` is how long a request waits for a
    free worker, ``most_held`` how much of replies may lie in files until it is read. Lengths are in bytes,
    times in seconds.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8360
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    workers: int = 1
    limits: Limits = LIMITS
    longest_address: int = 8 << 10
    longest_body: int = 1 << 20
    most_requests: int = 512
    most_held: int = 2 << 30
    most_connections: int = 2048
    patience: float = 20
    deadlines: Deadlines = Deadlines()
    copy: bool | None = None
    log_queries: bool = False
    watch: float = 2

    @property
    def welcome(self) -> frozenset[str] | None:
        """The names by which the server may be called; None where any will do.

        A server that listens to this machine alone must not answer to names that a stranger's page has
        pointed at it; one that listens to others is called as they like, unless its names are told.
        """
        if self.host not in LOOPBACK and not self.names:
            return None
        return frozenset((*LOOPBACK, self.host.lower(), *(name.lower() for name in self.names)))
