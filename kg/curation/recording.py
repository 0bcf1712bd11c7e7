"""What a reader decides, in a reader's words -> the curation file with the line that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from kg.curation.adoption import FILE
from kg.curation.decisions import Decision, Verb, find_fault, parse_decisions, write_decision
from kg.curation.naming import find_node
from kg.curation.rulings import Curation
from kg.errors import UsageError
from kg.facts import Facts
from kg.files import read_text
from kg.text.plaintext import compose

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import Problem
    from kg.store import Store

_HEADER = """\
# What readers decided about the graph: one decision a line. Every build heeds it; deleting a line undoes it.
#   merge NODE NODE…      they are one             retype NODE KIND   it is of that kind
#   split NODE PAPER…     another thing there      reject NODE        out, for good
#   rename NODE "NAME"    it is called so          accept NODE        it is right
#   accept NODE NODE      they are two
"""
"""How a new file begins."""


class Addition(NamedTuple):
    """A decision's line, the text of the whole file with it, and the decisions there that clash."""

    line: str
    text: str
    clashes: list[Problem]


def find_file(store: Store, path: Path | None) -> Path:
    """Return the file of decisions: this one, or that in the store's folder, which a server's has here."""
    if path is None:
        assert store.folder
        return store.folder / FILE
    return path


def decide(store: Store, path: Path, verb: str, names: tuple[str, ...], word: str = "") -> Addition:
    """Decide about nodes that go by these names.

    Args:
        store: the graph in which they are found.
        path: the curation file, whether it is there or not.
        verb: what is decided.
        names: of the nodes (see `find_node`).
        word: the new name or kind, where the verb takes one.

    Raises:
        UnknownNameError: there is no such node.
        UsageError: there are several, or this cannot be decided about them.
        InputError: the file cannot be used.
    """
    nodes = tuple(find_node(store, name, verb, place) for place, name in enumerate(names))
    decision = Decision(verb=Verb(verb), nodes=nodes, word=compose(" ".join(word.split())))
    fault = find_fault(decision)
    if fault:
        raise UsageError(f"{fault[0]}; expected {fault[1]}")
    return add(path, decision, ", ".join(map(Facts(store.graph).name, nodes)))


def add(path: Path, decision: Decision, note: str) -> Addition:
    """Add a decision to what a curation file says, with a note for people.

    Raises:
        InputError: the file cannot be used.
    """
    text = read_text(str(path)) if path.exists() else _HEADER
    placed = replace(decision, line=len(text.splitlines()) + 1)
    clashes = Curation((*parse_decisions(text, str(path)), placed)).find_clashes(str(path))
    line = write_decision(decision, note)
    end = "" if text.endswith("\n") or not text else "\n"
    return Addition(line, f"{text}{end}{line}\n", clashes)
