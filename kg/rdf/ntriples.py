"""Values -> terms and statements in N-Triples, the text in which the graph is written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

Statement = tuple[str, str, str]
"""Subject, predicate and object, each already in N-Triples."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\n\r\t]')
_ODD = r"[^A-Za-z0-9\-._~:/?@!$&'()*+,;=%\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%(?![0-9A-Fa-f]{2})"
"""What stands in no IRI as it is (RFC 3987); ``#`` is dealt with apart, since one is allowed."""

_SOUND = re.compile(r"[A-Za-z0-9\-._~:/?@!$&'()*+,;=]*(?:#[A-Za-z0-9\-._~]*)?")
"""Nearly all IRIs; they need no second look."""

_REMEMBERED = 8192
"""So many IRIs are kept as they are written: most of those asked for are the same few properties."""


@lru_cache(_REMEMBERED)
def iri(value: str) -> str:
    """Write an IRI; characters that no IRI may hold are percent-encoded, so that none can end it early."""
    if _SOUND.fullmatch(value):
        return f"<{value}>"
    before, mark, after = value.partition("#")
    return f"<{re.sub(_ODD, _percent, before)}{mark}{re.sub(_ODD, _percent, after)}>"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def string(value: str, language: str | None = None) -> str:
    """Write a string, with a language tag if one is given."""
    quoted = f'"{_ESCAPED.sub(lambda m: _ESCAPES[m.group()], value)}"'
    return f"{quoted}@{language}" if language else quoted


def integer(value: int) -> str:
    """Write a whole number."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: Decimal) -> str:
    """Write a finite decimal without exponent; a superfluous tail of zeros goes.

    >>> from decimal import Decimal
    >>> decimal(Decimal("79.80"))
    '"79.8"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f'"{text or "0"}"^^<{_XSD}decimal>'


def date(value: str) -> str:
    """Write an ISO day as xsd:date, an ISO month as xsd:gYearMonth."""
    return f'"{value}"^^<{_XSD}{"date" if len(value) == 10 else "gYearMonth"}>'


def boolean(value: bool) -> str:
    """Write a truth value."""
    return f'"{str(value).lower()}"^^<{_XSD}boolean>'


def line(statement: Statement) -> str:
    """Write one statement as a line of N-Triples."""
    return f"{statement[0]} {statement[1]} {statement[2]} .\n"
