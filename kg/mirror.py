"""A regular expression -> the one that matches the same texts read from right to left.

What stands *before* a place is found at once by an expression that reads from there to the left, while a
search tries every place of the text at which the wording might begin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(
    r"(?P<open>\(\?:|\((?!\?))|(?P<close>\))|(?P<or>\|)"
    r"|(?P<single>\\[^AZ\d]|\[\^?\]?(?:\\.|[^\]\\])*\]|\^|[^\\()\[\]|^$*+?{}])"
)
_REPEATED = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_START, _END = "^", r"\Z"


def mirror(pattern: str) -> str:
    r"""Turn a regular expression around; the beginning of the text (``^``) becomes its end.

    Args:
        pattern: of literals, escapes, classes, groups, alternatives and repetitions; without anchors other
            than ``^`` and the bounds of words, look-arounds, references and flags.

    Raises:
        ValueError: it holds something else, named with its place, or its brackets do not match.

    >>> mirror(r"(?:^|[^a-z])on (?:the )?")
    '(?: eht)? no(?:\\Z|[^a-z])'
    """
    return _turn(_cut(pattern))


def _cut(pattern: str) -> Iterator[tuple[str, str, str]]:
    """Yield the pieces of an expression: what each is, how it is written, how often it is repeated."""
    at = depth = 0
    while at < len(pattern) or depth:
        piece = _PIECE.match(pattern, at)
        kind = piece.lastgroup if piece else None
        depth += (kind == "open") - (kind == "close")
        if piece is None or kind is None or depth < 0:
            raise ValueError(f"cannot turn {pattern!r} around at {at}: {pattern[at : at + 4]!r}")
        repeated = _REPEATED.match(pattern, piece.end()) if kind in ("close", "single") else None
        at = repeated.end() if repeated else piece.end()
        yield kind, piece.group(), repeated.group() if repeated else ""


def _turn(pieces: Iterator[tuple[str, str, str]], opening: str = "") -> str:
    """Turn the alternatives up to the end of a group around, or of the expression."""
    alternatives: list[list[str]] = [[]]
    repeated = ""
    for kind, written, repeated in pieces:
        if kind == "open":
            alternatives[-1].append(_turn(pieces, written))
        elif kind == "or":
            alternatives.append([])
        elif kind == "close":
            break
        else:
            alternatives[-1].append((_END if written == _START else written) + repeated)
    turned = "|".join("".join(reversed(parts)) for parts in alternatives)
    return f"{opening}{turned}){repeated}" if opening else turned
