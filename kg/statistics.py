"""A graph -> what is in it, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.sparql.answers import Answer, Tabular, show_term
from kg.sparql.queries import run, saved_queries

if TYPE_CHECKING:
    from kg.graph import Graph

_CLASSES = """
SELECT ?class (COUNT(?node) AS ?number) WHERE {
  ?node a ?class .
  FILTER(STRSTARTS(STR(?class), STR(kg:)))
} GROUP BY ?class ORDER BY DESC(?number) ?class
"""
_DATES = """
SELECT (MIN(STR(?date)) AS ?first) (MAX(STR(?date)) AS ?last) WHERE {
  ?item a kg:DigestItem ; dcterms:issued ?date
}
"""
_TOP = ("benchmarks", "models", "methods")
"""The saved queries whose first rows are told."""

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Tabular):
    """The graph in numbers: statements, nodes of each class, first and last date, what most papers name."""

    facts: int
    classes: tuple[tuple[str, int], ...]
    first: str
    last: str
    top: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    @property
    def answer(self) -> Answer:
        """The numbers as the answer to a query: section, name, number."""
        import pyoxigraph as ox

        rows = [("graph", "facts", self.facts), *(("class", name, n) for name, n in self.classes)]
        rows += [(section, name, n) for section, names in self.top for name, n in names]
        terms = tuple((ox.Literal(a), ox.Literal(b), ox.Literal(c)) for a, b, c in rows)
        return Answer(kind="select", columns=("section", "name", "number"), rows=terms)


def count(graph: Graph) -> Statistics:
    """Count what is in a graph."""
    store = graph.store.graph
    classes = [[show_term(term) for term in row] for row in run(store, _CLASSES).rows]
    first, last = (show_term(term) for term in run(store, _DATES).rows[0])
    return Statistics(
        facts=len(graph),
        classes=tuple((name.removeprefix("kg:"), int(number)) for name, number in classes),
        first=first,
        last=last,
        top=tuple((name, _count_top(graph, name)) for name in _TOP),
    )


def _count_top(graph: Graph, query: str) -> tuple[tuple[str, int], ...]:
    rows = run(graph.store.graph, saved_queries()[query]).rows[:_SHOWN]
    return tuple((show_term(row[0]), int(show_term(row[1]))) for row in rows)
