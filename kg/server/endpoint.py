"""A request to ``/sparql`` -> the reply of the SPARQL 1.1 Protocol."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import Response

from kg.rdf.prefixes import BASE
from kg.server.description import describe_service
from kg.server.media import GRAPHS, TABLES, choose, with_charset
from kg.server.refusals import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from kg.server.desk import Desk

GRAPH = f"{BASE}graph"
"""What the one graph that is served is called, for clients that must name it."""

_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_MOST_FIELDS = 64
_FLEETING = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_READ_ONLY = "the graph is only read here; expected a query: SELECT, ASK, CONSTRUCT or DESCRIBE"


class Endpoint:
    """The SPARQL endpoint.

    Args:
        desk: where queries are handed in.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        """Answer a query, or describe the service where none is asked for."""
        fields, query = await _read_request(request)
        _check_dataset(fields)
        accept = request.headers.get("accept", "")
        if query is None:
            return self._describe(request, accept)
        table, graph = _offer(accept, TABLES), _offer(accept, GRAPHS)
        if table is None and graph is None:
            raise RefusalError(406, f"none of these is accepted: {', '.join((*TABLES, *GRAPHS))}")
        request.state.query = query
        work = {"do": "query", "sparql": query, "table": table, "graph": graph}
        return await self._desk.reply(request, work, {"Vary": "Accept"}, keep=not _FLEETING.search(query))

    def _describe(self, request: Request, accept: str) -> Response:
        found = _offer(accept, GRAPHS)
        if found is None:
            raise RefusalError(406, f"the description of the service is one of {', '.join(GRAPHS)}")
        unchanged = self._desk.unchanged(request)
        if unchanged:
            return unchanged
        form, media = found
        address = str(request.url.replace(query="", fragment=""))
        text = describe_service(address, GRAPH, self._desk.pool.words.get("statements", 0), form)
        headers = {"Vary": "Accept", "ETag": self._desk.tag(request), "Cache-Control": "no-cache"}
        return Response(text, 200, {**headers, "Content-Type": with_charset(media)})


def _offer(accept: str, offers: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the format and media type that a client likes best."""
    media = choose(accept, list(offers))
    return (offers[media], media) if media else None


async def _read_request(request: Request) -> tuple[list[tuple[str, str]], str | None]:
    """Return the parameters of a request, and its query: None for a GET without any."""
    fields = _read_fields(request.url.query)
    if request.method != "POST":
        return fields, _take_query(fields, required=bool(fields))
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    charset = re.search(r'charset\s*=\s*"?([\w-]+)', parameters)
    if media not in (_FORM, _DIRECT) or (charset and charset[1].lower() not in ("utf-8", "utf8")):
        words = (
            _READ_ONLY if media == "application/sparql-update" else f"expected {_FORM} or {_DIRECT} in UTF-8"
        )
        raise RefusalError(415, words)
    body = _decode(await request.body())
    if media == _FORM:
        if any(name == "query" for name, _ in fields):
            raise RefusalError(400, "a form has its query in the body; the address has one as well")
        fields += _read_fields(body)
        return fields, _take_query(fields, required=True)
    if any(name in ("query", "update") for name, _ in fields):
        raise RefusalError(400, "the body is a query, and the address has one as well; expected one of them")
    return fields, body


def _take_query(fields: list[tuple[str, str]], *, required: bool) -> str | None:
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in fields):
        raise RefusalError(403, _READ_ONLY)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) > 1:
        raise RefusalError(400, f"there are {len(queries)} queries; expected one")
    if not queries and required:
        raise RefusalError(400, "there is no query; expected the parameter query")
    return queries[0] if queries else None


def _read_fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise RefusalError(400, "a parameter is not UTF-8") from None
    except ValueError:
        raise RefusalError(400, f"there are too many parameters; expected at most {_MOST_FIELDS}") from None


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"byte {error.start} of the body is not UTF-8") from None


def _check_dataset(fields: list[tuple[str, str]]) -> None:
    """Take the name of the one graph for the default graph; there is no other, and none with a name."""
    for name, value in fields:
        if name == "named-graph-uri" or (name == "default-graph-uri" and value not in (GRAPH, "")):
            wrong = f"{name} names a graph that is not here"
            raise RefusalError(400, f"{wrong}; there is one, the default graph, called {GRAPH}")
