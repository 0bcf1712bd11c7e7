"""All uses of a term -> what it means in each paper.

A paper's own definition decides, or its title where another gives that name to something new; then the lists;
then what other papers define, if they agree or if one of their senses keeps the same company; a name whose
meaning is open stays a thing of its own.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.identity import fold
from kg.records import Kind
from kg.resolution.terms import is_listed, read_listed
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.store.glossary import Glossary, Use
    from kg.store.rows import Term

_LEAD = 3
"""How many more names and words must speak for one sense than for any other."""

_REMEMBERED, _COMPANIES = 8192, 256
"""So many terms, and so many terms' company, are at hand: memory is not to grow with the glossary."""


class Sense(NamedTuple):
    """One thing that a term stands for, the key of that thing, and the papers that say so."""

    long: str
    papers: tuple[str, ...]


class Outline(NamedTuple):
    """What the glossary at large says of a term as one kind: what it stands for, its key, its company.

    ``company`` are, for each of several senses, the terms that speak for it; empty where nobody asks them.
    """

    senses: tuple[tuple[str, str], ...]
    key: str
    company: dict[str, frozenset[str]]


class Meanings:
    """What terms mean, as the papers of one glossary define them; those asked for last are remembered."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._definitions = lru_cache(_REMEMBERED)(glossary.definitions)
        self._titled = glossary.titled
        self.senses = lru_cache(_REMEMBERED)(self._find_senses)
        self.key = lru_cache(_REMEMBERED)(self._find_key)
        self.company = lru_cache(_COMPANIES)(self._find_company)

    def _find_senses(self, kind: str, spelled: str) -> tuple[Sense, ...]:
        """Return what the entries' definitions, their titles and the lists say a term of one kind stands for.

        Titles tell things apart only: where one paper alone gives the name, what others say of it is of that.
        """
        said: dict[str, list[tuple[str, str]]] = {}
        for paper, used_as, defined_as, long in self._definitions(spelled):
            if used_as == kind:
                said.setdefault(paper, []).append((defined_as, long))
        papers: dict[str, list[str]] = {}
        for paper, definitions in said.items():
            papers.setdefault(choose_sense(kind, definitions), []).append(paper)
        titled = self._titled(kind, spelled)
        if len({title for _, title in titled}) > 1:
            for paper, title in titled:
                if paper not in said:
                    papers.setdefault(title, []).append(paper)
        listed = read_listed(Kind(kind), spelled)
        if listed:
            papers.setdefault(listed, [])
        return tuple(Sense(long, tuple(papers[long])) for long in sorted(papers))

    def _find_key(self, kind: str, long: str) -> str:
        """Return the key of what some words name: that of their abbreviation if it means nothing else."""
        if is_listed(Kind(kind), long):
            return long
        shorts = [
            short
            for short in self._glossary.abbreviations(long)
            if [sense.long for sense in self.senses(kind, short)] == [long]
        ]
        return min(shorts, key=lambda short: (len(short), short), default=long)

    def _find_company(self, kind: str, spelled: str) -> dict[str, frozenset[str]]:
        """Return for each of several senses the terms that the papers using it, and no other, also use."""
        senses = self.senses(kind, spelled)
        beside = {sense.long: self._glossary.company(sense.papers) for sense in senses}
        return {
            long: frozenset(
                terms.difference({spelled}, *(beside[other] for other in beside if other != long))
            )
            for long, terms in beside.items()
        }

    def outline(self, kind: str, term: str) -> Outline:
        """Sum up all that the glossary at large says of a term; uses elsewhere depend on nothing else."""
        senses = self.senses(kind, term)
        told = tuple((sense.long, self.key(kind, sense.long)) for sense in senses)
        asked = len(senses) > 1 or (senses and _is_open(kind, term))
        return Outline(told, self.key(kind, term), self.company(kind, term) if asked else {})

    def neighbours(self, term: str) -> set[str]:
        """Return the terms whose meaning a change at this one can touch."""
        longs = {long for _, _, _, long in self._definitions(term)} | {term}
        shorts = {short for long in longs for short in self._glossary.abbreviations(long)}
        return longs | shorts


def choose_sense(kind: str, definitions: Iterable[tuple[str, str]]) -> str:
    """Choose among what one paper's entries say a term stands for: one thing has one name in one paper.

    Args:
        kind: of the use.
        definitions: (kind, words), at least one; those of the use's own kind come first, then listed words.
    """
    ordered = sorted(
        (of != kind, not is_listed(Kind(kind), long), len(long), long) for of, long in definitions
    )
    return ordered[0][-1]


def resolve(uses: Sequence[Use], meanings: Meanings, read_words: Callable[[], str]) -> list[str]:
    """Find the key of each use of a term in one paper.

    Args:
        uses: every use of every term in the paper's entries.
        meanings: what terms mean in all papers.
        read_words: gives the entries' text, wanted only for a term of several senses.

    Returns:
        One key for each use, in order.
    """
    said: dict[str, list[tuple[str, str]]] = {}
    for use in uses:
        if use.term.long:
            said.setdefault(use.term.spelled, []).append((use.term.kind, use.term.long))
    beside = {use.term.own for use in uses}
    read_folded = cache(lambda: fold(read_words()))
    keys: dict[Term, str] = {}
    for term in dict.fromkeys(use.term for use in uses):
        if term.spelled in said:
            keys[term] = meanings.key(term.kind, choose_sense(term.kind, said[term.spelled]))
        else:
            keys[term] = _resolve_bare(term, meanings, beside, read_folded)
    return [keys[use.term] for use in uses]


def _resolve_bare(term: Term, meanings: Meanings, beside: set[str], read_folded: Callable[[], str]) -> str:
    """Find the key of a term that its paper does not define."""
    senses = meanings.senses(term.kind, term.spelled)
    if not senses:
        return meanings.key(term.kind, term.own)
    if any(sense.long == term.titled for sense in senses):
        return meanings.key(term.kind, term.titled)
    if len(senses) == 1 and not _is_open(term.kind, term.spelled):
        return meanings.key(term.kind, senses[0].long)
    chosen = _choose_by_context(term, meanings, beside, read_folded())
    listed = read_listed(Kind(term.kind), term.spelled)
    if chosen is None and listed and not _is_open(term.kind, term.spelled):
        chosen = listed
    return term.spelled if chosen is None else meanings.key(term.kind, chosen)


def _choose_by_context(term: Term, meanings: Meanings, beside: set[str], folded: str) -> str | None:
    """Choose the sense for which clearly more speaks: names its papers share, its words in the text."""
    company = meanings.company(term.kind, term.spelled)
    support = sorted(
        ((len(terms & beside) + _LEAD * (long in folded), long) for long, terms in company.items()),
        reverse=True,
    )
    second = support[1][0] if len(support) > 1 else 0
    return support[0][1] if support[0][0] >= second + _LEAD else None


def _is_open(kind: str, spelled: str) -> bool:
    return f"{kind} {spelled}" in _open_names()


@cache
def _open_names() -> frozenset[str]:
    """Read the abbreviations of which the field has several senses: bare, they mean none of them."""
    text = (FOLDER / "names" / "open_names.txt").read_text(encoding="utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(f"{kind} {fold(name)}" for kind, name in rows)
