"""The text in a slot -> the terms that go into the query in its place."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.facts import Facts
from kg.questions.grammar import load_questions
from kg.questions.naming import Named, find_named, guess_named
from kg.questions.periods import read_bound, read_range, read_size, read_span
from kg.questions.words import kind_of_word
from kg.rdf.ntriples import integer, iri, string
from kg.rdf.prefixes import PREFIXES
from kg.rdf.vocabulary import DCTERMS, KG, RDF
from kg.sparql.answers import show_term
from kg.sparql.queries import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.questions.filters import Taken
    from kg.questions.grammar import Question
    from kg.questions.periods import Span
    from kg.questions.reading import Clause, Match
    from kg.store import Store

_DATES = "SELECT DISTINCT ?issued WHERE { ?any dcterms:issued ?issued }"


class Filling(NamedTuple):
    """What goes into a query: terms, as SPARQL writes them, for each variable; and what they are called."""

    values: tuple[tuple[str, tuple[str, ...]], ...]
    name: str
    named: Named | None = None


class Filled(NamedTuple):
    """What fills a question as read: its slots, its filters and the slots of its clauses."""

    slots: Mapping[str, Filling]
    filters: tuple[tuple[Taken, Filling], ...]
    clauses: tuple[tuple[Clause, Mapping[str, Filling]], ...]


def fill(store: Store, match: Match, *, guess: bool) -> Filled | None:
    """Find all that a question as read speaks of; None where one of it is nothing, or in no calendar."""
    slots = fill_slots(store, match.question, match.slots, guess=guess)
    filters = [(taken, filling) for taken in match.filters if (filling := fill_filter(store, taken))]
    clauses = [filled for each in match.clauses if (filled := _fill_clause(store, each, guess))]
    if slots is None or len(filters) < len(match.filters) or len(clauses) < len(match.clauses):
        return None
    return Filled(slots, tuple(filters), tuple(clauses))


def _fill_clause(store: Store, clause: Clause, guess: bool) -> tuple[Clause, dict[str, Filling]] | None:
    """Find what a clause speaks of; a topic that only titles have makes another clause of it."""
    slots = None
    with suppress(UnknownNameError) if clause.topical else nullcontext():
        slots = fill_slots(store, clause.question, clause.slots, guess=guess or clause.topical)
    if slots is None:
        return None
    titled = any(filling.named and filling.named.titled for filling in slots.values())
    if titled and clause.question.titled:
        clause = clause._replace(question=load_questions()[clause.question.titled])
    return clause, slots


def fill_slots(
    store: Store, question: Question, slots: Mapping[str, str], *, guess: bool
) -> dict[str, Filling] | None:
    """Find what the slots of a question name.

    Returns:
        None where a slot names nothing of its kind and no guess is wanted.

    Raises:
        UnknownNameError: there is nothing to guess either.
    """
    filled = {slot: _fill(store, slot, text, question, guess) for slot, text in slots.items()}
    known = {slot: filling for slot, filling in filled.items() if filling}
    return known if len(known) == len(filled) else None


def _fill(store: Store, slot: str, text: str, question: Question, guess: bool) -> Filling | None:
    kinds = question.slots[slot]
    if kinds == ("kind",):
        kind = kind_of_word(text) or ""
        name = "Organization" if kind == "org" else kind.capitalize()
        return Filling(((slot, (iri(f"{PREFIXES['kg']}{name}"),)),), text)
    topic = question.titled is not None
    named = guess_named(store, text, kinds, topic=topic) if guess else find_named(store, text, kinds)
    return Filling(((slot, tuple(map(iri, named.nodes))),), named.name, named) if named else None


def fill_filter(store: Store, taken: Taken) -> Filling | None:
    """Read the dates, the period, the size or the bound of a filter; None where no calendar has that date."""
    texts = dict(taken.slots)
    if "size" in texts:
        return Filling((("size", (integer(read_size(texts["size"]) or 0),)),), texts["size"])
    if "bound" in texts:
        return Filling((("bound", (read_bound(texts["bound"]),)),), texts["bound"])
    if not texts:
        return Filling((), "")
    read = partial(_read_span, store)
    span = read_range(texts["when"], texts["until"], read) if "until" in texts else read(*texts.values())
    if span is None:
        return None
    return Filling((("firstDay", (string(span.low),)), ("lastDay", (string(span.high),))), span.name)


def _read_span(store: Store, text: str) -> Span | None:
    """Read a date; the newest day, which takes a look at all dates, is found only where it is needed."""
    return read_span(text, "") or read_span(text, find_newest(store.graph))


def find_newest(store: ox.Store) -> str:
    """Return the newest day or month that an entry of the store is dated, or an empty string.

    Few dates are those of many entries: to look at each of these takes ten times as long.
    """
    facts, entry = Facts(store), KG.DigestItem
    dates = {show_term(date): date for (date,) in run(store, _DATES).rows}
    for day in sorted(dates, reverse=True):
        dated = store.quads_for_pattern(None, ox.NamedNode(DCTERMS.issued), dates[day], ox.DefaultGraph())
        if any(entry in facts.values(quad.subject.value, RDF.type) for quad in dated):  # type: ignore[union-attr]
            return day
    return ""


def put(sparql: str, slot: str, terms: tuple[str, ...]) -> str:
    """Put terms that we made ourselves into each ``VALUES ?slot { UNDEF }`` of a query."""
    return sparql.replace(f"VALUES ?{slot} {{ UNDEF }}", f"VALUES ?{slot} {{ {' '.join(terms)} }}")


def put_all(sparql: str, filling: Filling) -> str:
    """Put all that fills one slot into a query."""
    for slot, terms in filling.values:
        sparql = put(sparql, slot, terms)
    return sparql
