"""The saved queries: the questions that the graph is often asked, each as SPARQL under a name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def load_examples() -> Mapping[str, str]:
    """Read the saved queries by name; the first line of each is its question, as a comment."""
    folder = FOLDER.joinpath("queries")
    texts = {f.name: f.read_text("utf8") for f in folder.iterdir() if f.name.endswith(".rq")}
    return {name.removesuffix(".rq"): text for name, text in sorted(texts.items())}
