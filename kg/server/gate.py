"""Every request -> let in or refused; every reply -> counted, logged, and given the headers of security."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from kg.rdf.prefixes import KINDS
from kg.server.refusals import RefusalError, write_refusal

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kg.server.counts import Counts
    from kg.server.settings import Settings

_DRAIN_SECONDS, _DRAINED = 2, 16 << 20
"""So long, and so many bytes, a body is still taken after it was found too long."""

_SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

log = logging.getLogger("kg.server")
access = logging.getLogger("kg.server.access")


class Gate:
    """Stands before the application.

    Args:
        application: what answers those who are let in.
        settings: whom to let in, and how much of each.
        counts: of what happened.
    """

    def __init__(self, application: ASGIApp, settings: Settings, counts: Counts) -> None:
        self._application, self._settings, self._counts = application, settings, counts
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] != "http":
            return
        visit = _Visit(scope, receive, send, self._settings)
        self.open += 1
        try:
            await self._answer(visit)
        finally:
            self.open -= 1
            self._record(visit)

    async def _answer(self, visit: _Visit) -> None:
        try:
            self._admit(visit)
            await self._application(visit.scope, visit.receive, visit.send)
        except RefusalError as refusal:
            if refusal.status == 413:
                await visit.drain()
            await visit.reply(write_refusal(refusal, visit.headers))
        except HTTPException as error:
            await visit.reply(write_refusal(_explain(error), visit.headers))
        except Exception:
            log.exception("a request failed inside")
            await visit.reply(write_refusal(RefusalError(500, "something failed inside"), visit.headers))

    def _admit(self, visit: _Visit) -> None:
        welcome, settings = self._settings.welcome, self._settings
        if welcome is not None and _host_of(visit.headers) not in welcome:
            raise RefusalError(
                421, "this server does not go by that name; expected one of its own (--host-name)"
            )
        if len(visit.scope["raw_path"]) + len(visit.scope["query_string"]) > settings.longest_address:
            raise RefusalError(
                414, f"the address is longer than {settings.longest_address:,} bytes; use POST"
            )
        if self.open > settings.most_requests:
            raise RefusalError(503, "too many requests at once; try again", {"Retry-After": "2"})
        length = visit.headers.get("content-length", "0")
        if length.isdecimal() and int(length[:20]) > settings.longest_body:
            raise _too_long(settings)

    def _record(self, visit: _Visit) -> None:
        seconds = time.perf_counter() - visit.since
        area = area_of(visit.scope["path"])
        self._counts.add(area, visit.status, seconds)
        line: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "client": (visit.scope.get("client") or ("", 0))[0],
            "method": visit.scope["method"],
            "path": visit.scope["path"],
            "status": visit.status,
            "bytes": visit.sent,
            "ms": round(seconds * 1000, 1),
        }
        if self._settings.log_queries:
            line["query"] = visit.scope.get("state", {}).get("query")
        access.info(json.dumps(line, ensure_ascii=True))


class _Visit:
    """One request on its way in, and its reply on the way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, settings: Settings) -> None:
        self.scope, self._receive, self._send, self._settings = scope, receive, send, settings
        self.headers = Headers(scope=scope)
        self.since = time.perf_counter()
        self._complete, self._taken = False, 0
        self._deadline = self.since + settings.deadlines.body
        self.status, self.sent = 499, 0

    async def receive(self) -> Message:
        """Pass the body on, as long as it is neither too long nor too slow."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(max(self._deadline - time.perf_counter(), 0)):
                message = await self._receive()
        except TimeoutError:
            raise RefusalError(408, "the body came too slowly", {"Connection": "close"}) from None
        self._taken += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._taken > self._settings.longest_body:
            raise _too_long(self._settings)
        return message

    async def drain(self) -> None:
        """Take the rest of a body that is too long, for a while: a client that still sends hears nothing."""
        if "expect" in self.headers:
            return
        most = self._taken + _DRAINED
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._complete and self._taken < most:
                    message = await self._receive()
                    self._taken += len(message.get("body", b""))
                    self._complete = not message.get("more_body", False)

    async def send(self, message: Message) -> None:
        """Pass the reply on, its head with all that every head has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._dress(MutableHeaders(scope=message))
        else:
            self.sent += len(message.get("body", b""))
        await self._send(message)

    def _dress(self, headers: MutableHeaders) -> None:
        page = headers.get("content-type", "").startswith("text/html")
        if self.status != 304:  # else the policy of a page that the client has would be replaced
            headers.setdefault("Content-Security-Policy", _SITE_POLICY if page else _DATA_POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if not self._settings.origins:
            headers["Cross-Origin-Resource-Policy"] = "same-origin"

    async def reply(self, response: Response) -> None:
        """Send a reply of our own, unless another one has begun."""
        if self.status == 499 and response.status_code != 499:
            await response(self.scope, self._receive, self.send)


def area_of(path: str) -> str:
    """Say what an address is part of, in one word for the counts.

    >>> area_of("/sparql"), area_of("/paper/2501.12948"), area_of("/ask"), area_of("/assets/site.css")
    ('sparql', 'node', 'page', 'asset')
    """
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    if first in ("sparql", "health", "metrics"):
        return first
    if first in ("assets", "static"):
        return "asset"
    return "node" if first in KINDS or first.startswith("ontology") else "page"


def _host_of(headers: Headers) -> str:
    """Return the name by which the server was called, without the port."""
    host = headers.get("host", "").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _too_long(settings: Settings) -> RefusalError:
    words = f"the body is longer than {settings.longest_body:,} bytes"
    return RefusalError(413, words, {"Connection": "close"})


def _explain(error: HTTPException) -> RefusalError:
    """Put what the router refuses into words."""
    allowed = (error.headers or {}).get("Allow")
    words = f"expected {allowed}" if allowed else "there is nothing at this address"
    return RefusalError(error.status_code, words, error.headers)
