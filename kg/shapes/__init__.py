"""A graph -> its problems: what the shapes of the ontology and the house rules find wrong with it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.shapes.rules import SEVERITIES, Rule, Violation, find_violations, load_rules

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["Rule", "Violation", "check", "load_rules"]


def check(store: pyoxigraph.Store, *, shacl: bool = False) -> tuple[Violation, ...]:
    """Check the default graph of a store.

    Args:
        store: is only read.
        shacl: let pySHACL judge by the shapes, not our queries for them: the same findings, in many times the
            time, of an engine that had no part in this program.

    Returns:
        Every problem once, the gravest first, then by rule and node; nothing when the graph conforms.
    """
    if shacl:
        from kg.shapes.shacl import validate

        shaped = validate(store)
    else:
        from kg.shapes.constraints import compile_shapes

        shaped = chain.from_iterable(find_violations(store, rule) for rule in compile_shapes())
    house = chain.from_iterable(find_violations(store, rule) for rule in load_rules())
    return tuple(sorted({*house, *shaped}, key=_order))


def _order(found: Violation) -> tuple[int, str, str, str, str]:
    return (SEVERITIES.index(found.severity), found.message, found.focus, found.path, found.value)
