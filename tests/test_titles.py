"""Which paper an entry is about: by its link, or by its title; a wrong link joins nothing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.image import refresh
from kg.rdf.iris import paper_key
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, FABIO, KG, SCHEMA
from kg.records import Credit, Digest, Entity, Entry, Findings, Kind, Mention, Source
from kg.resolution.digests import mint_item
from kg.resolution.titles import find_wrong_links
from kg.shapes import check
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

Line = tuple[str, str]
"""An entry: its title, and its arXiv id, a web address or nothing."""

HILL, FILM, ROCKET = "HillBench: Climbing Slowly", "A Film Shot by Agents", "On Rockets that Learn"


def record(store: Store, digest: str, lines: Iterable[Line]) -> None:
    """Put a digest into the ledger; each entry names the model that its title begins with, and an author."""
    entries, items = [], {}
    for number, (title, link) in enumerate(lines):
        entry = Entry(
            title=title,
            text="",
            source=Source(digest=digest, line=number + 1, end=number + 1),
            ordinal=number,
            arxiv=None if "/" in link else link or None,
            url=link if "/" in link else f"https://arxiv.org/abs/{link}" if link else None,
            authors=(Credit(name="Ada Byron"), Credit(handle="grace")),
        )
        model = title.split()[0]
        mention = Mention(start=0, end=len(model), confidence=0.9, by="test.rule")
        found = Findings(entities=(Entity(kind=Kind.MODEL, name=model, mentions=(mention,)),))
        store.ledger.archive.put(f"{digest}-{number}-{title}", found)
        entries.append(entry)
        items[mint_item(entry)] = (paper_key(entry), f"{digest}-{number}-{title}")
    made = Digest(key=digest, issued="2025-01-23", layout="test", entries=tuple(entries))
    store.ledger.put_digest(made, items, ("f", f"{len(entries):064x}", "v"))
    store.ledger.commit()


def build(*digests: list[Line]) -> Store:
    store = Store(None, writing=True)
    for number, lines in enumerate(digests):
        record(store, f"d{number}.md", lines)
    refresh(store)
    return store


def papers(store: Store) -> set[tuple[str, str]]:
    rows = store.select(f"SELECT ?paper ?title {{ ?paper a <{KG.Paper}> ; <{DCTERMS.title}> ?title }}")
    return {(paper.removeprefix(f"{BASE}paper/"), title) for paper, title in rows}


def facts(store: Store, predicate: str) -> list[tuple[str, str]]:
    rows = store.select(f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}")
    return sorted((s.removeprefix(f"{BASE}paper/"), o.removeprefix(f"{BASE}paper/")) for s, o in rows)


@pytest.mark.parametrize("link", ["", "https://example.org/hill"])
def test_an_entry_without_an_id_is_about_the_paper_of_its_title(link: str) -> None:
    store = build([("HILLBENCH - climbing slowly", link)], [(HILL, "2501.00001")])
    assert {paper for paper, _ in papers(store)} == {"2501.00001"}
    assert len(facts(store, KG.discusses)) == 2
    assert [new for _, new in facts(store, DCTERMS.isReplacedBy)] == ["2501.00001"]
    assert not check(store.graph)


def test_a_title_of_two_papers_or_of_none_is_a_paper_of_its_own() -> None:
    store = build([(HILL, "")], [(HILL, "2501.00001")], [(HILL, "2501.00002")], [(FILM, "")])
    assert len(papers(store)) == 4
    assert facts(store, DCTERMS.isReplacedBy) == []


def test_a_wrong_link_is_reported_and_joins_nothing() -> None:
    store = build([(HILL, "2501.00001")], [(FILM, "2501.00001"), (FILM, "")], [(HILL, "2501.00001")])
    (own,) = {paper for paper, title in papers(store) if title == FILM}
    assert papers(store) == {("2501.00001", HILL), (own, FILM)}
    assert facts(store, FABIO.hasArXivId) == [("2501.00001", "2501.00001")]
    assert {paper for paper, _ in facts(store, SCHEMA.url)} == {"2501.00001"}
    (problem,) = find_wrong_links(store.ledger)
    assert str(problem).startswith(f"d1.md:1: 2501.00001 is linked to '{FILM}'")
    assert problem.expected == f"'{HILL}', as in d0.md:1"
    assert not check(store.graph)


def test_a_wrong_link_leads_to_the_paper_that_bears_the_title() -> None:
    store = build([(HILL, "2501.00001"), (FILM, "2501.00001")], [(HILL, "2501.00001"), (FILM, "2501.00002")])
    assert papers(store) == {("2501.00001", HILL), ("2501.00002", FILM)}


def test_of_two_titles_printed_equally_often_the_smaller_keeps_the_id() -> None:
    for digests in (
        ([(HILL, "2501.00001")], [(FILM, "2501.00001")]),
        ([(FILM, "2501.00001")], [(HILL, "2501.00001")]),
    ):
        assert ("2501.00001", FILM) in papers(build(*digests))


def test_of_two_titles_printed_equally_often_that_without_another_id_keeps_this_one() -> None:
    lines = [(FILM, "2501.00001"), (HILL, "2501.00001")]
    assert papers(build(lines, [(FILM, "2501.00002")])) == {("2501.00001", HILL), ("2501.00002", FILM)}


def test_a_title_in_another_script_is_no_wrong_link() -> None:
    store = build([(HILL, "2501.00001")], [("천천히 오르는 언덕", "2501.00001")])
    assert {paper for paper, _ in papers(store)} == {"2501.00001"}
    assert not list(find_wrong_links(store.ledger))


DIGESTS: list[list[Line]] = [
    [(HILL, "2501.00001"), (FILM, "")],
    [(HILL, ""), (FILM, "2501.00001")],
    [(HILL, "2501.00001"), (ROCKET, "https://example.org/rocket")],
    [(FILM, "2501.00002"), (ROCKET, "2501.00001")],
    [(ROCKET, "2501.00003"), (HILL, "https://example.org/rocket")],
    [(FILM, "2501.00004")],
    [(HILL, "2501.00002"), (HILL, "2501.00002")],
]


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.graph)) + sorted(map(str, store.ledger.names.all_labels()))


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_any_steps_give_the_same_papers(seed: int) -> None:
    chance = random.Random(seed)
    store = Store(None, writing=True)
    for number in range(40):  # so many digests that a step is an update, not a rebuild
        record(store, f"x{number}.md", [(f"Ballast of ship {number}", f"2502.{number:05d}")])
    refresh(store)
    ballast = dump(store)
    numbers = chance.sample(range(len(DIGESTS)), len(DIGESTS))
    for number in numbers:
        record(store, f"d{number}.md", DIGESTS[number])
        refresh(store)
    left_out = chance.sample(numbers, 3)
    for number in left_out:
        store.ledger.drop_digest(f"d{number}.md")
        refresh(store)
    assert not [v for v in check(store.graph) if v.severity == "Violation"]
    fresh = Store(None, writing=True)
    for number in range(40):
        record(fresh, f"x{number}.md", [(f"Ballast of ship {number}", f"2502.{number:05d}")])
    for number in sorted(set(numbers) - set(left_out)):
        record(fresh, f"d{number}.md", DIGESTS[number])
    refresh(fresh)
    assert dump(store) == dump(fresh)
    for number in set(numbers) - set(left_out):
        store.ledger.drop_digest(f"d{number}.md")
    refresh(store)
    assert dump(store) == ballast
