"""What a reader calls a node -> the node, where that is beyond doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.curation.decisions import Verb, expand, shorten
from kg.errors import UnknownNameError, UsageError
from kg.identity import fold
from kg.rdf.iris import mint_paper
from kg.resolution.nodes import folder_of

if TYPE_CHECKING:
    from kg.store import Store

_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5})(?:v\d{1,2})?\Z", re.IGNORECASE)


def find_node(store: Store, name: str, verb: str, place: int) -> str:
    """Find the one node that a reader means.

    Args:
        store: the graph.
        name: the name of a node, an arXiv id, or an IRI, whole or in its short form.
        verb: what is decided about it; of a split, all but the first are papers.
        place: which of the decision's nodes it is.

    Raises:
        UnknownNameError: there is no such node.
        UsageError: there are several.
    """
    if arxiv := _ARXIV.match(name):
        name = mint_paper(arxiv[1])
    node = expand(name)
    if node:
        if not store.block([node]):
            raise UnknownNameError(name, _nearest(store, name.partition(":")[2]))
        return node
    wanted = {label.node for label in store.ledger.names.labels([fold(name)])}
    if verb == Verb.SPLIT:
        wanted = {each for each in wanted if (folder_of(each) == "paper") == (place > 0)}
    elif verb != Verb.MERGE:
        wanted = {each for each in wanted if folder_of(each) != "paper"}
    if not wanted:
        raise UnknownNameError(name, _nearest(store, name))
    if len(wanted) > 1:
        raise UsageError(f"{name!r} is several: {', '.join(map(shorten, sorted(wanted)))}; say which")
    return wanted.pop()


def _nearest(store: Store, name: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    labels = {label.fold: label.label for label in store.ledger.names.all_labels()}
    found = process.extract(fold(name), list(labels), scorer=fuzz.ratio, score_cutoff=60, limit=5)
    return tuple(labels[match] for match, _, _ in found)
