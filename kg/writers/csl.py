"""A graph, or some papers of it -> CSL-JSON, which citation managers read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.citations import cite, list_papers
from kg.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from kg.citations import Citation, Name

SUFFIXES = (".csl.json",)


def render(store: ox.Store) -> Iterator[str]:
    """Yield the list of all papers, sorted."""
    yield from render_papers(store, list_papers(Facts(store)))


def render_papers(store: ox.Store, papers: Iterable[str]) -> Iterator[str]:
    """Yield the list of these papers, in their order."""
    items = [_describe(citation) for citation in cite(Facts(store), papers)]
    yield json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _describe(citation: Citation) -> dict[str, Any]:
    """Describe one paper as a preprint; what is not known is left out."""
    date = [part for part in (citation.year, citation.month) if part]
    fields = {
        "id": citation.key,
        "type": "article",
        "title": citation.title,
        "author": [_describe_name(name) for name in citation.authors],
        "issued": {"date-parts": [date]} if date else None,
        "publisher": "arXiv" if citation.arxiv else "",
        "number": f"arXiv:{citation.arxiv}" if citation.arxiv else "",
        "URL": citation.link,
    }
    return {name: value for name, value in fields.items() if value}


def _describe_name(name: Name) -> dict[str, str]:
    return {"literal": name.literal} if name.literal else {"family": name.family, "given": name.given}
