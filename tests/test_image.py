"""The graph is the image of its observations: whatever the order, the steps and the interruptions."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.image import refresh
from kg.rdf.iris import paper_key
from kg.records import (
    Comparison,
    Credit,
    Digest,
    Entity,
    Entry,
    Findings,
    Kind,
    Mention,
    Relation,
    Result,
    Source,
)  # fmt: skip
from kg.resolution.digests import mint_item
from kg.store import Store
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Rocket reaches 81.5% accuracy on HillBench, ahead of Turtle."


def entry(digest: str, ordinal: int, arxiv: str) -> Entry:
    return Entry(
        title=f"Rocket {arxiv}",
        text=TEXT,
        source=Source(digest=digest, line=5 + ordinal, end=5 + ordinal),
        ordinal=ordinal,
        arxiv=arxiv,
        url=f"https://arxiv.org/abs/{arxiv}",
        authors=(Credit(name="Ada Byron"), Credit(handle="grace"), Credit(name="Rocket Team")),
        repositories=("https://github.com/rocket/rocket",),
        tags=("Speed",),
        votes=3,
        date="2025-01-23",
    )


def findings(plain: str) -> Findings:
    def entity(kind: Kind, name: str, **more: bool) -> Entity:
        start = plain.index(name)
        mention = Mention(start=start, end=start + len(name), confidence=0.9, by="test.rule")
        return Entity(kind=kind, name=name, mentions=(mention,), **more)

    start = plain.index("81.5%")
    end = plain.index("HillBench") + len("HillBench")
    return Findings(
        entities=(
            entity(Kind.MODEL, "Rocket", introduced=True),
            entity(Kind.BENCHMARK, "HillBench"),
            entity(Kind.METRIC, "accuracy"),
            entity(Kind.MODEL, "Turtle"),
        ),
        results=(
            Result(kind="score", value=Decimal("81.5"), raw="81.5%", unit="%", start=start, end=end,
                   confidence=0.8, by="test.score", system=0, benchmark=1, metric=2),
        ),
        comparisons=(
            Comparison(better=0, worse=3, on=1, start=start, end=end, confidence=0.7, by="test.beats"),
        ),
        relations=((1, Relation.EVALUATES_ON),),
    )  # fmt: skip


def record(store: Store, key: str, papers: list[str]) -> None:
    """Put one digest into the ledger, as a build does."""
    entries = tuple(entry(key, n, arxiv) for n, arxiv in enumerate(papers))
    for each in entries:
        store.ledger.archive.put(each.title, findings(each.plain))
    items = {mint_item(e): (paper_key(e), e.title) for e in entries}
    store.ledger.put_digest(
        Digest(key=key, issued="2025-01-23", layout="test", entries=entries), items, ("f", key, "v")
    )
    store.ledger.commit()


DIGESTS = {f"d{n}.md": [f"2501.{1000 + n * 2:05d}", f"2501.{1001 + n * 2:05d}"] for n in range(6)} | {
    "again.md": ["2501.01000", "2501.01003"]
}


def dump(store: Store) -> list[str]:
    return sorted(map(str, store.graph))


def whole() -> list[str]:
    store = Store(None, writing=True)
    for key, papers in DIGESTS.items():
        record(store, key, papers)
    refresh(store)
    return dump(store)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_steps_give_the_same_graph(seed: int) -> None:
    keys = random.Random(seed).sample(sorted(DIGESTS), len(DIGESTS))
    store = Store(None, writing=True)
    for key in keys:
        record(store, key, DIGESTS[key])
        refresh(store)
    assert dump(store) == whole()


def test_adding_and_dropping_is_doing_nothing() -> None:
    store = Store(None, writing=True)
    for key, papers in DIGESTS.items():
        record(store, key, papers)
    refresh(store)
    before = dump(store), sorted(map(str, store.ledger.names.all_labels()))
    record(store, "extra.md", ["2501.01000", "2501.09999"])
    refresh(store)
    assert dump(store) != before[0]
    store.ledger.drop_digest("extra.md")
    refresh(store)
    assert (dump(store), sorted(map(str, store.ledger.names.all_labels()))) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_union_of_two_stores_is_the_build_of_both(seed: int) -> None:
    """What two stores have observed, put into one, gives the graph of all digests at once."""
    keys = random.Random(seed).sample(sorted(DIGESTS), len(DIGESTS))
    both = Store(None, writing=True)
    for part in (keys[: len(keys) // 2], keys[len(keys) // 3 :]):  # some digests are in both
        store = Store(None, writing=True)
        for key in part:
            record(store, key, DIGESTS[key])
        refresh(store)
        for row in store.ledger.digests():
            seen = store.ledger.observations("digest", row.key)
            items = {item: (paper_key(o.entry), o.entry.title) for item, _, o in seen}
            for _, _, observation in seen:
                both.ledger.archive.put(observation.entry.title, observation.findings)
            entries = tuple(observation.entry for _, _, observation in seen)
            digest = Digest(key=row.key, issued=row.issued, layout=row.layout, entries=entries)
            both.ledger.put_digest(digest, items, (row.folder, row.hash, row.fingerprint))
        refresh(both)
    assert dump(both) == whole()


def test_an_interrupted_build_is_finished_by_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path / "kg", writing=True)
    for key in list(DIGESTS)[:4]:
        record(store, key, DIGESTS[key])
    refresh(store)
    for key in list(DIGESTS)[4:]:
        record(store, key, DIGESTS[key])
    store.close()  # before refresh: as if the machine had stopped here
    store = Store(tmp_path / "kg", writing=True)
    assert refresh(store)
    assert dump(store) == whole()
    assert not refresh(store)


def test_a_store_whose_making_was_interrupted_is_made_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(ledger: Ledger, name: str, value: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(Ledger, "set_meta", stop)
        with pytest.raises(KeyboardInterrupt):
            Store(tmp_path / "kg", writing=True)
    with pytest.raises(StoreError, match="still empty"):
        Store(tmp_path / "kg")
    store = Store(tmp_path / "kg", writing=True)
    record(store, "a.md", DIGESTS[next(iter(DIGESTS))])
    assert refresh(store)


@pytest.mark.parametrize("batch", [7, 150_000])
def test_a_store_on_disk_holds_what_one_in_memory_does(
    tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.generations._BATCH", batch)
    store = Store(tmp_path / "kg", writing=True)
    for key, papers in DIGESTS.items():
        record(store, key, papers)
    refresh(store)
    store.close()
    assert dump(Store(tmp_path / "kg")) == whole()


def test_no_statement_has_a_blank_node_and_none_stands_twice() -> None:
    lines = whole()
    assert not [row for row in lines if "_:" in row]
    assert len(lines) == len(set(lines))
