"""A paper's entries -> what it gives a name to: "Prism: Spectral-Aware Block-Sparse Attention" in its title.

Two papers whose titles begin with one name, each as that of something new, name two things; so do one whose
title begins with a name and one that spells it out for something new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.identity import fold
from kg.records import Kind
from kg.resolution.terms import is_listed, spell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Entity
    from kg.store.rows import Term


def find_titled(titles: Iterable[str], named: Iterable[tuple[Entity, Term]]) -> dict[tuple[str, str], str]:
    """Find the things that a paper introduces under the name with which its title begins, or spells out.

    A name that the lists have is that of one thing, whoever writes about it.

    Args:
        titles: of all entries about one paper; the shortest counts.
        named: what these entries name, each with its term.

    Returns:
        The kind and the spelled key of each such thing -> the key that the whole title makes, else its words.
    """
    ordered = sorted(titles, key=lambda title: (-len(title), title))
    whole = [(head, fold(title)) for title in ordered if (head := read_head(title))]
    introduced = sorted({term for entity, term in named if entity.introduced})
    new = [term for term in introduced if not is_listed(Kind(term.kind), term.spelled)]
    return {(term.kind, term.spelled): term.long for term in new if term.long} | {
        (term.kind, term.spelled): key
        for term in new
        for head, key in whole
        if spell(Kind(term.kind), head) == term.spelled
    }


def read_head(title: str) -> str:
    """Return the name before the colon of a title, or an empty string.

    >>> read_head("Prism: Spectral-Aware Block-Sparse Attention"), read_head("Attention Is All You Need")
    ('Prism', '')
    """
    head, colon, rest = title.partition(":")
    return head.strip() if colon and rest.strip() else ""
