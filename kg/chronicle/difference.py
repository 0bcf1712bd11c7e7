"""Two dates of one graph, or two graphs -> what the second has that the first has not, and the reverse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.chronicle.sightings import Sighting, list_sightings, sort_sightings
from kg.errors import UsageError
from kg.questions.filling import find_newest
from kg.questions.periods import read_span
from kg.rdf.vocabulary import DCTERMS
from kg.sparql.answers import Answer, Row, Tabular
from kg.sparql.tables import layout

if TYPE_CHECKING:
    from kg.graph import Graph

_COLUMNS = ("change", "kind", "first", "name", "node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Tabular):
    """What came, what went, and what turned out to be another node, each by kind, day and name."""

    added: tuple[Sighting, ...]
    removed: tuple[Sighting, ...] = ()
    replaced: tuple[Sighting, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything differs."""
        return bool(self.added or self.removed or self.replaced)

    @property
    def answer(self) -> Answer:
        """The difference as the answer to a query; ``change`` is ``+``, ``-`` or ``=``."""
        rows = tuple(_to_row(mark, sighting) for mark, sighting in self._marked())
        return Answer(kind="select", columns=_COLUMNS, rows=rows)

    def table(self, width: int | None = None) -> str:
        """Lay the difference out, a line for each thing."""
        rows = [(mark, s.kind, s.first, s.name) for mark, s in self._marked()]
        return layout(("", "kind", "first seen", "name"), rows, width)

    def __str__(self) -> str:
        return self.table()

    def _marked(self) -> list[tuple[str, Sighting]]:
        marked = (("+", self.added), ("-", self.removed), ("=", self.replaced))
        return [(mark, sighting) for mark, sightings in marked for sighting in sightings]


def _to_row(mark: str, sighting: Sighting) -> Row:
    texts = (mark, sighting.kind, sighting.first, sighting.name)
    return (*map(ox.Literal, texts), ox.NamedNode(sighting.node))


def diff_dates(graph: Graph, first: str, second: str) -> Difference:
    """Tell what entries after the first date and until the second, that day included, are the first to have.

    Raises:
        UsageError: one of them is no date, or the second is before the first.
    """
    newest = find_newest(graph.store.graph)
    ends = []
    for text in (first, second):
        span = read_span(text, newest)
        if span is None:
            raise UsageError(
                f'{text!r} is not a date; expected one such as 2025-01-23, 2025-01 or "January 2025"'
            )
        ends.append(span.high)
    if ends[1] < ends[0]:
        raise UsageError(f"{second} is before {first}; expected the earlier date first")
    found = [s for s in list_sightings(graph) if ends[0] < s.first <= ends[1]]
    return Difference(added=sort_sightings(found))


def diff_stores(first: Graph, second: Graph) -> Difference:
    """Tell what only the second of two graphs has, what only the first, and what is another node by now."""
    old = {sighting.node: sighting for sighting in list_sightings(first)}
    new = {sighting.node: sighting for sighting in list_sightings(second)}
    gone = [sighting for node, sighting in old.items() if node not in new]
    heirs = {s.node: second.store.objects(s.node, DCTERMS.isReplacedBy) for s in gone}
    return Difference(
        added=sort_sightings([s for node, s in new.items() if node not in old]),
        removed=sort_sightings([s for s in gone if not heirs[s.node]]),
        replaced=sort_sightings([_succeed(s, new[n]) for s in gone for n in heirs[s.node] if n in new]),
    )


def _succeed(old: Sighting, new: Sighting) -> Sighting:
    """Say which node took the place of another: ``Old Name is now New Name``."""
    name = old.name if old.name == new.name else f"{old.name} is now {new.name}"
    return replace(new, name=name)
