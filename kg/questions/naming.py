"""The words in a slot of a question -> the nodes that they name."""

from __future__ import annotations

import re
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UnknownNameError
from kg.facts import Facts, kind_of
from kg.identity import fold
from kg.questions.senses import part_senses
from kg.questions.titles import find_topic
from kg.questions.words import (
    denies,
    is_everyday,
    is_plain,
    kind_of_word,
    language_of,
    load_words,
    names_nothing,
    read_id,
)  # fmt: skip
from kg.rdf.iris import mint_paper
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import FABIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store
    from kg.store.rows import Label

_QUOTES = " \t\"'“”‘’`.,:;!?()[]「」『』"
_LONGEST_NAME = 24  # words; titles are the longest names there are
_LEFT_OUT = 3  # more words than these that name nothing, and the question was another one
_NEAREST = 5
_SHORTEST = 3  # letters that the beginning of a title has at the least
_ALIKE, _COMPARED = 65, 100  # how alike names are in percent; so many are weighed by their use
_USE = 2.0  # percent that a name is liked more for being used twice as often


class Named(NamedTuple):
    """What a slot names: its nodes, the name as the graph prints it, and the words that name nothing.

    ``all_of`` are the nodes of each name where there are several, all of which are meant at once: "A and B";
    ``titled`` says that the nodes are papers which only have the words in their titles; ``rare`` are nodes
    that have the name as well, but so rarely that they are hardly meant.
    """

    name: str
    nodes: tuple[str, ...]
    left_out: str = ""
    all_of: tuple[tuple[str, ...], ...] = ()
    titled: bool = False
    rare: tuple[str, ...] = ()


def find_named(store: Store, text: str, kinds: tuple[str, ...]) -> Named | None:
    """Find the nodes of the right kind that a slot's text names: as a whole, or several with "and" between.

    Args:
        store: whose index of labels is asked.
        text: as the question has it; articles, particles and a word for the kind may stand around the name.
        kinds: of node that the question is about.
    """
    return _find_whole(store, text, kinds) or _find_several(store, text, kinds)


def guess_named(store: Store, text: str, kinds: tuple[str, ...], *, topic: bool = False) -> Named:
    """Find what a slot's text names where `find_named` found nothing of the right kind.

    A node of another kind will do, then what the lists of names call so, then the longest name among the
    words, then a title that begins so or, where the text may be a ``topic``, the titles that have it.

    Raises:
        UnknownNameError: nothing is known by that name; it carries the nearest names that are.
    """
    found = find_named(store, text, ()) or _find_listed(store, text, kinds) or _find_part(store, text, kinds)
    return found or _find_titles(store, text, kinds, topic)


