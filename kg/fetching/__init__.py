"""A source and days -> digest files, one a day; the only part of paperkg that asks Hugging Face and arXiv."""

from __future__ import annotations

from kg.fetching.client import Client
from kg.fetching.days import Fetched, fetch, list_days
from kg.fetching.sources import SOURCES

__all__ = ["SOURCES", "Client", "Fetched", "fetch", "list_days"]
