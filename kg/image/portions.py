"""A portion of the ledger -> its part of the graph, worked out wherever there is a hand for it.

A portion holds all that a block of the graph depends on, so that nobody who describes it asks the ledger.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.identity import fold
from kg.image.items import Usage, View, find_authors, name_authors, name_things, read_items
from kg.rdf.iris import mint_paper
from kg.rdf.ntriples import line
from kg.resolution import Census, describe_digest, describe_node, describe_paper, label_node, take_census
from kg.resolution.authors import describe_author
from kg.resolution.digests import describe_entry
from kg.resolution.nodes import folder_of
from kg.resolution.papers import title_of
from kg.store.rows import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.ntriples import Statement
    from kg.resolution.nodes import Ties
    from kg.store.bylines import Person, Signing
    from kg.store.rows import DigestRow, ItemRow


_ON_A_PAGE = 10_000
"""So many statements are held at once."""


class Part(NamedTuple):
    """What a portion comes to: statements, the names it uses, the labels by which its subject is found."""

    statements: Iterator[Statement]
    usages: list[Usage]
    labels: list[Label]


class DigestPortion(msgspec.Struct, frozen=True):
    """One digest and its entries."""

    digest: DigestRow
    items: list[ItemRow]

    def describe(self, view: View) -> Part:
        """Say everything that belongs to the digest alone."""
        items = read_items(self.items, view)
        return Part(describe_digest(self.digest, items), name_things(items, view), [])

    def __len__(self) -> int:
        return len(self.items)


class EntryPortion(msgspec.Struct, frozen=True):
    """One entry of a digest."""

    digest: DigestRow
    item: ItemRow

    def describe(self, view: View) -> Part:
        """Say everything that belongs to the entry alone."""
        items = read_items([self.item], view)
        statements = chain.from_iterable(describe_entry(self.digest, item) for item in items)
        return Part(statements, name_things(items, view), [])

    def __len__(self) -> int:
        return 1


class PaperPortion(msgspec.Struct, frozen=True):
    """One paper: the entries about it, the people who wrote it with their nodes, the keys it replaced."""

    key: str
    items: list[ItemRow]
    people: list[tuple[Person, str]]
    replaced: list[str]

    def describe(self, view: View) -> Part:
        """Say everything that the digests together say about the paper; nothing where none does any more."""
        items = read_items(self.items, view)
        authors = find_authors(self.key, items, self.people, view)
        usage = name_authors(self.key, authors, view)
        if not items:
            return Part(iter(()), [usage], [])
        title = title_of([item.observation for item in items])
        label = Label(mint_paper(self.key), fold(title), title, len(items))
        statements = describe_paper(self.key, items, authors, self.replaced)
        return Part(statements, [usage], [label])

    def __len__(self) -> int:
        return len(self.items)


class NodePortion(msgspec.Struct, frozen=True):
    """One thing or author: its names, the nodes it has to do with, the people of papers that it is."""

    node: str
    namings: list[tuple[str, int, int]]
    ties: Ties
    signings: list[Signing]

    def describe(self, view: View) -> Part:  # noqa: ARG002 - who gathered the portion saw it that way
        """Say everything about the node that no single paper says."""
        statements = describe_node(self.node, self.namings, self.ties)
        if folder_of(self.node) == "author":
            statements = chain(statements, describe_author(self.node, self.namings, self.signings))
        return Part(statements, [], label_node(self.node, self.namings))

    def __len__(self) -> int:
        return len(self.namings)


Portion = DigestPortion | EntryPortion | PaperPortion | NodePortion


class Batch(NamedTuple):
    """The parts of some portions together: N-Triples, how often each term stands there, names, labels."""

    triples: bytes
    census: Census
    usages: list[Usage]
    labels: list[Label]


def write_batch(portions: tuple[Portion, ...], view: View) -> Batch:
    """Describe some portions, and write the statements down; only some of them are held at a time."""
    batch = Batch(b"", Census(Counter(), Counter()), [], [])
    pages: list[bytes] = []
    for portion in portions:
        part = portion.describe(view)
        while some := list(islice(part.statements, _ON_A_PAGE)):
            batch.census.add(take_census(some))
            pages.append("".join(map(line, some)).encode())
        batch.usages.extend(part.usages)
        batch.labels.extend(part.labels)
    return batch._replace(triples=b"".join(pages))
