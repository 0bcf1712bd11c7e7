"""Names that a reader judged the same are one node, names judged different are two: measured on pairs."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.records import Entity, Kind
from kg.resolution.meanings import Meanings, resolve
from kg.resolution.terms import read_term
from kg.store.glossary import Use
from kg.store.ledger import Ledger

PAIRS = Path(__file__).parent / "identity" / "pairs.tsv"
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.90
MOST_PAIRS = 3
HALVES = ("tuned", "held out")


class Pair(NamedTuple):
    one: str
    other: str
    kind: str
    verdict: str
    one_stands_for: str
    other_stands_for: str


class Tally(NamedTuple):
    """How many pairs were judged and found the same, by the reader and by us."""

    right: int
    joined: int
    same: int

    @property
    def precision(self) -> float:
        return self.right / self.joined

    @property
    def recall(self) -> float:
        return self.right / self.same


def read_pairs() -> list[Pair]:
    lines = [line for line in PAIRS.read_text("utf8").splitlines() if not line.startswith("#")][1:]
    return [Pair(*line.split("\t")) for line in lines]


def half(pair: Pair) -> str:
    """Rules were made with the first half in view; the second only measures."""
    return HALVES[hashlib.sha256("\t".join(pair).encode()).digest()[0] % 2]


def is_joined(pair: Pair) -> bool:
    """Say whether two papers, each with an entry that has one of the names, speak of one node."""
    ledger = Ledger(None)
    sides = ((pair.one, pair.one_stands_for), (pair.other, pair.other_stands_for))
    for paper, (name, long) in zip("ab", sides, strict=True):
        term = read_term(Entity(kind=Kind(pair.kind), name=name, aliases=(long,) if long else ()))
        ledger.glossary.put(paper, [Use(paper, 0, term, term.own)])
    meanings = Meanings(ledger.glossary)
    one, other = (resolve(ledger.glossary.uses(paper), meanings, str) for paper in "ab")
    ledger.close()
    return one == other


def measure(pairs: list[Pair]) -> tuple[Tally, list[Pair]]:
    """Count, and return the pairs on which we disagree with the reader."""
    joined = {pair for pair in pairs if is_joined(pair)}
    same = {pair for pair in pairs if pair.verdict == "same"}
    return Tally(len(joined & same), len(joined), len(same)), sorted(joined ^ same)


def test_the_pairs_are_enough_and_varied() -> None:
    pairs = read_pairs()
    assert len(pairs) == len(set(pairs)) >= 600
    assert {pair.verdict for pair in pairs} == {"same", "different"}
    assert 0.45 <= sum(pair.verdict == "different" for pair in pairs) / len(pairs) <= 0.55
    used = Counter(name for pair in pairs for name in {pair.one, pair.other})
    assert max(used.values()) <= MOST_PAIRS
    assert all(Kind(pair.kind) for pair in pairs)


@pytest.mark.parametrize("part", HALVES)
def test_names_are_told_apart_and_joined_as_a_reader_does(part: str) -> None:
    tally, wrong = measure([pair for pair in read_pairs() if half(pair) == part])
    assert tally.precision >= LEAST_PRECISION, wrong
    assert tally.recall >= LEAST_RECALL, wrong


if __name__ == "__main__":
    for part in HALVES:
        tally, wrong = measure([pair for pair in read_pairs() if half(pair) == part])
        print(f"{part}: precision {tally.precision:.4f} recall {tally.recall:.4f} {tally}")
        if "--wrong" in sys.argv:
            print(*wrong, sep="\n")
