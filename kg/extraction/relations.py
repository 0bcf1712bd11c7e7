"""Entities -> what the paper has to do with them, beyond mentioning them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.records import RELATIONS, Kind, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Entity, Result

_PRESENTED = frozenset({Kind.METHOD, Kind.DATASET, Kind.BENCHMARK})


def relate(entities: tuple[Entity, ...], results: Iterable[Result]) -> tuple[tuple[int, Relation], ...]:
    """Pair an entity's index with its relation to the paper.

    What the paper presents is not used by it; a benchmark that it presents counts as evaluated on only
    when a result is reported on it.
    """
    measured = {result.benchmark for result in results}
    return tuple(
        (at, RELATIONS[entity.kind])
        for at, entity in enumerate(entities)
        if entity.kind in RELATIONS
        and (at in measured or not (entity.introduced and entity.kind in _PRESENTED))
    )
