"""The entries of a digest or a paper, under the decisions of readers -> what they name, and how."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.curation.amendments import amend
from kg.identity import fold, slug
from kg.rdf.iris import mint_paper
from kg.resolution.authors import identify_credits, mint_organization
from kg.resolution.sayings import quote
from kg.resolution.sifting import sift
from kg.resolution.things import Item, mint_things
from kg.store.coder import Coder
from kg.store.rows import ItemRow, Naming, Saying

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.curation import Curation
    from kg.records import Credit
    from kg.store.bylines import Person

_DECIDED_RANK = -1
"""A name that a reader decided comes before all that digests print."""

_HANDLE_RANK = 2
"""A handle is the last choice for an author's name."""


class View(NamedTuple):
    """How what digests say is to be seen: as readers decided it, and only what is so sure (0 to 1)."""

    curation: Curation
    least: float


class Usage(NamedTuple):
    """The names that an item or a paper uses for nodes, and what it says of these nodes themselves."""

    owner: str
    namings: list[Naming]
    sayings: list[Saying]


_coder = cache(Coder)


def read_items(rows: Iterable[ItemRow], view: View) -> list[Item]:
    """Read the entries of one digest or one paper, with the node that each of their entities is."""
    items = (
        Item(row.item, row.paper, _coder().read(row.entry, row.findings), mint_things(row.keys))
        for row in rows
    )
    return [sift(amend(item, view.curation), view.least) for item in items]


def name_things(items: Iterable[Item], view: View) -> list[Usage]:
    """Tell which names the entries of a digest use, and what they say of what they name."""
    found = []
    for item in items:
        makers = _place_makers(item, view.curation)
        sayings = list(quote(item, makers))
        makes = {said.value for said in sayings}
        made = [Naming(node, name, 0) for name, node in makers.items() if node in makes]
        renamed = _rename([*item.nodes, *(naming.node for naming in made)], view.curation)
        found.append(Usage(item.iri, [*_spell_things(item), *made, *renamed], sayings))
    return found


def _place_makers(item: Item, curation: Curation) -> dict[str, str]:
    """Return those who are said to have made a model and are no entities, each with the node as decided."""
    names = {attribute.name for attribute in item.observation.findings.attributes} - {""}
    placed = {name: curation.place(mint_organization(name), mint_paper(item.paper)) for name in sorted(names)}
    return {name: node for name, node in placed.items() if node not in curation.rejected}


def _spell_things(item: Item) -> Iterator[Naming]:
    """Yield what an entry calls each thing: its own name first, then its other spellings.

    What is told by its whole title from others of its name is called so as well.
    """
    entry = item.observation.entry
    plain, titled = entry.plain, slug(fold(entry.title))
    for node, entity in zip(item.nodes, item.observation.findings.entities, strict=True):
        yield Naming(node, entity.name, 0)
        if entity.english:
            yield Naming(node, entity.english, 0)
        spellings = {*entity.aliases, *(plain[m.start : m.end] for m in entity.mentions)}
        if node.endswith(f"/{titled}"):
            spellings.add(entry.title)
        for spelling in spellings - {entity.name}:
            yield Naming(node, " ".join(spelling.split()), 1)


def _rename(nodes: Iterable[str], curation: Curation) -> Iterator[Naming]:
    """Yield the names that readers decided for nodes."""
    for node in nodes:
        if node in curation.names:
            yield Naming(node, curation.names[node], _DECIDED_RANK)


def find_authors(
    paper: str, items: Iterable[Item], people: Sequence[tuple[Person, str]], view: View
) -> dict[str, set[Credit]]:
    """Find who wrote a paper, as readers decided it: nodes, and the credits that each goes by."""
    lists = [item.observation.entry.authors for item in items]
    authors: dict[str, set[Credit]] = {}
    for node, named in identify_credits(lists, people).items():
        placed = view.curation.place(node, mint_paper(paper))
        if placed not in view.curation.rejected:
            authors.setdefault(placed, set()).update(named)
    return authors


def name_authors(paper: str, authors: dict[str, set[Credit]], view: View) -> Usage:
    """Tell which names a paper uses for its authors."""
    namings = [
        Naming(node, name, rank)
        for node, named in authors.items()
        for credit in named
        for name, rank in ((credit.name, 0), (credit.handle, _HANDLE_RANK))
        if name
    ]
    return Usage(mint_paper(paper), [*namings, *_rename(authors, view.curation)], [])
