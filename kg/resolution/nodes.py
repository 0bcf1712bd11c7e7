"""All names of one entity or author -> its statements and the labels by which it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from kg.identity import fold
from kg.names import known_names
from kg.rdf.ntriples import Statement, integer, iri, string
from kg.rdf.prefixes import BASE
from kg.rdf.vocabulary import DCTERMS, KG, RDF, SKOS
from kg.records import Kind
from kg.resolution.sayings import describe_sayings
from kg.resolution.terms import canonical, key_of, spell
from kg.resolution.things import mint_thing, read_thing
from kg.store.rows import Label, Saying
from kg.variants import families, parse_size

if TYPE_CHECKING:
    from collections.abc import Sequence

Statements = Iterator[Statement]

_CLASSES = {
    "model": KG.Model, "method": KG.Method, "benchmark": KG.Benchmark, "dataset": KG.Dataset,
    "metric": KG.Metric, "task": KG.Task, "org": KG.Organization, "author": KG.Author,
}  # fmt: skip
_DESCRIPTIVE = {"method", "metric", "task"}
_HANGUL = re.compile("[가-힣]")
_RARELY, _MOSTLY = 40, 4
"""One of so many entries is enough for another name; it stands so many times as often as in longer names."""


class Names(msgspec.Struct, frozen=True):
    """What a node is called: the preferred name of each language tag (None: a proper name), the others."""

    preferred: dict[str | None, str]
    others: tuple[str, ...]


def folder_of(node: str) -> str:
    """Return the folder of an IRI of ours: ``model``, ``author`` and so on."""
    return node[len(BASE) :].split("/", 1)[0]


class Ties(msgspec.Struct, frozen=True, kw_only=True):
    """The nodes that a node has to do with.

    ``sayings`` are what entries say of it, ``twins`` the nodes of other kinds with the same key, ``family``
    the one of which it is a variant, ``replaced`` the IRIs that it took the place of.
    """

    sayings: Sequence[Saying] = ()
    twins: Sequence[str] = ()
    family: str | None = None
    replaced: Sequence[str] = ()


def describe_node(node: str, namings: Sequence[tuple[str, int, int]], ties: Ties) -> Statements:
    """Say everything about one entity or author that no single paper says.

    Args:
        node: its IRI.
        namings: (spelling, best rank, owners) as the ledger counts them, at least one.
        ties: the other nodes that it has to do with.
    """
    subject, folder = iri(node), folder_of(node)
    yield subject, iri(RDF.type), iri(_CLASSES[folder])
    names = choose_names(folder, sift_names(node, namings))
    for language, name in names.preferred.items():
        yield subject, iri(SKOS.prefLabel), string(name, language)
    for name in names.others:
        yield subject, iri(SKOS.altLabel), string(name, _language(folder, name))
    yield from describe_sayings(node, ties.sayings)
    for twin in ties.twins:
        yield subject, iri(SKOS.closeMatch), iri(twin)
    if ties.family:
        yield subject, iri(KG.variantOf), iri(ties.family)
    for gone in ties.replaced:
        yield iri(gone), iri(DCTERMS.isReplacedBy), subject
    yield from _describe_kind(subject, folder, namings)


def sift_names(node: str, namings: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Leave out what is no name of a thing although it stands beside one, in a bracket or before it.

    Another spelling is none where the lists have it as the name of something else of that kind, where hardly
    any of many entries use it, or where it is a Korean word with which longer spellings merely end. What an
    entry calls the thing by stays, and so does what the lists call it.
    """
    thing = read_thing(node)
    if thing is None or all(rank <= 0 for _, rank, _ in namings):
        return list(namings)
    kind, key = thing
    used: Counter[str] = Counter()
    for spelling, _, owners in namings:
        used[spell(kind, spelling)] += owners
    own = {spell(kind, spelling) for spelling, rank, _ in namings if rank <= 0}
    return [
        naming
        for naming in namings
        if (plain := spell(kind, naming[0])) in own or _is_alias(naming, kind, key, used[plain], namings)
    ]


