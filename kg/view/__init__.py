"""A graph -> the interactive page: what is on it, where it stands, what is known of it."""

from kg.view.page import LANGUAGES, render_page
from kg.view.selection import Selection, select_around, select_overview
from kg.view.snapshot import Snapshot

__all__ = [
    "LANGUAGES", "Selection", "Snapshot", "render_page", "select_around", "select_overview",
]  # fmt: skip
