"""A question as understood -> the words that say so, and the notes that stand beside its answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import UnknownNameError
from kg.facts import kind_of
from kg.identity import fold, slug
from kg.questions.words import language_of, load_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.errors import NotUnderstoodError
    from kg.facts import Facts
    from kg.questions.filling import Filled
    from kg.questions.grammar import Question
    from kg.questions.reading import Match
    from kg.sparql.answers import Answer

_FIRST = 5  # nodes of one name that are told
_COLUMNS = {"model": "system", "method": "system", "benchmark": "benchmark"}
_RARE = 2  # and of those that are hardly meant
_MAYBE = re.compile(r"\[([^\[\]]*)\]")
"""What stands in the meaning of a question only where its slot has a name."""


def tell(language: str, question: Question, filled: Filled) -> str:
    """Say how a question was understood."""
    names = {slot: filled.slots[slot].name if slot in filled.slots else "" for slot in question.slots}
    meaning = _MAYBE.sub(
        lambda part: part[1] if _fills(part[1], names) else "", question.wordings[language].meaning
    )
    parts = [] if question.filtered and filled.clauses else [meaning.format(**names)]
    for clause, slots in filled.clauses:
        meaning = clause.question.wordings[language].meaning
        said = meaning.format(**{slot: filling.name for slot, filling in slots.items()})
        parts.append(_say(language, "denied", meaning=said) if clause.denied else said)
    for taken, filling in filled.filters:
        meaning = taken.filter.meaning[language]
        parts.append(meaning.format(**dict.fromkeys(("when", "size", "bound"), filling.name)))
    return ", ".join(parts)


def _fills(part: str, names: Mapping[str, str]) -> bool:
    """Say whether every slot in a part of a meaning has a name."""
    return part.format(**names) != part.format(**dict.fromkeys(names, ""))


def note_cut(match: Match, shown: int, total: int) -> list[str]:
    """Say of how many rows only the first are told."""
    return [note(match, "first", shown=str(shown), total=f"{total:,}")] if shown < total else []


def note_names(match: Match, filled: Filled, facts: Facts) -> list[str]:
    """Say which words were left out, and which nodes are meant by a name of several."""
    notes = [note(match, "left_out", words=match.left_out)] if match.left_out else []
    fillings = [*filled.slots.values(), *(f for _, slots in filled.clauses for f in slots.values())]
    for named in (filling.named for filling in fillings if filling.named):
        if len(named.nodes) > max(1, len(named.all_of)) and not named.titled:
            told = named.nodes if len(named.nodes) <= _FIRST + 1 else named.nodes[:_FIRST]
            shown = [f"{kind_of(node)} {_tell_apart(facts, node)}" for node in told]
            more = [f"+{len(named.nodes) - len(told)}"] if len(told) < len(named.nodes) else []
            kinds = ", ".join([*shown, *more])
            notes.append(note(match, "several", name=named.name, kinds=kinds))
        if named.rare:
            notes.append(note(match, "rare", name=named.name, things=_list_rare(facts, named.rare)))
        if named.left_out:
            notes.append(note(match, "left_out", words=named.left_out))
    return notes


def note_variants(match: Match, filled: Filled, found: Answer) -> list[str]:
    """Say of which names nothing is told but what is true of their variants."""
    named = [filling.named for filling in filled.slots.values() if filling.named]
    return [note(match, "variants", name=one.name) for one in named if _lacks(found, one.nodes)]


def _lacks(found: Answer, nodes: Sequence[str]) -> bool:
    """Say whether the column in which some nodes would stand has others only."""
    column = _COLUMNS.get(kind_of(nodes[0]) if nodes else "")
    if column not in found.columns:
        return False
    at = found.columns.index(column)
    told = {row[at].value for row in found.rows if isinstance(row[at], ox.NamedNode)}  # type: ignore[union-attr]
    return bool(told) and told.isdisjoint(nodes)


def _list_rare(facts: Facts, nodes: Sequence[str]) -> str:
    """List the first things of some that are rarely meant, and say how many more there are."""
    told = [f"{kind_of(node)} {_tell_apart(facts, node)}" for node in nodes[:_RARE]]
    more = [f"+{len(nodes) - _RARE}"] if len(nodes) > _RARE else []
    return ", ".join([*told, *more])


def _tell_apart(facts: Facts, node: str) -> str:
    """Return the name of which a node's IRI is made, or its plural: of two called GRPO the long one."""
    tail = node.rsplit("/", 1)[-1]
    spelled = {slug(fold(name)): name for name, _ in reversed(facts.names(node))}
    plurals = (name for key, name in spelled.items() if key.startswith(tail))
    return spelled.get(tail) or next(plurals, unquote(tail))


def note(match: Match, key: str, **values: str) -> str:
    """Write one of the notes in the language of the question."""
    return _say(match.language, key, **values)


def explain(question: str, error: UnknownNameError | NotUnderstoodError) -> str:
    """Say in the language of a question why it has no answer, and what is nearest to it."""
    language = language_of(question)
    if isinstance(error, UnknownNameError):
        why = _say(language, "unknown", name=error.name)
        return why + _say(language, "nearest", names=", ".join(error.nearest)) * bool(error.nearest)
    why = _say(language, "unread", question=error.question)
    return why + _say(language, "readable", questions=" | ".join(error.nearest)) * bool(error.nearest)


def _say(language: str, key: str, **values: str) -> str:
    return str(load_words()["notes"][language][key]).format(**values)
