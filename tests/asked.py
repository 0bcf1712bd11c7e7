"""Questions about the example digests with what a right answer holds, and the check of a reply against it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.identity import fold
from kg.sparql.answers import show_term

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.questions import Reply

FOLDER = Path(__file__).parent / "questions"


def load_asked() -> list[dict[str, Any]]:
    """Every question of the folder, with its language."""
    files = sorted(FOLDER.glob("*.toml"))
    return [
        {**question, "language": path.stem}
        for path in files
        for question in tomllib.loads(path.read_text("utf8"))["question"]
    ]


def find_faults(graph: Graph, reply: Reply, expected: dict[str, Any]) -> list[str]:
    """What a reply lacks or should not have; nothing when it is right.

    A name is there by any of its spellings: which one is shown is not the reply's choice.
    """
    rows = [[show_term(term) for term in row] for row in reply.rows]
    cells = {cell for row in rows for cell in row}
    names = cells | _spellings(graph, cells)
    links = " ".join(cell for cell in cells if cell.startswith("http"))
    first = rows[0] if rows else []
    return [
        *(f"lacks {paper}" for paper in expected.get("papers", ()) if paper not in links),
        *(f"has {paper}" for paper in expected.get("not_papers", ()) if paper in links),
        *(f"lacks {name!r}" for name in expected.get("names", ()) if name not in names),
        *(f"has {name!r}" for name in expected.get("not_names", ()) if name in cells),
        *(f"first row lacks {name!r}" for name in expected.get("first", ()) if name not in first),
    ]


def _spellings(graph: Graph, names: set[str]) -> set[str]:
    """Every other name of the nodes that go by these names."""
    nodes = {label.node for label in graph.store.ledger.names.labels(map(fold, names))}
    return {label.label for label in graph.store.ledger.names.all_labels() if label.node in nodes}
