"""A question as understood -> the query with its names filled in, run, and the reply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.facts import kind_of
from kg.questions.grammar import load_questions
from kg.questions.naming import Named, find_named, guess_named
from kg.questions.proof import prove
from kg.questions.reply import Reply
from kg.questions.words import kind_of_word, load_words, read_date
from kg.rdf.ntriples import iri, string
from kg.rdf.prefixes import PREFIXES
from kg.sparql.queries import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import Graph
    from kg.questions.grammar import Match, Question


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes into a slot: terms as SPARQL writes them, what they are called, and whom the name meant."""

    terms: tuple[str, ...]
    name: str
    named: Named | None = None


def ask(graph: Graph, text: str, match: Match, *, guess: bool) -> Reply | None:
    """Run the query of a question as understood.

    Args:
        graph: to ask.
        text: the question as it was put.
        match: one way to read it.
        guess: whether a name may be taken for a node of another kind, or for a part of the words.

    Returns:
        None where a slot names nothing of its kind and no guess is wanted.

    Raises:
        UnknownNameError: there is nothing to guess either.
    """
    question = match.question
    filled = {name: _fill(graph, slot, question.slots[name], guess) for name, slot in match.slots.items()}
    fillings = {name: filling for name, filling in filled.items() if filling}
    if len(fillings) < len(filled):
        return None
    reply = _run(graph, text, match, question, fillings)
    if reply:
        return reply
    if question.otherwise:
        instead = _run(graph, text, match, load_questions()[question.otherwise], fillings)
        if instead:
            note = _note(match, "otherwise", meaning=instead.understood)
            return replace(instead, understood=reply.understood, notes=(note, *instead.notes))
    return replace(reply, notes=(*reply.notes, _note(match, "nothing")))


def _run(graph: Graph, text: str, match: Match, question: Question, fillings: Mapping[str, Filling]) -> Reply:
    sparql = question.query
    for slot, filling in fillings.items():
        sparql = put(sparql, slot, filling.terms)
    if match.counted:
        sparql = f"SELECT (COUNT(DISTINCT ?paper) AS ?papers) WHERE {{ {{\n{sparql}\n}} }}"
    columns, rows = prove(graph.store.graph, run(graph.store.graph, sparql))
    meaning = question.wordings[match.language].meaning
    return Reply(
        question=text,
        understood=meaning.format(**{slot: filling.name for slot, filling in fillings.items()}),
        sparql=sparql,
        columns=columns,
        rows=rows,
        notes=tuple(_take_notes(match, fillings)),
        language=match.language,
    )


def put(sparql: str, slot: str, terms: tuple[str, ...]) -> str:
    """Put terms that we made ourselves into each ``VALUES ?slot { UNDEF }`` of a query."""
    return sparql.replace(f"VALUES ?{slot} {{ UNDEF }}", f"VALUES ?{slot} {{ {' '.join(terms)} }}")


def _fill(graph: Graph, text: str, kinds: tuple[str, ...], guess: bool) -> Filling | None:
    if kinds == ("date",):
        date = read_date(text) or ""
        return Filling((string(date),), date)
    if kinds == ("kind",):
        kind = kind_of_word(text) or ""
        name = "Organization" if kind == "org" else kind.capitalize()
        return Filling((iri(f"{PREFIXES['kg']}{name}"),), text)
    find = guess_named if guess else find_named
    named = find(graph.store, text, kinds)
    return Filling(tuple(map(iri, named.nodes)), named.name, named) if named else None


def _take_notes(match: Match, fillings: Mapping[str, Filling]) -> list[str]:
    notes = []
    for filling in fillings.values():
        named = filling.named
        if named and len(named.nodes) > 1:
            kinds = ", ".join(f"{kind_of(node)} {node.rsplit('/', 1)[-1]}" for node in named.nodes)
            notes.append(_note(match, "several", name=named.name, kinds=kinds))
        if named and named.left_out:
            notes.append(_note(match, "left_out", words=named.left_out))
    return notes


def _note(match: Match, note: str, **values: str) -> str:
    return str(load_words()["notes"][match.language][note]).format(**values)
