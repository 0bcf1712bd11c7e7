"""SPARQL, or the name of a saved query -> its answer.

The graph is asked, never changed: only SELECT, ASK, CONSTRUCT and DESCRIBE are run, on the default graph, and
nothing in a query can reach another machine or a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import LimitError
from kg.rdf.examples import load_examples
from kg.rdf.prefixes import PREFIXES
from kg.sparql.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.sparql.answers import Term

_REFUSED_WORD = re.compile("SERVICE|(?<!wasDerived)FROM", re.IGNORECASE)
"""What `kg.sparql.refusal` refuses where it is a keyword; ``prov:wasDerivedFrom`` ends in none."""


def run(store: ox.Store, sparql: str, most: int = 0) -> Answer:
    """Run a query on a store; the prefixes of the vocabulary are declared, PREFIX lines of its own win.

    Args:
        store: with every fact in its default graph.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        most: rows (or statements) that the answer may have; 0 for any number.

    Raises:
        LimitError: the answer has more rows.
        QueryError: it cannot be parsed, would change the graph, or reaches beyond it; the message begins with
            the line and column of the place.
    """
    found = _evaluate(store, sparql)
    if isinstance(found, ox.QueryBoolean):
        return Answer(kind="ask", rows=((ox.Literal(bool(found)),),))
    if isinstance(found, ox.QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        return Answer(kind="select", columns=columns, rows=tuple(_take(map(tuple, found), most)))
    triples = set(_take(((t.subject, t.predicate, t.object) for t in found), most))
    columns = ("subject", "predicate", "object")
    return Answer(kind="construct", columns=columns, rows=tuple(sorted(triples, key=str)))


def _take(rows: Iterable[tuple[Term, ...]], most: int) -> Iterator[tuple[Term, ...]]:
    for number, row in enumerate(rows):
        if number == most > 0:
            raise LimitError("rows", f"{most:,}", "a narrower question, or LIMIT and OFFSET")
        yield row


def _evaluate(store: ox.Store, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Evaluate a query; only where it has a word that is refused is it parsed once more before."""
    if _REFUSED_WORD.search(sparql):
        _check(sparql)
    try:
        return store.query(sparql, prefixes=dict(PREFIXES))
    except (SyntaxError, UnicodeError):
        _check(sparql)
        raise


def _check(sparql: str) -> None:
    from kg.sparql.refusal import check

    check(sparql)


def saved_queries() -> Mapping[str, str]:
    """Return the saved queries: name -> SPARQL, whose first line is the question as a comment."""
    return load_examples()
