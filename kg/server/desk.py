"""A request that was read -> its reply, from the pool of children; with what lets clients keep it."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from kg.errors import LimitError
from kg.server.refusals import RefusalError, refuse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request

    from kg.guard.pool import Pool
    from kg.guard.replies import Reply
    from kg.server.counts import Counts
    from kg.server.settings import Settings

_AT_ONCE = 1 << 20
_VARYING = ("accept", "accept-language")

log = logging.getLogger("kg.server")


class Desk:
    """Where requests are handed in.

    Args:
        pool: of children that do the work.
        settings: of the server.
        counts: of what happened.
    """

    def __init__(self, pool: Pool, settings: Settings, counts: Counts) -> None:
        self.pool, self.settings, self.counts = pool, settings, counts
        self._started = secrets.token_hex(4)  # another program may write other replies

    def tag(self, request: Request) -> str:
        """Return what changes whenever the reply to a GET may: the state of the store, and the request."""
        asked = [request.headers.get(name, "") for name in _VARYING]
        parts = [
            self._started,
            str(self.pool.words.get("revision")),
            str(request.url.path),
            request.url.query,
        ]
        digest = hashlib.sha256("\n".join([*parts, *asked]).encode()).hexdigest()
        return f'W/"{digest[:20]}"'

    def unchanged(self, request: Request) -> Response | None:
        """Return the short reply for a client that has the present answer already."""
        tag = self.tag(request)
        held = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
        if request.method in ("GET", "HEAD") and held & {tag, "*"}:
            return Response(status_code=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
        return None

    async def reply(
        self, request: Request, work: dict[str, Any], headers: Mapping[str, str], *, keep: bool = True
    ) -> Response:
        """Have work done and reply with what comes of it.

        Args:
            request: that asked for it; its body has been read.
            work: as `kg.server.library` takes it.
            headers: of the reply.
            keep: whether the same request has the same reply until the store changes.

        Raises:
            RefusalError: it cannot be answered.
        """
        keep = keep and request.method in ("GET", "HEAD")
        if keep and (unchanged := self.unchanged(request)):
            return unchanged
        tag = self.tag(request)
        done = await self._have_done(request, work)
        if "unacceptable" in done.words:
            kind = "a table of results" if done.words["unacceptable"] == "table" else "a graph"
            raise RefusalError(
                406, f"the answer is {kind}, which is not written as any type that is accepted"
            )
        status = done.words.get("status", 200)
        kept = {"ETag": tag, "Cache-Control": "no-cache"} if keep and status == 200 else {}
        own = dict(done.words.get("headers", []))
        return _write(done, status, {**kept, **headers, **own})

    async def _have_done(self, request: Request, work: dict[str, Any]) -> Reply:
        """Wait for the reply of a child, or until the client has gone: then its query is stopped."""
        asked = asyncio.create_task(self.pool.ask(work, self.settings.patience))
        left = asyncio.create_task(_wait_until_left(request))
        try:
            await asyncio.wait({asked, left}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise RefusalError(499, "the client has gone")
            return asked.result()
        except RefusalError:
            raise
        except Exception as error:
            raise self._explain(error) from error
        finally:
            left.cancel()
            asked.cancel()

    def _explain(self, error: Exception) -> RefusalError:
        refusal = refuse(error)
        if isinstance(error, LimitError):
            self.counts.stop(error.limit)
        if refusal.status == 500:
            log.error("%s: %s", type(error).__name__, error)
        return refusal


async def _wait_until_left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _write(done: Reply, status: int, headers: dict[str, str]) -> Response:
    headers = {"Content-Type": done.words["type"], **headers, "Content-Length": str(done.size)}
    if done.size <= _AT_ONCE:
        return Response(b"".join(done.pieces()), status, headers)
    return StreamingResponse(_stream(done), status, headers)


async def _stream(done: Reply) -> AsyncIterator[bytes]:
    for piece in done.pieces():
        yield piece
