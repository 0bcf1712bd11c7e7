"""Observations -> the statements of the graph, each in the block of what it is about.

Every subject belongs to one block: a digest (with its items, mentions and extractions), a paper (with its
results, comparisons and authorships), a node (an entity or an author), or the description of the whole. A
block is a pure function of the observations that touch it, so the graph is the same whatever the order in
which digests came.
"""

from kg.resolution.catalogue import Census, describe_catalogue, take_census
from kg.resolution.digests import describe_digest
from kg.resolution.nodes import describe_node, label_node
from kg.resolution.papers import describe_paper

__all__ = [
    "Census",
    "describe_catalogue",
    "describe_digest",
    "describe_node",
    "describe_paper",
    "label_node",
    "take_census",
]
