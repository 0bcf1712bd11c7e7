"""Gold records and digests -> candidate pairs of names, to be judged by a reader before they enter pairs.tsv.

    python tests/identity/sample.py FOLDER

FOLDER holds ``gold/*.json`` and ``corpus/**/*.md``. Candidates that are likely the same come from the alias
sets of single gold entities and from abbreviations that two papers spell out alike; candidates that are
likely different are names one digit, size, version, word or letter apart, and abbreviations spelled out in
two ways.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Entities = list[tuple[str, tuple[str, ...]]]
Definitions = dict[str, Counter[str]]
SAME, DIFFERENT = "same", "different"
MOST_PAIRS = 3
"""How many pairs one name may stand in."""

_TITLE_WORD = r"(?:[A-Z][\w-]*|of|for|with|and|the|to|from|in)"
_DEFINED = re.compile(rf"({_TITLE_WORD}(?: {_TITLE_WORD}){{1,6}}) \(([A-Z][A-Za-z0-9-]{{1,9}})\)")
_APART = re.compile(r"[\W_]+")
_VARIANT = re.compile(
    r"(?i)[ -](?:v?\d[\d.]*[a-z]?|\d[\d.]*[bmk]|instruct|chat|base|mini|pro|plus|lite|verified|diamond|math|"
    r"coder|vl|hard|multimodal|preview|turbo|flash|large|small|tiny|max|ultra|thinking|hd|zero|xl|"
    r"challenge|dev|testmini)\Z"
)


class Pair(NamedTuple):
    """Two names of one kind, with what each stands for in its own paper (or nothing)."""

    one: str
    other: str
    kind: str
    verdict: str
    one_stands_for: str = ""
    other_stands_for: str = ""


def read_entities(folder: Path) -> Entities:
    """Read (kind, spellings) of every gold entity."""
    texts = [(folder / "gold" / f"{name}.json").read_text("utf8") for name in ("train", "seeds")]
    entities = [entity for text in texts for record in json.loads(text) for entity in record["entities"]]
    return [(e["type"], tuple(dict.fromkeys((e["name"], *e.get("aliases", []))))) for e in entities]


def read_definitions(folder: Path) -> Definitions:
    """Read every "Words of a Name (WOAN)" in the digests: short form -> its expansions."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path in sorted((folder / "corpus").rglob("*.md")):
        for words, short in _DEFINED.findall(path.read_text("utf8")):
            long = _cut(words.split(), short)
            if long:
                found[short][long] += 1
    return found


def _cut(words: list[str], short: str) -> str:
    """Keep the last words whose initials are the short form."""
    letters = [c.lower() for c in short if c.isalpha()]
    for start in (at for at, word in enumerate(words) if word[0].isupper()):
        parts = [p for w in words[start:] for p in w.split("-") if p]
        content = [p[0].lower() for p in parts if p[0].isupper()]
        if content == letters or [p[0].lower() for p in parts] == letters:
            return " ".join(words[start:])
    return ""


def propose_same(entities: Entities, definitions: Definitions) -> Iterator[Pair]:
    """Propose spellings of one thing: separators and case apart, or an abbreviation and its expansion."""
    for kind, spellings in entities:
        for one, other in combinations(spellings, 2):
            if _plain(one) == _plain(other):
                if not _differ_in_first_letter_only(one, other):
                    yield Pair(one, other, kind, SAME)
            elif _abbreviates(one, other):
                yield Pair(one, _retype(other), kind, SAME, other)
    for short, one, other in _defined_twice(definitions):
        if _plain(one).rstrip("s") == _plain(other).rstrip("s"):
            yield Pair(short, short, "method", SAME, one, other)


