"""Question files -> the kinds of question there are, each with its query and how it is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from kg.questions.templates import expand
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "ko")

_TABLE = re.compile(rf"^\[({'|'.join(LANGUAGES)})\]$", re.MULTILINE)
"""Where the wording in one language begins, up to which or to the end the one before goes."""

_TELL_PAPERS = ("papers", "sightings")
"""The shapes whose pattern says something of ``?paper``, and so can restrict another question."""


class Wording(NamedTuple):
    """One language of a question: what it means, how it is asked, examples it is for and ones it is not.

    What ``meaning`` has in brackets is said only where its slot has a name.
    ``cues`` are words that hint at the question wherever they stand, ``before`` such as stand before the name
    in the first slot and ``after`` such as stand after it.
    """

    meaning: str
    asked: tuple[str, ...]
    counted: tuple[str, ...]
    cues: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    examples: tuple[str, ...]
    refused: tuple[str, ...]


class Question(NamedTuple):
    """One kind of question, as its file says it.

    ``slots`` maps each slot to the kinds of node it may name, or to ``kind``, the word for a kind; those in
    ``optional`` may stay empty; of the kinds in ``barred`` it is not asked.
    ``query`` is the SPARQL to run, in which ``VALUES ?slot { UNDEF }`` receives
    what was named and ``# filters`` the filters; ``clause`` is what it says of ``?paper`` when it only
    restricts another question, ``subject`` the variable of the node that filters restrict, ``otherwise`` the
    question to ask instead where nothing is found, ``titled`` the one to ask where no name is known by what
    is in its slot but titles have it, ``weight`` how much its cues tell,
    ``per`` the column of whose every value only the first rows are told, ``most`` how many rows are told
    unless all are asked for, 0 for all,
    ``bare`` whether names alone, with hardly a word around them, mean it when they fill all its slots.
    """

    name: str
    slots: Mapping[str, tuple[str, ...]]
    optional: tuple[str, ...]
    barred: tuple[str, ...]
    query: str
    clause: str
    subject: str
    filtered: bool
    otherwise: str | None
    titled: str | None
    weight: float
    per: str
    most: int
    bare: bool
    wordings: Mapping[str, Wording]


@cache
def load_questions() -> dict[str, Question]:
    """Read every kind of question, by name."""
    folder = FOLDER.joinpath("questions")
    texts = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    read = (_read(f.name.removesuffix(".toml"), f.read_text("utf8")) for f in texts)
    return {question.name: question for question in read}


@cache
def load_shape(name: str) -> str:
    """Read the query that several questions share; each puts its pattern where it says ``# pattern``."""
    return FOLDER.joinpath("questions", "shapes", f"{name}.rq").read_text("utf8")


class _Wordings(Mapping[str, Wording]):
    """The wordings of a question, each read when its language is spoken: most files are read for one."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._read: dict[str, Wording] = {}

    def __getitem__(self, language: str) -> Wording:
        if language not in self._read:
            self._read[language] = _read_wording(tomli.loads(self._texts[language]))
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _read(name: str, text: str) -> Question:
    head, *tables = _TABLE.split(text)
    data = tomli.loads(head)
    query = pattern = data["query"].strip()
    if "shape" in data:
        query = load_shape(data["shape"]).replace("# pattern", query.replace("\n", "\n    ")).strip()
    return Question(
        name=name,
        slots={slot: tuple(kinds) for slot, kinds in data.get("slots", {}).items()},
        optional=tuple(data.get("optional", ())),
        barred=tuple(data.get("barred", ())),
        query=query,
        clause=data.get("clause", pattern if data.get("shape") in _TELL_PAPERS else "").strip(),
        subject=data.get("subject", "system"),
        filtered=data.get("filtered", False),
        otherwise=data.get("otherwise"),
        titled=data.get("titled"),
        bare=data.get("bare", False),
        per=data.get("per", ""),
        most=data.get("most", 0),
        weight=data.get("weight", 1.0),
        wordings=_Wordings(dict(zip(tables[::2], tables[1::2], strict=True))),
    )


def _read_wording(data: Mapping[str, Any]) -> Wording:
    keys = ("asked", "counted", "cues", "before", "after", "examples", "refused")
    lists = {key: tuple(data.get(key, ())) for key in keys}
    for key in ("asked", "counted"):
        lists[key] = tuple(map(expand, lists[key]))
    return Wording(meaning=data["meaning"], **lists)
