"""A graph and a day -> what is new since: papers, what they introduce, records that they break."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.chronicle.sightings import Sighting, list_sightings, sort_sightings
from kg.errors import UsageError
from kg.evidence import find_place, read_evidence
from kg.facts import Facts
from kg.leaderboards.ranking import rank_all
from kg.patterns import SlotFinder, slots
from kg.questions.filling import find_newest
from kg.questions.periods import read_span
from kg.rdf.vocabulary import ITSRDF, KG, SCHEMA

if TYPE_CHECKING:
    from kg.evidence import Evidence
    from kg.graph import Graph
    from kg.leaderboards.ranking import Leaderboard, Place

_INTRODUCED = ("benchmark", "dataset", "model", "method")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A thing that a new paper introduces, with the sentence that names it first."""

    kind: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """A paper first seen in that time: its node, title, day and link, and what it introduces."""

    node: str
    title: str
    date: str
    link: str
    brought: tuple[Brought, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A result that is better than all before it on its board: which one, and what it beat."""

    board: str
    place: Place
    before: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What is new since a day, that day included, until the newest day of the graph; newest papers first."""

    since: str
    until: str
    papers: tuple[NewPaper, ...]
    records: tuple[Record, ...]

    def __bool__(self) -> bool:
        """Say whether anything is new."""
        return bool(self.papers or self.records)

    @property
    def brought(self) -> tuple[tuple[Brought, NewPaper], ...]:
        """What the papers introduce, by kind and name, each with its paper."""
        pairs = [(thing, paper) for paper in self.papers for thing in paper.brought]
        return tuple(
            sorted(pairs, key=lambda p: (_INTRODUCED.index(p[0].kind), p[0].name.casefold(), p[1].node))
        )


def find_new(graph: Graph, since: str) -> Novelty:
    """Find what is new since a date or within a period such as ``this week``, counted from the newest entry.

    Raises:
        UsageError: it is no date.
    """
    newest = find_newest(graph.store.graph)
    span = read_span(since, newest)
    if span is None:
        raise UsageError(f'{since!r} is not a date; expected one such as 2025-01-23, 2025-01 or "this week"')
    seen = {s.node: s for s in list_sightings(graph)}
    papers = [s for s in seen.values() if s.kind == "paper" and s.first >= span.low]
    facts = Facts(graph.store.graph)
    described = [_describe(facts, paper, seen) for paper in sort_sightings(papers)]
    return Novelty(
        since=span.low,
        until=newest,
        papers=tuple(sorted(described, key=lambda p: p.date, reverse=True)),
        records=tuple(r for board in rank_all(graph) if (r := _find_record(board, span.low))),
    )


def _describe(facts: Facts, paper: Sighting, seen: dict[str, Sighting]) -> NewPaper:
    nodes = [node for node in facts.values(paper.node, KG.introduces) if node in seen]
    things = [
        Brought(kind=seen[node].kind, name=seen[node].name, sentence=_quote(facts, node, paper.node))
        for node in nodes
        if seen[node].kind in _INTRODUCED
    ]
    return NewPaper(
        node=paper.node,
        title=paper.name,
        date=paper.first,
        link=facts.value(paper.node, SCHEMA.url) or "",
        brought=tuple(sorted(things, key=lambda t: (_INTRODUCED.index(t.kind), t.name))),
    )


def _quote(facts: Facts, node: str, paper: str) -> str:
    """Quote how an entry of the paper introduces a thing, else what it says first; a title comes last."""
    items, title = set(facts.subjects(KG.discusses, paper)), facts.name(paper).strip()
    places = {mention: find_place(facts, mention) for mention in facts.subjects(ITSRDF.taIdentRef, node)}
    quotes = [(read_evidence(facts, m), place.start) for m, place in places.items() if place.item in items]

    def order(quoted: tuple[Evidence, int]) -> tuple[bool, bool, int, str, str, int, int]:
        quote, start = quoted
        titled, foreign = quote.sentence.strip() == title, quote.language != "en"
        return titled, foreign, _rate(quote), quote.date, quote.digest, quote.line, start

    return min(quotes, key=order)[0].sentence if quotes else ""


def _rate(quote: Evidence) -> int:
    """Say how far a sentence is from introducing what it is quoted for: the place of the rule for it."""
    found = _introductions().find(quote.sentence.lower(), quote.start, quote.end)
    ids = [slot.id for slot in slots("introductions")]
    return min((ids.index(each) for each in found), default=len(ids))


@cache
def _introductions() -> SlotFinder:
    """Load the rules that tell that a name is introduced where it stands."""
    return SlotFinder(slot for slot in slots("introductions") if slot.id.startswith("introduced-"))


def _find_record(board: Leaderboard, since: str) -> Record | None:
    """Say whether the best dated result of a board is new and beats one that is not."""
    dated = [place for place in board.places if place.date]
    before = [place for place in dated if place.date < since]
    if board.kind != "score" or not before or not dated or dated[0].date < since:
        return None
    return (
        Record(board=board.title, place=dated[0], before=before[0])
        if dated[0].number != before[0].number
        else None
    )
