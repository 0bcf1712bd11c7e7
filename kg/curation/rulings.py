"""Decisions -> which node each node now is, what it is called, and what is taken out or certain.

The verbs apply in one order whatever the order of lines: split, retype, merge, and to what these make,
rename, reject and accept. Only where two lines contradict each other does their order count: the later wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.curation.decisions import Decision, Verb, shorten
from kg.identity import slug
from kg.rdf.iris import mint_paper, read_paper
from kg.rdf.prefixes import BASE
from kg.records import Kind, Problem
from kg.resolution.nodes import folder_of
from kg.resolution.things import mint_thing, read_thing

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Decided(dict[Key, Value]):
    """What lines decide, each of one thing; of two that contradict each other the later wins.

    Args:
        clashes: where (line, earlier line) of such two are put.
    """

    def __init__(self, clashes: list[tuple[int, int]]) -> None:
        super().__init__()
        self._clashes, self._lines = clashes, dict[Key, int]()

    def decide(self, thing: Key, value: Value, line: int) -> None:
        """Heed a line."""
        if self.get(thing, value) != value:
            self._clashes.append((line, self._lines[thing]))
        self[thing], self._lines[thing] = value, line


class Curation:
    """What a curation file decides about nodes.

    ``clashes`` are (line, earlier line) of decisions that contradict each other, ``names`` the preferred
    names of nodes, ``rejected`` and ``accepted`` the IRIs of nodes, results, comparisons and mentions,
    ``apart`` the pairs of nodes that are not one.

    Args:
        decisions: in the order of their lines.
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        self.clashes: list[tuple[int, int]] = []
        self._split_off: _Decided[tuple[str, str], str] = _Decided(self.clashes)
        self._retyped: _Decided[str, str] = _Decided(self.clashes)
        self._merged: dict[str, str] = {}
        self._place_nodes()
        self.names: _Decided[str, str] = _Decided(self.clashes)
        for decision in self._of(Verb.RENAME):
            self.names.decide(self.place(decision.nodes[0]), decision.word, decision.line)
        judged: _Decided[str, Verb] = _Decided(self.clashes)
        for decision in self._of(Verb.REJECT, Verb.ACCEPT):
            if len(decision.nodes) == 1:
                judged.decide(self.place(decision.nodes[0]), decision.verb, decision.line)
        self.rejected = {node for node, verb in judged.items() if verb is Verb.REJECT}
        self.accepted = {node for node, verb in judged.items() if verb is Verb.ACCEPT}
        pairs = [decision.nodes for decision in self._of(Verb.ACCEPT) if len(decision.nodes) == 2]
        self.apart = {frozenset(map(self.place, pair)) for pair in pairs}
        self._look_back()

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def _of(self, *verbs: Verb) -> list[Decision]:
        return [decision for decision in self.decisions if decision.verb in verbs]

    def _place_nodes(self) -> None:
        """Work out what `place` tells: of papers first, as it is in papers that names are split."""
        merges = self._of(Verb.MERGE)
        self._merge(merge for merge in merges if folder_of(merge.nodes[0]) == "paper")
        for decision in self._of(Verb.SPLIT):
            self._split(decision)
        for decision in self._of(Verb.RETYPE):
            self._retype(decision)
        self._merge(merge for merge in merges if folder_of(merge.nodes[0]) != "paper")

    def _split(self, decision: Decision) -> None:
        node, *papers = decision.nodes
        keys = sorted(self.place(paper) for paper in papers)
        new = f"{node}-{slug(keys[0].removeprefix(mint_paper('')))}"
        for paper in keys:
            self._split_off.decide((node, paper), new, decision.line)

    def _retype(self, decision: Decision) -> None:
        node = decision.nodes[0]
        thing = read_thing(node)
        assert thing
        self._retyped.decide(node, mint_thing(Kind(decision.word), thing[1]), decision.line)

    def _merge(self, decisions: Iterable[Decision]) -> None:
        """Join the nodes of each decision with all that they were joined with; the smallest key stays."""
        groups: dict[str, set[str]] = {}
        for decision in decisions:
            nodes = {self._retyped.get(node, node) for node in decision.nodes}
            group = nodes.union(*(groups.get(node, ()) for node in nodes))
            groups.update(dict.fromkeys(group, group))
        for node, group in groups.items():
            smallest = min(group, key=_sort)
            if smallest != node:
                self._merged[node] = smallest

    def _look_back(self) -> None:
        """Work out from which nodes those come that decisions make."""
        self._origins: dict[str, set[str]] = {}
        for node in {*self._retyped, *self._merged, *self._split_off.values()}:
            self._origins.setdefault(self.place(node), set()).add(node)
        self._bases: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}
        for (base, _), new in self._split_off.items():
            self._bases.setdefault(self.place(new), set()).add(base)
            self._parts.setdefault(base, set()).add(self.place(new))

    def place(self, node: str, paper: str = "") -> str:
        """Return the node that a node now is, in the entries about one paper (its IRI) or elsewhere."""
        node = self._split_off.get((node, paper), node)
        node = self._retyped.get(node, node)
        return self._merged.get(node, node)

    def place_paper(self, key: str) -> str:
        """Return the key of the paper that the paper of a key now is."""
        return read_paper(self.place(mint_paper(key))) if self._merged else key

    def replaced(self, node: str) -> set[str]:
        """Return the nodes that this one took the place of."""
        return self._origins.get(node, set()) - {node}

    def sources(self, node: str) -> set[str]:
        """Return all nodes that are this one somewhere, itself included."""
        return {node} | self.replaced(node) | self._bases.get(node, set())

    def places(self, node: str) -> set[str]:
        """Return all that a node now is, here or there."""
        return {self.place(node)} | self._parts.get(node, set())

    def find_clashes(self, path: str) -> list[Problem]:
        """Report the decisions that contradict each other."""
        said = {decision.line: shorten(decision.nodes[0]) for decision in self.decisions}
        wrong = "this contradicts line {} about {} and wins"
        return [
            Problem(
                digest=path, line=line, wrong=wrong.format(earlier, said[line]), expected="one of the two"
            )
            for line, earlier in self.clashes
        ]


def _sort(node: str) -> tuple[str, str]:
    folder, _, key = node.removeprefix(BASE).partition("/")
    return key, folder
