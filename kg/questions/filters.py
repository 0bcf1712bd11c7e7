"""A question -> what it asks without its filters (time, size, code, score, ...), and the filters taken out.

A filter goes with every question whose query says where filters stand (``# filters``) and finds what they
restrict: ``?paper``, ``?value``, or the node that the question calls its subject.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from kg.questions.periods import find_dates
from kg.questions.templates import compile_template, could_match, expand
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST = 3  # filters in one question
_CUT = "cut"  # what is taken out of a question


class Filter(NamedTuple):
    """One filter: the constraint it adds, on which variable, and how it is said in each language.

    ``unknown`` says of which candidates the graph does not know whether they pass, or is empty.
    """

    name: str
    on: str
    query: str
    unknown: str
    phrases: Mapping[str, tuple[str, ...]]
    meaning: Mapping[str, str]
    missing: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, tuple[str, ...]]


class Taken(NamedTuple):
    """A filter as a question has it, with the texts in its slots and where it stood."""

    filter: Filter
    slots: tuple[tuple[str, str], ...]
    start: int
    end: int

    @property
    def literal(self) -> int:
        """How many letters of the question it accounts for, names left out."""
        return self.end - self.start - sum(len(text) for _, text in self.slots)


def peel(text: str, language: str) -> Iterator[tuple[str, tuple[Taken, ...]]]:
    """Yield the text with no filter taken out, then with ever more of them.

    >>> [rest for rest, _ in peel("best on MATH since 2025-01-24", "en")]
    ['best on MATH since 2025-01-24', 'best on MATH']
    """
    yield text, ()
    found = _find(text, language)
    seen: list[tuple[Taken, ...]] = []
    for kept in (_choose(found), _choose(found, shortest=True)):
        for count in range(1, len(kept[:_MOST]) + 1):
            for taken in combinations(kept[:_MOST], count):
                if taken not in seen:
                    seen.append(taken)
                    yield _cut(text, taken), taken


def _find(text: str, language: str) -> list[Taken]:
    return [
        Taken(each, _list_slots(match), match.start(_CUT), match.end(_CUT))
        for each in load_filters()
        for phrase in each.phrases[language]
        if _could_stand(phrase, text.lower())
        for match in _compile(phrase).finditer(text)
    ]


def _list_slots(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    return tuple((slot, text) for slot, text in match.groupdict().items() if slot != _CUT)


def _could_stand(phrase: str, lowered: str) -> bool:
    """Say whether a phrase may stand in a text: to compile one takes longer than to ask this of all."""
    if not could_match(expand(phrase.replace(" < ", " ").replace(" > ", " ")), lowered):
        return False
    return not any(slot in phrase for slot in _DATED) or any(find_dates(lowered))


_DATED = ("{when}", "{until}", "{period}")


def _choose(found: list[Taken], *, shortest: bool = False) -> list[Taken]:
    """Keep the longest where filters overlap, or of each end the shortest, in the order of the text."""
    kept: list[Taken] = []
    if shortest:
        ends = {(t.filter.name, t.end): t for t in sorted(found, key=lambda t: t.start)}
        found = list(ends.values())
    for taken in sorted(found, key=lambda t: (t.start - t.end, t.start, t.filter.name)):
        if all(taken.end <= other.start or taken.start >= other.end for other in kept):
            kept.append(taken)
    return sorted(kept, key=lambda t: t.start)


def _cut(text: str, taken: tuple[Taken, ...]) -> str:
    for each in reversed(taken):
        text = f"{text[: each.start]} {text[each.end :]}"
    return " ".join(text.split()).strip(" ,?.!")


@cache
def load_filters() -> tuple[Filter, ...]:
    """Read every filter, by name."""
    folder = FOLDER.joinpath("questions", "filters")
    texts = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_read(f.name.removesuffix(".toml"), tomli.loads(f.read_text("utf8"))) for f in texts)


def _read(name: str, data: Mapping[str, Any]) -> Filter:
    languages = {language: data[language] for language in ("en", "ko")}
    return Filter(
        name=name,
        on=data["on"],
        query=data["query"].strip(),
        unknown=data.get("unknown", "").strip(),
        phrases={lang: tuple(table["phrases"]) for lang, table in languages.items()},
        meaning={lang: table["meaning"] for lang, table in languages.items()},
        missing={lang: table.get("missing", "") for lang, table in languages.items()},
        examples={lang: tuple(table["examples"]) for lang, table in languages.items()},
        refused={lang: tuple(table["refused"]) for lang, table in languages.items()},
    )


@cache
def _compile(phrase: str) -> re.Pattern[str]:
    """Compile a phrase that stands between words.

    What comes before ``<`` must stand before it, what comes after ``>`` must follow it, and both are left.
    One word, of any script, may stand between: "open 7B models" are open, and of that size.
    """
    leader, _, phrase = phrase.rpartition(" < ")
    phrase, _, follower = phrase.partition(" > ")
    ahead = rf"(?=\s+(?:[^\s,;?!]+\s+)?{compile_template(expand(follower)).pattern})" if follower else ""
    behind = rf"{compile_template(expand(leader.strip())).pattern}\s+" if leader else ""
    body = compile_template(expand(phrase.strip())).pattern
    return re.compile(rf"(?<![\w-]){behind}(?P<{_CUT}>{body}){ahead}(?![\w-])", re.IGNORECASE | re.ASCII)
