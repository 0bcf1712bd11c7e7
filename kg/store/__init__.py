"""Observations and the graph computed from them, on disk or in memory."""

from kg.store.folder import Store, open_ledger

__all__ = ["Store", "open_ledger"]
