"""All names of one entity or author -> its statements and the labels by which it is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.identity import fold
from kg.names import known_names
from kg.rdf.ntriples import Statement, integer, iri, string
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import KG, RDF, SKOS
from kg.records import Kind
from kg.resolution.things import FOLDERS
from kg.store.rows import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

Statements = Iterator[Statement]

_CLASSES = {
    "model": KG.Model, "method": KG.Method, "benchmark": KG.Benchmark, "dataset": KG.Dataset,
    "metric": KG.Metric, "task": KG.Task, "org": KG.Organization, "author": KG.Author,
}  # fmt: skip
_KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_DESCRIPTIVE = {"method", "metric", "task"}
_HANGUL = re.compile("[가-힣]")
_SIZE = re.compile(r"(?<![\w.])(?:\d+x)?(\d{1,4}(?:\.\d{1,2})?)([BMT])(?![\w.])")
_SCALE = {"M": 10**6, "B": 10**9, "T": 10**12}


@dataclass(frozen=True, slots=True)
class Names:
    """What a node is called: the preferred name of each language tag (None: a proper name), the others."""

    preferred: dict[str | None, str]
    others: tuple[str, ...]


def folder_of(node: str) -> str:
    """Return the folder of an IRI of ours: ``model``, ``author`` and so on."""
    return node[len(BASE) :].split("/", 1)[0]


def describe_node(
    node: str, namings: Sequence[tuple[str, int, int]], beaten: Sequence[str], twins: Sequence[str]
) -> Statements:
    """Say everything about one entity or author that no single paper says.

    Args:
        node: its IRI.
        namings: (spelling, best rank, owners) as the ledger counts them, at least one.
        beaten: the nodes that it is said to outperform.
        twins: nodes of other kinds with the same key.
    """
    subject, folder = iri(node), folder_of(node)
    yield subject, iri(RDF.type), iri(_CLASSES[folder])
    names = choose_names(folder, namings)
    for language, name in names.preferred.items():
        yield subject, iri(SKOS.prefLabel), string(name, language)
    for name in names.others:
        yield subject, iri(SKOS.altLabel), string(name, _language(folder, name))
    for worse in beaten:
        yield subject, iri(KG.outperforms), iri(worse)
    for twin in twins:
        yield subject, iri(SKOS.closeMatch), iri(twin)
    yield from _describe_kind(subject, folder, namings)


def choose_names(folder: str, namings: Sequence[tuple[str, int, int]]) -> Names:
    """Choose what a node is called: the best ranked, then most used spelling, one for each script."""
    ordered = [s for s, _, _ in sorted(namings, key=lambda n: (n[1], -n[2], n[0]))]
    korean = next((s for s in ordered if _HANGUL.search(s)), None)
    latin = next((s for s in ordered if not _HANGUL.search(s)), None)
    preferred: dict[str | None, str] = {}
    if latin:
        preferred[_language(folder, latin)] = latin
    if korean:
        preferred["ko"] = korean
    return Names(preferred, tuple(s for s in sorted(ordered) if s not in preferred.values()))


def _language(folder: str, name: str) -> str | None:
    """Return the tag of a descriptive name; proper names have none."""
    if _HANGUL.search(name):
        return "ko"
    return "en" if folder in _DESCRIPTIVE and name == name.lower() and " " in name else None


def _describe_kind(subject: str, folder: str, namings: Sequence[tuple[str, int, int]]) -> Statements:
    if folder == "metric":
        known = known_names().lookup(namings[0][0], Kind.METRIC)
        if known and known[0].direction:
            yield subject, iri(KG.direction), iri(getattr(KG, f"{known[0].direction}IsBetter"))
    if folder == "model":
        sizes = {size for spelling, _, _ in namings if (size := parse_size(spelling))}
        if len(sizes) == 1:
            yield subject, iri(KG.parameterCount), integer(sizes.pop())


def parse_size(name: str) -> int | None:
    """Read the number of parameters out of a model's name.

    >>> parse_size("Qwen2.5-Math-7B"), parse_size("Mixtral-8x7B"), parse_size("GPT-4o")
    (7000000000, None, None)
    """
    match = _SIZE.search(name)
    if not match or "x" in match.group():
        return None
    return int(Decimal(match.group(1)) * _SCALE[match.group(2)])


def label_node(node: str, namings: Sequence[tuple[str, int, int]]) -> list[Label]:
    """Return the labels by which a node is found, weighted by how many owners use each."""
    return [Label(node, fold(s), s, count) for s, _, count in namings if fold(s)]
