"""Two names -> their results side by side on what both report, and who is said to be better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.facts import Facts
from kg.questions.filling import put
from kg.questions.grammar import load_questions
from kg.questions.naming import name_nodes
from kg.questions.proof import prove
from kg.rdf.ntriples import iri
from kg.sparql.answers import Answer, Tabular, show_term
from kg.sparql.queries import run
from kg.sparql.tables import join_value, layout

if TYPE_CHECKING:
    from kg.graph import Graph

_KINDS = ("model", "method")
_SAME = ("benchmark", "metric", "setting", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What both report under the same conditions: the values of the one and of the other, and the papers."""

    benchmark: str
    metric: str
    setting: str
    one: str
    other: str
    papers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence that says one is better: on what, in which paper."""

    better: str
    worse: str
    on: str
    date: str
    link: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide(Tabular):
    """Two things side by side: by benchmark, metric and setting, and in the words of papers."""

    one: str
    other: str
    sides: tuple[Side, ...]
    statements: tuple[Statement, ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to compare."""
        return bool(self.sides or self.statements)

    @property
    def answer(self) -> Answer:
        """The sides as the answer to a query."""
        rows = tuple(tuple(map(ox.Literal, _cells(side))) for side in self.sides)
        return Answer(
            kind="select", columns=("benchmark", "metric", "setting", "one", "other", "papers"), rows=rows
        )

    def table(self, width: int | None = None) -> str:
        """Lay out what both report, then who is said to be better."""
        heads = ("benchmark", "metric", "setting", self.one, self.other, "papers")
        parts = [layout(heads, list(map(_cells, self.sides)), width)] if self.sides else []
        if self.statements:
            rows = [(s.better, s.worse, s.on, s.date, s.link) for s in self.statements]
            below = [s.sentence for s in self.statements]
            parts.append(layout(("better", "worse", "on", "date", "link"), rows, width, below=below))
        return "\n\n".join(parts)

    def __str__(self) -> str:
        return self.table()


def compare(graph: Graph, one: str, other: str) -> SideBySide:
    """Compare two models or methods, each with its variants.

    Raises:
        UnknownNameError: one of them is not known; it carries the nearest names that are.
    """
    nodes = {"thing": name_nodes(graph.store, one, _KINDS), "other": name_nodes(graph.store, other, _KINDS)}
    return SideBySide(
        one=one,
        other=other,
        sides=_put_side_by_side(graph, nodes),
        statements=tuple(
            Statement(**{name: cell[name] for name in Statement.__slots__})
            for cell in _ask(graph, load_questions()["versus"].query, nodes)
        ),
    )


def _put_side_by_side(graph: Graph, nodes: dict[str, tuple[str, ...]]) -> tuple[Side, ...]:
    """Pair the results of both under the same conditions; those without a partner stand beside a gap.

    A value of a variant has the variant's name beside it.
    """
    query, facts = load_questions()["compare"].query, Facts(graph.store.graph)
    names = [set(map(facts.name, nodes[side])) for side in ("thing", "other")]
    sides: dict[tuple[str, ...], tuple[list[str], list[str], list[str]]] = {}
    for slot in (0, 1):
        alone = {"thing": nodes["thing"], "other": nodes["other"]}
        for cell in _ask(graph, query, alone, keep=("thing", "other")[slot]):
            key = tuple(cell[name] for name in _SAME)
            side = sides.setdefault(key, ([], [], []))
            value = join_value(cell["value"], cell["high"], cell["unit"])
            side[slot].append(value if cell["system"] in names[slot] else f"{value} ({cell['system']})")
            side[2].append(cell["link"])
    return tuple(
        Side(
            benchmark=key[0],
            metric=key[1] + (" (gain)" if key[3] == "gain" else ""),
            setting=key[2],
            one=", ".join(dict.fromkeys(found[0])),
            other=", ".join(dict.fromkeys(found[1])),
            papers=" ".join(dict.fromkeys(found[2])),
        )
        for key, found in sorted(sides.items())
    )


def _ask(
    graph: Graph, query: str, nodes: dict[str, tuple[str, ...]], keep: str | None = None
) -> list[dict[str, str]]:
    """Run a query about both and return its cells, only those of one side where one is to be kept."""
    for slot, found in nodes.items():
        query = put(query, slot, tuple(map(iri, found)))
    if keep:
        terms = " ".join(map(iri, nodes[keep]))
        query = query.replace("# filters", f"VALUES ?kept {{ {terms} }} ?system kg:variantOf* ?kept .")
    columns, rows = prove(graph.store.graph, run(graph.store.graph, query))
    return [dict(zip(columns, map(show_term, row), strict=True)) for row in rows]


def _cells(side: Side) -> tuple[str, ...]:
    return side.benchmark, side.metric, side.setting, side.one, side.other, side.papers
