"""Mentions -> the sentences to quote for them: where each stands in its entry, and the spans to mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.evidence import find_place
from kg.language import sentence_at
from kg.rdf.vocabulary import ITSRDF, NIF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.facts import Facts


class Quote(NamedTuple):
    """A sentence: ``[first, last)`` of an entry's text.

    ``spans`` are those to mark, each its start and its end; ``sure`` is the confidence in percent.
    """

    entry: int
    first: int
    last: int
    spans: tuple[int, ...]
    sure: int


def find_quotes(facts: Facts, mentions: Iterable[str], entries: Mapping[str, int]) -> list[Quote]:
    """Find each sentence once, with all its spans, in the order of the entries.

    Args:
        facts: where the mentions are described.
        mentions: their IRIs; those of entries without a number are left out.
        entries: IRI of an entry -> its number.
    """
    spans: dict[tuple[int, int, int], set[tuple[int, int]]] = {}
    sure: dict[tuple[int, int, int], int] = {}
    for mention in mentions:
        item, start, end = find_place(facts, mention)
        if item not in entries:
            continue
        place = (entries[item], *sentence_at(facts.value(item, NIF.isString) or "", start, end))
        spans.setdefault(place, set()).add((start, end))
        percent = round(100 * float(facts.value(mention, ITSRDF.taConfidence) or 1))
        sure[place] = max(percent, sure.get(place, 0))
    return [Quote(*place, _flatten(spans[place]), sure[place]) for place in sorted(spans)]


def _flatten(spans: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Put spans in order, one after another; those that overlap become one."""
    flat: list[int] = []
    for start, end in sorted(spans):
        if flat and start < flat[-1]:
            flat[-1] = max(flat[-1], end)
        else:
            flat += (start, end)
    return tuple(flat)
