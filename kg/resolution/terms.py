"""An entity of an entry -> its term: how it is spelled, spelled out, and what that alone says it is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kg.identity import fold
from kg.names import known_names
from kg.records import Kind
from kg.store.rows import Term
from kg.variants import drop_head, spell_year

if TYPE_CHECKING:
    from kg.names import KnownName
    from kg.records import Entity

_WORDS = re.compile(r"[^\s\-–/]+")
_SHORT = re.compile(r"[^\s]{2,14}\Z")
_PLURAL = re.compile(
    r"""(?: (?<![^\s\-–]) [A-Za-z]?                                        # a last word of ordinary letters:
            (?: [a-z]{3,} (?<![suixz])(?<!ic)(?<!(?:ch|sh)e)(?<!(?:ss|.x)e) (s)  # models, features
              | [a-z]+ (?:ss|x|ch|sh) (es) )                               # processes, boxes, searches
          | [A-Z] (s) )\Z                                                  # or an acronym: GANs, CoTs
    """,
    re.VERBOSE,
)
_LONGEST = 200
_HANGUL = re.compile("[가-힣]")
_BRITISH = (
    ("isation", "ization"),
    ("modelling", "modeling"),
    ("labelling", "labeling"),
    ("behaviour", "behavior"),
)
_DATED = {Kind.BENCHMARK, Kind.DATASET}
_INFLECTED = {Kind.METHOD, Kind.METRIC, Kind.TASK}


def read_term(entity: Entity) -> Term:
    """Say which term an entity of an entry is."""
    return _read(entity.kind, entity.name, entity.english, entity.aliases)


@lru_cache(maxsize=65536)
def _read(kind: Kind, name: str, english: str | None, aliases: tuple[str, ...]) -> Term:
    short, long = find_definition(name, aliases)
    if long is None:
        term = english or name
        if not is_listed(kind, canonical(kind, term)) and _HANGUL.search(term):
            term = next((gloss for gloss in aliases if gloss.isascii() and gloss not in term), term)
        return Term(kind, spell(kind, name), canonical(kind, term), "")
    spelled, meaning = spell(kind, short), canonical(kind, long)
    known = find_known(short, kind)
    if known is None:
        return Term(kind, spelled, meaning if is_listed(kind, meaning) else spelled, meaning)
    if meaning == key_of(known) or not expansions(known):
        return Term(kind, spelled, key_of(known), meaning)
    return Term(kind, spelled, meaning, meaning)


def find_definition(name: str, aliases: tuple[str, ...]) -> tuple[str, str | None]:
    """Find the short form and its expansion among the spellings that one entry gives a thing.

    >>> find_definition("TPO", ("Test-time Preference Optimization", "TPOs"))
    ('TPO', 'Test-time Preference Optimization')
    >>> find_definition("RL", ("single-turn RL",))
    ('RL', None)
    """
    spellings = (name, *aliases)
    for short in spellings:
        long = next((long for long in spellings if abbreviates(short, long)), None)
        if long:
            return short, _trim(short, long)
    return name, None


def _trim(short: str, long: str) -> str:
    """Cut a last word that only says what kind of thing it is: "Dense Point Tracking method" of DPT."""
    words = _WORDS.findall(long)
    letters = [c for c in short.casefold() if c.isalnum()]
    beyond = (
        len(words) > 2
        and [word[0].casefold() for word in words[:-1]] == letters
        and long.endswith(f" {words[-1].lower()}")
    )
    return long[: -len(words[-1])].rstrip(" -–/") if beyond else long


def abbreviates(short: str, long: str) -> bool:
    """Say whether a short form can stand for some words: its letters stand in them in order, the first first.

    >>> abbreviates("GRPO", "Group Relative Policy Optimization"), abbreviates("GRPO", "GRPO algorithm")
    (True, False)
    """
    letters = [c for c in _singular(short).casefold() if c.isalpha()]
    words = _WORDS.findall(long.casefold())
    if not _SHORT.match(short) or not 2 <= len(letters) < len(long) / 2:
        return False
    if not 2 <= len(words) <= len(letters) + 5 or short.casefold() in words or words[0][0] != letters[0]:
        return False
    if not any(c.isupper() for c in short):
        return False
    initials = sum(word[0] in letters for word in words)
    return _runs_through(long.casefold(), letters) and 3 * initials >= len(words)


def _runs_through(text: str, letters: list[str]) -> bool:
    """Say whether the letters stand in a text in this order, the last ones as far back as they can."""
    at = len(text)
    for letter in reversed(letters):
        at = text.rfind(letter, 0, at)
        if at < 0:
            return False
    return True


@lru_cache(maxsize=65536)
def canonical(kind: Kind, name: str) -> str:
    """Give the key of a name: that of the list where it is known, else that of its plainest spelling.

    >>> canonical(Kind.METHOD, "RL"), canonical(Kind.BENCHMARK, "HMMT'25")
    ('reinforcementlearning', 'hmmt2025')
    >>> canonical(Kind.MODEL, "OpenAI's o1")
    'openaio1'
    """
    return next((key_of(known) for known in _candidates(kind, name)), None) or spell(kind, name)


def _candidates(kind: Kind, name: str) -> list[KnownName]:
    plain = drop_head(name, kind)
    forms = (name, spell_year(name), plain, _without_developer(kind, name), _inflect(kind, name))
    return [known for form in forms if form and (known := find_known(form, kind))]


def spell(kind: Kind, name: str) -> str:
    """Give the key of a name's plainest spelling, whatever the lists say."""
    if kind in _DATED:
        name = spell_year(name) or name
    name = drop_head(name, kind) or name
    return fold(_inflect(kind, name)) or fold(name)


