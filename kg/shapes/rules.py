"""A rule -> what breaks it; and the house rules, each a query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from kg.rdf.prefixes import PREFIXES
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

SEVERITIES = ("Violation", "Warning", "Info")
"""How grave a problem may be, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One problem of one node.

    ``severity`` is ``Violation``, ``Warning`` or ``Info``; ``message`` is the broken rule in plain words;
    ``focus`` is the node's IRI; ``path`` the property's IRI (``^`` before it: read backwards), or empty;
    ``value`` the IRI or text that is wrong, or empty where something is missing.
    """

    severity: str
    message: str
    focus: str
    path: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its words, and the query that selects ``?focus ?path ?value`` of what breaks it."""

    name: str
    message: str
    query: str
    severity: str = SEVERITIES[0]


def find_violations(store: pyoxigraph.Store, rule: Rule) -> Iterator[Violation]:
    """Yield what breaks a rule, in the default graph of a store."""
    rows = cast("pyoxigraph.QuerySolutions", store.query(rule.query, prefixes=dict(PREFIXES)))
    for row in rows:
        cells = {name: _text(row, name) for name in ("focus", "path", "value")}
        yield Violation(severity=rule.severity, message=rule.message, **cells)


def _text(row: pyoxigraph.QuerySolution, name: str) -> str:
    try:
        term = row[name]
    except KeyError:
        return ""
    return "" if term is None else str(getattr(term, "value", term))


@cache
def load_rules() -> tuple[Rule, ...]:
    """Read the house rules (``kg/data/checks``), by name; the comment in the first line says the rule."""
    files = sorted(FOLDER.joinpath("checks").iterdir(), key=lambda file: file.name)
    return tuple(
        _parse_rule(file.name.removesuffix(".rq"), file.read_text(encoding="utf8"))
        for file in files
        if file.name.endswith(".rq")
    )


def _parse_rule(name: str, text: str) -> Rule:
    message = text.partition("\n")[0].removeprefix("#").strip()
    return Rule(name=name, message=message, query=text)
