"""A query -> nothing where it may be evaluated, else why and where it may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def check(sparql: str) -> None:
    """Refuse what must not be evaluated, before anything is.

    The parser itself is the judge: with the letters of SERVICE and FROM replaced, a query that used them as
    names, in strings or in comments still parses, and one that used them as keywords does not.

    Raises:
        QueryError: the message begins with the line and column of the place.
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
    "IRI parsing failed": "this is not an absolute IRI",
    "variable that is unbound": "SELECT names a variable that the query does not bind, or does not group by",
}


def _locate(text: str, offset: int) -> str:
    """Return ``line:column`` of an offset, both from 1."""
    before = text[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}"
