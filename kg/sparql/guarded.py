"""A query and its limits -> its answer, from a process that is stopped at the first limit it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.guard import run as run_apart
from kg.sparql.answers import Answer
from kg.sparql.formats import write_answer
from kg.sparql.queries import run
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.guard import Limits, Piece


def run_guarded(store: Store, sparql: str, limits: Limits) -> Answer:
    """Run a query as `kg.sparql.queries.run` does, and hold it to its limits.

    Args:
        store: on disk, or in memory.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        limits: of time, memory, rows and size.

    Raises:
        LimitError: it met one of them; the message names it.
        QueryError: it cannot be run.
    """

    def job() -> Iterator[Piece]:
        # The threads of a store on disk are lost in a child, so it is opened there.
        graph = Store(store.folder).graph if store.folder else store.graph
        answer = run(graph, sparql, limits.rows)
        yield {"kind": answer.kind}
        yield write_answer(answer, "nt" if answer.kind == "construct" else "json").encode()

    words, *body = run_apart(job, limits)
    assert isinstance(words, dict)
    return _read(words["kind"], b"".join(piece for piece in body if isinstance(piece, bytes)))


def _read(kind: str, content: bytes) -> Answer:
    if kind == "construct":
        quads = ox.parse(content, format=ox.RdfFormat.N_TRIPLES)
        rows = sorted(((quad.subject, quad.predicate, quad.object) for quad in quads), key=str)
        return Answer(kind=kind, columns=("subject", "predicate", "object"), rows=tuple(rows))
    found = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Answer(kind=kind, rows=((ox.Literal(bool(found)),),))
    columns = tuple(variable.value for variable in found.variables)
    return Answer(kind=kind, columns=columns, rows=tuple(map(tuple, found)))
