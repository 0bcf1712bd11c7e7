"""The titles and links that digests give -> which paper each entry is about, and a warning of wrong links.

An arXiv id is a paper. Where unlike titles stand beside one id, a link is wrong: the title that most digests
print keeps the id, of equals one that no other id has, and an entry with another counts as one that gives its
title alone. An entry without an id
is about the one paper with an id that bears its title; where there is none, or several, its own link or title
is its paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.fuzz import token_set_ratio

from kg.rdf.iris import title_key
from kg.records import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence, Set

    from kg.store.ledger import Ledger
    from kg.store.shelf import Copy

_ALIKE = 60.0
"""Below this likeness (0 to 100, of word sets) two titles of one id are taken for two papers."""


def settle_papers(ledger: Ledger, place: Callable[[str], str]) -> None:
    """Find out which papers the touched entries are about, and touch whatever that changes elsewhere.

    Args:
        ledger: its shelf is brought up to date.
        place: gives the paper that readers decided a paper to be (see `kg.curation`).
    """
    shelf = ledger.shelf
    stems, titles = set(ledger.notes.touched("stem")), set(ledger.notes.touched("title"))
    for own in sorted({*ledger.notes.touched("own"), *shelf.owns_titled(titles)}):
        copies = shelf.copies(own)
        first = _elect(ledger, own, copies)
        for copy in copies:
            stem = own if are_alike(first, copy.title) else title_key(copy.title)
            stems |= {copy.stem, stem}
            titles.add(copy.fold)
            shelf.put_stem(copy.item, stem)
    stems |= shelf.stems_titled(titles)
    for stem in sorted(stems):
        shelf.put_paper(stem, place(_find_paper(ledger, stem)))


def _find_paper(ledger: Ledger, stem: str) -> str:
    if ledger.shelf.is_arxiv(stem):
        return stem
    namesakes = ledger.shelf.namesakes(stem)
    return namesakes[0] if len(namesakes) == 1 else stem


def _elect(ledger: Ledger, own: str, copies: Sequence[Copy]) -> str:
    titles = {copy.fold for copy in copies}
    if len(titles) < 2:
        return elect_title(copies)
    return elect_title(copies, {fold for fold in titles if ledger.shelf.owns_titled([fold]) - {own}})


def elect_title(copies: Sequence[Copy], elsewhere: Set[str] = frozenset()) -> str:
    """Choose the title that most digests print, whatever its case and punctuation.

    Args:
        copies: the items of one id.
        elsewhere: folded titles that stand beside another id, too; of equals, they come after the others.

    Returns:
        Of titles that are equal in all this, the smaller one.
    """
    digests: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    for copy in copies:
        digests.setdefault(copy.fold, set()).add(copy.digest)
        titles[copy.fold] = min(copy.title, titles.get(copy.fold, copy.title))
    ranks = {fold: (-len(voters), fold in elsewhere, fold) for fold, voters in digests.items()}
    return titles[min(ranks, key=ranks.__getitem__)] if copies else ""


def are_alike(one: str, other: str) -> bool:
    """Say whether two titles can be those of one paper; titles in two scripts always can.

    >>> are_alike("Kimi k1.5: Scaling", "Kimi k1.5"), are_alike("A Film by Agents", "On Rockets")
    (True, False)
    """
    if one == other or _is_latin(one) != _is_latin(other):
        return True
    return token_set_ratio(one.casefold(), other.casefold()) >= _ALIKE


def _is_latin(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return 2 * sum(c.isascii() for c in letters) >= len(letters)


def find_wrong_links(ledger: Ledger) -> Iterator[Problem]:
    """Yield one problem for each entry that is linked to one paper and by its title about another."""
    for own in ledger.shelf.strays():
        copies = ledger.shelf.copies(own)
        first = _elect(ledger, own, copies)
        kept = next(copy for copy in copies if copy.title == first)
        for copy in copies:
            if copy.paper != kept.paper:
                yield Problem(
                    digest=copy.digest,
                    line=copy.line,
                    wrong=f"{own} is linked to {copy.title!r}, which is taken for another paper",
                    expected=f"{first!r}, as in {kept.digest}:{kept.line}",
                )
