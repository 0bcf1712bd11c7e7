"""The frozen values that a ledger keeps and gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.records import Problem


class DigestRow(NamedTuple):
    """What the ledger knows of one digest: where it came from, its content's hash and what read it.

    ``stamp`` is that of its file when it was read (see `kg.files.stamp`), empty where it had none.
    """

    key: str
    folder: str
    hash: str
    fingerprint: str
    stamp: str
    issued: str | None
    layout: str
    problems: tuple[Problem, ...]


class ItemRow(NamedTuple):
    """One item as the ledger keeps it: entry and findings encoded, its entities' kinds and resolved keys."""

    item: str
    paper: str
    entry: bytes
    findings: bytes
    keys: list[tuple[str, str]]


class Naming(NamedTuple):
    """A spelling of a node, as one owner (an item or a paper) uses it; the lower the rank, the better."""

    node: str
    spelling: str
    rank: int


class Saying(NamedTuple):
    """What an owner says of a node itself: a property by its local name; a node, ``true`` or ``false``.

    ``evidence`` is the mention that says so, empty where something else holds it.
    """

    node: str
    property: str
    value: str
    evidence: str = ""


class Label(NamedTuple):
    """A name by which a node is found: its folded form, the name itself and how often it is used."""

    node: str
    fold: str
    label: str
    weight: int


class Term(NamedTuple):
    """What an entry alone says about the identity of one thing that it names; all but ``kind`` are keys.

    ``spelled`` is its name, or its abbreviation where the entry has one; ``own`` what the entry and the lists
    take it for; ``long`` what the entry says the abbreviation stands for, empty where it says nothing;
    ``titled`` the title, or else the words, by which its paper gives that name to something new, or empty.
    """

    kind: str
    spelled: str
    own: str
    long: str
    titled: str = ""
