"""A store -> its subjects in order, each with all that is said of it.

Every export is written from these, so that all are in one order and the same graph
gives the same bytes.
"""

from __future__ import annotations

import io
import re
from itertools import groupby
from operator import itemgetter
from typing import IO, TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from kg.rdf.prefixes import BASE, NAMED
from kg.rdf.vocabulary import DCTERMS, FABIO, KG, NIF, RDF, RDFS, SCHEMA, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer as Buffer

SECTIONS = (*NAMED, "result", "comparison", "authorship", "digest", "item", "mention", "extraction")
"""The kinds of subject in the order of an export; what is none of ours follows them."""

_FIRST = (
    RDF.type, SKOS.prefLabel, RDFS.label, SKOS.altLabel, DCTERMS.title, DCTERMS.identifier,
    FABIO.hasArXivId, DCTERMS.issued, DCTERMS.language, SCHEMA.url, SCHEMA.codeRepository,
    DCTERMS.isPartOf, KG.discusses, DCTERMS.creator, KG.introduces, KG.evaluatesOn, KG.usesMethod,
    KG.usesDataset, KG.addresses, KG.mentions, KG.reports, KG.system, KG.value, KG.high, KG.unit,
    KG.metric, KG.impliedMetric, KG.benchmark, KG.leaderboard, KG.setting, KG.baseline, KG.baselineValue,
    NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf,
)  # fmt: skip
"""The properties that come first, in the order in which a person reads them; the others follow by name."""

_RANK = {f"<{iri}>": rank for rank, iri in enumerate(_FIRST)}
_SECTION = {kind: rank for rank, kind in enumerate(SECTIONS)}

_ESCAPE = re.compile(r"""\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))""")
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Subject(NamedTuple):
    """One subject: its IRI, and for each property in order its objects in order; all as N-Triples terms."""

    iri: str
    facts: list[tuple[str, list[str]]]


class Literal(NamedTuple):
    """A literal taken apart: its value, and a datatype (xsd:string where none stood) or a language."""

    value: str
    datatype: str
    language: str | None


def read_lines(store: ox.Store) -> list[str]:
    """Return every statement of the default graph as a line of N-Triples, without line ends, in any order."""
    dump = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert dump is not None
    lines = dump.decode().split("\n")  # splitlines() would also cut at characters that literals may hold
    lines.pop()
    return lines


class _Blocks(io.RawIOBase):
    """A file of N-Triples to be written -> what it says of each subject: its lines, less the subject.

    Bytes are kept, because millions of short strings would take several times the memory of the graph.
    """

    def __init__(self) -> None:
        self.blocks: dict[str, bytes] = {}
        self._rest = b""

    def write(self, data: Buffer) -> int:
        """Take in the next piece of the file, which may end anywhere."""
        piece = bytes(data)
        lines = (self._rest + piece).split(b"\n")
        self._rest = lines.pop()
        for subject, same in groupby((line.split(b" ", 1) for line in lines), itemgetter(0)):
            name, block = subject.decode(), b"".join([rest + b"\n" for _, rest in same])
            self.blocks[name] = self.blocks.get(name, b"") + block
        return len(piece)


def read_subjects(store: ox.Store) -> Iterator[Subject]:
    """Yield every subject of the default graph: by kind as in `SECTIONS`, then by IRI."""
    written = _Blocks()
    store.dump(cast("IO[bytes]", written), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    described = written.blocks
    orders: dict[tuple[str, ...], list[str]] = {}  # few sets of properties serve all subjects
    for subject in sorted(described, key=_order):
        facts = _group(described.pop(subject).decode().split("\n")[:-1])
        predicates = tuple(facts)
        if predicates not in orders:
            orders[predicates] = sorted(predicates, key=_predicate_order)
        yield Subject(subject, [(predicate, facts[predicate]) for predicate in orders[predicates]])


def _group(rests: list[str]) -> dict[str, list[str]]:
    """Return property -> objects, sorted, from a subject's lines, each ``property object .``."""
    facts: dict[str, list[str]] = {}
    rests.sort()
    for rest in rests:
        predicate, term = rest.split(" ", 1)
        if predicate in facts:
            facts[predicate].append(term[:-2])
        else:
            facts[predicate] = [term[:-2]]
    return facts


def section_of(subject: str) -> str:
    """Return the kind of a subject by the folder of its IRI, or an empty string if it is none of ours.

    >>> section_of("<https://w3id.org/paperkg/model/gpt4o>"), section_of("<https://example.org/x>")
    ('model', '')
    """
    start = len(BASE) + 1
    folder = subject[start : subject.find("/", start)] if subject.startswith(BASE, 1) else ""
    return folder if folder in _SECTION else ""


def parse_literal(term: str) -> Literal:
    r"""Take an N-Triples literal apart.

    >>> parse_literal('"a \\"b\\"\\n"')
    Literal(value='a "b"\n', datatype='http://www.w3.org/2001/XMLSchema#string', language=None)
    """
    end = term.rindex('"')
    value, tail = term[1:end], term[end + 1 :]
    if "\\" in value:
        value = _ESCAPE.sub(_unescape, value)
    if not tail:
        return Literal(value, XSD.string, None)
    if tail[0] == "@":
        return Literal(value, _LANG_STRING, tail[1:])
    return Literal(value, tail[3:-1], None)


_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def _unescape(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return chr(int(digits, 16)) if digits else _CHARACTERS.get(match[3], match[3])


def _order(subject: str) -> tuple[int, str]:
    return _SECTION.get(section_of(subject), len(SECTIONS)), subject


def _predicate_order(predicate: str) -> tuple[int, str]:
    return _RANK.get(predicate, len(_FIRST)), predicate
