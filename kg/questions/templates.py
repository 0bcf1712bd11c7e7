"""A template as people would write it -> the regular expression that reads it.

``{thing}`` is a slot, ``(a|b)`` a choice, ``[a]`` may be left out, ``<what>`` is an ending or a group of
synonyms that the words file spells out. Blanks are loose, case is ignored, and an English word is never
matched inside another.
"""

from __future__ import annotations

import re
from functools import cache

from kg.questions.periods import DATE, PERIOD
from kg.questions.words import load_words

_TOKEN = re.compile(
    r"\{(?P<slot>[a-z]+)\}|(?P<word>[A-Za-z0-9]+)|(?P<blank> +)|(?P<sign>[()|\[\]])|(?P<other>.)"
)
_GROUP = re.compile(r"<([a-z]+)>")
_OPTIONAL = re.compile(r"\[(?:[^\[\]()]|\([^()]*\))*\]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_SLOT = re.compile(r"\{[a-z]+\}")
_SIGNS = {"(": "(?:", ")": ")", "|": "|", "[": "(?:", "]": ")?"}
_ANYTHING = r"\S.*?"
_SHAPES = {
    "when": DATE,
    "until": rf"(?:{DATE}|\d{{1,2}}일)",
    "period": PERIOD,
    "bound": r"\d{1,6}(?:\.\d{1,4})?(?:\s?(?:%|percent\b|points?\b|점|퍼센트))?",
    "size": r"\d{1,6}(?:\.\d{1,3})?\s?(?:b\b|bn\b|billion|m\b|million|억|십억|백만)",
}
"""Slots that hold no name; what may stand in them is known."""


def expand(template: str) -> str:
    """Put in the endings and synonyms that a template calls by name."""
    return _GROUP.sub(_put_group, template)


def _put_group(group: re.Match[str]) -> str:
    words = load_words()
    return expand(str({**words["endings"], **words["synonyms"]}[group[1]]))


def could_match(template: str, text: str) -> bool:
    """Say whether a text, in lower case, has the words that a template must have: most need no more.

    >>> could_match("who (wrote|made) [the] {thing}", "who uses grpo")
    False
    """
    return all(
        any(all(word in text for word in way.split()) for way in choice.split("|"))
        for choice in _require(template)
    )


@cache
def _require(template: str) -> tuple[str, ...]:
    """List what a template must have: its words outside of choices, and each choice with all its ways.

    >>> _require("who (wrote|came up with) [the] {thing}")
    ('who     ', 'wrote|came up with')
    """
    required = _SLOT.sub(" ", _OPTIONAL.sub("", template.lower()))
    return _CHOICE.sub(" ", required), *_CHOICE.findall(required)


@cache
def compile_template(template: str) -> re.Pattern[str]:
    """Turn a template into a regular expression, of which the whole question must be a match.

    >>> compile_template("who wrote [the] {thing}").fullmatch("Who wrote the ORPS paper")["thing"]
    'ORPS paper'
    """
    return re.compile("".join(map(_compile_token, _TOKEN.finditer(template))), re.IGNORECASE | re.ASCII)


def _compile_token(token: re.Match[str]) -> str:
    text = token.group()
    match token.lastgroup:
        case "slot":
            return f"(?P<{token['slot']}>{_SHAPES.get(token['slot'], _ANYTHING)})"
        case "word":
            return rf"\b{text}\b"
        case "blank":
            return r"\s*"
        case "sign":
            return _SIGNS[text]
    return re.escape(text)
