"""Papers whose entries changed -> what each thing they name is, and which parts of the graph that touches.

What a thing is depends on all entries about its paper and, for abbreviations, on what all other papers say
of them. So a change is followed from the terms of the changed entries to the terms these can touch, and only
where the glossary now says something else of a term are the papers that use it looked at again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.resolution.initials import read_terms
from kg.resolution.meanings import Meanings, resolve
from kg.store.glossary import Use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.ledger import Ledger


def identify_all(ledger: Ledger) -> None:
    """Find out what every thing in the ledger is."""
    papers = {*ledger.shelf.papers(), *ledger.touched("paper")}
    for paper in sorted(papers):
        _read_terms(ledger, paper)
    _resolve(ledger, papers)


def identify_touched(ledger: Ledger) -> None:
    """Find out what the things in touched papers are, and touch whatever that changes elsewhere."""
    papers = ledger.touched("paper")
    _resolve(ledger, {*papers, *_follow(ledger, papers)})


def _resolve(ledger: Ledger, papers: Iterable[str]) -> None:
    meanings = Meanings(ledger.glossary)
    for paper in sorted(papers):
        _resolve_paper(ledger, paper, meanings)


def _follow(ledger: Ledger, papers: Iterable[str]) -> set[str]:
    """Read these papers' terms anew; return the papers that use a term that now means something else."""
    before = Meanings(ledger.glossary)
    uses = {paper: (ledger.glossary.uses(paper), _find_uses(ledger, paper)) for paper in papers}
    seeds = {term for old, new in uses.values() for term in _changed_terms(old, new)}
    reached = seeds.union(*(before.neighbours(term) for term in seeds))
    outlines = {term: before.outline(term) for term in reached}
    for paper in papers:
        _read_terms(ledger, paper)
    after = Meanings(ledger.glossary)
    reached = reached.union(*(after.neighbours(term) for term in seeds))
    changed = [term for term in reached if term not in outlines or outlines[term] != after.outline(term)]
    return ledger.glossary.users(changed)


def _changed_terms(old: list[Use], new: list[Use]) -> set[str]:
    """Return the terms that a change of one paper's uses speaks of, with all whose company it changes."""
    before, after = {use.term for use in old}, {use.term for use in new}
    if before == after:
        return set()
    terms = before ^ after | {term for term in before | after if term.long}
    return {key for term in terms for key in (term.spelled, term.own, term.long) if key}


def _find_uses(ledger: Ledger, paper: str) -> list[Use]:
    """Read the terms of a paper's entries."""
    named = [
        (item, place, entity)
        for item, _, observation in ledger.observations("paper", paper)
        for place, entity in enumerate(observation.findings.entities)
    ]
    terms = read_terms([entity for _, _, entity in named])
    return [Use(item, place, term, term.own) for (item, place, _), term in zip(named, terms, strict=True)]


def _read_terms(ledger: Ledger, paper: str) -> None:
    """Record the terms of a paper's entries, with the keys they had where they are the same as before."""
    old = {(use.item, use.place, use.term): use.key for use in ledger.glossary.uses(paper)}
    new = _find_uses(ledger, paper)
    ledger.glossary.put(paper, [use._replace(key=old.get(use[:3], use.key)) for use in new])


def _resolve_paper(ledger: Ledger, paper: str, meanings: Meanings) -> None:
    """Resolve the terms of one paper, and touch the items whose things are no longer what they were."""
    uses = ledger.glossary.uses(paper)
    keys = resolve(uses, meanings, lambda: _read_words(ledger, paper))
    changed = {use: key for use, key in zip(uses, keys, strict=True) if use.key != key}
    if not changed:
        return
    ledger.glossary.put_keys({(use.item, use.place): key for use, key in changed.items()})
    ledger.touch([("paper", paper)])
    ledger.touch([("digest", digest) for digest in ledger.glossary.digests(use.item for use in changed)])


def _read_words(ledger: Ledger, paper: str) -> str:
    return "\n".join(observation.entry.plain for *_, observation in ledger.observations("paper", paper))
