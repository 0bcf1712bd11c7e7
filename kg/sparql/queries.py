"""SPARQL, or the name of a saved query -> its answer.

The graph is asked, never changed: only SELECT, ASK, CONSTRUCT and DESCRIBE are run, on the default graph, and
nothing in a query can reach another machine or a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import LimitError, QueryError
from kg.rdf.examples import load_examples
from kg.rdf.prefixes import PREFIXES
from kg.sparql.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.sparql.answers import Term

_REFUSED = {
    "SERVICE": "other endpoints are not asked; leave SERVICE out",
    "FROM": "there is one graph, and it is the default; leave FROM out",
}
_REFUSED_WORD = re.compile("|".join(_REFUSED), re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
"""What stands in an argument of the command line for a byte that is no text."""
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)

# What no keyword can stand in: comments, IRIs, strings, variables, prefixed names, language tags.
# A string that is not closed goes on to the end, so that it is read once.
_OPAQUE = re.compile(
    r"#[^\n\r]*|<[^<>\"{}|^`\\\x00-\x20]*>|'''(?:[^'\\]|\\.|'(?!''))*(?:''')?"
    r"|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\")?|'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?"
    r"|[?$@]\w+|(?<![\w.-])[\w.-]*:[\w.:%-]*",
    re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)


_MARGIN = "\n" + " " * 20
"""Room behind a query for the parser to look ahead, so that it tells where it was."""


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
    """Refuse what must not be evaluated, before anything is.

    The parser itself is the judge: with the letters of SERVICE and FROM replaced, a query that used them as
    names, in strings or in comments still parses, and one that used them as keywords does not.
    """
    odd = _SURROGATE.search(sparql)
    if odd:
        raise QueryError(f"{_locate(sparql, odd.start())}: a byte here is not UTF-8; expected text in UTF-8")
    harmless = _REFUSED_WORD.sub(lambda match: "x" * len(match.group()), sparql)
    try:
        ox.Store().query(harmless + _MARGIN, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise QueryError(_find_refused(sparql) or _explain(sparql, str(error))) from None


def _find_refused(sparql: str) -> str | None:
    """Say where a keyword stands that we refuse, if one seems to."""
    bare = _OPAQUE.sub(lambda match: " " * len(match.group()), sparql)
    match = re.search(rf"\b(?:{_REFUSED_WORD.pattern})\b", bare, re.IGNORECASE)
    return f"{_locate(sparql, match.start())}: {_REFUSED[match.group().upper()]}" if match else None


def _explain(sparql: str, error: str) -> str:
    """Turn the parser's message into one with the place in the user's own text."""
    match = _PLACE.search(error)
    if not match:
        return f"1:1: {error}"
    line, column, expected = int(match[1]), int(match[2]), match[3]
    lines = sparql.split("\n")
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1 - _overshoot(expected)
    offset = min(max(offset, 0), len(sparql.rstrip()))
    if "Prefix" in expected:  # the parser looks a prefix up when it has read the whole name
        names = [match.start() for match in re.finditer(r"(?<![\w.-])[\w.-]*:", sparql[:offset])]
        offset = names[-1] if names else offset
    rest = sparql[offset:].strip().split("\n")[0][:40]
    return f"{_locate(sparql, offset)}: {_reason(expected, sparql[offset:])}" + (
        f" (at {rest!r})" if rest else ""
    )


def _overshoot(expected: str) -> int:
    """Return how far the parser had looked ahead: the length of the longest keyword it tried."""
    words = [word for word in expected.split(", ") if word != "[_]"]
    return max(map(len, words), default=0) if all(re.fullmatch("[A-Z_]{2,}", word) for word in words) else 0


def _reason(expected: str, rest: str) -> str:
    for hint, reason in _REASONS.items():
        if hint in expected:
            return reason
    if _UPDATE.match(rest.lstrip()):
        return "the graph is only read here; expected SELECT, ASK, CONSTRUCT or DESCRIBE"
    if "CONSTRUCT" in expected or "DESCRIBE" in expected:
        return "expected SELECT, ASK, CONSTRUCT or DESCRIBE"
    return "the query cannot be read from here on" if rest.strip() else "the query ends too early"


_REASONS: Mapping[str, str] = {
    "Prefix not found": "the prefix is not declared",
    "IRI parsing failed": "this is no absolute IRI",
    "variable that is unbound": "SELECT names a variable that the query does not bind, or does not group by",
}


def _locate(text: str, offset: int) -> str:
    """Return ``line:column`` of an offset, both from 1."""
    before = text[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}"


def saved_queries() -> Mapping[str, str]:
    """Return the saved queries: name -> SPARQL, whose first line is the question as a comment."""
    return load_examples()
