"""Question files -> the patterns by which a question is understood.

A template is written as people would write the question: ``{thing}`` is a slot, ``(a|b)`` a choice, ``[a]``
may be left out, ``<what>`` is an ending that the words file spells out. Blanks are loose, case is ignored,
and an English word is never matched inside another.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.questions.words import kind_of_word, language_of, load_words, read_date, strip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = ("en", "ko")

_TOKEN = re.compile(
    r"\{(?P<slot>[a-z]+)\}|(?P<word>[A-Za-z0-9]+)|(?P<blank> +)|(?P<sign>[()|\[\]])|(?P<other>.)"
)
_ENDING = re.compile(r"<([a-z]+)>")
_OPTIONAL = re.compile(r"\[(?:[^\[\]()]|\([^()]*\))*\]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_SIGNS = {"(": "(?:", ")": ")", "|": "|", "[": "(?:", "]": ")?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language of a question: what it means, how it is asked, examples it is for and ones it is not."""

    meaning: str
    asked: tuple[str, ...]
    counted: tuple[str, ...] = ()
    examples: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One kind of question, as its file says it.

    ``slots`` maps each slot to the kinds of node it may name, or to ``date`` or ``kind``; ``query`` is the
    SPARQL to run, in which ``VALUES ?slot { UNDEF }`` receives what was named; ``otherwise`` is the question
    to ask instead where nothing is found.
    """

    name: str
    slots: Mapping[str, tuple[str, ...]]
    query: str
    otherwise: str | None
    wordings: Mapping[str, Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One way to read a question: its kind, whether it asks for a number, and the text in each slot."""

    question: Question
    language: str
    counted: bool
    slots: Mapping[str, str]
    literal: int


def read_question(text: str) -> list[Match]:
    """Return every way to read a question, the most literal first."""
    language, core = language_of(text), strip(text)
    matches = [match for question in load_questions().values() for match in _match(question, core, language)]
    return sorted(matches, key=lambda m: (-m.literal, m.question.name))


def _match(question: Question, text: str, language: str) -> Iterator[Match]:
    wording, lower = question.wordings[language], text.casefold()
    for counted, templates in ((False, wording.asked), (True, wording.counted)):
        for template in templates:
            found = could_match(template, lower) and compile_template(template).fullmatch(text)
            if found and _fits(question, found.groupdict()):
                slots = {name: value.strip() for name, value in found.groupdict().items() if value}
                yield Match(
                    question=question,
                    language=language,
                    counted=counted,
                    slots=slots,
                    literal=len(text) - sum(map(len, slots.values())),
                )


def _fits(question: Question, slots: Mapping[str, str | None]) -> bool:
    """Say whether the slots for dates hold dates, and those for kinds the word for a kind."""
    checks = {("date",): read_date, ("kind",): kind_of_word}
    typed = ((checks[kinds], slots[name] or "") for name, kinds in question.slots.items() if kinds in checks)
    return all(check(text) for check, text in typed)


def could_match(template: str, text: str) -> bool:
    """Say whether every choice of a template has words that stand in a text: most templates need no more.

    >>> could_match("who (wrote|made) [the] {thing}", "what uses grpo")
    False
    """
    required = _OPTIONAL.sub("", template)
    return all(
        any(all(word in text for word in choice.split()) for choice in choices.split("|"))
        for choices in _CHOICE.findall(required)
    )


@cache
def compile_template(template: str) -> re.Pattern[str]:
    """Turn a template into a regular expression for the whole question.

    >>> compile_template("who wrote [the] {thing}").fullmatch("Who wrote the ORPS paper")["thing"]
    'ORPS paper'
    """
    return re.compile("".join(map(_compile_token, _TOKEN.finditer(template))), re.IGNORECASE | re.ASCII)


def _compile_token(token: re.Match[str]) -> str:
    text = token.group()
    match token.lastgroup:
        case "slot":
            return f"(?P<{token['slot']}>\\S.*?)"
        case "word":
            return rf"\b{text}\b"
        case "blank":
            return r"\s*"
        case "sign":
            return _SIGNS[text]
    return re.escape(text)


def _put_ending(ending: re.Match[str]) -> str:
    return str(load_words()["endings"][ending[1]])


@cache
def load_questions() -> dict[str, Question]:
    """Read every kind of question, by name."""
    folder = files("kg").joinpath("data", "questions")
    shapes = {f.name.removesuffix(".rq"): f.read_text("utf8") for f in folder.joinpath("shapes").iterdir()}
    texts = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    read = (_read(f.name.removesuffix(".toml"), tomllib.loads(f.read_text("utf8")), shapes) for f in texts)
    return {question.name: question for question in read}


def _read(name: str, data: Mapping[str, Any], shapes: Mapping[str, str]) -> Question:
    query = data["query"].strip()
    if "shape" in data:
        query = shapes[data["shape"]].replace("# pattern", query.replace("\n", "\n    ")).strip()
    return Question(
        name=name,
        slots={slot: tuple(kinds) for slot, kinds in data.get("slots", {}).items()},
        query=query,
        otherwise=data.get("otherwise"),
        wordings={language: _read_wording(data[language]) for language in LANGUAGES},
    )


def _read_wording(data: Mapping[str, Any]) -> Wording:
    lists = {key: tuple(data.get(key, ())) for key in ("asked", "counted", "examples", "refused")}
    for key in ("asked", "counted"):
        lists[key] = tuple(_ENDING.sub(_put_ending, template) for template in lists[key])
    return Wording(meaning=data["meaning"], **lists)
