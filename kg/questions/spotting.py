"""A question -> the names in it that the graph knows, the longest first taken, in the order of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.facts import kind_of
from kg.identity import fold
from kg.questions.naming import find_paper, spell
from kg.questions.senses import part_senses
from kg.questions.words import is_everyday, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store
    from kg.store.rows import Label

_LONGEST = 12  # words of a name
_MOST = 60  # words of a question that are looked up
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?(?:%|x|st|nd|rd|th|[가-힣]{1,9})?\Z")
_WORD = re.compile(r"[^\s,?!;]+")


class Spotted(NamedTuple):
    """A name in a text: its letters, where they stand and the kinds of the nodes called so."""

    text: str
    start: int
    end: int
    kinds: frozenset[str]


def spot_names(store: Store, text: str) -> list[Spotted]:
    """Find the known names in a text that do not overlap; the longer one wins."""
    spans = [(start, end, spell(text[start:end])) for start, end in _spans(text)]
    known: dict[str, list[Label]] = {}
    for label in store.ledger.names.labels(fold(s) for _, _, spellings in spans for s in spellings):
        known.setdefault(label.fold, []).append(label)
    found = _spot_papers(store, text)
    for start, end, spellings in spans:
        spelling = next((s for s in spellings if fold(s) in known and not is_everyday(s)), None)
        if spelling and all(end <= name.start or start >= name.end for name in found):
            first = text.index(spelling, start)
            found.append(Spotted(spelling, first, first + len(spelling), _list_kinds(known[fold(spelling)])))
    return sorted(found, key=lambda name: name.start)


def _spot_papers(store: Store, text: str) -> list[Spotted]:
    """Find the arXiv ids of known papers, and their addresses."""
    words = (
        (match.group().rstrip(".:)"), match.start()) for match in _WORD.finditer(text) if "." in match[0]
    )
    return [
        Spotted(word, start, start + len(word), frozenset({"paper"}))
        for word, start in words
        if find_paper(store, word)
    ]


def _list_kinds(labels: list[Label]) -> frozenset[str]:
    """List the kinds of what is commonly called so."""
    return frozenset(kind_of(label.node) for label in part_senses(labels)[0])


def unknown_words(text: str, names: list[Spotted]) -> list[str]:
    """Return the words that look like names and are none that is known: with a capital or a digit inside."""
    for name in names:
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    words = [match.group().strip(".'\"()") for match in _WORD.finditer(text) if match.start()]
    return [word for word in words if not (is_plain(word) or _NUMBER.match(word) or is_everyday(word))]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    words = [match.span() for match in _WORD.finditer(text)][:_MOST]
    for length in range(min(len(words), _LONGEST), 0, -1):
        for first in range(len(words) - length + 1):
            yield words[first][0], words[first + length - 1][1]
