"""An entry -> the code and data repositories that it points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.text.links import find_urls, is_repository

if TYPE_CHECKING:
    from kg.records import Entry


def find_repositories(entry: Entry) -> tuple[str, ...]:
    """Collect the repositories of the entry's columns, then those in its text, each once."""
    in_text = (url for url in find_urls(entry.plain) if is_repository(url))
    return tuple(dict.fromkeys((*entry.repositories, *in_text)))
