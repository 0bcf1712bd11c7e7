"""A SPARQL query -> the editor with it, and what it finds; a query that cannot be read, with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import KgError, LimitError, UsageError
from kg.rdf.prefixes import PREFIXES, compact
from kg.server.site.downloads import download
from kg.server.site.things import path_of
from kg.server.site.visit import Visit
from kg.sparql.answers import show_term
from kg.sparql.formats import write_answer
from kg.sparql.queries import run, saved_queries

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteReply, SiteRequest
    from kg.sparql.answers import Answer, Term

_SHOWN = 500
_TABLES = ("csv", "tsv", "json")
_FORMS = (*_TABLES, "ttl")
_PLACE = re.compile(r"(\d{1,7}):(\d{1,7}): ")
_FIRST = "models"


class Cell(NamedTuple):
    """One term: its text, its language, its address here, and one on the web."""

    text: str
    language: str
    path: str
    link: str


class Mistake(NamedTuple):
    """Where a query cannot be read, as line and column from 1 (0 where that is not known), and why."""

    line: int
    column: int
    told: str


def show_editor(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show the editor; with a query in the address, run it and show or send what it finds."""
    visit = Visit(graph, request)
    query = visit.query.get("query", "").replace("\r\n", "\n")
    form = visit.ask("format")
    found, mistake, status = None, None, 200
    if query.strip():
        try:
            found = run(graph.store.graph, query, request.rows)
            if form:
                return _download(found, form)
        except KgError as error:
            mistake = _read_mistake(str(error))
            status = 503 if isinstance(error, LimitError) else 400
    saved = saved_queries()
    rows = found.rows[:_SHOWN] if found is not None else ()
    return visit.page(
        "query.html",
        status,
        query=query or saved[_FIRST].strip(),
        examples=[(text.split("\n")[0].lstrip("# "), text.strip()) for text in saved.values()],
        found=found,
        forms=_FORMS,
        offered=_list_forms(found) if found is not None else (),
        rows=[[_read_cell(term) for term in row] for row in rows],
        mistake=mistake,
        prefixes=PREFIXES,
    )


def _download(answer: Answer, form: str) -> SiteReply:
    forms = _list_forms(answer)
    if form not in forms:
        raise UsageError(f"this answer is not written in that format; expected {', '.join(forms)}")
    return download(write_answer(answer, form), form, "result")


def _list_forms(answer: Answer) -> tuple[str, ...]:
    """List the formats in which an answer can be downloaded: a graph as a table, too."""
    return _FORMS if answer.kind == "construct" else _TABLES


def _read_mistake(told: str) -> Mistake:
    """Read the place that a message begins with.

    >>> _read_mistake("2:8: the query ends too early")
    Mistake(line=2, column=8, told='the query ends too early')
    """
    place = _PLACE.match(told)
    return Mistake(int(place[1]), int(place[2]), told[place.end() :]) if place else Mistake(0, 0, told)


def _read_cell(term: Term) -> Cell:
    if isinstance(term, ox.NamedNode):
        path = path_of(term.value)
        return Cell(compact(term.value), "", path, "" if path else term.value)
    return Cell(show_term(term), (term.language or "") if isinstance(term, ox.Literal) else "", "", "")
