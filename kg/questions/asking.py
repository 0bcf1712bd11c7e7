"""A question as understood -> the query with its names, filters and clauses put in, run, and the reply."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.facts import kind_of
from kg.questions.filling import fill_filter, fill_slots, put, put_all
from kg.questions.grammar import load_questions
from kg.questions.proof import prove_part
from kg.questions.reply import Reply
from kg.questions.words import load_words
from kg.rdf.ntriples import iri
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.questions.filling import Filling
    from kg.questions.filters import Taken
    from kg.questions.grammar import Question
    from kg.questions.proof import Part
    from kg.questions.reading import Clause, Match
    from kg.sparql.answers import Answer
    from kg.store import Store


_FIRST = 5
_MAYBE = re.compile(r"\[([^\[\]]*)\]")
"""What stands in the meaning of a question only where its slot has a name."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """What fills a question's slots, its filters and the slots of its clauses."""

    slots: Mapping[str, Filling]
    filters: tuple[tuple[Taken, Filling], ...]
    clauses: tuple[tuple[Clause, Mapping[str, Filling]], ...]


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
    filled = _fill(store, match, guess)
    if filled is None:
        return None
    named = [filling.named for filling in filled.slots.values() if filling.named]
    if any(one.titled for one in named):
        return replace(_run(store, text, match, load_questions()["titled"], filled, part), titled=True)
    reply = _run(store, text, match, match.question, filled, part)
    if _tells(match, reply):
        return reply
    if match.question.otherwise:
        other = load_questions()[match.question.otherwise]
        instead = _run(store, text, match, other, filled, part)
        if _tells(match, instead):
            note = _note(match, "otherwise", meaning=instead.understood)
            return replace(instead, understood=reply.understood, notes=(note, *instead.notes))
    return replace(reply, notes=(*reply.notes, _note(match, "nothing")))


def _tells(match: Match, reply: Reply) -> bool:
    """Say whether a reply has anything in it; a number of nothing has not."""
    return bool(reply) and not (match.counted and show_term(reply.rows[0][0]) == "0")


def _fill(store: Store, match: Match, guess: bool) -> _Filled | None:
    slots = fill_slots(store, match.question, match.slots, guess=guess)
    filters = [(taken, filling) for taken in match.filters if (filling := fill_filter(store, taken))]
    found = [(each, fill_slots(store, each.question, each.slots, guess=guess)) for each in match.clauses]
    clauses = [(clause, filled) for clause, filled in found if filled is not None]
    if slots is None or len(filters) < len(match.filters) or len(clauses) < len(found):
        return None
    return _Filled(slots, tuple(filters), tuple(clauses))


def _run(store: Store, text: str, match: Match, question: Question, filled: _Filled, part: Part) -> Reply:
    constraints = [_constrain(question, taken.filter.query, filling) for taken, filling in filled.filters]
    sparql = _compose(question, filled, constraints)
    if match.counted:
        heading = "papers" if match.counted == "paper" else "number"
        sparql = f"SELECT (COUNT(DISTINCT ?{match.counted}) AS ?{heading}) WHERE {{ {{\n{sparql}\n}} }}"
    found = _keep_first(run(store.graph, sparql), "" if match.counted else question.per)
    told = _cut(found, question.most, text)
    proof = prove_part(store.graph, told, part)
    return Reply(
        question=text,
        understood=_tell(match.language, question, filled),
        sparql=sparql,
        columns=proof.columns,
        rows=tuple(one.row for one in proof.rows),
        proven=proof.rows,
        total=proof.total,
        notes=(
            *_note_names(match, filled),
            *_note_unknown(store, match, question, filled, constraints),
            *_note_cut(match, len(told.rows), len(found.rows)),
        ),
        language=match.language,
        papers=_list_papers(told),
    )


def _keep_first(found: Answer, per: str) -> Answer:
    """Keep the first rows for each value of a column, where one is named."""
    if not per:
        return found
    at = found.columns.index(per)
    groups = groupby(found.rows, key=lambda row: row[at])
    return replace(found, rows=tuple(row for _, rows in groups for row in islice(rows, _FIRST)))


