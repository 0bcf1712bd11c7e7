"""What the server and the pages of its site say to each other.

A page is a pure function ``(graph: kg.graph.Graph, request: SiteRequest) -> SiteReply``. It runs in a guarded
child process that holds the graph: it may take its time and fail, but it cannot change anything, and what it
returns is all that leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address of the site and the page that answers it.

    ``pattern`` has placeholders as ``/benchmark/{key}`` and, for the rest of a path, ``/view/{rest:path}``.
    ``page`` is ``module.function`` inside `kg.server.site`, imported in the child when it is first asked for.
    """

    pattern: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """One request.

    ``path`` is decoded; ``values`` are the placeholders of the route's pattern, decoded; ``query`` holds the
    parameters behind the path, the first where one is given twice; ``headers`` the request's, by lower-case
    name (never a cookie or an authorization). ``iri`` is the node that the path stands for, where it is the
    path of an IRI of ours. ``rows`` is the most that the answer to a query may have, 0 for any number.
    """

    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    iri: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReply:
    """One reply: its status, media type and body, and headers such as ``Location`` or a policy of its own.

    The server adds the headers of security, caching and length; a ``Content-Security-Policy`` of the page
    wins over that of the site.
    """

    status: int = 200
    type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
