"""Questions about the example digests with what a right answer holds, and the check of a reply against it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import NotUnderstoodError, UnknownNameError
from kg.identity import fold
from kg.sparql.answers import show_term

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.questions import Reply

FOLDER = Path(__file__).parent / "questions"


def load_asked() -> list[dict[str, Any]]:
    """Every question that the grammar may be fitted to, with its language."""
    return [{**q, "language": name} for name in ("english", "korean") for q in _load(name)]


def load_frozen() -> list[dict[str, Any]]:
    """The questions of which only the first run counts, with their language."""
    return [{**q, "language": "english" if q["ask"].isascii() else "korean"} for q in _load("frozen")]


def _load(name: str) -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf8"))["question"]
    return questions


def ask_and_check(graph: Graph, expected: dict[str, Any]) -> list[str]:
    """Ask one question and say what is wrong with what comes back; nothing when it is right."""
    try:
        reply = graph.ask(expected["ask"])
    except UnknownNameError as error:
        wanted = expected.get("nearest")
        return [str(error)] if not wanted or set(wanted) - set(error.nearest) else []
    except NotUnderstoodError as error:
        return [] if expected.get("refused") else [str(error)]
    if expected.get("refused") or expected.get("nearest"):
        return [f"was answered: {reply.understood}"]
    return find_faults(graph, reply, expected)


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
        *(f"does not say {text!r}" for text in expected.get("says", ()) if text not in " ".join(reply.notes)),
    ]


def _spellings(graph: Graph, names: set[str]) -> set[str]:
    """Every other name of the nodes that go by these names."""
    nodes = {label.node for label in graph.store.ledger.names.labels(map(fold, names))}
    return {label.label for label in graph.store.ledger.names.all_labels() if label.node in nodes}
