"""A SELECT -> all its rows, also where the server cuts its answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.remote.client import TABLE

if TYPE_CHECKING:
    from kg.remote.client import Answered, Client

_ROUND = 500
"""Servers that cut answers do so at a multiple of this; an answer of such a length is counted."""

_PROLOGUE = re.compile(
    r"(?:\s+|#[^\n\r]*+|PREFIX\s*+[^\s:]*+:\s*+<[^<>\s]*+>|BASE\s*+<[^<>\s]*+>)*+", re.IGNORECASE
)


def read_rows(client: Client, query: str, graph: str | None = None) -> ox.QuerySolutions:
    """Run a SELECT on one graph, that of the facts unless another is named."""
    found = parse_answer(json.dumps(read_table(client, query, graph)).encode())
    assert isinstance(found, ox.QuerySolutions)
    return found


def read_table(client: Client, query: str, graph: str | None = None) -> dict[str, Any]:
    """Run a SELECT and return its answer as SPARQL 1.1 writes it in JSON.

    Raises:
        StoreError: the server cuts its answers, and does not give the rest when asked for it.
    """
    answer = ask(client, query, TABLE, graph)
    table = _load(answer.body)
    rows = table["results"]["bindings"]
    if "x-sparql-maxrows" in answer.head or (rows and len(rows) % _ROUND == 0):
        _complete(client, query, graph, rows)
    return table


def _complete(client: Client, query: str, graph: str | None, rows: list[Any]) -> None:
    """Go on reading where an answer may have been cut, until as many rows are there as the server counts."""
    start = _PROLOGUE.match(query)
    assert start
    prologue, rest = query[: start.end()], query[start.end() :]
    counted = f"{prologue} SELECT (COUNT(*) AS ?n) {{ {{ {rest} \n}} }}"
    total = int(_load(ask(client, counted, TABLE, graph).body)["results"]["bindings"][0]["n"]["value"])
    step = len(rows)
    while len(rows) < total:
        page = f"{prologue} SELECT * {{ {{ {rest} \n}} }} OFFSET {len(rows)} LIMIT {step}"
        more = _load(ask(client, page, TABLE, graph).body)["results"]["bindings"]
        if not more:
            raise StoreError(
                f"{client.address.name}: the server cuts its answers at {step:,} rows, this one has "
                f"{total:,}; expected a query with LIMIT and OFFSET"
            )
        rows += more


def ask(client: Client, query: str, accept: str, graph: str | None = None) -> Answered:
    """Run a query, and refuse an answer that the server stopped before its end."""
    answer = client.ask(query, accept, graph)
    if "x-sql-state" in answer.head:  # Virtuoso's way to say that the time was over
        raise StoreError(f"{client.address.name}: the server stopped the query before its end; ask for less")
    return answer


def parse_answer(text: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read an answer in JSON, to its end, since rows that are none are found only there."""
    try:
        found = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return found
        for _ in found:
            pass
        return ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the server's reply is not an answer of SPARQL 1.1 ({error})") from None


def read_truth(text: bytes) -> ox.QueryBoolean:
    """Read the answer of an ASK; Virtuoso gives a table of one row, or of none."""
    try:
        table = json.loads(text)
        truth = table["boolean"] if "boolean" in table else bool(table["results"]["bindings"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StoreError("the server's reply is not an answer of SPARQL 1.1") from None
    found = parse_answer(json.dumps({"head": {}, "boolean": bool(truth)}).encode())
    assert isinstance(found, ox.QueryBoolean)
    return found


def _load(body: bytes) -> dict[str, Any]:
    try:
        table: dict[str, Any] = json.loads(body)
        if isinstance(table["results"]["bindings"], list):
            return table
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise StoreError("the server's reply is not a table of SPARQL 1.1; expected the address of an endpoint")
