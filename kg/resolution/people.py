"""The ledger's author lists -> who each author is, worked out again only where something was touched.

A new digest changes the author lists of its papers; these change whom the handles in them may be in other
papers; and the names of all whose people changed are compared again. Every step is a function of what stands
in the ledger, so the order in which digests came leaves no trace.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.resolution.alignment import find_people
from kg.resolution.authors import mint_handle, unite
from kg.resolution.bylines import read_byline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store.bylines import Byline, Person
    from kg.store.ledger import Ledger

_REMEMBERED = 8192
"""So many papers' author lists are kept at hand while others are compared with them."""


def settle_authors(ledger: Ledger, papers: Iterable[str]) -> None:
    """Find out anew who wrote these papers, and whom of other papers that concerns.

    Args:
        ledger: its book of author lists is brought up to date, and what the graph must recompute is noted.
        papers: the keys of papers whose digests changed, whether or not they are still there.
    """
    concerned: set[str] = set()
    for paper in sorted(papers):
        concerned |= _read_lists(ledger, paper)
    byline = lru_cache(_REMEMBERED)(ledger.bylines.byline)
    names: set[str] = set()
    for paper in sorted(concerned):
        names |= _find_people(ledger, paper, byline)
    company = lru_cache(_REMEMBERED)(ledger.bylines.names)
    for name in sorted(names):
        _unite(ledger, name, company)


def _read_lists(ledger: Ledger, paper: str) -> set[str]:
    """Lay the author lists of a paper together; return the papers that a change concerns."""
    book = ledger.bylines
    old, new = book.byline(paper), read_byline(ledger.credits(paper))
    if old == new:
        return set()
    book.put_byline(paper, new)
    handles = {handle for byline in (old, new) if byline for handle in byline.handles}
    return {paper, *(other for handle in handles for other in book.papers_listing(handle))}


def _find_people(ledger: Ledger, paper: str, byline: Callable[[str], Byline | None]) -> set[str]:
    """Tell again who wrote a paper; return the names of which people changed, or their company did."""
    book = ledger.bylines

    def find_others(handle: str) -> list[Byline]:
        others = [key for key in book.papers_listing(handle) if key != paper]
        return [other for key in others if (other := byline(key))]

    own = byline(paper)
    old, new = book.people(paper), find_people(own, find_others) if own else {}
    if old == new:
        return set()
    book.put_people(paper, old, new)
    for key, person in new.items():
        if person.handle:
            book.put_node(paper, key, mint_handle(person.handle))
    return _names_changed(old, new)


def _names_changed(old: dict[str, Person], new: dict[str, Person]) -> set[str]:
    """Return all names where the company is another, else the names of those who are."""
    before, after = ({name for p in people.values() for name in p.names} for people in (old, new))
    if before != after:
        return before | after
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return {name for key in changed for people in (old, new) if key in people for name in people[key].names}


def _unite(ledger: Ledger, name: str, company: Callable[[str], frozenset[str]]) -> None:
    """Compare all people of one name, and say which node each is."""
    book = ledger.bylines
    occurrences = book.signed(name)
    several = len({paper for paper, _ in occurrences}) > 1
    around = {paper: company(paper) for paper, _ in occurrences} if several else {}
    for (paper, person), (node, reason) in unite(occurrences, around, name).items():
        book.put_node(paper, person, node, reason)
