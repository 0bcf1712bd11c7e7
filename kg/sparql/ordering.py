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

_TESTED = r'DESC\(REGEX\(STR\(\?(?P<tested>\w+)\), "(?P<pattern>[^"]+)"\)\)'
_KEY = re.compile(rf"{_TESTED}|(?P<falls>DESC\()?\?(?P<column>\w+)\)?")
_KEYS = re.sub(r"\?P<\w+>", "?:", _KEY.pattern)
_ORDER = re.compile(rf"\s*\bORDER BY((?:\s+(?:{_KEYS}))+)\s*\Z")
_MADE = r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\)"  # a column that is worked out
_VALUED = (ox.NamedNode, ox.Literal)
_NUMBERS = {f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal")}


class Key(NamedTuple):
    """A column that rows are ordered by, and whether its values fall.

    With a ``pattern``, the rows whose values match it are told from the others.
    """

    column: str
    falls: bool
    pattern: str = ""


def list_columns(sparql: str) -> tuple[str, ...]:
    """Return the columns of a SELECT, in their order.

    >>> list_columns("SELECT ?author (MIN(?day) AS ?date) ?paper WHERE { ?result ?is ?author }")
    ('author', 'date', 'paper')
    """
    return tuple(re.findall(r"\?(\w+)", re.sub(_MADE, r"\1", sparql.partition("WHERE")[0])))


def split_order(sparql: str) -> tuple[str, tuple[Key, ...]]:
    """Take the order off a query, if it orders by columns alone, else leave it as it is.

    >>> sparql, keys = split_order("SELECT ?a ?b WHERE { ?a ?is ?b } ORDER BY DESC(?b) ?a")
    >>> sparql, [(key.column, key.falls) for key in keys]
    ('SELECT ?a ?b WHERE { ?a ?is ?b }', [('b', True), ('a', False)])
    >>> split_order("SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?b")
    ('SELECT ?a WHERE { ?a ?is ?b } ORDER BY ?b', ())
    """
    found = _ORDER.search(sparql)
    keys = tuple(map(_read_key, _KEY.finditer(found[1]))) if found else ()
    if not found or not {key.column for key in keys}.issubset(list_columns(sparql)):
        return sparql, ()
    return sparql[: found.start()], keys


def _read_key(found: re.Match[str]) -> Key:
    if found["tested"]:
        return Key(found["tested"], falls=True, pattern=found["pattern"])
    return Key(found["column"], bool(found["falls"]))


def sort_rows(rows: tuple[Row, ...], columns: tuple[str, ...], order: tuple[Key, ...]) -> tuple[Row, ...]:
    """Put rows in the order of the engine: what is missing first, then IRIs, numbers and texts.

    Rows of which the order does not tell which is first are in the order of their other columns.
    """
    ordered = sorted(rows, key=lambda row: tuple(map(_rank, row)))
    for key in reversed(order):
        at = columns.index(key.column)
        ordered.sort(key=lambda row: _rank_by(key, row[at]), reverse=key.falls)
    return tuple(ordered)


def _rank_by(key: Key, term: Term) -> tuple[int, Decimal | str]:
    if not key.pattern:
        return _rank(term)
    return (int(bool(re.search(key.pattern, term.value))), "") if isinstance(term, _VALUED) else (-1, "")


def _rank(term: Term) -> tuple[int, Decimal | str]:
    if isinstance(term, ox.NamedNode):
        return 2, term.value
    if not isinstance(term, ox.Literal):
        return (0, "") if term is None else (1, str(term))
    return (3, Decimal(term.value)) if term.datatype.value in _NUMBERS else (4, term.value)
