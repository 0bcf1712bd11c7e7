"""A graph on a server -> what `pyoxigraph.Store` would answer, asked over the SPARQL protocol.

It has the methods of `pyoxigraph.Store` by which a graph is read. Queries are parsed here first, so that what
cannot be read, or would change anything, gets the same words as everywhere and never leaves the machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.remote.client import TABLE, TRIPLES
from kg.remote.reading import count_statements, read_lines
from kg.remote.tables import ask, read_rows, read_table, read_truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from kg.remote.client import Client

    Found = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]

_REMEMBERED = 20_000
"""So many subjects are kept once they were read: profiles and proofs look at the same ones again."""

_NAME = re.compile(r"(?<![\w.-])([A-Za-z][\w-]*+):")


class RemoteGraph:
    """The graph of the facts on one server, for readers.

    Args:
        client: connected to the server.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._about = lru_cache(_REMEMBERED)(self._read_subject)

    def query(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Found:
        """Run a query.

        Raises:
            SyntaxError: it cannot be parsed.
            StoreError: the server does not answer it, or not all of it.
        """
        kind = ox.Store().query(query, prefixes=dict(prefixes or {}))
        whole = _declare(query, prefixes or {}) + query
        if isinstance(kind, ox.QuerySolutions):
            return read_rows(self._client, whole)
        if isinstance(kind, ox.QueryBoolean):
            return read_truth(ask(self._client, whole, TABLE).body)
        return self._read_triples(whole)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: ox.NamedNode | ox.Literal | None,  # noqa: A002 - as pyoxigraph has it
        graph_name: ox.DefaultGraph | None = None,  # noqa: ARG002 - all facts are in one graph
    ) -> Iterator[ox.Quad]:
        """Yield the statements that have these terms; None stands for any."""
        if subject is not None:
            for quad in self._about(subject):
                if predicate in (None, quad.predicate) and object in (None, quad.object):
                    yield quad
            return
        pattern = f"?s {predicate or '?p'} {object or '?o'}"
        for row in read_rows(self._client, f"SELECT * {{ {pattern} }}"):
            yield ox.Quad(row["s"], predicate or row["p"], object or row["o"])

    def dump(
        self,
        output: IO[bytes] | None = None,
        format: ox.RdfFormat | None = None,  # noqa: A002 - as pyoxigraph has it
        *,
        from_graph: ox.DefaultGraph | None = None,  # noqa: ARG002
    ) -> bytes | None:
        """Write every statement as N-Triples, each once; return the text where no file is given."""
        if format not in (None, ox.RdfFormat.N_TRIPLES):
            raise ValueError("a graph on a server is written as N-Triples alone")
        if output is None:
            return b"".join(read_lines(self._client))
        for line in read_lines(self._client):
            output.write(line)
        return None

    def __len__(self) -> int:
        return count_statements(self._client)

    def _read_subject(self, subject: ox.NamedNode) -> tuple[ox.Quad, ...]:
        rows = read_rows(self._client, f"SELECT * {{ {subject} ?p ?o }}")
        return tuple(ox.Quad(subject, row["p"], row["o"]) for row in rows)

    def _read_triples(self, query: str) -> Iterator[ox.Triple]:
        answer = ask(self._client, query, TRIPLES)
        if "x-sparql-maxrows" in answer.head:
            raise StoreError(
                f"{self._client.address.name}: the server cuts its answers at "
                f"{answer.head['x-sparql-maxrows']} rows; expected a query with LIMIT and OFFSET"
            )
        try:
            return iter([quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)])
        except SyntaxError as error:
            raise StoreError(f"{self._client.address.name}: the reply is not N-Triples ({error})") from None


def _declare(query: str, prefixes: Mapping[str, str]) -> str:
    """Write the declarations of the prefixes that a query uses."""
    used = sorted({name for name in _NAME.findall(query) if name in prefixes})
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in used)


def speaks_as_we_do(client: Client) -> bool:
    """Say whether a server answers queries as the embedded engine does, with all that ours make use of.

    LATERAL is beyond SPARQL 1.1; Oxigraph and Jena have it. Virtuoso has not, joins VALUES with sub-queries
    and paths wrongly, and does not sort long texts.
    """
    try:
        found = read_table(client, _PROBE)["results"]["bindings"]
    except StoreError:
        return False
    return [row["y"]["value"] for row in found if "y" in row] == ["2", "3"]


_PROBE = """SELECT ?x ?y {
  { SELECT DISTINCT ?x { VALUES ?x { 2 1 } } } LATERAL { OPTIONAL { BIND(?x + 1 AS ?y) } }
} ORDER BY ?x"""
