"""A benchmark -> its reported results, ranked by the metric's direction, one metric and setting at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.questions.filling import put
from kg.questions.grammar import load_questions, load_shape
from kg.questions.naming import name_nodes
from kg.questions.proof import prove_rows
from kg.rdf.ntriples import iri
from kg.sparql.answers import Answer, Row, Tabular, show_term
from kg.sparql.queries import run
from kg.sparql.tables import join_value, layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph
    from kg.questions.proof import Proven

_GROUP = ("kind", "benchmark", "metric", "setting")
_ALL = "?result kg:benchmark ?any ."
"""What a result must have to stand on a board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One result on a leaderboard, as text: an empty string where nothing is said.

    ``by`` is ``first party`` where the paper reports its own system; ``disputed`` says whether the same board
    holds another value for the same system; ``nodes`` are those of its cells by column, ``mention`` the one
    that the sentence is around.
    """

    rank: int
    value: str
    number: float
    system: str
    by: str
    paper: str
    date: str
    link: str
    sentence: str
    disputed: bool
    nodes: tuple[tuple[str, str], ...]
    mention: str

    @property
    def reporter(self) -> str:
        """Say who reported the result, and whether another value is about."""
        return f"{self.by}, disputed" if self.disputed else self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard(Tabular):
    """Results that can be compared: one kind (score or gain), benchmark, metric and setting; the best first.

    ``metric`` is as reported, or the benchmark's customary one; empty strings where nothing is said. A number
    without a unit is ranked with percentages, one in points or times with its like.
    """

    kind: str
    benchmark: str
    metric: str
    setting: str
    unit: str
    columns: tuple[str, ...]
    proven: tuple[Proven, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The results in their order, as terms."""
        return tuple(one.row for one in self.proven)

    @property
    def title(self) -> str:
        """Say what is ranked."""
        parts = (
            self.metric or "metric not named",
            self.setting,
            "gains" if self.kind == "gain" else "scores",
        )
        return f"{self.benchmark}: {', '.join(part for part in parts if part)}"

    @property
    def answer(self) -> Answer:
        """The ranking as the answer to a query, each row with its rank."""
        return join((self,))

    @property
    def places(self) -> tuple[Place, ...]:
        """Return the results in their order, as text."""
        cells = [dict(zip(self.columns, map(show_term, row), strict=True)) for row in self.rows]
        values = Counter(system for system, _ in {(cell["system"], cell["value"]) for cell in cells})
        return tuple(
            Place(
                rank=rank,
                value=join_value(cell["value"], cell["high"], cell["unit"]),
                number=float(cell["value"]),
                disputed=bool(cell["system"]) and values[cell["system"]] > 1,
                nodes=one.nodes,
                mention=one.mention,
                **{name: cell[name] for name in ("system", "by", "paper", "date", "link", "sentence")},
            )
            for rank, (cell, one) in enumerate(zip(cells, self.proven, strict=True), start=1)
        )

    def table(self, width: int | None = None) -> str:
        """Lay the ranking out; the sentence that proves a result stands under it."""
        heads = ["rank", "value", "system", "reported by", "paper", "date", "link"]
        rows = [[str(p.rank), p.value, p.system, p.reporter, p.paper, p.date, p.link] for p in self.places]
        return f"{self.title}\n{layout(heads, rows, width, below=[place.sentence for place in self.places])}"

    def __str__(self) -> str:
        return self.table()


def rank(graph: Graph, benchmark: str, metric: str | None = None) -> tuple[Leaderboard, ...]:
    """Rank what is reported on a benchmark and its variants.

    Args:
        graph: to ask.
        benchmark: by any of its names.
        metric: to rank by this one only.

    Returns:
        The fullest leaderboards first, those of scores before those of gains.

    Raises:
        UnknownNameError: the graph knows no such benchmark or metric.
    """
    wanted = name_nodes(graph.store, metric, ("metric",)) if metric else ()
    return rank_nodes(graph, name_nodes(graph.store, benchmark, ("benchmark", "dataset")), wanted)


def rank_nodes(graph: Graph, things: Iterable[str], wanted: Iterable[str] = ()) -> tuple[Leaderboard, ...]:
    """Rank what is reported on some benchmarks and their variants, by these metrics or by all."""
    query = load_questions()["best"].query
    for slot, nodes in (("thing", tuple(map(iri, things))), ("wanted", tuple(map(iri, wanted)))):
        if nodes:
            query = put(query, slot, nodes)
    return _part(graph, query)


def rank_all(graph: Graph) -> tuple[Leaderboard, ...]:
    """Rank everything that is reported on any benchmark, in the order of the boards' titles."""
    boards = _part(graph, load_shape("results").replace("# pattern", _ALL))
    return tuple(sorted(boards, key=lambda b: (b.benchmark.casefold(), b.kind == "gain", b.title, b.unit)))


def _part(graph: Graph, query: str) -> tuple[Leaderboard, ...]:
    """Part the results of a query into those that can be compared."""
    columns, proven = prove_rows(graph.store.graph, run(graph.store.graph, query))
    groups: dict[tuple[str, ...], list[Proven]] = {}
    for one in proven:
        cell = dict(zip(columns, map(show_term, one.row), strict=True))
        unit = "%" if cell["unit"] in {"", "%"} else cell["unit"]
        groups.setdefault((*(cell[name] for name in _GROUP), unit), []).append(one)
    boards = [
        Leaderboard(columns=columns, proven=tuple(group), **dict(zip((*_GROUP, "unit"), key, strict=True)))
        for key, group in groups.items()
    ]
    return tuple(sorted(boards, key=lambda b: (b.kind == "gain", -len(b.rows), b.title)))


def join(boards: tuple[Leaderboard, ...]) -> Answer:
    """Put leaderboards into one answer, each row with its rank in its own."""
    columns = boards[0].columns if boards else ()
    rows = [(ox.Literal(rank), *row) for board in boards for rank, row in enumerate(board.rows, start=1)]
    return Answer(kind="select", columns=("rank", *columns), rows=tuple(rows))
