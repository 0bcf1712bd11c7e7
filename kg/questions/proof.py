"""Rows of nodes -> rows that people can read and check: names, title, date, link and sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.evidence import date_of_entry, find_place, first_date, quote
from kg.facts import Facts
from kg.rdf.prefixes import BASE, PREFIXES
from kg.rdf.vocabulary import DCTERMS, KG, NIF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.sparql.answers import Answer, Row, Term

    Part = Callable[[int], slice]

_TYPES = PREFIXES["kg"]
_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")
_TAIL = ("paper", "date", "link", "sentence")


class Proven(NamedTuple):
    """One row for people, the nodes that its cells name by their columns, and the mention that it quotes."""

    row: Row
    nodes: tuple[tuple[str, str], ...]
    mention: str


class Proof(NamedTuple):
    """Columns for people, the rows that were proven, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[Proven, ...]
    total: int


def prove(store: ox.Store, answer: Answer) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Turn what a question's query found into columns and rows for people.

    Rows that differ in their evidence alone become one. ``?paper``, or where there is none that of the
    evidence, becomes title, date and link, ``?evidence`` the sentence around it, every other node its name.

    Args:
        store: that was asked.
        answer: with a row for each piece of evidence.
    """
    columns, proven = prove_rows(store, answer)
    return columns, tuple(one.row for one in proven)


def prove_rows(store: ox.Store, answer: Answer) -> tuple[tuple[str, ...], tuple[Proven, ...]]:
    """Do as `prove`, and keep with every row which nodes and which mention stand behind it."""
    proof = prove_part(store, answer, take_all)
    return proof.columns, proof.rows


def prove_part(store: ox.Store, answer: Answer, part: Part) -> Proof:
    """Do as `prove_rows` for a part of the rows: to find the sentences of thousands takes seconds.

    Args:
        store: that was asked.
        answer: with a row for each piece of evidence.
        part: the number of rows -> which of them are wanted.
    """
    facts = Facts(store, remember=True)
    merged = _merge(answer)
    wanted = merged[part(len(merged))]
    own = tuple(c for c in answer.columns if c not in {"paper", "date", "evidence"})
    tail = _TAIL if {"paper", "evidence"}.intersection(answer.columns) else ()
    proven: dict[Row, Proven] = {}
    for row, evidence in wanted:
        cells = dict(zip(answer.columns, row, strict=True))
        mention = _choose(facts, evidence) if evidence else ""
        head = [_name(facts, cells[column]) for column in own]
        made = (*head, *(_describe(facts, cells, mention) if tail else ()))
        proven.setdefault(made, Proven(made, _list_nodes(cells), mention))
    total = len(proven) if len(wanted) == len(merged) else len(merged)  # some may read the same
    return Proof((*own, *tail), tuple(proven.values()), total)


def take_all(total: int) -> slice:
    """Want all rows."""
    return slice(total)


def _list_nodes(cells: dict[str, Term]) -> tuple[tuple[str, str], ...]:
    """Return the cells that are nodes, by column."""
    return tuple((name, term.value) for name, term in cells.items() if isinstance(term, ox.NamedNode))


def _merge(answer: Answer) -> list[tuple[Row, list[str]]]:
    """Join the rows that differ only in their evidence, in the order of the first of each."""
    if "evidence" not in answer.columns:
        return [(row, []) for row in answer.rows]
    at = answer.columns.index("evidence")
    merged: dict[Row, list[str]] = {}
    for row in answer.rows:
        mention = row[at]
        found = merged.setdefault((*row[:at], None, *row[at + 1 :]), [])
        if isinstance(mention, ox.NamedNode):
            found.append(mention.value)
    return list(merged.items())


def _name(facts: Facts, term: Term) -> Term:
    if not isinstance(term, ox.NamedNode):
        return term
    if term.value.startswith(_TYPES):
        return ox.Literal(_CAPITAL.sub(r" \g<0>", term.value.removeprefix(_TYPES)).lower())
    return term if _is_link(facts, term.value) else ox.Literal(facts.name(term.value))


def _is_link(facts: Facts, iri: str) -> bool:
    """Say whether an IRI is an address rather than a node of the graph."""
    return not iri.startswith(BASE) and not facts.names(iri)


def _describe(facts: Facts, cells: dict[str, Term], mention: str) -> tuple[Term, ...]:
    """Return title, date, link and sentence of a row's paper, or of the paper that its mention is about."""
    item, named = find_place(facts, mention).item, cells.get("paper")
    paper = named.value if isinstance(named, ox.NamedNode) else facts.value(item, KG.discusses)
    if not paper:
        return (None,) * len(_TAIL)
    stated = cells.get("date")
    date = date_of_entry(facts, item) or (
        stated.value if isinstance(stated, ox.Literal) else first_date(facts, paper)
    )
    link = facts.value(paper, SCHEMA.url)
    title = facts.value(paper, DCTERMS.title) or facts.name(paper)
    return (
        ox.Literal(title),
        ox.Literal(date) if date else None,
        ox.NamedNode(link) if link else None,
        ox.Literal(quote(facts, mention)) if mention else None,
    )


def _choose(facts: Facts, mentions: Sequence[str]) -> str:
    """Choose the mention to quote: the first in a text, since a title alone proves little."""
    if len(mentions) == 1:
        return mentions[0]

    def order(mention: str) -> tuple[bool, str, int]:
        item, start, _ = find_place(facts, mention)
        text = facts.value(item, NIF.isString) or ""
        return start < text.find("\n"), item, start

    return min(mentions, key=order)
