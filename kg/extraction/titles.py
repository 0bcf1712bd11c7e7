"""A reading -> the names that its title gives: "Name: what it is", "what it does with Name"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extraction.reading import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extraction.reading import Reading

_HEAD = re.compile(r"[^\s:?!,][^:?!\n]{0,45}?(?=\s?[:：])")
_SENTENCE = re.compile(
    r"(?:^|\s)(?:is|are|do|does|can|how|why|what|when|towards?|beyond|from|on|rethinking|improving|exploring"
    r"|understanding|scaling|learning to|a|an|the|and|or|for|to|in|of|your|with|through|via)(?=\s|$)",
    re.IGNORECASE,
)
_MARKS = "*_\"'“”‘’`$ "


def find_title_names(reading: Reading) -> Iterator[Candidate]:
    """Yield the name before the colon of a title, unless a phrase stands there."""
    head = _HEAD.match(reading.plain, 0, reading.title_end)
    if head is None:
        return
    text = head.group().rstrip()
    start = len(text) - len(text.lstrip(_MARKS))
    name = text.strip(_MARKS)
    if len(name) < 2 or len(name.split()) > 4 or _SENTENCE.search(name):
        return
    yield Candidate(start, start + len(name), "title-name" if " " not in name else "title-words")
