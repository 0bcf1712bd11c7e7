"""Digests of AI papers -> a knowledge graph of papers, models, benchmarks and reported results.

Begin with ``graph = kg.build(["seeds"])`` and ``graph.ask("which papers report MATH-500?")``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "Entry": "kg.records",
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "Limits": "kg.guard",
    "build": "kg.pipeline",
    "open": "kg.graph",
    "read": "kg.pipeline",
    "write": "kg.writers",
}
"""Public name -> the module it lives in, imported when the name is first used."""

__all__ = ["Entry", "Graph", "KgError", "Limits", "__version__", "build", "open", "read", "write"]

if TYPE_CHECKING:
    from kg.errors import KgError
    from kg.graph import Graph, open  # noqa: A004 - kg.open reads as it should
    from kg.guard import Limits
    from kg.pipeline import build, read
    from kg.records import Entry
    from kg.writers import write


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
