"""An address of the site or of a node -> its page, or the same as data, as the client prefers."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
from starlette.responses import Response

from kg.rdf.prefixes import BASE, KINDS
from kg.rdf.vocabulary import ontology_file
from kg.server import site
from kg.server.media import GRAPHS, SUFFIXES, choose, with_charset
from kg.server.nodes import spell
from kg.server.refusals import RefusalError
from kg.sparql.answers import Answer
from kg.sparql.formats import write_answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from kg.server.desk import Desk

_HTML = "text/html"
_CATALOGUE = "catalog"
"""The description of the whole graph: nodes that have no page."""

_PRIVATE = {"cookie", "authorization", "proxy-authorization"}
_ENDINGS = {media: ending for ending, media in SUFFIXES.items()}


class Pages:
    """The pages of the site and the data behind them.

    Args:
        desk: where the work is handed in.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, page: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers a request with a page."""

        async def answer(request: Request) -> Response:
            if request.path_params and request.scope["raw_path"].endswith(b"/"):
                return _drop_slash(request)
            return await self._show(request, page)

        return answer

    async def show_node(self, request: Request) -> Response:
        """Answer with what is known of a node: as a page, or as data."""
        if request.scope["raw_path"].endswith(b"/"):
            return _drop_slash(request)
        kind, slash, key = request.scope["path"].removeprefix("/").partition("/")
        if kind not in KINDS and not kind.startswith(_CATALOGUE):
            return await self.show_missing(request)
        path, media = _split(request.scope["path"], request.headers.get("accept", ""), paged=kind in KINDS)
        kind, slash, key = path.removeprefix("/").partition("/")
        iris = spell(kind, key) if slash else (f"{BASE}{kind}",)
        place = {"Content-Location": f"{quote(path)}.{_ENDINGS[media]}"}
        if media == _HTML:
            return await self._show(request, site.THING, iris, place)
        work = {"do": "describe", "iris": iris, "key": key or kind, "form": GRAPHS[media], "media": media}
        return await self._desk.reply(request, work, {"Vary": "Accept", **place})

    async def show_ontology(self, request: Request) -> Response:
        """Answer with the vocabulary: as a page, or as data."""
        _, media = _split(request.scope["path"], request.headers.get("accept", ""))
        place = {"Content-Location": f"/ontology.{_ENDINGS[media]}"}
        if media == _HTML:
            return await self._show(request, site.ONTOLOGY, (), place)
        if unchanged := self._desk.unchanged(request):
            return unchanged
        headers = {"Vary": "Accept", "ETag": self._desk.tag(request), "Cache-Control": "no-cache", **place}
        return Response(read_ontology(GRAPHS[media]), 200, {**headers, "Content-Type": with_charset(media)})

    async def show_missing(self, request: Request) -> Response:
        """Answer that there is nothing: as a page to browsers, in words to others."""
        if request.scope["raw_path"].endswith(b"/"):
            return _drop_slash(request)
        if choose(request.headers.get("accept", ""), ["text/plain", _HTML]) != _HTML:
            raise RefusalError(
                404, "there is nothing at this address; expected /, /sparql, /ontology or an IRI"
            )
        return await self._show(request, site.MISSING)

    async def _show(
        self, request: Request, page: str, iris: tuple[str, ...] = (), headers: dict[str, str] | None = None
    ) -> Response:
        work: dict[str, Any] = {
            "do": "page",
            "page": page,
            "path": request.scope["path"],
            "values": {name: str(value) for name, value in request.path_params.items()},
            "query": {name: request.query_params.getlist(name)[0] for name in request.query_params},
            "headers": {name: text for name, text in request.headers.items() if name not in _PRIVATE},
            "iris": iris,
        }
        reply = await self._desk.reply(request, work, {"Vary": "Accept, Accept-Language", **(headers or {})})
        media = reply.headers.get("content-type", "").partition(";")[0]
        if reply.status_code == HTTPStatus.OK and not _is_welcome(request, media):
            raise RefusalError(406, f"what is here is {media}, which is not accepted")
        return reply


def _is_welcome(request: Request, media: str) -> bool:
    """Say whether a client takes a type: it asked for that in the address, or accepts it."""
    told = "format" in request.query_params or request.scope["path"].endswith(".html")
    return told or choose(request.headers.get("accept", ""), [media]) is not None


def _drop_slash(request: Request) -> Response:
    """Lead to the same address without the slash at its end; to this host, whatever it begins with."""
    place = quote("/" + request.scope["path"].strip("/"))
    return Response(status_code=308, headers={"Location": f"{place}?{request.url.query}".rstrip("?")})


def _split(path: str, accept: str, *, paged: bool = True) -> tuple[str, str]:
    """Take the ending off an address and return the media type that it, or else the client, asks for."""
    offers = [media for media in SUFFIXES.values() if media != _HTML]
    offers = [_HTML, *offers] if paged else offers
    stem, point, ending = path.rpartition(".")
    if point and SUFFIXES.get(ending) in offers:
        return stem, SUFFIXES[ending]
    media = choose(accept, offers)
    if media is None:
        raise RefusalError(406, f"none of these is accepted: {', '.join(offers)}")
    return path, media


@cache
def read_ontology(form: str) -> str:
    """Write the vocabulary in one of the formats of graphs."""
    quads = ox.parse(path=str(ontology_file("kg.ttl")), format=ox.RdfFormat.TURTLE)
    rows = sorted(((quad.subject, quad.predicate, quad.object) for quad in quads), key=str)
    return write_answer(
        Answer(kind="construct", columns=("subject", "predicate", "object"), rows=tuple(rows)), form
    )
