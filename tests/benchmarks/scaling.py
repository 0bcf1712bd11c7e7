"""The corpus once, twice, four and eight times -> what a build of each costs, and a plot of it.

A copy is the corpus's entries under other names: every arXiv id, every author and every name in a text (a
word with a second capital or a digit) is another in each copy, so that the graph grows as the text does. All
sizes are read from the layout of the interface.
"""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from kg.files import read_text
from kg.readers import read_digest
from tests.benchmarks.ratios import Ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kg.files import DigestFile
    from kg.records import Entry
    from tests.benchmarks.spending import Spent
    from tests.benchmarks.workshop import Workshop

SIZES = (1, 2, 4, 8)
_NAME = re.compile(r"\b[A-Za-z]+[A-Z0-9][\w-]*|\b[A-Z][A-Z]+\b")
_ID = re.compile(r"(\d\d)(\d\d)\.(\d{4,5})")


def scale(shop: Workshop) -> Iterator[Ratio]:
    """Compare builds of one to eight times the corpus: cost for each entry, and peak memory."""
    measured = [(size, *_build_copies(shop, size)) for size in SIZES]
    (_, entries, least), (_, _, quadruple), (_, most, eightfold) = measured[0], measured[2], measured[3]
    each = [f"{size}x {1000 * spent.cpu / n:.2f}" for size, n, spent in measured]
    yield Ratio(
        what=f"cost of an entry, {SIZES[-1]} times the corpus",
        against="once the corpus",
        measured=(eightfold.cpu / most) / (least.cpu / entries),
        figures=f"{', '.join(each)} CPU-ms",
    )
    peaks = [f"{size}x {spent.peak:,.0f}" for size, _, spent in measured]
    yield Ratio(
        what="peak memory, 4 times the corpus",
        against="once the corpus",
        measured=quadruple.peak / least.peak,
        must=1.2,
        aim=1.2,
        figures=f"{', '.join(peaks)} MiB",
    )
    plot = shop.folder / "scaling.svg"
    plot.write_text(draw([(n, spent.cpu) for _, n, spent in measured]), "utf8")
    print(f"written: {plot}")


def _build_copies(shop: Workshop, size: int) -> tuple[int, Spent]:
    """Return how many entries that many copies have, and what building them spent."""
    folder, store = shop.folder / f"copies-{size}", shop.folder / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    entries = 0
    for number, digest in enumerate(shop.digests[:: shop.every]):
        for copy in range(size):
            entries += _write_copy(digest, copy, folder / f"{number:05d}-{copy}.json")
    spent = shop.build([folder], store)
    shutil.rmtree(store)
    shutil.rmtree(folder)
    return entries, spent


def _write_copy(digest: DigestFile, copy: int, path: Path) -> int:
    entries = read_digest(read_text(digest.path), digest.key).entries
    records = [rename_entry(entry, copy) for entry in entries]
    path.write_text(json.dumps(records, ensure_ascii=False, indent=0), "utf8")
    return len(records)


def rename_entry(entry: Entry, copy: int) -> dict[str, object]:
    """Write an entry as the interface does, under the names of a copy."""
    authors = [{"name": f"{credit.name or credit.handle} {_mark(copy)}".strip()} for credit in entry.authors]
    paper = {
        "id": _ID.sub(lambda found: _renumber(found, copy), entry.arxiv or ""),
        "title": _rename(entry.title, copy),
        "summary": _rename(entry.text, copy),
        "authors": authors,
    }
    return {"paper": paper, "publishedAt": entry.date or "2025-01-01"}


def _mark(copy: int) -> str:
    return "" if copy == 0 else f"Q{'abcdefgh'[copy]}"


def _rename(text: str, copy: int) -> str:
    return _NAME.sub(lambda found: f"{found.group()}{_mark(copy)}", text)


def _renumber(found: re.Match[str], copy: int) -> str:
    """Give an arXiv id of another decade and month's end to each copy."""
    year, number = int(found[1]) + 10 * (copy // 4), int(found[3]) + 25_000 * (copy % 4)
    return f"{year:02d}{found[2]}.{number:05d}"


def draw(points: Sequence[tuple[int, float]]) -> str:
    """Draw cost by entries, with the line on which cost would grow as they do."""
    width, height, edge = 480, 320, 48
    most, dearest = points[-1]

    def place(entries: float, cost: float) -> str:
        x = edge + (width - 2 * edge) * entries / most
        return f"{x:.0f},{height - edge - (height - 2 * edge) * cost / dearest:.0f}"

    dots = "".join(
        f'<circle cx="{at[0]}" cy="{at[1]}" r="4"/><text x="{at[0]}" y="{int(at[1]) - 8}">{cost:.0f} s</text>'
        for entries, cost in points
        for at in [place(entries, cost).split(",")]
    )
    entries = "".join(
        f'<text x="{place(n, 0).split(",")[0]}" y="{height - edge + 18}">{n:,}</text>' for n, _ in points
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="11" text-anchor="middle"><rect width="100%" height="100%" fill="white"/>'
        f'<polyline points="{place(0, 0)} {place(most, dearest)}" stroke="silver" fill="none"/>'
        f'<polyline points="{" ".join(place(*point) for point in points)}" stroke="black" fill="none"/>'
        f"{dots}{entries}"
        f'<text x="{width // 2}" y="{height - 8}">entries</text>'
        f'<text x="{edge}" y="24">CPU seconds of a first build</text></svg>\n'
    )