def _is_alias(
    naming: tuple[str, int, int], kind: Kind, key: str, used: int, namings: Sequence[tuple[str, int, int]]
) -> bool:
    """Say whether a spelling that so many entries use beside a thing's name is another name of it."""
    spelling, _, owners = naming
    listed = known_names().lookup(spelling, kind)
    if listed:
        return any(key_of(known) == key for known in listed)
    if _HANGUL.search(spelling) and " " not in spelling and owners < _MOSTLY * _count_longer(naming, namings):
        return False
    return _RARELY * used >= sum(n for _, _, n in namings)


def _count_longer(naming: tuple[str, int, int], namings: Sequence[tuple[str, int, int]]) -> int:
    """Count the uses of the longer spellings that end so."""
    return sum(n for other, _, n in namings if other.endswith(naming[0])) - naming[2]


def choose_names(folder: str, namings: Sequence[tuple[str, int, int]]) -> Names:
    """Choose what a node is called: the best ranked, then most used spelling, one for each script.

    Of two that differ in their capitals alone and are used as often, it is not the one all in capitals.
    """
    mixed = {spelling.upper() for spelling, _, _ in namings if not spelling.isupper()}
    ordered = sorted(namings, key=lambda n: (n[1], -n[2], n[0] in mixed, n[0]))
    korean = [naming for naming in ordered if _HANGUL.search(naming[0])]
    latin = next((s for s, _, _ in ordered if not _HANGUL.search(s)), None)
    preferred: dict[str | None, str] = {}
    if latin:
        preferred[_language(folder, latin)] = latin
        korean = [naming for naming in korean if _translates(folder, naming, namings)]
    if korean:
        preferred["ko"] = korean[0][0]
    return Names(preferred, tuple(s for s in sorted(s for s, _, _ in ordered) if s not in preferred.values()))


def _translates(folder: str, naming: tuple[str, int, int], namings: Sequence[tuple[str, int, int]]) -> bool:
    """Say whether a Korean spelling is a name of what has another name, rather than a word beside that.

    A proper name has no translation. That of a descriptive one is some entry's own name for the thing; or it
    stands beside it often enough, and is not merely how longer ones end.
    """
    spelling, rank, owners = naming
    if rank < 0 or folder not in _DESCRIPTIVE:
        return rank < 0  # a reader decided it
    longer = _count_longer(naming, namings)
    often = owners > 1 or (" " in spelling and max(n for _, _, n in namings) <= _RARELY)
    return rank == 0 or (often and owners >= _MOSTLY * longer)


def _language(folder: str, name: str) -> str | None:
    """Return the tag of a descriptive name; proper names have none."""
    if _HANGUL.search(name):
        return "ko"
    return "en" if folder in _DESCRIPTIVE and name == name.lower() and " " in name else None


def _describe_kind(subject: str, folder: str, namings: Sequence[tuple[str, int, int]]) -> Statements:
    if folder == "metric":
        known = (name for s, _, _ in namings for name in known_names().lookup(s, Kind.METRIC))
        directions = {name.direction for name in known if name.direction}
        if len(directions) == 1:
            yield subject, iri(KG.direction), iri(getattr(KG, f"{directions.pop()}IsBetter"))
    if folder == "model":
        sizes = {size for spelling, _, _ in namings if (size := parse_size(spelling))}
        if len(sizes) == 1:
            yield subject, iri(KG.parameterCount), integer(sizes.pop())


def find_families(node: str, namings: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    """Return the nodes of which a node may be a variant, whether or not they exist, the nearest first.

    The key of a family always begins that of its variants.
    """
    thing = read_thing(node)
    if thing is None:
        return ()
    kind, _ = thing
    name = next(iter(choose_names(kind.value, namings).preferred.values()))
    found = (mint_thing(kind, canonical(kind, family)) for family in families(name, kind))
    return tuple(family for family in dict.fromkeys(found) if family != node and node.startswith(family))


def label_node(node: str, namings: Sequence[tuple[str, int, int]]) -> list[Label]:
    """Return the labels by which a node is found, weighted by how many owners use each."""
    return [Label(node, fold(s), s, count) for s, _, count in sift_names(node, namings) if fold(s)]
