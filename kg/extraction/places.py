"""A figure and a name in its sentence -> the cues of how one stands to the other."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kg.extraction.clauses import BENCHMARKS, METRICS, SYSTEMS
from kg.extraction.cues import pattern
from kg.extraction.figures import up_to
from kg.extraction.wording import read_wording
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extraction.clauses import Atom
    from kg.extraction.figures import Figure, Sheet

SLOTS = ("metric", "benchmark", "system", "baseline")
"""What a result is tied to, in the order in which it is chosen."""
PEERS = {
    "metric": METRICS,
    "benchmark": (Kind.BENCHMARK, Kind.DATASET),
    "system": SYSTEMS,
    "baseline": SYSTEMS,
}
"""Which names compete for a slot."""
_STEPS = (1, 3, 6, 12, 25, 50, 90)


def describe_place(sheet: Sheet, figure: Figure, slot: str, place: Atom) -> Iterator[str]:
    """Yield what a name's place in the sentence says of its filling a slot of the figure."""
    key = (figure.atom.start, place.at, PEERS[slot][0])
    if key not in sheet.places:
        sheet.places[key] = [*_describe(sheet, figure, slot, place), *read_wording(figure, place)]
    yield from sheet.places[key]
    yield from _in_lists(sheet, figure, slot, place)


def _describe(sheet: Sheet, figure: Figure, slot: str, place: Atom) -> Iterator[str]:
    """What is the same for all slots that the same names compete for."""
    side = "left" if place.at < figure.atom.at else "right"
    yield from _distance(sheet, figure, slot, place, side)
    if slot in ("system", "baseline"):
        yield from _as_system(sheet, figure, place, side)
    elif slot == "metric":
        yield from _as_metric(figure, place, side)
    else:
        yield from _as_benchmark(figure, place)


def _distance(sheet: Sheet, figure: Figure, slot: str, place: Atom, side: str) -> Iterator[str]:
    """On which side it stands, in cell, clause or sentence, and what stands between."""
    frame, at = figure.frame, figure.atom.at
    cell, clause = sheet.bounds_of(figure)
    near = (
        "cell" if cell[0] <= place.at < cell[1] else "clause" if clause[0] <= place.at < clause[1] else "far"
    )
    low, high = sorted((place.at, at))
    peers = {a.entity for a in frame.between(low + 1, high, PEERS[slot])} - {place.entity}
    names, numbers = up_to(len(peers)), up_to(sum(low < n.at < high for n in frame.numbers))
    yield f"{side}:{near}"
    yield f"{side}:{near}:{figure.kind}"
    yield f"{side}:names:{names}"
    yield f"{side}:numbers:{numbers}"
    yield f"{side}:between:{names}:{numbers}"
    yield f"{side}:between:{names}:{numbers}:{figure.role}"
    yield f"{side}:off:{bisect_left(_STEPS, high - low - 1)}"


def _as_system(sheet: Sheet, figure: Figure, place: Atom, side: str) -> Iterator[str]:
    """Whether it acts, is compared with, is improved, or holds the number."""
    traits = sheet.traits_of(figure.frame, place)
    for trait in sorted(traits):
        yield trait
        yield f"{side}:{trait}"
        yield f"{trait}:{figure.kind}:{figure.role}"
    if "compared" not in traits:
        yield f"{side}:free"
    if figure.ties.holder == place.entity:
        yield "holds"
        yield f"holds:{figure.role}"
    if figure.ties.baseline == place.entity:
        yield "baseline-of"


def _as_metric(figure: Figure, place: Atom, side: str) -> Iterator[str]:
    """Whether the wording between it and the number is one of a measure and its value."""
    text, at = figure.frame.text, figure.atom.at
    if figure.ties.metric == place.entity:
        yield "metric-of"
        yield f"metric-of:{figure.kind}"
    if side == "right" and pattern("metric_after").search(text[at + 1 : place.at + 1]):
        yield "metric-after"
    if side == "left" and pattern("metric_before").search(text[place.at : at]):
        yield "metric-before"


def _as_benchmark(figure: Figure, place: Atom) -> Iterator[str]:
    """Whether the number is said to be on it, or only compared with what it is on another."""
    text = figure.frame.text
    if place.entity in figure.ties.benchmarks:
        yield f"benchmark-of:{up_to(len(figure.ties.benchmarks))}"
    nearest = figure.frame.between(0, figure.atom.at, BENCHMARKS)[-1:]
    if nearest == [place] and pattern("benchmark_before").search(text[: figure.atom.at]):
        yield "benchmark-before"
    if pattern("benchmark_contrasted").search(text[max(0, place.at - 40) : place.at]):
        yield "benchmark-contrasted"


def _in_lists(sheet: Sheet, figure: Figure, slot: str, place: Atom) -> Iterator[str]:
    """Whether it stands in a list, and at the same rank as the number in a list of as many numbers."""
    frame = figure.frame
    peers = frame.between(0, len(frame.text), PEERS[slot])
    if place in peers:
        at = peers.index(place)
        pairs = [(peers[i - 1], peers[i]) for i in (at, at + 1) if 0 < i < len(peers)]
        if any(pattern("listed_systems").match(frame.text[a.at + 1 : b.at]) for a, b in pairs):
            yield "in-list"
            yield f"in-list:{figure.kind}"
    run = sheet.run_of(figure)
    if len(run) > 1:
        names = _names_for(sheet, figure, slot, peers)
        if len(names) == len(run) and place.entity in names:
            aligned = "aligned" if names.index(place.entity) == run.index(figure) else "misaligned"
            yield aligned
            if pattern("respectively").search(frame.text):
                yield f"{aligned}:respectively"


def _names_for(sheet: Sheet, figure: Figure, slot: str, peers: Sequence[Atom]) -> list[int | None]:
    """The names that a list of numbers could be dealt out to; baselines only among what is compared."""
    if slot == "baseline":
        peers = [p for p in peers if "compared" in sheet.traits_of(figure.frame, p)]
    return list(dict.fromkeys(p.entity for p in peers))
