"""What was found, and how sure the models are of it -> how probable it is that it is right.

What the models say is corrected by Platt scaling (Platt 1999): its log-odds times a slope, plus a shift.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kg.extraction.choices import weigh
from kg.extraction.places import SLOTS
from kg.records import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.extraction.figures import Figure, Sheet
    from kg.records import Entity

_OF_NAMES, _OF_RESULTS = (1.03, 0.66), (0.98, 0.27)
"""Slope and shift, fitted on names and results that were found out of fold."""
_SUREST = 0.999
_REMEMBERED = 4096  # so much is worked out once

_WHOLE = ("kind", "metric", "benchmark", "system")
_TOGETHER = tuple(step / 20 for step in range(1, 19))
_LEVELS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)


def confidence_of(sheet: Sheet, figure: Figure, weights: Mapping[str, float]) -> float:
    """Return the probability that kind, benchmark, metric and system of a figure are all right."""
    return weigh([[], summarise(sheet, figure)], weights)[1]


def correct_results(probability: float) -> float:
    """Return how probable it is that a result is right of which `confidence_of` says so much."""
    return _scale(probability, *_OF_RESULTS)


def correct_names(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return entities whose mentions say how probable it is that they are right."""
    return tuple(
        replace(entity, mentions=tuple(map(_correct_mention, entity.mentions))) for entity in entities
    )


def _correct_mention(said: Mention) -> Mention:
    confidence = _scale(said.confidence, *_OF_NAMES)
    return Mention(start=said.start, end=said.end, confidence=confidence, by=said.by)


@lru_cache(_REMEMBERED)
def _scale(probability: float, slope: float, shift: float) -> float:
    kept = min(max(probability, 1 - _SUREST), _SUREST)
    return round(1 / (1 + math.exp(-slope * math.log(kept / (1 - kept)) - shift)), 3)


def summarise(sheet: Sheet, figure: Figure) -> list[str]:
    """Return the cues of a figure as a whole: how sure each choice was, and what was chosen."""
    cues = ["always", f"kind:{figure.kind}", f"role:{figure.role}"]
    for name in ("kind", *SLOTS):
        cues += (f"{name}>{level}" for level in _LEVELS if figure.sure[name] > level)
    together = math.prod(figure.sure[name] for name in _WHOLE)
    cues += (f"together>{level}" for level in _TOGETHER if together > level)
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
