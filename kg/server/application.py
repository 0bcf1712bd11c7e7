"""Settings and a pool of children -> the application: every address, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, Router

from kg.server import site
from kg.server.desk import Desk
from kg.server.endpoint import Endpoint
from kg.server.gate import Gate
from kg.server.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kg.guard.pool import Pool
    from kg.server.counts import Counts
    from kg.server.settings import Settings

_METHODS = ["GET", "HEAD"]


class Application:
    """All that the server answers.

    Args:
        pool: of children that hold the graph.
        settings: of the server.
        counts: of what happened.
        connections: tells how many clients are connected.
    """

    def __init__(
        self, pool: Pool, settings: Settings, counts: Counts, connections: Callable[[], int] = lambda: 0
    ) -> None:
        self._pool, self._counts, self._connections = pool, counts, connections
        desk = Desk(pool, settings, counts)
        self._router = Router(self._list_routes(Endpoint(desk), Pages(desk)), redirect_slashes=False)
        self._gate = Gate(self._route, settings, counts)
        self._entrance: ASGIApp = self._gate
        if settings.origins:
            self._entrance = CORSMiddleware(
                self._gate,
                allow_origins=settings.origins,
                allow_methods=[*_METHODS, "POST"],
                allow_headers=["Accept", "Content-Type", "If-None-Match"],
                expose_headers=["ETag", "Content-Location"],
            )

    def _list_routes(self, endpoint: Endpoint, pages: Pages) -> list[Route]:
        """List every address, the first that fits answers: our own, those of the site, nodes, nothing."""
        fixed = [
            Route("/sparql", endpoint.answer, methods=[*_METHODS, "POST", "OPTIONS"]),
            Route("/health", self._tell_health, methods=_METHODS),
            Route("/metrics", self._tell_counts, methods=_METHODS),
            Route("/ontology", pages.show_ontology, methods=_METHODS),
            Route("/ontology.{ending}", pages.show_ontology, methods=_METHODS),
            Route("/catalog", pages.show_node, methods=_METHODS),
            Route("/catalog.{ending}", pages.show_node, methods=_METHODS),
        ]
        shown = [Route(route.pattern, pages.show(route.page), methods=_METHODS) for route in site.ROUTES]
        nodes = Route("/{kind}/{key:path}", pages.show_node, methods=_METHODS)
        return [*fixed, *shown, nodes, Route("/{rest:path}", pages.show_missing, methods=_METHODS)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        await self._entrance(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "OPTIONS":
            allowed = ", ".join((*_METHODS, *(["POST"] if scope["path"] == "/sparql" else []), "OPTIONS"))
            await Response(status_code=204, headers={"Allow": allowed})(scope, receive, send)
            return
        scope["app"] = self  # so that the router raises what it refuses, and the gate words it
        await self._router(scope, receive, send)

    async def _tell_health(self, _: Request) -> Response:
        """Say whether questions can be answered, and from which state of the store."""
        words = self._pool.words
        state = {name: words[name] for name in ("revision", "statements", "copied")}
        health = {"status": "lost" if self._pool.lost else "ok", **state}
        return JSONResponse(health, 503 if self._pool.lost else 200, {"Cache-Control": "no-store"})

    async def _tell_counts(self, _: Request) -> Response:
        """Tell what was counted, for a monitor."""
        pool = self._pool
        gauges = {
            "kg_workers_renewed_total": pool.killed,
            "kg_statements": pool.words["statements"],
            "kg_workers_busy": pool.busy,
            "kg_requests_waiting": pool.waiting,
            "kg_reply_bytes": pool.room.taken,
            "kg_requests_open": self._gate.open,
            "kg_connections": self._connections(),
        }
        headers = {"Cache-Control": "no-store"}
        return PlainTextResponse(self._counts.write(gauges), 200, headers, "text/plain; version=0.0.4")
