"""A store and its problems -> ``report.json``: what is in the graph and what could not be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg import __version__
from kg.rdf.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.records import Problem
    from kg.store import Store

_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class"


def render_report(store: Store, problems: Sequence[Problem]) -> str:
    """Write the report as JSON; the same store gives the same bytes."""
    own = PREFIXES["kg"]
    rows = store.select(_CLASSES)
    classes = {row[0].removeprefix(own): int(row[1]) for row in rows}
    report = {
        "paperkg": __version__,
        **store.ledger.counts(),
        "facts": store.size,
        "classes": {name: classes[name] for name in sorted(classes) if "/" not in name},
        "problems": [
            {"digest": p.digest, "line": p.line, "wrong": p.wrong, "expected": p.expected} for p in problems
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"
