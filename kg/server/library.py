"""A store, in the processes that hold it -> replies to requests: queries, descriptions, pages.

The server asks in values of JSON and gets values and bytes back (see `kg.guard.zygote`); nothing here knows
HTTP but its statuses and media types.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import UnknownNameError
from kg.facts import kind_of
from kg.graph import Graph
from kg.guard import Limits
from kg.guard import run as run_apart
from kg.server.copying import copy_graph, fits_in_memory, read_state
from kg.server.exchange import SiteRequest
from kg.server.media import with_charset
from kg.server.nodes import describe, find_node
from kg.server.site.standing import Standing, know_standing, read_standing
from kg.sparql.formats import write_answer
from kg.sparql.queries import run
from kg.store import Store, open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyoxigraph as ox

    from kg.guard import Piece

    Answer = Callable[[dict[str, Any]], Iterator[Piece]]


def prepare(argument: str) -> tuple[Callable[[], Answer], dict[str, Any]]:
    """Load what all children share: a copy of the graph in memory, unless it is to stay on disk.

    Args:
        argument: JSON with ``store``, ``copy`` (true, false, or null to decide by size) and ``rows``.

    Returns:
        What each child calls after it was forked, and what there is to say about the store.
    """
    wanted = json.loads(argument)
    folder = Path(wanted["store"])
    state = read_state(folder)
    copied = fits_in_memory(state["bytes"]) if wanted["copy"] is None else wanted["copy"]
    copy = copy_graph(folder) if copied else None
    _load_pages()
    standing = _survey(folder, copy)

    def begin() -> Answer:
        graph = _open(folder, copy)
        know_standing(graph, standing)
        return Library(graph, wanted["rows"]).reply

    return begin, {**state, "copied": copied}


def _survey(folder: Path, copy: ox.Store | None) -> Standing:
    """Read in a child what pages say of the whole graph; on a large one that takes seconds."""
    survey = run_apart(lambda: iter([msgspec.json.encode(read_standing(_open(folder, copy)))]), Limits())
    return msgspec.json.decode(b"".join(piece for piece in survey if isinstance(piece, bytes)), type=Standing)


def _load_pages() -> None:
    """Import what pages need, so that children have it at once."""
    from kg.server import site

    pages = (*(route.page for route in site.ROUTES), site.THING, site.ONTOLOGY, site.MISSING)
    for module in sorted({page.partition(".")[0] for page in pages}):
        importlib.import_module(f"kg.server.site.{module}")


def _open(folder: Path, copy: ox.Store | None) -> Graph:
    """Open a store in a child: connections and threads do not survive a fork, a copy in memory does."""
    return Graph(Store(folder) if copy is None else Store.around(open_ledger(folder), copy))


class Library:
    """What one child does.

    Args:
        graph: to answer from.
        rows: the most that an answer may have.
    """

    def __init__(self, graph: Graph, rows: int) -> None:
        self._graph, self._rows = graph, rows

    def reply(self, request: dict[str, Any]) -> Iterator[Piece]:
        """Reply to a request by its ``do``: values for the head of the reply, then its body."""
        kinds = {"query": self._query, "describe": self._describe, "page": self._page}
        return kinds[request["do"]](request)

    def _query(self, request: dict[str, Any]) -> Iterator[Piece]:
        """Run ``sparql``; ``table`` and ``graph`` are (format, media type), null where none is accepted."""
        answer = run(self._graph.store.graph, request["sparql"], self._rows)
        kind = "graph" if answer.kind == "construct" else "table"
        if request[kind] is None:
            yield {"unacceptable": kind}
            return
        form, media = request[kind]
        yield {"type": with_charset(media), "rows": len(answer)}
        yield write_answer(answer, form).encode("utf8", "replace")

    def _describe(self, request: dict[str, Any]) -> Iterator[Piece]:
        """Tell what is said of the node of ``iris``, spellings of one IRI, in a format and media type."""
        node = find_node(self._graph.store.graph, request["iris"])
        if node is None:
            raise UnknownNameError(request["key"], self._find_near(request["iris"][0], request["key"]))
        answer = describe(self._graph.store.graph, node)
        yield {"type": with_charset(request["media"]), "node": node}
        yield write_answer(answer, request["form"]).encode("utf8", "replace")

    def _find_near(self, iri: str, key: str) -> tuple[str, ...]:
        """Find the names like one that is not known, of its kind."""
        from kg.questions.naming import name_nodes

        try:
            return name_nodes(self._graph.store, key.replace("-", " "), (kind_of(iri),))[:5]
        except UnknownNameError as error:
            return error.nearest

    def _page(self, request: dict[str, Any]) -> Iterator[Piece]:
        """Have a ``page`` (``module.function`` of `kg.server.site`) made."""
        module, _, name = request["page"].partition(".")
        page = getattr(importlib.import_module(f"kg.server.site.{module}"), name)
        iris = request["iris"]
        node = find_node(self._graph.store.graph, iris) if iris else None
        reply = page(
            self._graph,
            SiteRequest(
                path=request["path"],
                values=request["values"],
                query=request["query"],
                headers=request["headers"],
                iri=node or (iris[0] if iris else ""),
                rows=self._rows,
            ),
        )
        yield {"status": reply.status, "type": reply.type, "headers": [list(h) for h in reply.headers]}
        yield reply.body
