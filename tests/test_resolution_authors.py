"""Who is one person in several papers: a handle always, a name only in the company of the same co-authors."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from kg.graph import Graph
from kg.image import refresh
from kg.profiles import describe
from kg.rdf.iris import mint, paper_key
from kg.rdf.vocabulary import DCTERMS, FOAF, KG, SCHEMA, SKOS, SOA
from kg.records import Credit, Digest, Entry, Findings, Source
from kg.resolution.authors import mint_handle, mint_person, unite
from kg.resolution.digests import mint_item
from kg.resolution.people import settle_authors
from kg.shapes import check
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

Lists = dict[str, str]
"""Paper -> its authors as one digest lists them: ``@h`` is a handle, ``Name@h`` a pair, all else a name."""


def credit(printed: str) -> Credit:
    name, _, handle = printed.strip().partition("@")
    return Credit(name=name or None, handle=handle or None)


def put(store: Store, key: str, lists: Lists, *, ordered: bool = False) -> None:
    """Record one digest, as a build does."""
    entries = tuple(
        Entry(
            title=f"Paper {paper}",
            text="",
            source=Source(digest=key, line=n + 1, end=n + 1),
            ordinal=n,
            arxiv=paper,
            authors=tuple(map(credit, filter(None, listed.split(",")))),
            ordered=ordered,
        )
        for n, (paper, listed) in enumerate(lists.items())
    )
    for entry in entries:
        store.ledger.archive.put(entry.title, Findings())
    items = {mint_item(entry): (paper_key(entry), entry.title) for entry in entries}
    digest = Digest(key=key, issued="2025-01-23", layout="test", entries=entries)
    store.ledger.put_digest(digest, items, ("f", key, "v"))
    store.ledger.commit()


def build(*digests: Lists, ordered: bool = False) -> Store:
    store = Store(None, writing=True)
    for n, lists in enumerate(digests):
        put(store, f"d{n}.md", lists, ordered=ordered)
    refresh(store)
    return store


def facts(store: Store, predicate: str) -> list[tuple[str, str]]:
    """(subject, value) of every statement with a property; IRIs of ours from their folder on."""
    rows = store.select(f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}")
    return sorted((s.partition("/paperkg/")[2], o.partition("/paperkg/")[2] or o) for s, o in rows)


def writers(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for paper, author in facts(store, DCTERMS.creator):
        found.setdefault(paper.removeprefix("paper/"), set()).add(author.removeprefix("author/"))
    return found


MIRA = mint_handle("Mira").rpartition("/")[2]


def test_a_handle_is_one_person_in_whatever_case() -> None:
    store = build({"1": "@Mira", "2": "@mira, Ann Ash"})
    assert writers(store) == {"1": {MIRA}, "2": {MIRA, "2-annash"}}
    assert {nick for _, nick in facts(store, FOAF.nick)} == {"Mira", "mira"}


def test_a_name_alone_is_not_one_person() -> None:
    store = build({"1": "Wei Ash, Ann Oak", "2": "Wei Ash, Ann Oak", "3": "Wei Ash"})
    assert writers(store) == {p: {f"{p}-weiash", f"{p}-annoak"} for p in "12"} | {"3": {"3-weiash"}}


def test_a_name_with_the_same_two_co_authors_is_one_person() -> None:
    store = build({"2": "Wei Ash, Ann Oak, Bea Elm", "1": "Bea Elm, Wei Ash, Ann Oak, Cyd Fir"})
    assert writers(store)["2"] == {"1-weiash", "1-annoak", "1-beaelm"}
    assert ("author/2-weiash", "author/1-weiash") in facts(store, DCTERMS.isReplacedBy)
    reasons = dict(facts(store, KG.identifiedBy))
    assert reasons["author/1-weiash"] == "one name with 2 co-authors in both 1 and 2"
    assert "author/1-cydfir" not in reasons


def test_a_name_joins_the_handle_of_the_same_company() -> None:
    store = build({"1": "Wei Ash@weasel, Ann Oak, Bea Elm", "2": "Wei Ash, Ann Oak, Bea Elm"})
    assert writers(store)["2"] == {mint_handle("weasel").rpartition("/")[2], "1-annoak", "1-beaelm"}


def test_a_name_between_two_handles_joins_neither() -> None:
    company = "Ann Oak, Bea Elm"
    store = build(
        {"1": f"Wei Ash@weasel, {company}", "2": f"Wei Ash, {company}", "3": f"Wei Ash@ashtree, {company}"}
    )
    assert "2-weiash" in writers(store)["2"]


def test_two_of_one_name_in_one_paper_stay_two() -> None:
    store = build({"1": "Wei Ash@weasel, Wei Ash@ashtree", "2": "Wei Ash"})
    assert len(writers(store)["1"]) == 2
    assert writers(store)["2"] == {"2-weiash"}


def test_a_person_is_not_the_namesake_in_the_same_list() -> None:
    """Whoever signs one paper shares all co-authors with the other who signs it."""
    people = [("1", "@weasel"), ("1", "weiash")]
    found = unite(people, {"1": frozenset({"weiash", "annoak", "beaelm"})}, "weiash")
    assert found == {("1", "weiash"): (mint_person("1", "weiash"), "")}


def test_a_reason_says_whether_a_digest_or_an_alignment_pairs_handle_and_name() -> None:
    paired = build({"1": "Wei Ash@weasel"})
    assert [why for _, why in facts(paired, KG.identifiedBy)] == [
        "handle paired with the name Wei Ash by d0.md"
    ]
    aligned = build({"1": "@weiash, @nightowl"}, {"1": "Wei Ash, Ann Oak"})
    reasons = [why for _, why in facts(aligned, KG.identifiedBy)]
    assert reasons
    assert all(why.startswith("handle aligned with the name ") and " in 1 (0." in why for why in reasons)


def test_a_pair_in_one_digest_is_known_in_another() -> None:
    store = build({"1": "@weasel, @nightowl"}, {"1": "Ann Oak, Wei Ash"}, {"2": "Wei Ash@weasel"})
    node = f"author/{mint_handle('weasel').rpartition('/')[2]}"
    assert node in dict(facts(store, KG.identifiedBy))
    assert (node, "Wei Ash") in facts(store, SKOS.prefLabel)
    assert (node, "weasel") in facts(store, SKOS.altLabel)
    assert ("author/1-weiash", node) in facts(store, DCTERMS.isReplacedBy)
    assert (node, "https://huggingface.co/weasel") in facts(store, SCHEMA.url)


def test_a_handle_without_a_name_has_no_page() -> None:
    assert facts(build({"1": "@nightowl, @mira"}), SCHEMA.url) == []


def test_teams_are_organisations_with_their_known_key() -> None:
    store = build({"1": "KimiTeam@moon, Ann Oak"}, {"1": "Kimi Team, @Moon, Rocket Lab"})
    assert writers(store)["1"] == {"1-annoak", "org/kimiteam", "org/rocketlab"}


def test_only_a_trustworthy_list_states_an_order() -> None:
    lists = {"1": "Wei Ash, Ann Oak"}
    assert facts(build(lists), SOA.position) == []
    assert [value for _, value in facts(build(lists, ordered=True), SOA.position)] == ["1", "2"]


def test_an_author_says_why_it_is_one_person() -> None:
    store = build({"1": "@annoak, @x"}, {"1": "Ann Oak, Wei Ash"}, {"2": "Ann Oak@annoak"})
    (profile,) = describe(Graph(store), "Ann Oak")
    reasons = dict(profile.links)["one person because"]
    assert "handle paired with the name Ann Oak by d2.md" in reasons


def test_what_is_built_conforms() -> None:
    english, korean = {"2501.00001": "@annoak, Bea Elm"}, "Ann Oak, Bea Elm, Wei Ash"
    store = build(english, {"2501.00001": korean, "2501.00002": korean})
    assert len(facts(store, DCTERMS.isReplacedBy)) == 4
    assert check(store.graph) == ()


def test_groups_are_linked_through_others() -> None:
    people = [(paper, "w") for paper in "1234"] + [("5", "@h")]
    company = {"1": {"a", "b"}, "2": {"a", "b", "c", "d"}, "3": {"c", "d"}, "4": {"a"}, "5": {"c", "d"}}
    found = unite(people, {paper: frozenset({*names, "w"}) for paper, names in company.items()}, "w")
    assert {paper: node for (paper, _), (node, _) in found.items()} == {
        **dict.fromkeys("123", mint_handle("h")), "4": mint_person("4", "w"),
    }  # fmt: skip


def test_a_person_of_many_papers_costs_little() -> None:
    papers = [f"{n:04d}" for n in range(400)]
    company = {paper: frozenset({"w", f"a{n % 7}", f"b{n % 7}"}) for n, paper in enumerate(papers)}
    found = unite([(paper, "w") for paper in papers], company, "w")
    assert {node for node, _ in found.values()} == {mint("author", f"{n:04d}-w") for n in range(7)}


DIGESTS: dict[str, Lists] = {
    "en1.md": {"1": "@weasel, @annoak, Bea Elm", "2": "@weasel, Cyd Fir"},
    "en2.md": {"3": "@bealm, @nightowl", "4": "@ANNOAK"},
    "ko1.md": {"1": "Ann Oak, Wei Ash, Bea Elm", "2": "Cyd Fir, Wei Ash, Ann Oak"},
    "ko2.md": {"3": "Wei Ash, Ann Oak, Bea Elm, Mira Yew", "5": "Ann Oak, Bea Elm, Wei Ash"},
    "ko3.md": {"6": "Cyd Fir, Mira Yew", "4": "Ann Oak, Rocket Team"},
    "api1.json": {"7": "Wei Ash@weasel, Mira Yew", "6": "Mira Yew@nightowl"},
    "api2.json": {"3": "Bea Elm@bealm, Wei Ash, Ann Oak, Mira Yew", "8": "Ann Oak@annoak, Wei Ash@ashtree"},
}
"""Shared handles, pairs that come late, names that only company ties, one name of two handles."""


def dump(store: Store) -> tuple[list[str], list[str]]:
    return sorted(map(str, store.graph)), sorted(map(str, store.ledger.names.all_labels()))


def step(store: Store, keys: Iterable[str]) -> None:
    for key in keys:
        put(store, key, DIGESTS[key])
        refresh(store)


def at_once(keys: Iterable[str]) -> tuple[list[str], list[str]]:
    store = Store(None, writing=True)
    for key in keys:
        put(store, key, DIGESTS[key])
    refresh(store)
    return dump(store)


@pytest.fixture
def by_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every change go through the difference, not through a rebuild."""
    monkeypatch.setattr("kg.image.drawing._REBUILD_SHARE", 1.0)


