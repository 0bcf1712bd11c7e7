"""Papers whose entries changed -> what each thing they name is, and which parts of the graph that touches.

What a thing is depends on all entries about its paper and, for abbreviations, on what all other papers say
of them. So a change is followed from the terms of the changed entries to the terms these can touch, and only
where the glossary now says something else of a term are the papers that use it looked at again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolution.initials import read_terms
from kg.resolution.meanings import Meanings, resolve
from kg.resolution.things import mint_thing
from kg.store.glossary import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.resolution.meanings import Outline
    from kg.store.glossary import Glossary
    from kg.store.ledger import Ledger


def identify_all(ledger: Ledger) -> None:
    """Find out what every thing in the ledger is."""
    papers = {*ledger.shelf.papers(), *ledger.notes.touched("paper")}
    for paper in sorted(papers):
        _put_terms(ledger, paper, ledger.glossary.uses(paper), _find_uses(ledger, paper))
    _resolve(ledger, papers, Meanings(ledger.glossary))


def identify_touched(ledger: Ledger) -> None:
    """Find out what the things in touched papers are, and touch whatever that changes elsewhere."""
    papers = ledger.notes.touched("paper")
    concerned, meanings = _follow(ledger, papers)
    _resolve(ledger, {*papers, *concerned}, meanings)


def _resolve(ledger: Ledger, papers: Iterable[str], meanings: Meanings) -> None:
    for paper in sorted(papers):
        _resolve_paper(ledger, paper, meanings)


def _follow(ledger: Ledger, papers: Iterable[str]) -> tuple[set[str], Meanings]:
    """Read these papers' terms anew; return the papers that use a term that may now mean something else.

    What terms mean now is returned as well.
    """
    glossary = ledger.glossary
    before = Meanings(glossary)
    uses = {paper: (glossary.uses(paper), _find_uses(ledger, paper)) for paper in papers}
    seeds = {term for old, new in uses.values() for term in _defined_terms(old, new)}
    reached = seeds.union(*(before.neighbours(term) for term in seeds))
    outlines = {each: before.outline(*each) for each in _list_kinds(glossary, reached)}
    for paper, (old, new) in uses.items():
        _put_terms(ledger, paper, old, new)
    after = Meanings(glossary)
    reached = reached.union(*(after.neighbours(term) for term in seeds))
    concerned: set[str] = set()
    for kind, term in _list_kinds(glossary, reached):
        now = after.outline(kind, term)
        concerned |= _find_concerned(glossary, kind, term, outlines.get((kind, term)), now)
    return concerned, after


def _list_kinds(glossary: Glossary, terms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each term with each kind as which some entry uses it."""
    return ((kind, term) for term in terms for kind in glossary.kinds(term))


def _find_concerned(
    glossary: Glossary, kind: str, term: str, before: Outline | None, now: Outline
) -> set[str]:
    """Return the papers that use a term of which something else is now said, where it can matter."""
    if before is None or before[:2] != now[:2]:
        return glossary.users(kind, term)
    moved = {
        other
        for long in before.company.keys() | now.company.keys()
        for other in before.company.get(long, frozenset()) ^ now.company.get(long, frozenset())
    }
    return glossary.users(kind, term) & glossary.papers_naming(moved) if moved else set()


def _defined_terms(old: list[Use], new: list[Use]) -> set[str]:
    """Return the terms of which a changed paper says, or said, what they stand for or that it named them.

    What else it uses means nothing to other papers, unless as company of these.
    """
    before, after = {use.term for use in old}, {use.term for use in new}
    terms = {term for term in before | after if term.long or term.titled} if before != after else set()
    return {key for term in terms for key in (term.spelled, term.own, term.long) if key}


def _find_uses(ledger: Ledger, paper: str) -> list[Use]:
    """Read the terms of a paper's entries."""
    told = ledger.entities(paper)
    named = [(item, place, entity) for item, _, found in told for place, entity in enumerate(found)]
    terms = read_terms([entity for _, _, entity in named], [title for _, title, _ in told])
    return [Use(item, place, term, term.own) for (item, place, _), term in zip(named, terms, strict=True)]


def _put_terms(ledger: Ledger, paper: str, old: list[Use], new: list[Use]) -> None:
    """Record the terms of a paper's entries, with the keys they had where they are the same as before."""
    keys = {(use.item, use.place, use.term): use.key for use in old}
    ledger.glossary.put(paper, [use._replace(key=keys.get(use[:3], use.key)) for use in new])
    known = {use[:3] for use in new}
    _touch_things(ledger, [use for use in old if use[:3] not in known])


def _resolve_paper(ledger: Ledger, paper: str, meanings: Meanings) -> None:
    """Resolve the terms of one paper, and touch the items whose things are no longer what they were."""
    uses = ledger.glossary.uses(paper)
    keys = resolve(uses, meanings, lambda: _read_words(ledger, paper))
    changed = {use: key for use, key in zip(uses, keys, strict=True) if use.key != key}
    if not changed:
        return
    ledger.glossary.put_keys({(use.item, use.place): key for use, key in changed.items()})
    _touch_things(ledger, [each for use, key in changed.items() for each in (use, use._replace(key=key))])
    ledger.notes.touch([("paper", paper)])


def _touch_things(ledger: Ledger, uses: Sequence[Use]) -> None:
    """Touch the entries, and the things: the graph says of these which IRIs their terms might have had."""
    ledger.notes.touch(("item", use.item) for use in uses)
    ledger.notes.touch(("node", mint_thing(use.term.kind, use.key)) for use in uses)


def _read_words(ledger: Ledger, paper: str) -> str:
    return "\n".join(entry.plain for entry in ledger.entries(paper))
