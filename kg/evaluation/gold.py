"""A gold file, or an entry with its findings -> records: what one entry says, by names instead of indices."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import Comparison, Entry, Findings, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity by its name, its other spellings and, for a Korean name, the English term."""

    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    english: str | None = None
    introduced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A result by the names in its slots; ``evidence`` is a piece of the text that says it."""

    kind: str
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    system: str | None = None
    benchmark: str | None = None
    metric: str | None = None
    baseline: str | None = None
    baseline_value: Decimal | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdone:
    """One named system outperforms another."""

    better: str
    worse: str
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything one entry says. ``text`` and ``language`` are known of a prediction, not of gold."""

    id: str
    entities: tuple[Named, ...] = ()
    results: tuple[Reported, ...] = ()
    outperforms: tuple[Outdone, ...] = ()
    repositories: tuple[str, ...] = ()
    text: str = ""
    language: str | None = None


def record_of(findings: Findings, entry: Entry) -> Record:
    """Turn what was found in an entry into a record.

    The record's id is the entry's digest and arXiv id, ``2025-01.md|2501.00958``. Metrics without a mention,
    which are only what a gain is about, are named by results but are no entities of the record.
    """
    plain = entry.plain
    return Record(
        id=f"{entry.source.digest}|{entry.arxiv or entry.url or entry.ordinal}",
        entities=tuple(
            Named(
                kind=entity.kind,
                name=entity.name,
                aliases=entity.aliases,
                english=entity.english,
                introduced=entity.introduced,
            )
            for entity in findings.entities
            if entity.mentions
        ),
        results=tuple(_reported(result, findings, plain) for result in findings.results),
        outperforms=tuple(_outdone(comparison, findings, plain) for comparison in findings.comparisons),
        repositories=findings.repositories,
        text=plain,
        language=entry.language,
    )


def _reported(result: Result, findings: Findings, plain: str) -> Reported:
    def name(index: int | None) -> str | None:
        return None if index is None else findings.entities[index].name

    return Reported(
        kind=result.kind,
        value=result.value,
        high=result.high,
        unit=result.unit,
        system=name(result.system),
        benchmark=name(result.benchmark),
        metric=name(result.metric),
        baseline=name(result.baseline),
        baseline_value=result.baseline_value,
        evidence=plain[result.start : result.end],
    )


def _outdone(comparison: Comparison, findings: Findings, plain: str) -> Outdone:
    return Outdone(
        better=findings.entities[comparison.better].name,
        worse=findings.entities[comparison.worse].name,
        evidence=plain[comparison.start : comparison.end],
    )


def load_gold(text: str, path: str = "gold") -> tuple[Record, ...]:
    """Read gold records: a JSON array as ``tests/gold`` holds them.

    Args:
        text: the content of a gold file.
        path: its name, for errors.

    Raises:
        InputError: where the text is not JSON or a record lacks what every record has.
    """
    try:
        return tuple(_record(item) for item in json.loads(text, parse_float=Decimal))
    except json.JSONDecodeError as error:
        raise InputError(path, error.lineno, "not JSON", "an array of gold records") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            path, None, f"a gold record is malformed ({error})", "the keys of tests/gold"
        ) from error


def _record(item: dict[str, Any]) -> Record:
    return Record(
        id=item["id"],
        entities=tuple(_named(entity) for entity in item.get("entities", [])),
        results=tuple(_gold_result(result) for result in item.get("results", [])),
        outperforms=tuple(
            Outdone(better=pair["better"], worse=pair["worse"]) for pair in item.get("outperforms", [])
        ),
        repositories=tuple(item.get("repos", [])),
    )


def _named(item: dict[str, Any]) -> Named:
    return Named(
        kind=Kind(item["type"]),
        name=item["name"],
        aliases=tuple(item.get("aliases", [])),
        english=item.get("en"),
        introduced=bool(item.get("introduced", False)),
    )


def _gold_result(item: dict[str, Any]) -> Reported:
    return Reported(
        kind=item["kind"],
        value=Decimal(item["value"]),
        high=_number(item.get("high")),
        unit=item.get("unit"),
        system=item.get("subject"),
        benchmark=item.get("benchmark"),
        metric=item.get("metric"),
        baseline=item.get("baseline"),
        baseline_value=_number(item.get("baseline_value")),
        evidence=item.get("evidence") or "",
    )


def _number(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def complete(gold: Iterable[Record], predicted: Iterable[Record]) -> list[tuple[Record, Record]]:
    """Pair every gold record with the prediction of the same id, or with one in which nothing was found.

    The gold record takes over text and language; without a prediction, a name in Hangul makes it Korean.
    """
    by_id = {record.id: record for record in predicted}
    pairs = []
    for record in gold:
        found = by_id.get(record.id) or Record(id=record.id)
        language = found.language or ("ko" if _is_korean(record) else "en")
        pairs.append((replace(record, text=found.text, language=language), found))
    return pairs


def _is_korean(record: Record) -> bool:
    spellings = [s for e in record.entities for s in (e.name, *e.aliases)]
    spellings += [result.evidence for result in record.results]
    return any("가" <= character <= "힣" for spelling in spellings for character in spelling)
