"""A benchmark -> its reported results, ranked by the metric's direction, one metric and setting at a time."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.amounts import say
from kg.facts import Facts
from kg.questions.filling import put
from kg.questions.grammar import load_questions, load_shape
from kg.questions.naming import name_nodes
from kg.questions.proof import prove_rows
from kg.rdf.ntriples import iri
from kg.rdf.vocabulary import KG
from kg.sparql.answers import Answer, Row, Tabular, show_term
from kg.sparql.queries import run
from kg.sparql.tables import join_value, layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph
    from kg.questions.proof import Proven

_GROUP = ("kind", "benchmark", "metric", "setting")
_SIZE = re.compile(r"\d[\d.]*[KMB]")
"""A part of a setting that says how large a system is: nothing about how it was tested."""
_ALL = "?result kg:benchmark ?any ."
"""What a result must have to stand on a board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One result on a leaderboard, as text: an empty string where nothing is said.

    ``number`` is the value as the board ranks it, ``size`` how large the system is where that is said beside
    it, ``by`` is ``first party`` where the paper reports its own system; ``disputed`` says whether the same
    board holds another value for the same system; ``nodes`` are those of its cells by column, ``mention`` the
    one that the sentence is around.
    """

    rank: int
    value: str
    number: float
    system: str
    size: str
    by: str
    paper: str
    date: str
    link: str
    sentence: str
    disputed: bool
    nodes: tuple[tuple[str, str], ...]
    mention: str

    @property
    def sized(self) -> str:
        """Name the system, with its size where the name does not tell it."""
        told = not self.size or self.size.casefold() in self.system.casefold()
        return self.system if told else f"{self.system} ({self.size})".strip()

    @property
    def reporter(self) -> str:
        """Say who reported the result, and whether another value is about."""
        return f"{self.by}, disputed" if self.disputed else self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard(Tabular):
    """Results that can be compared: one kind (score or gain), benchmark, metric and setting; the best first.

    ``metric`` is as reported, or the benchmark's customary one; empty strings where nothing is said. A number
    without a unit is ranked with percentages, one in points or times with its like; where ``fractions`` is
    true, 0.94 is ranked as 94 %. The size of a system is no setting.
    """

    kind: str
    benchmark: str
    metric: str
    setting: str
    unit: str
    fractions: bool
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
        told = [(c["system"], "; ".join(_list_sizes(c["setting"])), self._read_number(c)) for c in cells]
        values = Counter((system, size) for system, size, _ in set(told))
        return tuple(
            Place(
                rank=rank,
                value=join_value(cell["value"], cell["high"], cell["unit"]),
                number=number,
                size=size,
                disputed=bool(system) and values[system, size] > 1,
                nodes=one.nodes,
                mention=one.mention,
                **{name: cell[name] for name in ("system", "by", "paper", "date", "link", "sentence")},
            )
            for rank, (cell, one, (system, size, number)) in enumerate(
                zip(cells, self.proven, told, strict=True), start=1
            )
        )

    def _read_number(self, cell: dict[str, str]) -> float:
        number = float(cell["value"])
        return round(100 * number, 6) if self.fractions and not cell["unit"] and 0 < number < 1 else number

    def table(self, width: int | None = None) -> str:
        """Lay the ranking out; the sentence that proves a result stands under it."""
        heads = ["rank", "value", "system", "reported by", "paper", "date", "link"]
        rows = [[str(p.rank), p.value, p.sized, p.reporter, p.paper, p.date, p.link] for p in self.places]
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
    percents: set[tuple[str, str]] = set()
    wholes: set[tuple[str, str]] = set()
    for one in proven:
        cell = dict(zip(columns, map(show_term, one.row), strict=True))
        unit = "%" if cell["unit"] in {"", "%"} else cell["unit"]
        sizes = _list_sizes(cell["setting"])
        cell["setting"] = "; ".join(part for part in cell["setting"].split("; ") if part not in sizes)
        groups.setdefault((*(cell[name] for name in _GROUP), unit), []).append(one)
        if cell["kind"] == "score" and (
            cell["unit"] == "%" or (not cell["unit"] and float(cell["value"]) >= 1)
        ):
            (percents if cell["unit"] else wholes).add((cell["benchmark"], cell["metric"]))
    boards = [
        Leaderboard(
            columns=columns,
            proven=tuple(group),
            fractions=key[0] == "score"
            and key[1:3] in percents
            and not (key[1:3] in wholes and _falls(graph, group[0])),
            **dict(zip((*_GROUP, "unit"), key, strict=True)),
        )
        for key, group in groups.items()
    ]
    return tuple(sorted(boards, key=lambda b: (b.kind == "gain", -len(b.rows), b.title)))


def _list_sizes(setting: str) -> list[str]:
    """List the parts of a setting that are sizes of systems.

    >>> _list_sizes("7B; 4-shot; 2-bit")
    ['7B']
    """
    return [part for part in setting.split("; ") if _SIZE.fullmatch(part)]


def _falls(graph: Graph, one: Proven) -> bool:
    """Say whether the metric of a result is better when it is lower."""
    metric = dict(one.nodes).get("metric", "")
    return bool(metric) and KG.lowerIsBetter in Facts(graph.store.graph).values(metric, KG.direction)


def tabulate(boards: tuple[Leaderboard, ...], width: int | None = None) -> str:
    """Lay leaderboards out; results that stand alone on theirs come last, in one table."""
    lone = [board for board in boards if len(board.rows) == 1]
    if len(lone) == 1:
        lone = []
    full = [board for board in boards if board not in lone]
    tables = [board.table(width) for board in full]
    if lone:
        heads = ["value", "system", "on", "reported by", "paper", "date", "link"]
        places = [(board, place) for board in lone for place in board.places]
        rows = [[p.value, p.sized, b.title, p.reporter, p.paper, p.date, p.link] for b, p in places]
        told = layout(heads, rows, width, below=[place.sentence for _, place in places])
        tables.append(f"{say(len(lone), 'result', 'results')} that no other compares with\n{told}")
    return "\n".join(f"{table}\n" for table in tables)


def join(boards: tuple[Leaderboard, ...]) -> Answer:
    """Put leaderboards into one answer, each row with its rank in its own."""
    columns = boards[0].columns if boards else ()
    rows = [(ox.Literal(rank), *row) for board in boards for rank, row in enumerate(board.rows, start=1)]
    return Answer(kind="select", columns=("rank", *columns), rows=tuple(rows))