def propose_different(entities: Entities, definitions: Definitions) -> Iterator[Pair]:
    """Propose near misses."""
    names: dict[str, set[str]] = defaultdict(set)
    for kind, spellings in entities:
        names[kind].update(s for s in spellings if s.isascii() and len(s) < 40)
    for kind, spelled in sorted(names.items()):
        yield from _digits_apart(kind, spelled)
        yield from _variants_apart(kind, spelled)
        yield from _one_letter_apart(kind, spelled)
    for short, one, other in _defined_twice(definitions):
        if _plain(one)[:-1] not in _plain(other) and _plain(other)[:-1] not in _plain(one):
            yield Pair(short, short, "method", DIFFERENT, one, other)


def _defined_twice(definitions: Definitions) -> Iterator[tuple[str, str, str]]:
    for short, longs in definitions.items():
        yield from ((short, one, other) for one, other in combinations(sorted(longs), 2))


def _differ_in_first_letter_only(one: str, other: str) -> bool:
    """Say whether two spellings differ in case alone and have no capital worth testing."""
    return one.casefold() == other.casefold() and not (one[1:].casefold() != one[1:] != other[1:])


def _digits_apart(kind: str, spelled: Iterable[str]) -> Iterator[Pair]:
    """Propose names that are alike but for their numbers."""
    masked = defaultdict(list)
    for name in sorted(spelled):
        masked[re.sub(r"\d+(?:\.\d+)?", "#", _APART.sub("", name.lower()))].append(name)
    for alike in masked.values():
        yield from (Pair(a, b, kind, DIFFERENT) for a, b in combinations(alike, 2) if _plain(a) != _plain(b))


def _variants_apart(kind: str, spelled: Iterable[str]) -> Iterator[Pair]:
    """Propose names of which one is the other with a size, a version or a word more."""
    plain = {_plain(name): name for name in sorted(spelled)}
    for name in sorted(spelled):
        shorter = _VARIANT.sub("", name)
        if shorter != name and _plain(shorter) in plain:
            yield Pair(plain[_plain(shorter)], name, kind, DIFFERENT)


def _one_letter_apart(kind: str, spelled: Iterable[str]) -> Iterator[Pair]:
    """Propose acronyms of which one has a letter more, or another letter."""
    holes = defaultdict(set)
    for name in spelled:
        if name.isupper() and 3 <= len(name) <= 7:
            for at in range(len(name)):
                holes[name[:at] + "_" + name[at + 1 :]].add(name)
                holes[name[:at] + name[at + 1 :]].add(name)
            holes[name].add(name)
    for alike in holes.values():
        yield from (Pair(a, b, kind, DIFFERENT) for a, b in combinations(sorted(alike), 2))


def _plain(name: str) -> str:
    return _APART.sub("", name.lower())


def _retype(name: str) -> str:
    """Write an expansion as another paper might."""
    return (
        name.title()
        if name == name.lower()
        else name.lower()
        if name == name.title()
        else name.replace("-", " ")
    )


def _abbreviates(short: str, long: str) -> bool:
    letters = [c for c in short.lower() if c.isalnum()]
    initials = [p[0].lower() for p in re.split(r"[\s-]+", long) if p]
    return short.upper() == short and 2 < len(letters) <= 7 and letters == initials


def sample(pairs: Iterable[Pair], most: int) -> list[Pair]:
    """Take pairs in an order that is fixed but arbitrary, no name more than three times."""
    used: Counter[str] = Counter()
    seen: set[frozenset[str]] = set()
    taken = []
    for pair in sorted(set(pairs), key=lambda p: hashlib.sha256("\t".join(p).encode()).hexdigest()):
        names = {pair.one, pair.other}
        key = frozenset((pair.one + pair.one_stands_for, pair.other + pair.other_stands_for))
        free = key not in seen and all(used[name] < MOST_PAIRS for name in names)
        if free and len(taken) < most:
            taken.append(pair)
            seen.add(key)
            used.update(names)
    return taken


def main(folder: Path, most: int) -> None:
    """Print candidates as the rows of a table."""
    entities, definitions = read_entities(folder), read_definitions(folder)
    for propose in (propose_same, propose_different):
        for pair in sample(propose(entities, definitions), most):
            print("\t".join(pair))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400)
