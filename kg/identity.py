"""A name as printed -> the key by which equal things are one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "∞": "infinity", "×": "x",
}  # fmt: skip
_REMEMBERED = 32_768  # so many spellings are folded once: the same names come again and again
_APART = "-"
_BETWEEN_DIGITS = {".": ".", ",": ""}
_LETTER = re.compile(f"[{''.join(GREEK)}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_WHOLE = re.compile(r"(?:[^\W_]|[.-])*")
_GAP = re.compile(r"[^\w+@*#]+")


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """Reduce a spelling to what must agree for two spellings to be one name.

    Case, spaces, hyphens and punctuation go; letters, digits, ``+ @ * #`` stay; a point between two digits
    stays and any other separator there is a hyphen, because ``3.1`` is not ``31`` and ``4 1`` is not ``41``.

    >>> fold("MATH-500") == fold("MATH 500") == fold("math500")
    True
    >>> fold("Qwen2.5-Math-7B"), fold("τ-bench"), fold("VBench++"), fold("Mixtral 8×7B"), fold("GPT-4 (0613)")
    ('qwen2.5math7b', 'taubench', 'vbench++', 'mixtral8x7b', 'gpt4-0613')
    """
    if name.isascii():
        return _close_gaps(name.lower())
    text = unicodedata.normalize("NFKC", name).casefold()
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", _close_gaps(_LETTER.sub(_spell, text)))


def _spell(letter: re.Match[str]) -> str:
    return GREEK[letter.group()]


def _close_gaps(text: str) -> str:
    """Join what is parted; an underscore parts as a hyphen does."""
    return _GAP.sub(_bridge, text.replace("_", "-"))


def _bridge(gap: re.Match[str]) -> str:
    """Return what stays of all that parts two letters or digits: something only between two digits."""
    start, end, text = gap.start(), gap.end(), gap.string
    if start and end < len(text) and text[start - 1].isdigit() and text[end].isdigit():
        return _BETWEEN_DIGITS.get(gap.group(), _APART)
    return ""


def slug(key: str) -> str:
    """Turn a folded key into the local part of an IRI; equal keys, and only those, give equal slugs.

    >>> slug(fold("VBench++")), slug(fold("Pass@1")), slug(fold("강화 학습"))
    ('vbench%2B%2B', 'pass%401', '강화학습')
    """
    if _WHOLE.fullmatch(key):
        return key
    return "".join(c if c.isalnum() or c in ".-" else quote(c, safe="") for c in key)


def unslug(tail: str) -> str:
    """Turn the local part of an IRI back into its key.

    >>> unslug("vbench%2B%2B")
    'vbench++'
    """
    return unquote(tail)
