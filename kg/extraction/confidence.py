"""A figure with all that was chosen for it -> how probable it is that all of it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.choices import weigh
from kg.extraction.places import SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extraction.figures import Figure, Sheet

_LEVELS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


def confidence_of(sheet: Sheet, figure: Figure, weights: Mapping[str, float]) -> float:
    """Return the probability that kind, benchmark, metric and system of a figure are all right."""
    return weigh([[], summarise(sheet, figure)], weights)[1]


def summarise(sheet: Sheet, figure: Figure) -> list[str]:
    """Return the cues of a figure as a whole: how sure each choice was, and what was chosen."""
    cues = ["always", f"kind:{figure.kind}", f"role:{figure.role}"]
    for name in ("kind", *SLOTS):
        cues += (f"{name}>{level}" for level in _LEVELS if figure.sure[name] > level)
    for slot in SLOTS:
        cues += _chosen(sheet, figure, slot)
    return cues


def _chosen(sheet: Sheet, figure: Figure, slot: str) -> Iterator[str]:
    """What fills a slot, and how sure it is that it is one entity of that kind."""
    option = figure.slots[slot]
    if option is None or isinstance(option, str):
        yield f"{slot}:{'none' if option is None else 'phrase'}"
        return
    sure = max(m.confidence for m in sheet.entities[option].mentions)
    yield from (f"{slot}:named>{level}" for level in _LEVELS if sure > level)