def name_nodes(store: Store, text: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the nodes that a text names, of these kinds if there are any; those rarely called so are last.

    Raises:
        UnknownNameError: nothing is known by that name; it carries the nearest names that are.
    """
    named = find_named(store, text, kinds) or guess_named(store, text, kinds)
    return (*named.nodes, *named.rare)


def spell(text: str) -> list[str]:
    """Return the spellings to look for in a slot's text, the fullest first.

    >>> spell("the MATH-500 benchmark")
    ['the MATH-500 benchmark', 'MATH-500 benchmark', 'the MATH-500', 'MATH-500']
    >>> spell("강화 학습을")
    ['강화 학습을', '강화 학습']
    """
    spellings = [text.strip(_QUOTES)]
    for spelling in spellings:
        shorter = (cut(spelling) for cut in (_cut_article, _cut_kind, _cut_particle))
        spellings += [s for s in shorter if s and s not in spellings]
    return spellings


def _cut_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest.strip(_QUOTES) if first.casefold() in load_words()["articles"] else ""


def _cut_kind(text: str) -> str:
    """Take the word for a kind off the end of a text, or off its beginning."""
    words = text.split()
    if len(words) > 1 and kind_of_word(words[-1]):
        return " ".join(words[:-1]).strip(_QUOTES)
    if len(words) > 1 and kind_of_word(words[0]):
        return " ".join(words[1:]).strip(_QUOTES)
    return text[:-2] if text.endswith(("'s", "’s")) else ""


def _cut_particle(text: str) -> str:
    for particle in load_words()["particles"]:
        if text.endswith(particle) and len(text) > len(particle):
            return text.removesuffix(particle).strip(_QUOTES)
    return ""


def _find_whole(store: Store, text: str, kinds: tuple[str, ...]) -> Named | None:
    spellings = spell(text)
    labels = store.ledger.names.labels(map(fold, spellings))
    for spelling in spellings:
        matching = [label for label in labels if label.fold == fold(spelling) and _fits(label, kinds)]
        if matching and not names_nothing(spelling):
            return _choose(matching)
        if (not kinds or "paper" in kinds) and (paper := find_paper(store, spelling)):
            return Named(name=paper.rpartition("/")[2], nodes=(paper,))
    return None


def find_paper(store: Store, text: str) -> str | None:
    """Find the paper whose arXiv id, or the address with it, a text is."""
    number = read_id(text)
    paper = mint_paper(number) if number else ""
    return paper if number and Facts(store.graph).value(paper, FABIO.hasArXivId) else None


def _fits(label: Label, kinds: tuple[str, ...]) -> bool:
    return not kinds or kind_of(label.node) in kinds


def _choose(labels: list[Label], left_out: str = "") -> Named:
    """Mean what some labels mostly name, most used first, by the most used name."""
    common, rare = part_senses(labels)
    nodes = tuple(dict.fromkeys(label.node for label in common))
    return Named(name=labels[0].label, nodes=nodes, left_out=left_out, rare=rare)


def _find_listed(store: Store, text: str, kinds: tuple[str, ...]) -> Named | None:
    """Find a name that no digest spells as the text does, but the lists of known names do."""
    from kg.names import known_names  # reads them all

    folds = {fold(known.name) for each in spell(text) for known in known_names().lookup(each)}
    labels = store.ledger.names.labels(folds) if folds else []
    fitting = [label for label in labels if _fits(label, kinds)] or labels
    return _choose(fitting) if fitting else None


def _find_several(store: Store, text: str, kinds: tuple[str, ...]) -> Named | None:
    """Find every part of "A, B and C", or nothing if any part names nothing."""
    parts, together = _split(text)
    found = [_find_whole(store, part, kinds) for part in parts]
    if len(parts) < 2 or None in found:
        return None
    named = [one for one in found if one]
    return Named(
        name=(" & " if together else ", ").join(one.name for one in named),
        nodes=tuple(sorted({node for one in named for node in one.nodes})),
        all_of=tuple(one.nodes for one in named) if together else (),
        rare=tuple(node for one in named for node in one.rare),
    )


def _split(text: str) -> tuple[list[str], bool]:
    """Split a text at what joins names; say whether it means them all at once: "A and B", not "A or B"."""
    joints = sorted(load_words()["joints"], key=len, reverse=True)
    pattern = "|".join(rf"(?<=\S){j}\s" if len(j) < 3 and not j.isascii() else rf"\s{j}\s" for j in joints)
    pieces = re.split(rf"(,\s(?:and\s|or\s)?|{pattern})", text)
    joined = {piece.strip(" ,") or "," for piece in pieces[1::2]} - {","}
    together = bool(joined) and joined.isdisjoint(load_words()["either"])
    return [part for part in pieces[::2] if part.strip()], together


def _find_part(store: Store, text: str, kinds: tuple[str, ...]) -> Named | None:
    """Find the longest name among the words, where the words left out are plain ones."""
    words = text.split()
    spans = {(a, b): spell(" ".join(words[a:b])) for a, b in _spans(len(words))}
    labels: dict[str, list[Label]] = {}
    for label in store.ledger.names.labels(fold(s) for spellings in spans.values() for s in spellings):
        labels.setdefault(label.fold, []).append(label)
    for (start, end), spellings in spans.items():
        found = next((labels[fold(s)] for s in spellings if fold(s) in labels and not is_everyday(s)), None)
        rest = [word.strip(_QUOTES) for word in words[:start] + words[end:]]
        if found and len(rest) <= _LEFT_OUT and all(map(is_plain, rest)) and not _denies(rest):
            return _choose([label for label in found if _fits(label, kinds)] or found, " ".join(rest))
    return None


def _denies(words: list[str]) -> bool:
    text = " ".join(words)
    return denies(text, language_of(text))


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(count - 1, _LONGEST_NAME), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _find_titles(store: Store, text: str, kinds: tuple[str, ...], topic: bool) -> Named:
    """Find the papers whose titles begin with the text or have it, or tell which names are like it."""
    spellings, titles = spell(text), store.ledger.names.labels_below(f"{BASE}paper/")
    if topic and (found := find_topic(spellings, titles)):
        return Named(name=found.name, nodes=found.papers, titled=True)
    words = spellings[-1]
    start = fold(words)
    named = [label for label in titles if label.fold.startswith(start)]
    if named and len(start) > _SHORTEST and (not kinds or "paper" in kinds):
        return _choose(named)
    labels = (label for label in store.ledger.names.all_labels() if _fits(label, kinds))
    raise UnknownNameError(words, _find_nearest(start, labels))


def list_nearest(store: Store, text: str) -> tuple[str, ...]:
    """List the known names that resemble a text, of whatever kind, the most alike first."""
    return _find_nearest(fold(text), store.ledger.names.all_labels())


def _find_nearest(start: str, labels: Iterable[Label]) -> tuple[str, ...]:
    """Find the names most like one; of two that are as like, the one more used."""
    from rapidfuzz import fuzz, process

    choices: dict[str, Label] = {}
    for label in labels:
        choices.setdefault(label.fold, label)
    found = process.extract(start, list(choices), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_COMPARED)
    liked = sorted(found, key=lambda match: -match[1] - _USE * log2(1 + choices[match[0]].weight))
    return tuple(dict.fromkeys(choices[fold].label for fold, _, _ in liked[:_NEAREST]))
