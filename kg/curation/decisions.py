"""A curation file's text -> its decisions, and a decision -> its line.

One decision a line: a verb, then nodes as SPARQL names them (``model:qwen2.5``) or words in double quotes;
what follows ``#`` is a note. Lines of two people merge as text does, and a line that is deleted is undone.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum

import msgspec

from kg.errors import InputError
from kg.rdf.prefixes import BASE
from kg.records import Kind
from kg.resolution.nodes import folder_of
from kg.resolution.things import FOLDERS, read_thing
from kg.text.plaintext import compose


class Verb(StrEnum):
    """What a reader can decide."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT = "reject"
    ACCEPT = "accept"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its verb, the IRIs of its nodes in order, its word (a name or a kind) and where it stands."""

    verb: Verb
    nodes: tuple[str, ...]
    word: str = ""
    line: int = 0


_THINGS = frozenset(FOLDERS.values())
_CLAIMS = frozenset({"result", "comparison", "mention"})
_PEOPLE = frozenset({"author"})
_MAY = {
    Verb.MERGE: _THINGS | _PEOPLE | {"paper"},
    Verb.SPLIT: _THINGS | _PEOPLE,
    Verb.RENAME: _THINGS | _PEOPLE,
    Verb.RETYPE: _THINGS,
    Verb.REJECT: _THINGS | _PEOPLE | _CLAIMS,
    Verb.ACCEPT: _THINGS | _PEOPLE | _CLAIMS,
}
"""Verb -> the folders of the nodes that it is about (of split, the first)."""

_SHAPES = {
    Verb.MERGE: "merge NODE NODE…",
    Verb.SPLIT: "split NODE PAPER…",
    Verb.RENAME: 'rename NODE "NEW NAME"',
    Verb.RETYPE: "retype NODE KIND",
    Verb.REJECT: "reject NODE",
    Verb.ACCEPT: "accept NODE, or accept NODE NODE for two that are not one",
}
_KINDS = ", ".join(Kind)
_TOKEN = re.compile(r'\s*(?:(?P<note>\#.*)|(?P<quoted>"(?:[^"\\]|\\.)*")(?=\s|\Z)|(?P<bare>[^\s"]\S*))\s*')
_LOCAL = re.compile(r"[\w.%~-]+\Z")
_PLAIN = re.compile(r'[^\s"#]\S*\Z')


def parse_decisions(text: str, path: str) -> tuple[Decision, ...]:
    """Read the decisions of a curation file.

    Raises:
        InputError: a line is none; the message names file and line.
    """
    lines = enumerate(text.splitlines(), start=1)
    read = ((number, _split(line, path, number)) for number, line in lines)
    return tuple(_read(words, path, number) for number, words in read if words)


def write_decision(decision: Decision, note: str = "") -> str:
    """Write the line of a decision, with a note for people."""
    words = [decision.verb.value, *map(shorten, decision.nodes)]
    if decision.word:
        words.append(
            decision.word if _PLAIN.match(decision.word) else json.dumps(decision.word, ensure_ascii=False)
        )
    said = "".join(c for c in " ".join(note.split()) if c.isprintable())
    return " ".join(words) + (f"  # {said}" if said else "")


def shorten(node: str) -> str:
    """Write the IRI of a node as a file and a terminal have it.

    >>> shorten("https://w3id.org/paperkg/benchmark/vbench%2B%2B")
    'benchmark:vbench%2B%2B'
    """
    return node.removeprefix(BASE).replace("/", ":", 1)


def expand(word: str) -> str | None:
    """Return the IRI of a node from its short form, or from itself; None for any other word.

    >>> expand("benchmark:vbench%2B%2B"), expand("Qwen: A Model")
    ('https://w3id.org/paperkg/benchmark/vbench%2B%2B', None)
    """
    folder, _, local = word.removeprefix(BASE).replace(":", "/", 1).partition("/")
    known = folder in _THINGS | _PEOPLE | _CLAIMS | {"paper"}
    return f"{BASE}{folder}/{local}" if known and _LOCAL.match(local) else None


def _split(line: str, path: str, number: int) -> list[str]:
    """Split a line into its words, without the note."""
    words, at = [], 0
    while at < len(line):
        token = _TOKEN.match(line, at)
        if token is None:
            if not line[at:].strip():
                break
            raise InputError(path, number, "a quotation mark has no partner", 'a name in quotes: "Kimi k1.5"')
        at = token.end()
        if token["quoted"]:
            words.append(_unquote(token["quoted"], path, number))
        elif token["bare"]:
            words.append(token["bare"])
    return words


def _unquote(quoted: str, path: str, number: int) -> str:
    try:
        return str(json.loads(quoted))
    except ValueError:
        raise InputError(path, number, f"{quoted} cannot be read", "a string as JSON has it") from None


def _read(words: list[str], path: str, number: int) -> Decision:
    """Read one decision from the words of its line."""
    if words[0] not in list(Verb):
        raise InputError(path, number, f"{words[0]!r} is not a verb", f"one of {', '.join(Verb)}")
    verb = Verb(words[0])
    worded = verb in (Verb.RENAME, Verb.RETYPE)
    names, word = (words[1:-1], words[-1]) if worded and len(words) > 1 else (words[1:], "")
    nodes = [expand(name) for name in names]
    for name, node in zip(names, nodes, strict=True):
        if node is None:
            raise InputError(path, number, f"{name!r} is not a node", "one such as model:qwen2.5")
    decision = Decision(
        verb=verb, nodes=tuple(n for n in nodes if n), word=compose(" ".join(word.split())), line=number
    )
    wrong = find_fault(decision)
    if wrong:
        raise InputError(path, number, *wrong)
    return decision


def find_fault(decision: Decision) -> tuple[str, str] | None:
    """Say what is wrong with a decision and what was expected; None where nothing is."""
    verb, nodes, word = decision.verb, decision.nodes, decision.word
    if not _has_shape(verb, nodes, word):
        return f"{verb} takes other arguments", _SHAPES[verb]
    subjects = nodes[:1] if verb is Verb.SPLIT else nodes
    stranger = next((node for node in subjects if folder_of(node) not in _MAY[verb]), None)
    if stranger:
        return f"{verb} is not for {shorten(stranger)}", f"one of {', '.join(sorted(_MAY[verb]))}"
    if verb is Verb.RETYPE and word not in list(Kind):
        return f"{word!r} is not a kind", f"one of {_KINDS}"
    if verb is Verb.MERGE and len({_family(node) for node in nodes}) > 1:
        return "things, people and papers are never one", "nodes of one sort"
    return None


def _has_shape(verb: Verb, nodes: tuple[str, ...], word: str) -> bool:
    if verb in (Verb.RENAME, Verb.RETYPE):
        return len(nodes) == 1 and bool(word.strip())
    if verb is Verb.SPLIT:
        return len(nodes) > 1 and all(folder_of(node) == "paper" for node in nodes[1:])
    counts = {Verb.MERGE: range(2, 1000), Verb.REJECT: range(1, 2), Verb.ACCEPT: range(1, 3)}
    return len(nodes) in counts[verb]


def _family(node: str) -> str:
    return "thing" if read_thing(node) else folder_of(node)
