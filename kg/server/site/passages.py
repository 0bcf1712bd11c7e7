"""Mentions -> the sentences that a page quotes, their spans marked; an entry -> its text with links in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.evidence import date_of_entry, find_place
from kg.rdf.vocabulary import DCTERMS, ITSRDF, KG, NIF
from kg.server.site.things import Thing, read_thing
from kg.view.quotes import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.facts import Facts

_BULLETS = " -*•·\t\n"


class Piece(NamedTuple):
    """A stretch of text: marked as what is quoted, or naming a thing, or neither."""

    text: str
    marked: bool = False
    thing: Thing | None = None


class Passage(NamedTuple):
    """Some text of one digest entry, in pieces; ``sure`` is the confidence in percent, 0 where none is."""

    pieces: tuple[Piece, ...]
    language: str
    date: str
    digest: Thing
    line: str
    sure: int


def quote_mentions(facts: Facts, mentions: Iterable[str], most: int = 0) -> tuple[Passage, ...]:
    """Quote each sentence once, with all spans in it, in the order of time; at most so many, if told."""
    mentions = [mention for mention in mentions if mention]
    items = {find_place(facts, mention).item for mention in mentions}
    ordered = sorted(items, key=lambda item: (date_of_entry(facts, item), item))
    quotes = find_quotes(facts, mentions, {item: number for number, item in enumerate(ordered)})
    passages = []
    for quote in quotes[: most or None]:
        text = facts.value(ordered[quote.entry], NIF.isString) or ""
        pieces = _mark(text, quote.first, quote.last, quote.spans)
        passages.append(_place(facts, ordered[quote.entry], pieces, quote.sure))
    return tuple(passages)


def read_entry(facts: Facts, item: str, language: str) -> Passage:
    """Read the text of an entry, its title left out, with the things it names as links."""
    text = facts.value(item, NIF.isString) or ""
    spans = sorted(_find_names(facts, item), key=lambda span: (span[0], -span[1]))
    at = text.find("\n") + 1
    pieces = []
    for start, end, node in spans:
        if start >= at:
            pieces += [
                Piece(text[at:start]),
                Piece(text[start:end], False, read_thing(facts, node, language)),
            ]
            at = end
    pieces.append(Piece(text[at:]))
    return _place(facts, item, tuple(piece for piece in pieces if piece.text), 0)


def _find_names(facts: Facts, item: str) -> Iterable[tuple[int, int, str]]:
    for mention in facts.subjects(NIF.referenceContext, item):
        for node in facts.values(mention, ITSRDF.taIdentRef):
            _, start, end = find_place(facts, mention)
            yield start, end, node


def _mark(text: str, first: int, last: int, spans: Sequence[int]) -> tuple[Piece, ...]:
    """Cut a sentence at its spans; every second piece is marked.

    >>> [piece.text for piece in _mark("On A it has 5.", 0, 14, (3, 4)) if piece.marked]
    ['A']
    """
    cuts = [_skip_bullet(text, first, spans[0]), *spans, last]
    pieces = [Piece(text[a:b], number % 2 == 1) for number, (a, b) in enumerate(pairwise(cuts))]
    return tuple(piece for piece in pieces if piece.text)


def _skip_bullet(text: str, first: int, last: int) -> int:
    """Return where a sentence begins behind the mark of a list that stands before it."""
    return last - len(text[first:last].lstrip(_BULLETS))


def _place(facts: Facts, item: str, pieces: tuple[Piece, ...], sure: int) -> Passage:
    return Passage(
        pieces=pieces,
        language=facts.value(item, DCTERMS.language) or "",
        date=date_of_entry(facts, item),
        digest=read_thing(facts, facts.value(item, DCTERMS.isPartOf) or ""),
        line=facts.value(item, KG.line) or "",
        sure=sure,
    )
