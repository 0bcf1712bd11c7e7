"""The frozen values that travel between the stages: digest -> entry -> findings -> graph."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What kind of thing a name stands for; the value is its key in data files and gold records."""

    MODEL = "model"
    METHOD = "method"
    BENCHMARK = "benchmark"
    DATASET = "dataset"
    METRIC = "metric"
    TASK = "task"
    ORGANIZATION = "organization"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands: the digest's key, and the 1-based lines from first to last."""

    digest: str
    line: int
    end: int


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something a reader could not use: kept for the summary and the report, never dropped in silence."""

    digest: str
    line: int | None
    wrong: str
    expected: str = ""

    def __str__(self) -> str:
        place = self.digest if self.line is None else f"{self.digest}:{self.line}"
        return f"{place}: {self.wrong}" + (f"; expected {self.expected}" if self.expected else "")


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """One author as a digest prints it: a name, a Hugging Face handle, or both where a source pairs them."""

    name: str | None = None
    handle: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What one digest says about one paper.

    ``text`` is plain (no markup, NFC, no control characters but line feed); offsets of mentions count the
    code points of ``plain``. ``url`` identifies a paper that has no arXiv id. ``date`` is ISO: a day
    (``2025-01-23``), a month (``2025-01``) or None. ``ordered`` says whether the order of ``authors`` is the
    paper's own. ``ordinal`` counts the entries of one digest from 0.
    """

    title: str
    text: str
    source: Source
    ordinal: int = 0
    arxiv: str | None = None
    version: int | None = None
    url: str | None = None
    links: tuple[str, ...] = ()
    authors: tuple[Credit, ...] = ()
    ordered: bool = False
    date: str | None = None
    votes: int | None = None
    tags: tuple[str, ...] = ()
    repositories: tuple[str, ...] = ()
    language: str = "en"
    layout: str = ""

    @property
    def plain(self) -> str:
        """Title, line feed, text: the string in which every offset counts."""
        return f"{self.title}\n{self.text}"


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """One digest as read: its key (path relative to the folder given), date, entries and problems."""

    key: str
    issued: str | None
    layout: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence of an entity: ``plain[start:end]`` is the spelling, ``by`` the rule that found it."""

    start: int
    end: int
    confidence: float
    by: str


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that an entry names, with every place where it does.

    ``name`` is the entry's own best spelling; ``english`` the standard English term of a Korean-only name;
    ``mentions`` is empty only for a metric that is merely what a gain is about (speed, cost).
    ``aliases`` are the entry's other spellings of it (an expansion, a variant).
    """

    kind: Kind
    name: str
    mentions: tuple[Mention, ...] = ()
    aliases: tuple[str, ...] = ()
    english: str | None = None
    introduced: bool = False


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One reported number. Slots that name entities hold their index in ``Findings.entities``.

    ``kind`` is ``score`` or ``gain``; ``unit`` is ``%``, ``points``, ``x`` or None; ``raw`` the value as
    printed; ``start``/``end`` the evidence in ``plain`` (holds the number and its benchmark or metric).
    ``implied`` is the benchmark's customary metric where the text names none.
    """

    kind: str
    value: Decimal
    raw: str
    start: int
    end: int
    confidence: float
    by: str
    high: Decimal | None = None
    unit: str | None = None
    system: int | None = None
    benchmark: int | None = None
    metric: int | None = None
    implied: int | None = None
    baseline: int | None = None
    baseline_value: Decimal | None = None
    setting: str | None = None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A outperforms B: indices into ``Findings.entities`` and the evidence span in ``plain``."""

    better: int
    worse: int
    start: int
    end: int
    confidence: float
    by: str
    on: int | None = None
    condition: str | None = None


class Relation(StrEnum):
    """What a paper has to do with an entity of its entry, beyond mentioning it."""

    EVALUATES_ON = "evaluatesOn"
    USES_METHOD = "usesMethod"
    ADDRESSES = "addresses"
    USES_DATASET = "usesDataset"


RELATIONS = {
    Kind.BENCHMARK: Relation.EVALUATES_ON,
    Kind.METHOD: Relation.USES_METHOD,
    Kind.TASK: Relation.ADDRESSES,
    Kind.DATASET: Relation.USES_DATASET,
}
"""What a paper has to do with a thing of a kind beyond mentioning it."""


class Property(StrEnum):
    """What can be said of an entity itself, whatever the paper has to do with it."""

    DEVELOPED_BY = "developedBy"
    FOR_TASK = "forTask"
    OPEN_WEIGHTS = "openWeights"
    TRAINED_ON = "trainedOn"


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an entry says of one of its entities, ``of``, an index into ``Findings.entities``.

    ``start``/``end`` are the evidence in ``plain``. ``to`` is the index of a task, a dataset or an
    organisation, ``name`` that of an organisation which is no entity of its own ("OpenAI o1"); ``holds`` is
    False where weights are said not to be open.
    """

    of: int
    property: Property
    start: int
    end: int
    confidence: float
    by: str
    to: int | None = None
    name: str = ""
    holds: bool = True


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one entry says, in terms of its own text.

    ``relations`` pairs an entity's index with its relation to the paper; ``attributes`` are what it says of
    entities themselves; ``repositories`` are code or data URLs found in text and columns; ``unclaimed`` are
    the spans that claim nothing (chat openers, follow-up questions, "the paper does not say"), from which
    nothing that is claimed is taken.
    """

    entities: tuple[Entity, ...] = ()
    results: tuple[Result, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    relations: tuple[tuple[int, Relation], ...] = ()
    attributes: tuple[Attribute, ...] = ()
    repositories: tuple[str, ...] = ()
    unclaimed: tuple[tuple[int, int], ...] = ()


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One entry with what was found in it: the unit that a store keeps and that digests share nothing of."""

    entry: Entry
    findings: Findings
