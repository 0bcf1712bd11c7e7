"""A graph -> what in it is doubtful, the most useful to decide first, and an answer -> a decision.

A doubt is worth as much as it is doubtful times the uses that hang on it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from kg.curation.adoption import read_decisions
from kg.curation.decisions import Decision, Verb
from kg.curation.rulings import Curation
from kg.curation.succession import follow
from kg.facts import Facts
from kg.rdf.vocabulary import ITSRDF, KG, NIF, PROV, RDFS, SKOS
from kg.resolution.nodes import folder_of
from kg.resolution.things import read_thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.store import Store

_SURE = 0.9
"""What is at least so certain is not asked about."""

_LIKE = 88.0
"""From this likeness on (0 to 100) two names of one kind and with equal digits may be one."""

_SHORTEST = 5
_NEIGHBOURS = 6
_TWIN_DOUBT, _NEAR_DOUBT = 0.3, 0.5
_DIGITS = re.compile(r"\d+")

_RESULTS = f"""SELECT ?result ?confidence ?benchmark {{
  ?result <{KG.benchmark}> ?benchmark ; <{ITSRDF.taConfidence}> ?confidence }}"""
_THINGS = f"""SELECT ?thing (MAX(?confidence) AS ?best) (COUNT(?mention) AS ?uses) {{
  ?mention <{ITSRDF.taIdentRef}> ?thing ; <{ITSRDF.taConfidence}> ?confidence }} GROUP BY ?thing"""
_TWINS = f"SELECT ?one ?other {{ ?one <{SKOS.closeMatch}> ?other }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One question: is this right (one node), or are these one (two nodes)? ``why`` is what speaks for it."""

    nodes: tuple[str, ...]
    worth: float
    asks: str
    why: str


def find_doubts(store: Store, curation: Curation) -> list[Doubt]:
    """Find what readers have not decided and the graph is not sure of, the most useful first.

    Args:
        store: the graph as it is.
        curation: all decisions made so far, also those not yet in force.
    """
    uses = {thing: (float(best), int(count)) for thing, best, count in store.select(_THINGS)}
    facts = Facts(store.graph)
    found = [*_doubt_results(store, facts), *_doubt_names(facts, uses)]
    found += _doubt_pairs(facts, uses, _find_twins(store), "have one name", _TWIN_DOUBT)
    found += _doubt_pairs(facts, uses, _find_near(uses), "have names alike", _NEAR_DOUBT)
    undecided = [doubt for doubt in found if not _is_decided(doubt, curation)]
    return sorted(undecided, key=lambda doubt: (-doubt.worth, doubt.nodes))


def list_doubts(store: Store, path: Path) -> list[Doubt]:
    """Find what is doubtful, beside what the curation file at this path decides."""
    return find_doubts(store, Curation(follow(read_decisions(path), store.ledger.bylines)))


def answer(doubt: Doubt, key: str) -> Decision | None:
    """Turn a key into a decision: a accept, r reject, m merge; others decide nothing.

    Two kinds of one name are not merged, but become the kind of the first.
    """
    if key == "m":
        kept, other = (read_thing(node) for node in doubt.nodes)
        if kept and other and kept[0] is not other[0]:
            return Decision(verb=Verb.RETYPE, nodes=doubt.nodes[1:], word=kept[0].value)
        return Decision(verb=Verb.MERGE, nodes=doubt.nodes)
    verbs = {"a": Verb.ACCEPT, "r": Verb.REJECT}
    return Decision(verb=verbs[key], nodes=doubt.nodes) if key in verbs else None


def _is_decided(doubt: Doubt, curation: Curation) -> bool:
    places = {curation.place(node) for node in doubt.nodes}
    if len(doubt.nodes) == 1:
        return bool(places & (curation.accepted | curation.rejected)) or doubt.nodes[0] not in places
    return len(places) == 1 or places in curation.apart or bool(places & curation.rejected)


def _doubt_results(store: Store, facts: Facts) -> Iterator[Doubt]:
    """Doubt results on benchmarks that several results are on."""
    rows = store.select(_RESULTS)
    used = Counter(benchmark for _, _, benchmark in rows)
    for result, confidence, benchmark in rows:
        if float(confidence) < _SURE:
            evidence = facts.values(result, PROV.wasDerivedFrom)
            yield Doubt(
                nodes=(result,),
                worth=(1 - float(confidence)) * used[benchmark],
                asks=facts.value(result, RDFS.label) or result,
                why=f"confidence {confidence}: {facts.value(evidence[0], NIF.anchorOf) if evidence else ''}",
            )


def _doubt_names(facts: Facts, uses: dict[str, tuple[float, int]]) -> Iterator[Doubt]:
    """Doubt names of which no mention is certain."""
    for thing, (best, count) in uses.items():
        if best < _SURE:
            yield Doubt(
                nodes=(thing,),
                worth=(1 - best) * count,
                asks=_name(facts, thing),
                why=f"confidence {best:g}, {_say(count)}",
            )


def _doubt_pairs(
    facts: Facts,
    uses: dict[str, tuple[float, int]],
    pairs: Iterable[tuple[str, str]],
    why: str,
    doubt: float,
) -> Iterator[Doubt]:
    """Doubt that two nodes are two; the more used comes first."""
    for pair in pairs:
        nodes = sorted(pair, key=lambda node: (-uses.get(node, (0.0, 0))[1], node))
        counts = [uses.get(node, (0.0, 0))[1] for node in nodes]
        yield Doubt(
            nodes=tuple(nodes),
            worth=doubt * min(counts),
            asks=" / ".join(_name(facts, node) for node in nodes),
            why=f"they {why}; {' / '.join(map(_say, counts))}",
        )


def _find_twins(store: Store) -> list[tuple[str, str]]:
    """Return the pairs of nodes of two kinds with one key, each once."""
    return sorted({(min(pair), max(pair)) for pair in store.select(_TWINS)})


def _find_near(uses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield nodes of one kind with almost one key, each compared only with its neighbours by letter."""
    keys = [(thing[0], thing[1], node) for node in uses if (thing := read_thing(node))]
    seen: set[tuple[str, str]] = set()
    for step in (1, -1):  # by the first letters, then by the last
        ordered = sorted((kind, key[::step], node) for kind, key, node in keys)
        for place, (kind, key, node) in enumerate(ordered):
            for other_kind, other, neighbour in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
                pair = (min(node, neighbour), max(node, neighbour))
                if kind is other_kind and pair not in seen and _is_near(key[::step], other[::step]):
                    seen.add(pair)
                    yield pair


def _is_near(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return ratio(one, other) >= _LIKE


def _name(facts: Facts, node: str) -> str:
    return f"{facts.name(node)} ({folder_of(node)})"


def _say(count: int) -> str:
    return f"{count} mention" if count == 1 else f"{count} mentions"
