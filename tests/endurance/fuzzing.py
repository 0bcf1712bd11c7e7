"""Hostile texts -> every target: put together by chance, or guided by coverage (atheris)."""

from __future__ import annotations

import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SHARES = {"write": 1, "ask": 2, "extract": 4}
"""The costly targets get fewer inputs than the rest, which get this many."""
_COMMON = 12
_REPORT = 50_000


def fuzz(inputs: int, seed: int, only: str | None, keep: Path, *, guided: bool) -> int:
    """Run the targets on so many texts; return in how many ways they broke a promise.

    Args:
        inputs: how many, all targets together.
        seed: equal seeds give equal texts where nothing guides.
        only: one target, or None for all.
        keep: the folder for the texts that broke something, and for what guides the search.
        guided: let coverage choose the texts, ten times slower; needs atheris.
    """
    keep.mkdir(parents=True, exist_ok=True)
    if guided:
        return _fuzz_guided(inputs, seed, only, keep)
    from tests.endurance.targets import TARGETS, fragments

    pieces, chance = list(fragments()), random.Random(seed)
    tally = _Tally(keep)
    seeds = [_decode(data) for data in _seeds()]
    targets = _weigh(TARGETS, only)
    for _ in range(inputs):
        tally.try_one(*chance.choice(targets), _make(chance, pieces, seeds))
    return tally.finish()


def _fuzz_guided(inputs: int, seed: int, only: str | None, keep: Path) -> int:
    import atheris

    with atheris.instrument_imports(include=["kg"], enable_loader_override=False):
        from tests.endurance.targets import TARGETS, fragments
    pieces, targets = list(fragments()), _weigh(TARGETS, only)
    tally = _Tally(keep)

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        target = targets[provider.ConsumeIntInRange(0, len(targets) - 1)]
        plain = provider.ConsumeBool()
        rest = provider.ConsumeBytes(4096)
        text = _decode(rest) if plain else "".join(pieces[byte % len(pieces)] for byte in rest[:120])
        tally.try_one(*target, text)
        if tally.tried >= inputs:
            broken = bool(tally.finish())
            sys.stdout.flush()
            os._exit(broken)  # libFuzzer takes any other end for a crash

    corpus = keep / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(_seeds()):
        (corpus / f"seed-{number}").write_bytes(b"".join((data[:4000], b"\x01", bytes([number % 256]))))
    limits = [
        "-max_len=4200",
        "-timeout=60",
        "-rss_limit_mb=4096",
        f"-seed={seed}",
        f"-artifact_prefix={keep}/",
    ]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], one)
    atheris.Fuzz()
    return tally.finish()


class _Tally:
    """Counts inputs by target, and keeps the first text that breaks a promise in each way."""

    def __init__(self, keep: Path) -> None:
        self.tried, self._keep, self._started = 0, keep, time.monotonic()
        self._by_target: Counter[str] = Counter()
        self._broken: Counter[str] = Counter()

    def try_one(self, name: str, target: Callable[[str], None], text: str) -> None:
        self.tried += 1
        self._by_target[name] += 1
        try:
            target(text)
        except Exception as error:
            self._note(name, error, text)
        if self.tried % _REPORT == 0:
            self._say()

    def _note(self, name: str, error: Exception, text: str) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{name}: {type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        self._broken[fault] += 1
        if self._broken[fault] == 1:
            file = self._keep / f"fault-{len(self._broken)}.txt"
            file.write_bytes(text.encode("utf8", "surrogatepass"))
            print(f"{fault}: {str(error)[:200]!r} -> {file}", flush=True)

    def _say(self) -> None:
        minutes = (time.monotonic() - self._started) / 60
        print(f"{self.tried:,} inputs in {minutes:.1f} min, {len(self._broken)} faults", flush=True)

    def finish(self) -> int:
        """Print the sums; return how many ways of breaking were found."""
        self._say()
        for name, count in sorted(self._by_target.items()):
            print(f"  {name}: {count:,}")
        for fault, count in self._broken.most_common():
            print(f"  {count:,} x {fault}")
        return len(self._broken)


def _weigh(
    targets: dict[str, Callable[[str], None]], only: str | None
) -> list[tuple[str, Callable[[str], None]]]:
    if only:
        return [(only, targets[only])]
    return [(name, target) for name, target in targets.items() for _ in range(SHARES.get(name, _COMMON))]


def _seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted((SAMPLES / "digests").glob("*.*")) if path.is_file()]


def _decode(data: bytes) -> str:
    return data.decode("utf8", "replace")


def _make(chance: random.Random, pieces: list[str], seeds: list[str]) -> str:
    """Put a text together of pieces, a slice of a sample, and any characters."""
    parts = chance.choices(pieces, k=chance.randrange(1, 25))
    if chance.random() < 0.5:
        sample = chance.choice(seeds)
        start = chance.randrange(len(sample))
        parts.insert(chance.randrange(len(parts)), sample[start : start + chance.randrange(800)])
    if chance.random() < 0.3:
        parts.append("".join(chr(chance.randrange(0x110000)) for _ in range(8)))
    return "".join(parts)
