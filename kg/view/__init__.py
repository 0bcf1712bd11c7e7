"""A graph -> the interactive page: what is on it, where it stands, what is known of it."""

from kg.view.page import render_page
from kg.view.selection import Selection, select_around, select_overview

__all__ = ["Selection", "render_page", "select_around", "select_overview"]
