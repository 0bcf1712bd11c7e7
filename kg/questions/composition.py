"""A question and what fills it -> its query: names, filters and clauses put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.questions.filling import put, put_all
from kg.rdf.ntriples import iri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.filling import Filled, Filling
    from kg.questions.filters import Filter
    from kg.questions.grammar import Question


_BY_PAPER = "?datedItem kg:discusses ?paper ; dcterms:issued ?itsDay ."
_BY_DAY = (
    "{ SELECT DISTINCT ?itsDay WHERE { ?any dcterms:issued ?itsDay } } "
    "LATERAL { ?datedItem dcterms:issued ?itsDay . ?datedItem kg:discusses ?paper }"
)
"""How the filters of time find the day of a paper, and what is as good where all papers are asked for."""


_BY_MONTH = "AS ?month"
"""What a query has that counts the papers of each month, by the days of their entries."""


def compose(question: Question, filled: Filled, constraints: Sequence[str]) -> str:
    """Put names, filters (as constraints) and clauses into a question's query."""
    sparql = question.query
    named = any(filling.named for filling in filled.slots.values())
    constraints = list(map(_look_up_each if named else _go_by_day, constraints))
    if _BY_MONTH in sparql:
        constraints = list(map(_hold_entry, constraints))
    for slot, filling in filled.slots.items():
        sparql = put_all(sparql, filling)
        for nodes in filling.named.all_of if filling.named and question.clause else ():
            constraints = [*constraints, _restrict(put(question.clause, slot, tuple(map(iri, nodes))))]
    for clause, slots in filled.clauses:
        text = clause.question.clause
        for filling in slots.values():
            text = put_all(text, filling)
        constraints = [*constraints, "MINUS " * clause.denied + _restrict(text)]
    return sparql.replace("# filters", "\n  ".join(constraints)) if constraints else sparql


def _look_up_each(constraint: str) -> str:
    """Have the dates of each paper looked up, where a name leaves few: the engine would read all dates."""
    return f"LATERAL {constraint}" if constraint.startswith("{ SELECT") else constraint


def _go_by_day(constraint: str) -> str:
    """Have the dates of papers looked up day by day, where no name leaves few: there are fewer days."""
    return constraint.replace(_BY_PAPER, _BY_DAY)


def _hold_entry(constraint: str) -> str:
    """Have the entry that is counted be dated so: its paper may have others, of months not asked for."""
    held = constraint.replace("?datedItem", "?item")
    return (
        held.replace("DISTINCT ?paper WHERE", "DISTINCT ?paper ?item WHERE") if held != constraint else held
    )


def _restrict(clause: str) -> str:
    return f"{{ SELECT DISTINCT ?paper WHERE {{ {clause} }} }}"


def constrain(question: Question, filter_: Filter, filling: Filling) -> str:
    """Write what a filter demands of the things that a question is about."""
    demanded = put_all(filter_.query.replace("?subject", f"?{question.subject}"), filling)
    if filter_.on != "subject":
        return demanded
    return f"FILTER(BOUND(?{question.subject}) && EXISTS {{ {demanded} }})"  # else no name would be any name


def constrain_unknown(question: Question, filter_: Filter, filling: Filling) -> str:
    """Write of which things that a question is about it is not known what a filter demands."""
    return put_all(filter_.unknown.replace("?subject", f"?{question.subject}"), filling)
