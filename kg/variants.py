"""A name -> its parts (family, version, size, tuning, date) and the families it is a variant of.

What a part looks like stands in ``data/variants.toml``; parts are taken off a name from its end.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from kg.identity import fold
from kg.records import Kind
from kg.supplies import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"(?:[ \-_/:·'’(]{1,2}|(?<=\d)\.(?=[a-z]))"
_JOIN = r"(?:(?<=[A-Za-z]{2})|(?<=[A-Za-z][-_ ]))"
_LETTERS = re.compile(r"[^\W\d_]{2}|\d{2}[a-z]?\Z|[a-z]\d|[가-힣]", re.IGNORECASE)
_YEAR = re.compile(r"(?P<family>.*[^\W\d])[ \-_'’]{0,2}(?P<year>(?:(?:19|20)\d\d|\d\d))\Z")
_LONGEST = 80
_THIS_CENTURY = 50
"""Two digits below this stand for a year after 2000."""


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a name is made of; a part that it does not have is empty. ``tuning`` keeps the printed order."""

    family: str
    version: str = ""
    size: str = ""
    tuning: tuple[str, ...] = ()
    date: str = ""


class Part(msgspec.Struct, frozen=True):
    """One kind of part as the data describes it: the slot it fills, and how it ends a name."""

    slot: str
    kinds: frozenset[str]
    ending: re.Pattern[str]
    finds: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


def parse(name: str, kind: Kind) -> Parts:
    """Take a name apart.

    >>> parse("Qwen2.5-Math-7B-Instruct", Kind.MODEL)
    Parts(family='Qwen', version='2.5', size='7B', tuning=('Math', 'Instruct'), date='')
    >>> parse("OpenAI-o1-1217", Kind.MODEL), parse("AIME'24", Kind.BENCHMARK).date
    (Parts(family='OpenAI', version='o1', size='', tuning=(), date='1217'), '2024')
    """
    taken: dict[str, list[str]] = {"version": [], "size": [], "tuning": [], "date": []}
    family = name
    for family, slot, part in _strip(name, kind):  # noqa: B007 - the last one is the family
        taken[slot].insert(0, part)
    return Parts(
        family=family,
        version=" ".join(taken["version"]),
        size=" ".join(taken["size"]),
        tuning=tuple(taken["tuning"]),
        date=" ".join(taken["date"]),
    )


def families(name: str, kind: Kind) -> tuple[str, ...]:
    """Give the names of which a name is a variant, the nearest first.

    >>> families("Qwen2.5-Math-7B", Kind.MODEL), families("AIME24", Kind.BENCHMARK)
    (('Qwen2.5-Math', 'Qwen2.5', 'Qwen'), ('AIME',))
    >>> families("DeepSeek-R1", Kind.METHOD)
    ()
    """
    return tuple(family for family, _, _ in _strip(name, kind))


@lru_cache(maxsize=65536)
def spell_year(name: str) -> str | None:
    """Spell an edition of a known yearly benchmark with all four digits of its year, or return None.

    >>> spell_year("AIME'24"), spell_year("AIME-2024"), spell_year("VOC07"), spell_year("MATH-500")
    ('AIME 2024', 'AIME 2024', 'VOC 2007', None)
    """
    match = _YEAR.match(name) if len(name) <= _LONGEST else None
    if not match or fold(match["family"]) not in _yearly():
        return None
    year = match["year"]
    if len(year) == 2:
        year = ("20" if int(year) < _THIS_CENTURY else "19") + year
    return f"{match['family'].rstrip()} {year}"


def parse_size(name: str) -> int | None:
    """Read the number of parameters out of a model's name.

    >>> parse_size("Qwen2.5-Math-7B"), parse_size("Mixtral-8x7B"), parse_size("GPT-4o")
    (7000000000, None, None)
    """
    size = parse(name, Kind.MODEL).size.upper()
    if not size or not size[:-1].replace(".", "", 1).isdigit():
        return None
    return int(Decimal(size[:-1]) * _SCALE[size[-1]])


_SCALE = {"M": 10**6, "B": 10**9, "T": 10**12}


def drop_head(name: str, kind: Kind) -> str | None:
    """Drop a last word that only repeats what kind of thing is named, or return None where there is none.

    >>> drop_head("MMK12 dataset", Kind.DATASET), drop_head("MATH-500", Kind.BENCHMARK)
    ('MMK12', None)
    """
    for head in _heads(kind):
        rest = name[: -len(head)]
        if name.casefold().endswith(head) and rest.endswith(" ") and _is_coined(rest.rstrip()):
            return rest.rstrip()
    return None


def _is_coined(name: str) -> bool:
    """Say whether a name can do without its head: one word, a capital or digit behind its first letter."""
    return " " not in name and any(c.isupper() or c.isdigit() for c in name[1:])


def _strip(name: str, kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Take one part after the other off the end: (what is left, slot, part)."""
    spelled = (spell_year(name) if kind is Kind.BENCHMARK else None) or name
    left = spelled.rstrip(")") if len(spelled) <= _LONGEST else ""
    while found := _last_part(left, kind):
        left, slot, part = found
        yield left, slot, part


def _last_part(name: str, kind: Kind) -> tuple[str, str, str] | None:
    for rule in parts():
        match = rule.ending.search(name) if kind.value in rule.kinds else None
        if match:
            left = name[: match.start()].rstrip(" -_/:·'’(")
            if _LETTERS.search(left):
                return left, rule.slot, match["part"]
    return None


@cache
def parts() -> tuple[Part, ...]:
    """Load the parts of names, in the order in which they are tried."""
    return tuple(
        Part(
            slot=part["slot"],
            kinds=frozenset(part["kinds"]),
            ending=_compile(part["pattern"], joined=part.get("joined", False)),
            finds=tuple(part["finds"]),
            ignores=tuple(part["ignores"]),
        )
        for part in read_toml("variants.toml")["part"]
    )


def _compile(pattern: str, *, joined: bool) -> re.Pattern[str]:
    """Compile how a part ends a name: behind a separator or, where ``joined``, right behind two letters."""
    before = f"(?:{_GAP}|{_JOIN})" if joined else _GAP
    return re.compile(rf"{before}(?P<part>{pattern})\Z")


@cache
def _yearly() -> frozenset[str]:
    return frozenset(fold(name) for name in read_toml("variants.toml")["yearly"]["names"])


@cache
def _heads(kind: Kind) -> tuple[str, ...]:
    return tuple(read_toml("variants.toml")["heads"].get(kind.value, ()))
