"""Observations and the graph computed from them, on disk or in memory."""

from kg.store.folder import Store

__all__ = ["Store"]
