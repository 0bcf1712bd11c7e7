"""A question as understood -> its query, run, and the reply."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.evidence import find_place
from kg.facts import Facts
from kg.questions.composition import compose, constrain, constrain_unknown
from kg.questions.counting import find_column
from kg.questions.filling import fill
from kg.questions.grammar import load_questions
from kg.questions.limits import Limit
from kg.questions.notes import note, note_cut, note_names, note_variants, tell
from kg.questions.proof import prove_part
from kg.questions.reading import fits
from kg.questions.reply import Reply
from kg.questions.words import load_words
from kg.rdf.vocabulary import KG
from kg.sparql.answers import show_term
from kg.sparql.ordering import sort_rows, split_order
from kg.sparql.queries import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.questions.filling import Filled
    from kg.questions.filters import Taken
    from kg.questions.grammar import Question
    from kg.questions.proof import Part, Proof
    from kg.questions.reading import Match
    from kg.sparql.answers import Answer, Row
    from kg.store import Store

_FIRST = 5


def ask(store: Store, text: str, match: Match, part: Part, *, guess: bool) -> Reply | None:
    """Run the query of a question as understood.

    Args:
        store: that holds the graph to ask.
        text: the question as it was put.
        match: one way to read it.
        part: which rows of the answer are wanted, of so many.
        guess: whether a name may be taken for a node of another kind, or for a part of the words.

    Returns:
        None where a slot names nothing of its kind and no guess is wanted, or a date is in no calendar.

    Raises:
        UnknownNameError: there is nothing to guess either.
    """
    filled = fill(store, match, guess=guess)
    if filled is None:
        return None
    named = [filling.named for filling in filled.slots.values() if filling.named]
    if match.question.titled and any(one.titled for one in named):
        other = load_questions()[match.question.titled]
        return replace(_run(store, text, match, other, filled, part), titled=True)
    reply = _run(store, text, match, match.question, filled, part)
    if _tells(match, reply):
        return reply
    for other in _list_others(match.question, tuple(taken for taken, _ in filled.filters)):
        instead = _run(store, text, match, other, filled, part)
        if _tells(match, instead):
            said = note(match, "otherwise", meaning=instead.understood)
            return replace(instead, understood=reply.understood, notes=(said, *instead.notes))
    return replace(reply, notes=(*reply.notes, note(match, "nothing")))


def _list_others(question: Question, filters: tuple[Taken, ...]) -> Iterator[Question]:
    """Yield the questions that are asked instead of one that finds nothing, in turn, if these filters fit."""
    tried = {question.name}
    while question.otherwise and question.otherwise not in tried:
        question = load_questions()[question.otherwise]
        tried.add(question.name)
        if fits(question, filters):
            yield question


def _tells(match: Match, reply: Reply) -> bool:
    """Say whether a reply has anything in it; a number of nothing has not."""
    return bool(reply) and not (match.counted and show_term(reply.rows[0][0]) == "0")


def _run(store: Store, text: str, match: Match, question: Question, filled: Filled, part: Part) -> Reply:
    constraints = [constrain(question, taken.filter, filling) for taken, filling in filled.filters]
    sparql = compose(question, filled, constraints)
    if match.counted:
        heading = "papers" if match.counted == "paper" else "number"
        counted, _ = split_order(sparql)
        sparql = f"SELECT (COUNT(DISTINCT ?{match.counted}) AS ?{heading}) WHERE {{ {{\n{counted}\n}} }}"
    found = _keep_first(_run_ordered(store, sparql), "" if match.counted else question.per)
    found = _keep_named(found, text)
    limit = match.limit or _read_most(question, text)
    told = _keep_limit(found, limit) if limit else found
    proof = prove_part(store.graph, told, part)
    return Reply(
        question=text,
        understood=tell(match.language, question, filled),
        sparql=sparql,
        columns=proof.columns,
        rows=tuple(one.row for one in proof.rows),
        proven=proof.rows,
        total=proof.total,
        notes=(
            *note_names(match, filled, Facts(store.graph)),
            *note_variants(match, filled, told),
            *_note_unknown(store, match, question, filled, constraints),
            *(() if match.limit else note_cut(match, _count_shown(told), _count_shown(found))),
        ),
        language=match.language,
        papers=_list_papers(store, told, proof),
    )


def _run_ordered(store: Store, sparql: str) -> Answer:
    """Run a query, but put its rows in order here where it orders them by columns."""
    unordered, order = split_order(sparql)
    found = run(store.graph, unordered)
    return replace(found, rows=sort_rows(found.rows, found.columns, order)) if order else found


def _keep_named(found: Answer, text: str) -> Answer:
    """Leave out what no named system reached, where models or systems are asked for, if any is left."""
    models = load_words()["kinds"]["model"]
    words = set(text.casefold().replace("?", " ").split())
    asked = any(model in words if model.isascii() else model in text for model in models)
    if not asked or "system" not in found.columns:
        return found
    at = found.columns.index("system")
    named = tuple(row for row in found.rows if row[at] is not None)
    return replace(found, rows=named) if named else found


def _keep_first(found: Answer, per: str) -> Answer:
    """Keep the first rows for each value of a column, where one is named."""
    if not per:
        return found
    at = found.columns.index(per)
    groups = groupby(found.rows, key=lambda row: row[at])
    return replace(found, rows=tuple(row for _, rows in groups for row in islice(rows, _FIRST)))


def _read_most(question: Question, text: str) -> Limit | None:
    """Return how many rows a question is told in, unless it asks for all."""
    words = load_words()
    for courtesy in words["after"]:  # "the best of all time" are not all
        text = text.replace(courtesy, " ")
    whole = not set(text.casefold().split()).isdisjoint(words["everything"])
    return None if whole or not question.most else Limit(question.most, "")


def _keep_limit(found: Answer, limit: Limit) -> Answer:
    """Keep so many rows, or the first of so many things; rows that differ in their evidence alone are one."""
    column = find_column(limit.kind, found.columns)
    at = found.columns.index(column) if column else None
    kept: dict[object, Row] = {}
    rows = []
    for row, shown in zip(found.rows, _list_shown(found), strict=True):
        thing = shown if at is None else row[at]
        if thing is None or (len(kept) == limit.most and thing not in kept):
            continue
        if kept.setdefault(thing, shown) == shown:
            rows.append(row)
    return replace(found, rows=tuple(rows))


def _list_shown(found: Answer) -> list[Row]:
    """Return the rows without their evidence."""
    if "evidence" not in found.columns:
        return list(found.rows)
    at = found.columns.index("evidence")
    return [(*row[:at], *row[at + 1 :]) for row in found.rows]


def _count_shown(found: Answer) -> int:
    """Count the rows, of those that differ in their evidence alone only one."""
    return len(set(_list_shown(found)))


def _list_papers(store: Store, answer: Answer, proof: Proof) -> tuple[str, ...]:
    """Return the papers in an answer, or those that prove it, each once, in its order."""
    if "paper" not in answer.columns:
        facts = Facts(store.graph)
        items = (find_place(facts, row.mention).item for row in proof.rows if row.mention)
        return tuple(dict.fromkeys(paper for item in items for paper in facts.values(item, KG.discusses)))
    at = answer.columns.index("paper")
    papers = (row[at] for row in answer.rows)
    return tuple(dict.fromkeys(paper.value for paper in papers if isinstance(paper, ox.NamedNode)))


def _note_unknown(
    store: Store, match: Match, question: Question, filled: Filled, constraints: list[str]
) -> list[str]:
    """Say of how many candidates the graph does not know whether they pass a filter."""
    notes = []
    for position, (taken, filling) in enumerate(filled.filters):
        if not taken.filter.unknown:
            continue
        others = [*constraints]
        others[position] = constrain_unknown(question, taken.filter, filling)
        inner, _ = split_order(compose(question, filled, others))
        counted = f"SELECT (COUNT(DISTINCT ?{question.subject}) AS ?count) WHERE {{ {{\n{inner}\n}} }}"
        count = show_term(run(store.graph, counted).rows[0][0])
        if count != "0":
            notes.append(taken.filter.missing[match.language].format(count=count))
    return notes
