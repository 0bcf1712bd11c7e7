"""Settings -> a server that runs until it is told to stop, and follows its store."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import KgError, UsageError
from kg.guard.brood import Household
from kg.guard.once import CAN_FORK
from kg.guard.pool import Pool
from kg.guard.replies import Room
from kg.server.application import Application
from kg.server.connections import LONGEST_HEAD, keep
from kg.server.counts import Counts
from kg.store import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.server.settings import Settings

_FAREWELL = 10
"""So many seconds requests that are being answered have left when the server is told to stop."""

_BACKLOG = 2048

log = logging.getLogger("kg.server")


def serve(settings: Settings, announce: Callable[[str, int], None]) -> None:
    """Serve a store until SIGINT or SIGTERM.

    Args:
        settings: of the server.
        announce: called when it is ready, with its address and the number of statements it serves.

    Raises:
        UsageError: this system cannot run it, or the address cannot be listened to.
        KgError: the store cannot be served.
    """
    if not CAN_FORK:
        raise UsageError("kg serve needs a system that can fork: Linux, macOS, or on Windows its WSL")
    for handled in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            handled, lambda *_: None
        )  # what uvicorn restores, and raises again, when it has stopped
    with _bind(settings) as listener:
        asyncio.run(_serve(settings, listener, announce))


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is named, or asyncio would let the system hold small packets back.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        place = f"{settings.host}:{settings.port}"
        raise UsageError(
            f"{place}: cannot be listened to ({error.strerror}); expected a free port of this machine"
        ) from error
    return listener


async def _serve(settings: Settings, listener: socket.socket, announce: Callable[[str, int], None]) -> None:
    pool, counts = Pool(settings.workers, Room(settings.most_held)), Counts()
    server: uvicorn.Server | None = None

    def connections() -> int:
        return len(server.server_state.connections) if server else 0

    try:
        await pool.renew(_household(settings))
        application = Application(pool, settings, counts, connections)
        server = uvicorn.Server(_configure(application, settings))
        follower = asyncio.create_task(_follow(pool, settings, counts))
        listener.listen(_BACKLOG)  # from here on clients may come, and wait if they are early
        announce(_address(listener), pool.words["statements"])
        await server.serve([listener])
        follower.cancel()
    finally:
        await pool.close()


def _household(settings: Settings) -> Household:
    argument = {"store": str(settings.store), "copy": settings.copy, "rows": settings.limits.rows}
    return Household(
        prepare="kg.server.library:prepare", argument=json.dumps(argument), limits=settings.limits
    )


def _configure(application: Application, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=keep(settings.deadlines),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=_BACKLOG,
        limit_concurrency=settings.most_connections,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_FAREWELL,
    )


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def _follow(pool: Pool, settings: Settings, counts: Counts) -> None:
    """Load each new state of the store beside the present one, then change over."""
    while True:
        await asyncio.sleep(settings.watch)
        if not pool.lost and await asyncio.to_thread(_read_revision, settings) in (
            None,
            pool.words["revision"],
        ):
            continue
        try:
            await pool.renew(_household(settings))
            counts.reloads += 1
        except (KgError, RuntimeError, OSError) as error:
            log.error("the store cannot be loaded anew: %s", error)


def _read_revision(settings: Settings) -> str | None:
    """Return the present state of the store; None where it cannot be read just now."""
    with contextlib.suppress(KgError, OSError), contextlib.closing(open_ledger(settings.store)) as ledger:
        return ledger.revision
    return None
