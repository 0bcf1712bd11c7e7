"""The corpus -> what it costs to build it: at first, again, for one day more, and beside spaCy."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

from tests.benchmarks.ratios import Ratio
from tests.benchmarks.spending import KG, spend, spend_around, spend_in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.spending import Spent
    from tests.benchmarks.workshop import Workshop

SAMPLED = 4
"""Two processes are measured on every fourth digest."""

EVERY = 8
"""Dask builds every eighth digest."""

WORKERS = (1, 2, 4)


def compare_with_tagging(shop: Workshop) -> Iterator[Ratio]:
    """Compare a first build with spaCy tagging the same texts, by turns: both take minutes."""
    shutil.rmtree(store := shop.folder / "beside", ignore_errors=True)
    build = [*KG, "build", str(shop.corpus), "--store", str(store)]
    built, tagged = spend_in_turns(build, _spacy("tag", shop))
    shutil.rmtree(store)
    speed, theirs = shop.words / built.cpu, shop.words / _read_seconds(tagged)[1]
    figures = f"{speed:,.0f} : {theirs:,.0f} words per CPU-second"
    yield Ratio(
        what="first build, one process",
        against="spaCy tok2vec + ner tagging",
        measured=speed / theirs,
        must=1.2,
        aim=2,
        more=True,
        unit="x as fast",
        figures=figures,
    )


def compare_with_tokenising(shop: Workshop) -> Iterator[Ratio]:
    """Compare the first build with spaCy cutting the same texts into tokens, cold, before and after it."""
    texts = _spacy("tokenise", shop)
    before, ours, after = spend(texts), shop.first.cpu, spend(texts)
    theirs = mean(sum(_read_seconds(spent)) for spent in (before, after))
    yield Ratio(
        what="first build, one process",
        against="spacy.blank tokenising, cold",
        measured=ours / theirs,
        must=14,
        aim=8,
        figures=f"{ours:.1f} : {theirs:.1f} CPU-s, {shop.words:,} words",
    )


def _spacy(task: str, shop: Workshop) -> list[str]:
    """Return the command by which spaCy reads the texts."""
    return [sys.executable, "-m", "tests.benchmarks.spacy_texts", task, str(shop.texts)]


def _read_seconds(spent: Spent) -> tuple[float, float]:
    """Return the processor seconds of loading and of reading that spaCy's command printed."""
    loading, reading = map(float, spent.output.split()[-2:])
    return loading, reading


def build_again(shop: Workshop) -> Iterator[Ratio]:
    """Compare a build that finds nothing new, and one that finds a new day, with a first one around them."""
    store, day = shop.copy_store("again"), _newest_day(shop)
    again = shop.build([shop.corpus], store, anew=False).cpu
    shutil.rmtree(beside := shop.folder / "beside", ignore_errors=True)
    first = [*KG, "build", str(shop.corpus), "--store", str(beside)]
    built, added = spend_around(first, lambda: _add(shop, store, day))
    added = added or [_add(shop, store, day)]
    shutil.rmtree(store)
    shutil.rmtree(beside)
    for what, spent, must, aim in (
        ("second build, nothing changed", again, 1 / 50, 1 / 200),
        (f"one day added ({len(day)} digests)", median(added), 1 / 100, 1 / 300),
    ):
        yield Ratio(
            what=what,
            against="first build",
            measured=spent / built.cpu,
            must=must,
            aim=aim,
            unit="share",
            figures=f"{spent:.2f} : {built.cpu:.1f} CPU-s",
        )


def _add(shop: Workshop, store: Path, day: list[str]) -> float:
    """Take a day's digests out of a store; return the processor seconds that it takes to add them."""
    spend([*KG, "drop", *day, "--store", str(store)])
    return shop.build([shop.corpus], store, anew=False).cpu


def _newest_day(shop: Workshop) -> list[str]:
    """Return the digests of the last day that most folders have."""
    days: dict[str, list[str]] = {}
    for digest in shop.digests:
        days.setdefault(Path(digest.key).stem, []).append(digest.key)
    return days[max(days, key=lambda day: (len(days[day]), day))]


def compare_jobs(shop: Workshop) -> Iterator[Ratio]:
    """Compare two processes with one, by the clock: true only on a machine that has two cores to spare."""
    folder, store = shop.copy_digests("sample", max(shop.every, SAMPLED)), shop.folder / "sampled"
    one, two = (shop.build([folder], store, "--jobs", jobs) for jobs in ("1", "2"))
    shutil.rmtree(store)
    yield Ratio(
        what="two processes, a sample",
        against="one process",
        measured=one.wall / two.wall,
        must=1.7,
        aim=1.9,
        more=True,
        unit="x as fast",
        figures=f"{two.wall:.1f} : {one.wall:.1f} s, {two.cpu:.1f} : {one.cpu:.1f} CPU-s",
    )


def compare_workers(shop: Workshop) -> Iterator[Ratio]:
    """Compare Dask clusters of this machine with one process, by the clock, on every eighth digest."""
    folder, store = shop.copy_digests("sample", max(shop.every, EVERY)), shop.folder / "sampled"
    for number in WORKERS:
        load = os.getloadavg()[0]
        alone = shop.build([folder], store)
        many = shop.build([folder], store, "--workers", str(number))
        yield Ratio(
            what=f"Dask, {number} worker{'s' * (number > 1)} of {os.cpu_count()} cores",
            against="one process",
            measured=alone.wall / many.wall,
            more=True,
            unit="x as fast",
            figures=f"{many.wall:.1f} : {alone.wall:.1f} s, {many.cpu:.1f} : {alone.cpu:.1f} CPU-s, "
            f"load {load:.1f}",
        )
    shutil.rmtree(store)


def measure_memory(shop: Workshop) -> Iterator[Ratio]:
    """Measure the peak memory of the first build."""
    yield Ratio(
        what="peak memory of the first build",
        against="",
        measured=shop.first.peak / 1024,
        must=2,
        aim=1.2,
        unit="GiB",
        figures=f"{shop.first.peak:,.0f} MiB",
    )
