"""A query of ours that orders its rows by columns -> the query without its order, and the order to put on.

To compare two rows, the engine reads their terms from the store once more: ordering thousands takes it
seconds, and what has been read anyway a few milliseconds here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    from kg.sparql.answers import Row, Term

_ORDER = re.compile(r"\s*\bORDER BY((?:\s+(?:DESC\(\?\w+\)|\?\w+))+)\s*\Z")
_KEY = re.compile(r"(DESC\()?\?(\w+)")
_MADE = r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\)"  # a column that is worked out
_NUMBERS = {f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal")}


class Key(NamedTuple):
    """A column that rows are ordered by, and whether its values fall."""

    column: str
    falls: bool


def list_columns(sparql: str) -> tuple[str, ...]:
    """Return the columns of a SELECT, in their order.

    >>> list_columns("SELECT ?author (MIN(?day) AS ?date) ?paper WHERE { ?result ?is ?author }")
    ('author', 'date', 'paper')
    """
    return tuple(re.findall(r"\?(\w+)", re.sub(_MADE, r"\1", sparql.partition("WHERE")[0])))


def split_order(sparql: str) -> tuple[str, tuple[Key, ...]]:
    """Take the order off a query, if it orders by columns alone, else leave it as it is.

    >>> split_order("SELECT ?a ?b WHERE { ?a ?is ?b } ORDER BY DESC(?b) ?a")
    ('SELECT ?a ?b WHERE { ?a ?is ?b }', (Key(column='b', falls=True), Key(column='a', falls=False)))
    >>> split_order("SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?b")
    ('SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?b', ())
    """
    found = _ORDER.search(sparql)
    keys = tuple(Key(column, bool(falls)) for falls, column in _KEY.findall(found[1])) if found else ()
    if not found or not {key.column for key in keys}.issubset(list_columns(sparql)):
        return sparql, ()
    return sparql[: found.start()], keys


def sort_rows(rows: tuple[Row, ...], columns: tuple[str, ...], order: tuple[Key, ...]) -> tuple[Row, ...]:
    """Put rows in the order of the engine: what is missing first, then IRIs, numbers and texts.

    Rows of which the order does not tell which is first are in the order of their other columns.
    """
    ordered = sorted(rows, key=lambda row: tuple(map(_rank, row)))
    for key in reversed(order):
        at = columns.index(key.column)
        ordered.sort(key=lambda row: _rank(row[at]), reverse=key.falls)
    return tuple(ordered)


def _rank(term: Term) -> tuple[int, Decimal | str]:
    if isinstance(term, ox.NamedNode):
        return 2, term.value
    if not isinstance(term, ox.Literal):
        return (0, "") if term is None else (1, str(term))
    return (3, Decimal(term.value)) if term.datatype.value in _NUMBERS else (4, term.value)
