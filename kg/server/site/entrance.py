"""The start page, and what its search box does: suggest while one types, then go to a name or a question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.facts import kind_of
from kg.identity import fold
from kg.server.exchange import SiteReply
from kg.server.site.namesakes import tell_apart
from kg.server.site.standing import CLASSES, read_latest, read_standing
from kg.server.site.things import read_thing
from kg.server.site.visit import Visit
from kg.server.site.words import LANGUAGES, Words, list_questions

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.exchange import SiteRequest
    from kg.store.rows import Label

_LATEST = 15
_BOARDS = 12
_SUGGESTED = 10
_READ = 80
_BEGINS = 10
_LONGEST = 400


def show_home(graph: Graph, request: SiteRequest) -> SiteReply:
    """Show the search box, example questions, the newest papers, counts and the most reported benchmarks."""
    visit = Visit(graph, request)
    standing = read_standing(graph)
    boards = [(read_thing(visit.facts, node, visit.language), n) for node, n in standing.benchmarks[:_BOARDS]]
    return visit.page(
        "home.html",
        examples=list_examples(visit),
        counts=[(kind, number) for kind, number in standing.counts if number],
        results=standing.results,
        facts=len(graph),
        days=read_latest(graph, _LATEST, visit.language),
        boards=boards,
    )


def list_examples(visit: Visit) -> list[tuple[str, str]]:
    """List questions about what is most prominent, each with its language, the reader's first."""
    languages = sorted(LANGUAGES, key=lambda language: language != visit.language)
    things = [read_thing(visit.facts, node) for node in read_standing(visit.graph).prominent]
    return [
        (language, question)
        for language in languages
        for thing in things
        for question in list_questions(thing, Words(language))[:1]
    ]


def search(graph: Graph, request: SiteRequest) -> SiteReply:
    """Go to the page of a name that is known, else to the answer to the question; nothing goes home."""
    visit = Visit(graph, request)
    asked = visit.ask("q")[:_LONGEST]
    if not asked:
        return visit.redirect("/")
    node = find_exact(graph, asked)
    return visit.redirect(read_thing(visit.facts, node).path) if node else visit.redirect("/ask", q=asked)


def find_exact(graph: Graph, text: str) -> str | None:
    """Find the node that most entries mean by exactly this name."""
    folded = fold(text)
    labels = graph.store.ledger.names.labels([folded]) if folded else []
    return next((label.node for label in labels if kind_of(label.node) in CLASSES), None)


def suggest(graph: Graph, request: SiteRequest) -> SiteReply:
    """Suggest the names that fit what is typed, each with its kind, alias, address and use."""
    visit = Visit(graph, request)
    labels = find_names(graph, visit.ask("q")[:_LONGEST])
    marks = tell_apart(visit, [label.node for label in labels])
    names = [_describe(visit, label, mark) for label, mark in zip(labels, marks, strict=True)]
    body = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    return SiteReply(type="application/json", body=body.encode("utf8", "replace"))


def find_names(graph: Graph, text: str) -> list[Label]:
    """Find the names that hold a text, each node once: the very name first, then the most used.

    A name that begins with the text counts as if it were used several times as often.
    """
    part = fold(text)
    if not part:
        return []
    best: dict[str, Label] = {}
    for label in graph.store.ledger.names.labels_like(part, _READ):
        if kind_of(label.node) in CLASSES:
            best.setdefault(label.node, label)
    ranked = sorted(best.values(), key=lambda label: (label.fold != part, -_weigh(label, part)))
    return ranked[:_SUGGESTED]


def _weigh(label: Label, part: str) -> int:
    return label.weight * (_BEGINS if label.fold.startswith(part) else 1)


def _describe(visit: Visit, label: Label, mark: str) -> dict[str, object]:
    """Describe a suggestion; beside its name stands the alias that fits, or what sets it apart."""
    thing = read_thing(visit.facts, label.node, visit.language)
    return {
        "name": thing.name,
        "alias": label.label if fold(label.label) != fold(thing.name) else mark,
        "kind": thing.kind,
        "says": visit.words.say(f"{thing.kind}.one"),
        "count": label.weight,
        "href": visit.link(thing.path),
    }
