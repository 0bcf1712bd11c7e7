"""The titles that digests give a paper -> a word of warning where one id stands for two."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import token_set_ratio

from kg.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALIKE = 60.0
"""Below this likeness (0 to 100, of word sets) two titles of one id are taken for two papers."""


def find_wrong_links(titles: Iterable[tuple[str, str, str, int]]) -> Iterator[Problem]:
    """Report ids that two unlike titles share: one of the links must be wrong.

    Args:
        titles: (paper key, title, digest, line), sorted by paper.

    Yields:
        One problem for each title that is unlike the first one of its id.
    """
    for paper, rows in groupby(titles, key=lambda row: row[0]):
        (_, first, digest, line), *others = rows
        for _, title, other, other_line in others:
            if token_set_ratio(first.casefold(), title.casefold()) < _ALIKE:
                yield Problem(
                    digest=other,
                    line=other_line,
                    wrong=f"{paper} is linked to {title!r}",
                    expected=f"{first!r}, as in {digest}:{line}",
                )
