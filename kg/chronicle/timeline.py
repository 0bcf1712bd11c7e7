"""A name -> what entries say about it, the first first: introduced, named, scored, compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.questions.filling import put
from kg.questions.grammar import load_questions
from kg.questions.naming import name_nodes
from kg.questions.proof import prove
from kg.rdf.ntriples import iri
from kg.sparql.answers import Answer, Row, Tabular, show_term
from kg.sparql.queries import run
from kg.sparql.tables import join_value, layout

if TYPE_CHECKING:
    from kg.graph import Graph

_QUESTION = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that an entry says: what happened, told in a line, with date, paper, link and sentence."""

    date: str
    what: str
    told: str
    paper: str
    link: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Tabular):
    """What is said about a thing, in the order of time; ``columns`` and ``rows`` are the same as terms."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def answer(self) -> Answer:
        """The events as the answer to a query."""
        return Answer(kind="select", columns=self.columns, rows=self.rows)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events as text."""
        cells = [dict(zip(self.columns, map(show_term, row), strict=True)) for row in self.rows]
        return tuple(
            Event(what=c["change"], told=_tell(c), **{k: c[k] for k in ("date", "paper", "link", "sentence")})
            for c in cells
        )

    def table(self, width: int | None = None) -> str:
        """Lay the events out; the sentence behind each stands under it."""
        heads = ("date", "what", "", "paper", "link")
        rows = [(e.date, e.what, e.told, e.paper, e.link) for e in self.events]
        return layout(heads, rows, width, below=[event.sentence for event in self.events])

    def __str__(self) -> str:
        return self.table()


def trace(graph: Graph, name: str) -> Timeline:
    """Tell what entries say about a thing, by date, then by what is said and paper.

    Raises:
        UnknownNameError: nothing goes by the name; it carries the nearest names that do.
    """
    question = load_questions()[_QUESTION]
    nodes = name_nodes(graph.store, name, question.slots["thing"])
    query = put(question.query, "thing", tuple(map(iri, nodes)))
    columns, rows = prove(graph.store.graph, run(graph.store.graph, query))
    date = columns.index("date")
    ordered = sorted(rows, key=lambda row: show_term(row[date]))
    return Timeline(name=name, columns=columns, rows=tuple(ordered))


def _tell(cell: dict[str, str]) -> str:
    """Tell a result or a comparison in a line; a mention tells itself.

    >>> _tell({"better": "A", "worse": "B", "value": ""})
    'A > B'
    """
    if cell["better"]:
        return f"{cell['better']} > {cell['worse']}"
    if not cell["value"]:
        return ""
    value = join_value(cell["value"], cell["high"], cell["unit"])
    gain = "gain " if cell["kind"] == "gain" else ""
    return " ".join(
        part for part in (cell["system"], f"{gain}{value}", cell["metric"], cell["benchmark"]) if part
    )