def _cut(found: Answer, most: int, text: str) -> Answer:
    """Keep so many rows, unless a question asks for all."""
    whole = not most or not set(text.casefold().split()).isdisjoint(load_words()["everything"])
    return found if whole else replace(found, rows=found.rows[:most])


def _note_cut(match: Match, shown: int, total: int) -> list[str]:
    return [_note(match, "first", shown=str(shown), total=f"{total:,}")] if shown < total else []


def _list_papers(answer: Answer) -> tuple[str, ...]:
    """Return the papers in an answer, each once, in its order."""
    if "paper" not in answer.columns:
        return ()
    at = answer.columns.index("paper")
    papers = (row[at] for row in answer.rows)
    return tuple(dict.fromkeys(paper.value for paper in papers if isinstance(paper, ox.NamedNode)))


def _compose(question: Question, filled: _Filled, constraints: list[str]) -> str:
    """Put names, filters and clauses into a question's query."""
    sparql = question.query
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


def _restrict(clause: str) -> str:
    return f"{{ SELECT DISTINCT ?paper WHERE {{ {clause} }} }}"


def _constrain(question: Question, constraint: str, filling: Filling) -> str:
    return put_all(constraint.replace("?subject", f"?{question.subject}"), filling)


def _note_unknown(
    store: Store, match: Match, question: Question, filled: _Filled, constraints: list[str]
) -> list[str]:
    """Say of how many candidates the graph does not know whether they pass a filter."""
    notes = []
    for position, (taken, filling) in enumerate(filled.filters):
        if not taken.filter.unknown:
            continue
        others = [*constraints]
        others[position] = _constrain(question, taken.filter.unknown, filling)
        inner = _compose(question, filled, others)
        counted = f"SELECT (COUNT(DISTINCT ?{question.subject}) AS ?count) WHERE {{ {{\n{inner}\n}} }}"
        count = show_term(run(store.graph, counted).rows[0][0])
        if count != "0":
            notes.append(taken.filter.missing[match.language].format(count=count))
    return notes


def _tell(language: str, question: Question, filled: _Filled) -> str:
    """Say how a question was understood."""
    names = {slot: filled.slots[slot].name if slot in filled.slots else "" for slot in question.slots}
    meaning = _MAYBE.sub(
        lambda part: part[1] if _fills(part[1], names) else "", question.wordings[language].meaning
    )
    parts = [meaning.format(**names)]
    for clause, slots in filled.clauses:
        meaning = clause.question.wordings[language].meaning
        said = meaning.format(**{slot: filling.name for slot, filling in slots.items()})
        parts.append(_say(language, "denied", meaning=said) if clause.denied else said)
    for taken, filling in filled.filters:
        meaning = taken.filter.meaning[language]
        parts.append(meaning.format(**dict.fromkeys(("when", "size"), filling.name)))
    return ", ".join(parts)


def _fills(part: str, names: Mapping[str, str]) -> bool:
    """Say whether every slot in a part of a meaning has a name."""
    return part.format(**names) != part.format(**dict.fromkeys(names, ""))


def _note_names(match: Match, filled: _Filled) -> list[str]:
    notes = [_note(match, "left_out", words=match.left_out)] if match.left_out else []
    fillings = [*filled.slots.values(), *(f for _, slots in filled.clauses for f in slots.values())]
    for named in (filling.named for filling in fillings if filling.named):
        if len(named.nodes) > 1 and not named.titled:
            shown = [f"{kind_of(node)} {unquote(node.rsplit('/', 1)[-1])}" for node in named.nodes]
            more = [f"+{len(shown) - _FIRST}"] if len(shown) > _FIRST + 1 else []
            kinds = ", ".join([*shown[:_FIRST], *more] if more else shown)
            notes.append(_note(match, "several", name=named.name, kinds=kinds))
        if named.left_out:
            notes.append(_note(match, "left_out", words=named.left_out))
    return notes


def _note(match: Match, note: str, **values: str) -> str:
    return _say(match.language, note, **values)


def _say(language: str, note: str, **values: str) -> str:
    return str(load_words()["notes"][language][note]).format(**values)
