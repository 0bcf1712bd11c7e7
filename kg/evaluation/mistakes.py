"""Gold and predicted records -> what was missed and what was found in error, with the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.evaluation.agreement import LEVELS, pair
from kg.evaluation.gold import Named, Outdone, Reported, complete
from kg.evaluation.table import rows
from kg.language import sentences
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.evaluation.gold import Record

_LISTED = (*(kind.value for kind in Kind), f"result: {LEVELS[3]}", "outperforms", "repositories")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing missed or found in error: its row of the table, the entry, what it is, where it stands."""

    row: str
    record: str
    wrong: str
    what: str
    sentence: str = ""


def find_mistakes(
    gold: Iterable[Record], predicted: Iterable[Record], language: str | None = None
) -> tuple[Mistake, ...]:
    """List what was missed and what was found in error, sorted by row and entry.

    Results count as found when value, benchmark, metric, kind and system agree.
    """
    found: list[Mistake] = []
    for wanted, prediction in complete(gold, predicted):
        if language is None or wanted.language == language:
            found += _mistakes(wanted, prediction)
    return tuple(sorted(found))


def _mistakes(gold: Record, found: Record) -> Iterator[Mistake]:
    for row in rows(gold, found):
        if row.label not in _LISTED:
            continue
        paired = pair(row.gold, row.found, row.same)
        missed = [thing for at, thing in enumerate(row.gold) if at not in paired]
        spurious = [thing for at, thing in enumerate(row.found) if at not in paired.values()]
        for wrong, things in (("missed", missed), ("false alarm", spurious)):
            for thing in things:
                yield Mistake(row.label, gold.id, wrong, _describe(thing), _sentence(thing, found.text))


def _describe(thing: Named | Reported | Outdone | str) -> str:
    match thing:
        case Named():
            return thing.name
        case Outdone():
            return f"{thing.better} over {thing.worse}"
        case Reported():
            slots = (
                thing.kind,
                thing.system,
                thing.benchmark,
                thing.metric,
                f"{thing.value}{thing.unit or ''}",
            )
            return " | ".join(slot or "-" for slot in slots)
        case _:
            return thing


def _sentence(thing: Named | Reported | Outdone | str, text: str) -> str:
    """The sentence of a text in which a thing stands, or what gold quotes where there is no text."""
    match thing:
        case Named():
            quoted = thing.name
        case Reported() | Outdone():
            quoted = thing.evidence
        case _:
            quoted = thing
    at = text.find(quoted) if quoted else -1
    if at < 0:
        return quoted if isinstance(thing, Reported) else ""
    return next((text[a:b] for a, b in sentences(text) if a <= at < b), "")


def format_mistakes(mistakes: Iterable[Mistake], limit: int | None = None) -> str:
    """Write mistakes for a terminal: what, and below it the sentence."""
    lines = []
    for mistake in list(mistakes)[:limit]:
        lines.append(f"{mistake.row}: {mistake.wrong}: {mistake.what}  [{mistake.record}]")
        if mistake.sentence:
            lines.append(f"    {mistake.sentence}")
    return "\n".join(lines)
