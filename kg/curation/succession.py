"""Decisions about people -> the same decisions about the nodes that these people are now.

Who is whom across papers is found out from all digests, so a later one may give a person another node. A node
that a reader named stays the person of the paper that its key tells, whatever that person's node has become.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec.structs import replace

from kg.rdf.prefixes import BASE
from kg.resolution.authors import mint_person
from kg.resolution.nodes import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.curation.decisions import Decision
    from kg.store.bylines import BylineBook


def follow(decisions: Iterable[Decision], bylines: BylineBook) -> tuple[Decision, ...]:
    """Put in place of each author's node the one that the author now is.

    Args:
        decisions: as a curation file has them.
        bylines: the people of all papers, each with a node.
    """
    return tuple(
        replace(decision, nodes=tuple(find_heir(node, bylines) for node in decision.nodes))
        for decision in decisions
    )


def find_heir(node: str, bylines: BylineBook) -> str:
    """Return the node that a person now is, whose key tells paper and name; any other node as it is."""
    if folder_of(node) != "author":
        return node
    key = unquote(node.removeprefix(f"{BASE}author/"))
    papers = [key[:at] for at, character in enumerate(key) if character == "-"]
    heirs = [
        (name != person.key, heir)
        for paper in papers
        for person, heir in bylines.nodes(paper)
        for name in (person.key, *person.names)
        if mint_person(paper, name) == node
    ]
    return min(heirs)[1] if heirs else node
