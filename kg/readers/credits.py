"""An authors field -> its credits."""

from __future__ import annotations

import ast
import re

from kg.records import Credit
from kg.text.plaintext import to_line

_MORE = frozenset({"+", "...", "…", "et al", "et al.", "others", "and others", "n/a", "none", "unknown", "-"})
_CUT = re.compile(r"[\s,]*\bet\s?al\.?\s*\Z", re.IGNORECASE)
_LONGEST_LIST = 200_000


def split_list(text: str) -> tuple[str, ...]:
    """Split a list as digests print it: a Python list, or items between commas (semicolons, if there are).

    >>> split_list("['A. B', 'C']"), split_list("A. Person, b-2, +")
    (('A. B', 'C'), ('A. Person', 'b-2', '+'))
    """
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        items = _read_literal(bare)
        if items is not None:
            return items
        bare = bare[1:-1]
    parts = bare.split(";") if ";" in bare else bare.split(",")
    return tuple(part for part in (item.strip(" \t\n'\"") for item in parts) if part)


def read_credits(text: str, *, handles: bool) -> tuple[Credit, ...]:
    """Read the authors as printed, in their order; marks of omission (``+``, ``et al.``) are no authors.

    With ``handles`` an author without a blank is a Hugging Face handle, else everybody is a name.

    >>> [credit.name or "@" + str(credit.handle) for credit in read_credits("Ada Li, x-27, +", handles=True)]
    ['Ada Li', '@x-27']
    """
    names = (_CUT.sub("", to_line(part).strip("*`_ ")) for part in split_list(text))
    kept = [name.removeprefix("and ") for name in names if name and name.casefold() not in _MORE]
    return tuple(
        Credit(handle=name) if handles and " " not in name else Credit(name=name) for name in kept if name
    )


def _read_literal(text: str) -> tuple[str, ...] | None:
    if len(text) > _LONGEST_LIST or text.count("[") > 1:
        return None
    try:
        items = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
