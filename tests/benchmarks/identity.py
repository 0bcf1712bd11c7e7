"""Names by the ten thousand -> the seconds to find out what each is, at once and after one digest more.

Run ``python -m tests.benchmarks.identity``. Papers, names and collisions are made up by chance, always the
same. Twice the names should cost twice the time; one digest more costs what the uses of its abbreviations do,
and these are made to collide far more often than real ones.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from kg.records import Digest, Entity, Entry, Findings, Kind, Source
from kg.resolution.digests import mint_item
from kg.resolution.identification import identify_all, identify_touched
from kg.resolution.terms import canonical
from kg.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (1, 2, 4)
PAPERS = 1000
"""Papers at size one; each has ten names."""
_KINDS = (Kind.METHOD, Kind.MODEL, Kind.BENCHMARK)
_WORDS = ("Adaptive", "Bounded", "Causal", "Dual", "Elastic", "Focal", "Guided", "Hybrid", "Inverse", "Joint")
_HEADS = ("Policy Optimization", "Preference Tuning", "Attention Transfer", "Reward Search")


def make_findings(chance: random.Random) -> Findings:
    """Name ten things: some listed, some coined, some abbreviations with or without what they stand for."""
    return Findings(entities=tuple(_make_entities(chance)))


def _make_entities(chance: random.Random) -> Iterator[Entity]:
    for name in ("GRPO", "reinforcement learning"):
        yield Entity(kind=Kind.METHOD, name=name)
    for _ in range(4):
        yield Entity(
            kind=chance.choice(_KINDS), name=f"Thing{chance.randrange(10**6)}-{chance.randrange(9)}B"
        )
    for _ in range(4):
        long = f"{' '.join(chance.choices(_WORDS, k=3))} {chance.choice(_HEADS)}"
        short = "".join(word[0] for word in long.split())
        told = chance.random()
        name = long if told > 0.9 else short
        yield Entity(kind=Kind.METHOD, name=name, aliases=(long,) if told < 0.5 else ())


def fill(ledger: Ledger, digests: range, chance: random.Random) -> None:
    """Record digests of twenty papers each."""
    for number in digests:
        entries, items = [], {}
        for ordinal in range(20):
            arxiv = f"{number:05d}.{ordinal:05d}"
            source = Source(digest=f"{number}.md", line=ordinal + 1, end=ordinal + 1)
            entry = Entry(title=arxiv, text="", source=source, ordinal=ordinal, arxiv=arxiv)
            ledger.archive.put(arxiv, make_findings(chance))
            entries.append(entry)
            items[mint_item(entry)] = (arxiv, arxiv)
        digest = Digest(key=f"{number}.md", issued=None, layout="test", entries=tuple(entries))
        ledger.put_digest(digest, items, ("f", str(number), "v"))


def measure(size: int) -> tuple[int, float, float]:
    """Return the number of names, the seconds for all of them, and the seconds for one digest more."""
    ledger, chance, digests = Ledger(None), random.Random(7), size * PAPERS // 20
    fill(ledger, range(digests), chance)
    start = time.perf_counter()
    identify_all(ledger)
    whole = time.perf_counter() - start
    ledger.notes.clear()
    fill(ledger, range(digests, digests + 1), chance)
    start = time.perf_counter()
    identify_touched(ledger)
    return size * PAPERS * 10, whole, time.perf_counter() - start


if __name__ == "__main__":
    canonical(Kind.METHOD, "GRPO")  # the lists of names are read once
    for size in SIZES:
        names, whole, more = measure(size)
        each = 1e6 * whole / names
        print(f"{names:>7,} names: {whole:5.2f} s ({each:5.1f} µs a name), one digest more: {more:5.2f} s")
