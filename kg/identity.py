"""A name as printed -> the key by which equal things are one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "∞": "infinity", "×": "x",
}  # fmt: skip
_SPELLED = frozenset("+@*#")
_APART = "-"
_BETWEEN_DIGITS = {".": ".", ",": ""}

# Most names are ASCII and have nothing between two digits; then letters, digits and what is spelled are all.
_DROPPED = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) not in _SPELLED}
_BETWEEN = re.compile(r"[0-9][^A-Za-z0-9+@*#]+[0-9]")


def fold(name: str) -> str:
    """Reduce a spelling to what must agree for two spellings to be one name.

    Case, spaces, hyphens and punctuation go; letters, digits, ``+ @ * #`` stay; a point between two digits
    stays and any other separator there is a hyphen, because ``3.1`` is not ``31`` and ``4 1`` is not ``41``.

    >>> fold("MATH-500") == fold("MATH 500") == fold("math500")
    True
    >>> fold("Qwen2.5-Math-7B"), fold("τ-bench"), fold("VBench++"), fold("Mixtral 8×7B"), fold("GPT-4 (0613)")
    ('qwen2.5math7b', 'taubench', 'vbench++', 'mixtral8x7b', 'gpt4-0613')
    """
    if name.isascii() and not _BETWEEN.search(name):
        return name.lower().translate(_DROPPED)
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(GREEK.get(c, c) for c in text)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not _is_accent(c))
    return unicodedata.normalize("NFC", "".join(_keep(unicodedata.normalize("NFC", text))))


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _keep(text: str) -> Iterator[str]:
    """Yield what stays of a text: its letters and digits, and what parts two numbers."""
    last, gap = "", ""
    for character in text:
        if character.isalnum() or character in _SPELLED:
            if gap and last.isdigit() and character.isdigit():
                yield _BETWEEN_DIGITS.get(gap, _APART)
            yield character
            last, gap = character, ""
        else:
            gap += character


def slug(key: str) -> str:
    """Turn a folded key into the local part of an IRI; equal keys, and only those, give equal slugs.

    >>> slug(fold("VBench++")), slug(fold("Pass@1")), slug(fold("강화 학습"))
    ('vbench%2B%2B', 'pass%401', '강화학습')
    """
    return "".join(c if c.isalnum() or c in ".-" else quote(c) for c in key)


def unslug(tail: str) -> str:
    """Turn the local part of an IRI back into its key.

    >>> unslug("vbench%2B%2B")
    'vbench++'
    """
    return unquote(tail)
