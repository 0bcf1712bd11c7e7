r"""LaTeX -> the characters it stands for: ``$\gamma$-MoD`` -> ``γ-MoD``."""

from __future__ import annotations

import re
import unicodedata

SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±",
    "mp": "∓", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~",
    "simeq": "≃", "equiv": "≡", "propto": "∝", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "leftrightarrow": "↔", "uparrow": "↑", "downarrow": "↓", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "forall": "∀", "exists": "∃", "nabla": "∇",
    "partial": "∂", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√", "ell": "ℓ", "circ": "°", "degree": "°",
    "deg": "°", "prime": "′", "dagger": "†", "ddagger": "‡", "star": "⋆", "ast": "*", "ldots": "…",
    "dots": "…", "cdots": "…", "ll": "≪", "gg": "≫", "oplus": "⊕", "otimes": "⊗", "odot": "⊙", "langle": "⟨",
    "rangle": "⟩", "bullet": "•", "checkmark": "✓", "perp": "⊥", "mid": "|", "S": "§", "copyright": "©",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "quad": " ", "qquad": " ", "left": "", "right": "", "big": "", "Big": "", "displaystyle": "",
    "allowbreak": "", "nobreakdash": "", "xspace": "", "bf": "", "it": "", "em": "", "sc": "",
    "tt": "", "rm": "", "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "LaTeX": "LaTeX", "TeX": "TeX",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "r": "\u030a",
}  # fmt: skip
_SILENT = "cite|citep|citet|ref|eqref|label|footnotemark|color|textcolor|vspace|hspace|includegraphics"

_MATH = re.compile(r"\$\$?(?P<dollar>[^$\n]{1,300})\$\$?|\\{1,2}\((?P<round>[^$\n]{1,300}?)\\{1,2}\)")
_MONEY = re.compile(r"\d[^\\^_{]*[ ,;]")
_UNICODE = re.compile(r"\\(?:unicode|char)\{\s*(?:x|\")?([0-9a-fA-F]{2,6})\s*\}")
_ACCENT = re.compile(r"\\(?:(['`^\"~=.])\{?\\?|([cvHur])\{)([A-Za-zı])\}?")
_LINK = re.compile(r"\\href\s?\{([^{}]{0,500})\}\s?\{([^{}]{0,500})\}")
_DROPPED = re.compile(r"\\(?:" + _SILENT + r")\*?(?:\[[^\[\]]{0,200}\])?\{[^{}]{0,300}\}")
_FRACTION = re.compile(r"\\d?frac\s?\{([^{}]{1,100})\}\s?\{([^{}]{1,100})\}")
_WRAPPED = re.compile(r"\\([A-Za-z]{2,30})\*?\s?\{([^{}]{0,500})\}")
_COMMAND = re.compile(r"\\([A-Za-z]{1,30})")
_ESCAPED = re.compile(r"\\([%&_#${}^~\\ ,;:!@*<>|\[\]().-])")
_TIE = re.compile(  # "OSWorld~2.0", but "1M~4M" is a range
    r"(?<=[A-Za-z\d.)%])~(?=[(\\])|(?<=[A-Za-z.])~(?=[A-Za-z])|(?<=[A-Za-z])(?<!\d\w)(?<!\d\w\w)~(?=\d)"
)
_KEPT_POWER = re.compile(r"(?<=[0-9a-z)])\^(?=[0-9a-z{(+-])")
_LOST_TAB = re.compile("\t(?=ext(?:bf|it|tt|sc|rm|sf|superscript|subscript)?\\{|imes\\b|heta\\b|au\\b)")
# Interfaces that strip backslashes and dollars leave these behind.
_LOST_WRAPPER = re.compile(
    r"\b(?:text(?:bf|it|tt|sc|rm|sf)?|emph|math(?:bf|rm|cal)|underline)\{([^{}\n]{1,300})\}"
)
_LOST_FONT = re.compile(r"\{(?:bf|it|em|tt|sc|rm) ([^{}\n]{1,200})\}")
_LOST_DEGREE = re.compile(r"\^(?:circ\b|\{\s?circ\s?\})")
_LOST_DOLLAR = re.compile(r"(?<=[\s(~])\\(?=\d[\d.,]{0,12}(?:\s?[KMB]\b)?(?![\d)]))")
_BRACED = re.compile(r"(?<![^\s(\"'])\{([^{},:\n]{1,80})\}(?=[\s.,;:)\"'])")


def restore_backslashes(text: str) -> str:
    r"""Undo what a JSON reader made of a lone backslash: TAB ``ext{`` was ``\text{``."""
    if "\t" in text:
        text = _LOST_TAB.sub(r"\\t", text)
    return text.replace("\b", "\\b").replace("\f", "\\f")


def read_latex(text: str) -> str:
    r"""Replace LaTeX by the characters it stands for; amounts of money stay.

    >>> read_latex(r"SL$^{2}$A-INR, $\pi_0$, \textbf{X}: 69.4\%, $\times$ 10$^{-3}$, $100K and $200K")
    'SL2A-INR, π0, X: 69.4%, × 10^-3, $100K and $200K'
    """
    if "$" in text or "\\(" in text:
        text = _MATH.sub(_read_math, text)
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "\\" in text:
        text = _read_commands(_LOST_DOLLAR.sub("$", text))
    return _read_remains(text) if "{" in text or "^" in text else text


def _read_remains(text: str) -> str:
    """Clean up after LaTeX that came here without its backslashes: ``texttt{D}ual``, ``1{,}400``."""
    text = _LOST_FONT.sub(r"\1", _LOST_WRAPPER.sub(r"\1", text))
    text = _BRACED.sub(r"\1", text.replace("{,}", ",").replace("{}", ""))
    return _LOST_DEGREE.sub("°", text)


def _read_math(match: re.Match[str]) -> str:
    body = match["dollar"] or match["round"]
    if match["dollar"] and (body[0] == " " or body[-1] == " " or _is_money(body, match)):
        return match[0]
    base = match.string[max(0, match.start() - 1) : match.start()]
    math = _read_commands(body.replace("~", " "))
    math = re.sub(r"\^\{?°\}?", "°", math)
    head = "^" if base.isdigit() and math.startswith("^") and "°" not in math else ""
    math = _KEPT_POWER.sub("\0", math.lstrip("^_") if math[:1] in "^_" else math)
    return head + re.sub(r"[\^_{}]", "", math).replace("\0", "^").strip()


def _is_money(body: str, match: re.Match[str]) -> bool:
    after = match.string[match.end() : match.end() + 1]
    return bool(_MONEY.match(body)) or (body[0].isdigit() and after.isdigit())


def _read_commands(text: str) -> str:
    text = _UNICODE.sub(lambda m: _to_character(m[1]), text)
    text = _DROPPED.sub("", _LINK.sub(r"\2", text))
    for _ in range(4):  # as deep as commands are nested in practice
        text, count = _WRAPPED.subn(_unwrap, _FRACTION.sub(r"\1/\2", text))
        if not count:
            break
    text = _ACCENT.sub(_combine, text)
    text = _COMMAND.sub(lambda m: SYMBOLS.get(m[1], m[1]), text)
    return _ESCAPED.sub(lambda m: " " if m[1] in "\\ ,;:" else m[1].replace("!", ""), text)


def _unwrap(match: re.Match[str]) -> str:
    name = match[1]
    symbol = SYMBOLS.get(name)
    return match[2] if symbol is None or not symbol else f"{symbol}{match[2]}"


def _combine(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[3] + _ACCENTS[match[1] or match[2]])


def _to_character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 32 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
