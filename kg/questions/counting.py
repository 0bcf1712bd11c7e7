"""A question without its names -> the column of its query of which only the number is asked."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.questions.words import kind_of_word, load_words
from kg.sparql.ordering import list_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

_CALLED = {"model": ("system",)}
"""What queries call a kind where they do not call it by its name."""

_THINGS = ("introduced", "used", "thing")
"""What queries call things of whatever kind is asked for."""

_OWN_COLUMN = ("", "paper", "author", "result", "digest")
"""Kinds that have a column of their own wherever they are told."""

_WORD = r"[a-z]+|[가-힣]+"


def find_counted(text: str, query: str) -> str:
    """Return the column to count, or nothing where no number is asked, or one of something else.

    >>> query = "SELECT ?author (MIN(?day) AS ?date) ?paper WHERE { ?result ?is ?author }"
    >>> find_counted("how many authors wrote", query), find_counted("저자는 몇 명", query)
    ('author', 'author')
    >>> find_counted("몇 편", query), find_counted("how many results does it report", query)
    ('paper', '')
    >>> find_counted("논문에서 몇 명의 저자가", query)
    'author'
    """
    asked = _counting().search(text.casefold())
    if not asked:
        return ""
    return find_column(_find_kind(text.casefold(), asked), list_columns(query))


def find_column(kind: str, columns: Sequence[str]) -> str:
    """Return the column in which things of a kind stand, or nothing.

    >>> find_column("benchmark", ["introduced", "paper"]), find_column("paper", ["introduced", "paper"])
    ('introduced', 'paper')
    """
    names = (kind, *_CALLED.get(kind, ()), *(() if kind in _OWN_COLUMN else _THINGS))
    return next((name for name in names if name in columns), "")


def _find_kind(text: str, asked: re.Match[str]) -> str:
    """Return the kind that is counted: the word after English ones, and close after or last before Korean."""
    units: dict[str, str] = load_words()["units_of"]
    unit = next((kind for unit, kind in units.items() if asked[0].endswith(unit)), None)
    before, after = text[: asked.start()], text[asked.end() :]
    close = re.findall(r"^의?\s?([가-힣]+)", after)
    words = re.findall(_WORD, after) if asked[0].isascii() else [*close, *re.findall(_WORD, before)[::-1]]
    found = (kind for word in words for cut in (word, word[:-1]) if (kind := kind_of_word(cut)))
    return unit or next(found, "paper")


@cache
def _counting() -> re.Pattern[str]:
    cues = sorted(load_words()["counting"], key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(cue)}\b" if cue.isascii() else re.escape(cue) for cue in cues))
