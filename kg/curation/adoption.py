"""A curation file -> its decisions in force in a store, and a report of those that no longer apply."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.curation.decisions import Decision, Verb, parse_decisions, shorten, write_decision
from kg.curation.rulings import Curation
from kg.errors import InputError
from kg.files import read_text
from kg.rdf.iris import mint_mention, mint_paper
from kg.rdf.prefixes import BASE
from kg.records import Problem
from kg.resolution.authors import mint_person
from kg.resolution.claims import mint_comparison, mint_result
from kg.resolution.digests import mint_saying
from kg.resolution.nodes import folder_of
from kg.resolution.things import mint_things, read_thing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Store
    from kg.store.ledger import Ledger

FILE = "curation.txt"
"""The file in a store's folder that is read where no other is named."""

_SPAN = re.compile(r"-\d+-\d+(?:-[A-Za-z]+)?\Z")
_HASH = re.compile(r"-[0-9a-f]{12}\Z")


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a curation file; one that does not exist decides nothing.

    Raises:
        InputError: the file cannot be used; the message names file and line.
    """
    return parse_decisions(read_text(str(path)), str(path)) if path.exists() else ()


def adopt(store: Store, path: Path | None) -> Curation:
    """Put the decisions of a file in force; where they are other ones than before, touch the whole graph.

    Args:
        store: opened for writing; its graph is not changed yet.
        path: the file, or None for the one in the store's folder.

    Raises:
        InputError: the file is missing or cannot be used.
    """
    if path and not path.exists():
        raise InputError(str(path), None, "there is no such file", "decisions, as `kg curate` writes them")
    chosen = path or (store.folder / FILE if store.folder else None)
    curation = Curation(read_decisions(chosen) if chosen else ())
    text = "".join(f"{write_decision(decision)}\n" for decision in curation.decisions)
    if store.ledger.meta("curation") != text:
        store.ledger.set_meta("curation", text)
        store.ledger.touch_all()
    return curation


def report_decisions(store: Store, curation: Curation, name: str = FILE) -> list[Problem]:
    """Report the decisions that contradict each other, and those about what is there no longer.

    Args:
        store: brought up to date with the decisions.
        curation: the decisions, with the lines of their file.
        name: of the file.
    """
    problems = curation.find_clashes(name)
    for decision in curation.decisions:
        gone = [shorten(node) for node in _missing(store.ledger, decision, curation)]
        if gone:
            wrong = f"{decision.verb} no longer applies: there is no {', '.join(gone)}"
            expected = "nodes of the graph, or the line deleted"
            problems.append(Problem(digest=name, line=decision.line, wrong=wrong, expected=expected))
    return problems


def _missing(ledger: Ledger, decision: Decision, curation: Curation) -> Iterator[str]:
    """Yield the nodes of a decision that no digest speaks of."""
    subject, *others = decision.nodes
    for node in decision.nodes:
        if not _is_there(ledger, node, curation):
            yield node
    if decision.verb is Verb.SPLIT and read_thing(subject):
        for paper in others:
            named = ledger.glossary.uses(curation.place_paper(_key(paper)))
            if subject not in mint_things((use.term.kind, use.key) for use in named):
                yield paper


def _is_there(ledger: Ledger, node: str, curation: Curation) -> bool:
    """Say whether a node is one that digests speak of, or that decisions make of such a one."""
    folder = folder_of(node)
    if folder in ("result", "comparison"):
        return node in _claims(ledger, curation.place_paper(_HASH.sub("", _key(node))), curation)
    if folder == "mention":
        return node in _mentions(ledger, f"{BASE}item/{_SPAN.sub('', _local(node))}")
    if folder == "paper":
        return ledger.shelf.has_stem(_key(node))
    return any(_is_named(ledger, each) for each in (node, *curation.sources(node))) or _has_signed(
        ledger, node
    )


def _is_named(ledger: Ledger, node: str) -> bool:
    thing = read_thing(node)
    named = ledger.names.has_node(node) or bool(ledger.bylines.signings(node))
    return named or (thing is not None and ledger.glossary.has_key(*thing))


def _has_signed(ledger: Ledger, node: str) -> bool:
    """Say whether a node is the author of some paper, alone or as one with others."""
    if folder_of(node) != "author":
        return False
    key = _key(node)
    papers = [key[:at] for at, character in enumerate(key) if character == "-"]
    return any(
        mint_person(paper, name) == node
        for paper in papers
        for person in ledger.bylines.people(paper).values()
        for name in (person.key, *person.names)
    )


def _claims(ledger: Ledger, paper: str, curation: Curation) -> set[str]:
    """Return the IRIs of all results and comparisons of a paper, as read and as decided."""
    found = set()
    for item, _, observation in ledger.observations("paper", paper):
        read = mint_things(ledger.glossary.keys(item))
        for nodes in (read, tuple(curation.place(node, mint_paper(paper)) for node in read)):
            found |= {mint_result(paper, fact, nodes) for fact in observation.findings.results}
            found |= {mint_comparison(paper, fact, nodes) for fact in observation.findings.comparisons}
    return found


def _mentions(ledger: Ledger, item: str) -> set[str]:
    """Return the IRIs of the mentions of things in an entry, and of what it says of them."""
    found = set()
    for _, _, observation in ledger.observations("item", item):
        named = (mention for entity in observation.findings.entities for mention in entity.mentions)
        found |= {mint_mention(item, mention.start, mention.end) for mention in named}
        found |= {mint_saying(item, attribute) for attribute in observation.findings.attributes}
    return found


def _local(node: str) -> str:
    return node.removeprefix(BASE).partition("/")[2]


def _key(node: str) -> str:
    return unquote(_local(node))
