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
    from collections.abc import Iterable, Iterator, Sequence

Key = TypeVar("Key")
Value = TypeVar("Value")


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
        self._lines: dict[object, int] = {}
        self._merged: dict[str, str] = {}
        self._split_off: dict[tuple[str, str], str] = {}
        self._retyped: dict[str, str] = {}
        self._merge(self._of(Verb.MERGE), papers=True)
        self._split_off = dict(self._split())
        self._retyped = dict(self._retype())
        self._merge(self._of(Verb.MERGE), papers=False)
        self.names = {self.place(d.nodes[0]): d.word for d in self._last(Verb.RENAME)}
        judged = self._judge()
        self.rejected = {node for node, verb in judged.items() if verb is Verb.REJECT}
        self.accepted = {node for node, verb in judged.items() if verb is Verb.ACCEPT}
        pairs = [d.nodes for d in self._of(Verb.ACCEPT) if len(d.nodes) == 2]
        self.apart = {frozenset(map(self.place, pair)) for pair in pairs}
        self._origins: dict[str, set[str]] = {}
        for node in {*self._retyped, *self._merged, *self._split_off.values()}:
            self._origins.setdefault(self.place(node), set()).add(node)
        self._bases: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}
        for (base, _), new in self._split_off.items():
            self._bases.setdefault(self.place(new), set()).add(base)
            self._parts.setdefault(base, set()).add(self.place(new))

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def _of(self, verb: Verb) -> list[Decision]:
        return [decision for decision in self.decisions if decision.verb is verb]

    def _note(self, what: object, value: object, line: int, before: dict[object, object]) -> None:
        """Remember what a line decides, and that it contradicts an earlier one."""
        if what in before and before[what] != value:
            self.clashes.append((line, self._lines[what]))
        before[what], self._lines[what] = value, line

    def _last(self, verb: Verb) -> list[Decision]:
        """Return the decisions of a verb that gives each node one word."""
        before: dict[object, object] = {}
        for decision in self._of(verb):
            self._note((verb, self.place(decision.nodes[0])), decision.word, decision.line, before)
        return self._of(verb)

    def _split(self) -> Iterator[tuple[tuple[str, str], str]]:
        before: dict[object, object] = {}
        for decision in self._of(Verb.SPLIT):
            node, *papers = decision.nodes
            keys = sorted(self.place(paper) for paper in papers)
            new = f"{node}-{slug(keys[0].removeprefix(mint_paper('')))}"
            for paper in keys:
                self._note((Verb.SPLIT, node, paper), new, decision.line, before)
                yield (node, paper), new

    def _retype(self) -> Iterator[tuple[str, str]]:
        before: dict[object, object] = {}
        for decision in self._of(Verb.RETYPE):
            node = decision.nodes[0]
            thing = read_thing(node)
            assert thing
            self._note((Verb.RETYPE, node), decision.word, decision.line, before)
            yield node, mint_thing(Kind(decision.word), thing[1])

    def _merge(self, decisions: Sequence[Decision], *, papers: bool) -> None:
        """Join the nodes of each decision with all that they were joined with; the smallest key stays."""
        groups: dict[str, set[str]] = {}
        for decision in decisions:
            if (folder_of(decision.nodes[0]) == "paper") is papers:
                nodes = (
                    {self._retyped.get(node, node) for node in decision.nodes}
                    if not papers
                    else {*decision.nodes}
                )
                group = nodes.union(*(groups.get(node, ()) for node in nodes))
                groups.update(dict.fromkeys(group, group))
        for node, group in groups.items():
            smallest = min(group, key=_sort)
            if smallest != node:
                self._merged[node] = smallest

    def _judge(self) -> dict[str, Verb]:
        before: dict[object, object] = {}
        judged: dict[str, Verb] = {}
        for decision in self.decisions:
            if decision.verb in (Verb.REJECT, Verb.ACCEPT) and len(decision.nodes) == 1:
                node = self.place(decision.nodes[0])
                self._note(node, decision.verb, decision.line, before)
                judged[node] = decision.verb
        return judged

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
