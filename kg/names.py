"""A text -> the known names that stand in it."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import ahocorasick

from kg.boundaries import HYPHENS, is_hangul, stands_alone
from kg.errors import InputError
from kg.identity import fold
from kg.records import Kind
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

GUARDS = ("", "case", "cue")
DIRECTIONS = ("", "higher", "lower")
_COLUMNS = ["name", "aliases", "guard", "sources"]
_MORE_COLUMNS = {Kind.BENCHMARK: ["metric", "task"], Kind.METRIC: ["direction"]}


class KnownName(NamedTuple):
    """One thing with all its spellings.

    ``guard`` says how careful a reader must be: empty = any spelling in any case, ``case`` = only with the
    printed case, ``cue`` = the printed case and a cue beside it. ``direction`` (``higher``, ``lower`` or
    empty) tells which end of a metric is better; ``metric`` is the customary metric of a benchmark.
    """

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    guard: str = ""
    direction: str = ""
    metric: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class NameHit(NamedTuple):
    """``text[start:end]`` is a spelling of ``known``; ``spelling_exact`` when the list prints it so."""

    start: int
    end: int
    known: KnownName
    spelling_exact: bool


class KnownNames:
    """All known names, searched in one pass over a text; the automaton is built at the first search."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        self.names = tuple(names)

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Find the known names that stand in a text as whole words.

        Args:
            text: any text; offsets count its code points.

        Returns:
            Hits in order of place. Hits of one kind never overlap, the longest name at the leftmost place
            wins; a span that two kinds know gives one hit for each.
        """
        hits: list[NameHit] = []
        reached: dict[Kind, int] = {}
        order = sorted(self._candidates(text), key=lambda hit: (hit.start, -hit.end, not hit.spelling_exact))
        for hit in order:
            if hit.start >= reached.get(hit.known.kind, 0):
                reached[hit.known.kind] = hit.end
                hits.append(hit)
        return tuple(hits)

    def lookup(self, spelling: str, kind: Kind | None = None) -> tuple[KnownName, ...]:
        """Give the known names that a spelling stands for by its folded key, of one kind or of all."""
        known = self._by_key.get(fold(spelling), ())
        return tuple(name for name in known if kind is None or name.kind is kind)

    def _candidates(self, text: str) -> Iterator[NameHit]:
        for last, (length, owners) in self._automaton.iter(_level(text)):
            start, end = last + 1 - length, last + 1
            if stands_alone(text, start, end):
                printed = text[start:end]
                bare = _bare(printed)
                for known, spelling in owners:
                    if _demand_case(spelling, known.guard) in ("", bare):
                        exact = printed == known.name or printed in known.aliases
                        yield NameHit(start, end, known, exact)

    @cached_property
    def _automaton(self) -> Any:
        owners: dict[str, list[tuple[KnownName, str]]] = {}
        for known in self.names:
            for spelling in known.spellings:
                for variant in _variants(spelling):
                    owners.setdefault(variant, []).append((known, spelling))
        automaton = ahocorasick.Automaton()
        for variant, spellings in owners.items():
            automaton.add_word(variant, (len(variant), tuple(spellings)))
        automaton.make_automaton()
        return automaton

    @cached_property
    def _by_key(self) -> dict[str, tuple[KnownName, ...]]:
        index: dict[str, dict[KnownName, None]] = {}
        for known in self.names:
            for spelling in known.spellings:
                index.setdefault(fold(spelling), {})[known] = None
        return {key: tuple(names) for key, names in index.items()}


@cache
def known_names() -> KnownNames:
    """Read the project's own lists of names, one file a kind."""
    folder = FOLDER / "names"
    return KnownNames(known for kind in Kind for known in read_names(folder / f"{kind}.tsv", kind))


@cache
def not_names() -> frozenset[str]:
    """Read the folded keys of spellings that are no names: classes of models, fields, bare capabilities."""
    text = (FOLDER / "names" / "not_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(line) for line in text.splitlines() if line and not line.startswith("#"))


def read_names(path: Path, kind: Kind) -> Iterator[KnownName]:
    """Read one table of names.

    Args:
        path: tab-separated, ``#`` comments, then a header row, then a row a name.
        kind: what the names of this table are.

    Raises:
        InputError: a row does not fit the header, or its guard or direction is none.
    """
    columns = _COLUMNS + _MORE_COLUMNS.get(kind, [])
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    rows = ((at, line.split("\t")) for at, line in lines if not line.startswith("#"))
    for place, (at, cells) in enumerate(rows):
        if place == 0 and cells != columns:
            raise InputError(str(path), at, f"header is {cells}", f"{columns}")
        if len(cells) != len(columns):
            raise InputError(str(path), at, f"{len(cells)} cells", f"{len(columns)}")
        if place:
            yield _known_name(dict(zip(columns, cells, strict=True)), kind, path, at)


def _known_name(row: dict[str, str], kind: Kind, path: Path, at: int) -> KnownName:
    for column, allowed in (("guard", GUARDS), ("direction", DIRECTIONS)):
        if row.get(column, "") not in allowed:
            raise InputError(str(path), at, f"{column} {row[column]!r}", f"one of {allowed}")
    return KnownName(
        name=row["name"],
        kind=kind,
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        guard=row["guard"],
        direction=row.get("direction", ""),
        metric=row.get("metric", ""),
    )


_ALIKE = str.maketrans(
    {**dict.fromkeys(HYPHENS + "\u00a0", " "), "\u2018": "'", "\u2019": "'", "\u00d7": "x"}
)
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")
_APART = {ord(c): None for c in HYPHENS + "\u00a0 "}
_SEAM = re.compile(r"(?<=[a-z]{3})(?=\d)|(?<=[ \-_])")
_MOST_OPTIONS = 4


def _level(text: str) -> str:
    if "://" in text:
        text = _WEB_ADDRESS.sub(lambda address: "\n" * len(address.group()), text)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_ALIKE)


def _bare(spelling: str) -> str:
    return spelling.translate(_ALIKE).translate(_APART)


def _variants(spelling: str) -> set[str]:
    """Spell a name with and without its separators: "MATH-500" -> "math 500", "math500"."""
    parts = _SEAM.split(spelling.lower())
    optional = [at for at, part in enumerate(parts[:-1]) if _is_loose(part, parts[at + 1])]
    if not optional:
        return {_level(spelling)}
    if len(optional) > _MOST_OPTIONS:
        return {level := _level(spelling), level.replace(" ", "")}
    spelled = [""]
    for at, part in enumerate(map(_level, parts)):
        ends = [f"{part.rstrip(' ')} ", part.rstrip(" ")] if at in optional else [part]
        spelled = [head + end for head in spelled for end in ends]
    return set(spelled)


def _is_loose(left: str, right: str) -> bool:
    """Say whether the gap between two parts may be there or not: never between plain words or two numbers."""
    digits = left[-2:-1].isdigit(), right[:1].isdigit()
    return not all(digits) and (not left.endswith(" ") or any(digits) or is_hangul(right[:1]))


@cache
def _demand_case(spelling: str, guard: str) -> str:
    """Return the letters that must be printed just so, or nothing where any case will do."""
    letters = [c for c in spelling if c.isalpha()]
    short = len(spelling) <= 3 or (len(letters) <= 4 and len(letters) == len(spelling))
    strict = guard or (short and (spelling != spelling.lower() or spelling.isalnum()))
    return _bare(spelling) if strict else ""