def _inflect(kind: Kind, name: str) -> str:
    """Put the last word into the singular, and British spellings into American, where words are inflected."""
    if kind not in _INFLECTED:
        return name
    for british, american in _BRITISH:
        name = name.replace(british, american)
    return _singular(name)


def _singular(name: str) -> str:
    """Drop the plural of a last word that is an ordinary word or an acronym, never that of a coined one."""
    plural = _PLURAL.search(name) if len(name) <= _LONGEST else None
    return name[: plural.start(plural.lastindex or 0)] if plural else name


def _without_developer(kind: Kind, name: str) -> str | None:
    """Drop the organisation before a model's name: "OpenAI's o1"."""
    if kind is not Kind.MODEL:
        return None
    first, _, rest = name.replace("-", " ", 1).partition(" ")
    first = first.removesuffix("'s").removesuffix("’s")
    return rest if rest and known_names().lookup(first, Kind.ORGANIZATION) else None


def find_known(spelling: str, kind: Kind) -> KnownName | None:
    """Return the known name of that spelling, if exactly one has it."""
    found = known_names().lookup(spelling, kind)
    return found[0] if len(found) == 1 else None


def key_of(known: KnownName) -> str:
    """Return the key of a known name: its folded spelling, with all four digits of a year."""
    dated = spell_year(known.name) if known.kind in _DATED else None
    return fold(dated or known.name)


def expansions(known: KnownName) -> list[str]:
    """Return the spellings of a known name that are several words."""
    return [s for s in known.spellings if len(_WORDS.findall(s)) > 1]


def is_listed(kind: Kind, key: str) -> bool:
    """Say whether a key is that of a known name."""
    return key in _listed(kind)


@cache
def _listed(kind: Kind) -> frozenset[str]:
    return frozenset(key_of(known) for known in known_names().names if known.kind is kind)


def read_listed(kind: Kind, spelled: str) -> str | None:
    """Return what the lists take an abbreviation for, by its key; None where they give it no other words."""
    known = find_known(spelled, kind)
    return key_of(known) if known and (expansions(known) or key_of(known) != spelled) else None