@pytest.mark.usefixtures("by_steps")
@pytest.mark.parametrize("seed", range(8))
def test_any_order_and_any_steps_give_the_same_authors(seed: int) -> None:
    keys = random.Random(seed).sample(sorted(DIGESTS), len(DIGESTS))
    store = Store(None, writing=True)
    step(store, keys)
    assert dump(store) == at_once(sorted(DIGESTS))


@pytest.mark.usefixtures("by_steps")
@pytest.mark.parametrize("gone", sorted(DIGESTS))
def test_a_digest_that_comes_and_goes_leaves_no_trace(gone: str) -> None:
    others = sorted(DIGESTS.keys() - {gone})
    store = Store(None, writing=True)
    step(store, [*others, gone])
    assert dump(store) != at_once(others)
    store.ledger.drop_digest(gone)
    refresh(store)
    assert dump(store) == at_once(others)


@pytest.mark.usefixtures("by_steps")
@pytest.mark.parametrize("seed", range(4))
def test_changed_lists_give_what_they_give_from_the_start(seed: int) -> None:
    chance = random.Random(seed)
    store = Store(None, writing=True)
    step(store, sorted(DIGESTS))
    for key in chance.sample(sorted(DIGESTS), 4):
        papers = list(DIGESTS[key])
        put(store, key, {paper: DIGESTS[chance.choice(sorted(DIGESTS))].get(paper, "") for paper in papers})
        refresh(store)
    for key in chance.sample(sorted(DIGESTS), len(DIGESTS)):
        step(store, [key])
    assert dump(store) == at_once(sorted(DIGESTS))


def test_only_the_papers_concerned_are_looked_at() -> None:
    store = build(*({f"{n}": f"Solo Person{n}, @solo{n}"} for n in range(9)))
    put(store, "late.md", {"0": "Wei Ash"})
    settle_authors(store.ledger, store.ledger.notes.touched("paper"))
    assert store.ledger.notes.touched("paper") == ["0"]
