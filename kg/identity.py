"""A name as printed -> the key by which equal things are one."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi",
    "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "∞": "infinity",
}  # fmt: skip
_SPELLED = {"+": "+", "@": "@", "*": "*", "#": "#"}
_KEPT_BETWEEN_DIGITS = {".": ".", ",": "", "-": "-", " ": "-", "_": "-", "/": "-", "'": "-", "’": "-"}


def fold(name: str) -> str:
    """Reduce a spelling to what must agree for two spellings to be one name.

    Case, spaces, hyphens and punctuation go; letters, digits, ``+ @ * #`` stay; a point or a separator
    between two digits stays, because ``3.1`` is not ``31`` and ``4 1`` is not ``41``.

    >>> fold("MATH-500") == fold("MATH 500") == fold("math500")
    True
    >>> fold("Qwen2.5-Math-7B"), fold("τ-bench"), fold("VBench++"), fold("AIME 2024")
    ('qwen2.5math7b', 'taubench', 'vbench++', 'aime2024')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(GREEK.get(c, c) for c in text)
    text = unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", text) if not _is_accent(c))
    )
    return "".join(_fold_character(text, i) for i in range(len(text)))


def _is_accent(character: str) -> bool:
    return "\u0300" <= character <= "\u036f"


def _fold_character(text: str, at: int) -> str:
    character = text[at]
    if character.isalnum() or character in _SPELLED:
        return character
    between = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return _KEPT_BETWEEN_DIGITS.get(character, "") if between else ""


def slug(key: str) -> str:
    """Turn a folded key into the local part of an IRI; equal keys, and only those, give equal slugs.

    >>> slug(fold("VBench++")), slug(fold("Pass@1")), slug(fold("강화 학습"))
    ('vbench%2B%2B', 'pass%401', '강화학습')
    """
    return "".join(c if c.isalnum() or c in ".-" else quote(c) for c in key)
