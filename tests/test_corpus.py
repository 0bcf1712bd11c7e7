"""Every digest of the shared corpus against its list of entries; skipped where the corpus is not at hand."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.files import find_digests, read_text
from kg.readers import read_digest
from kg.text.dates import find_date

if TYPE_CHECKING:
    from kg.records import Digest, Entry

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared") / "corpus"
MISTAKES = Path(__file__).parent / "samples" / "corpus" / "known_mistakes.json"
SOURCES = ("aishwaryanr", "gabrielchua", "hf-api-json", "l-yohai-ko", "timlrx")

pytestmark = pytest.mark.skipif(
    not (CORPUS / "entries.jsonl").is_file(), reason="the corpus is not beside the checkout (set KG_SHARED)"
)


@cache
def listed() -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (CORPUS / "entries.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        rows[row["file"]].append(row)
    return rows


@cache
def read_source(source: str) -> dict[str, Digest]:
    files = find_digests([str(CORPUS / source)]).files
    return {f"{source}/{file.key}": read_digest(read_text(file.path), file.key) for file in files}


def pairs(source: str) -> list[tuple[dict[str, Any], Entry, Digest]]:
    digests = read_source(source)
    return [
        (row, entry, digests[file])
        for file, rows in listed().items()
        if file in digests
        for row, entry in zip(rows, digests[file].entries, strict=True)
    ]


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def mistakes() -> set[tuple[str, str]]:
    return {(row["file"], row["id"]) for row in json.loads(MISTAKES.read_text("utf8"))}


@pytest.mark.parametrize("source", SOURCES)
def test_every_paper_is_found_and_none_invented(source: str) -> None:
    digests = read_source(source)
    assert {file for file in listed() if file.startswith(f"{source}/")} <= set(digests)
    for file, digest in digests.items():
        expected = Counter(row["id"] or fold(row["title"]) for row in listed().get(file, []))
        assert Counter(entry.arxiv or entry.title for entry in digest.entries) == expected, file


@pytest.mark.parametrize("source", SOURCES)
def test_titles_dates_versions_and_authors_are_those_of_the_list(source: str) -> None:
    wrong: list[tuple[Any, ...]] = []
    for row, entry, digest in pairs(source):
        place = (row["file"], row["id"])
        if entry.title != fold(row["title"]) and place not in mistakes():
            wrong.append((*place, "title", entry.title))
        if (entry.date or (digest.issued if len(row["date"] or "") == 10 else None)) != find_date(
            row["date"] or ""
        ):
            wrong.append((*place, "date", entry.date))
        if entry.version != (int(row["version"][1:]) if row["version"] else None):
            wrong.append((*place, "version", entry.version))
        authors = [credit.name or credit.handle for credit in entry.authors]
        if row["authors"] is not None and authors != [name for name in row["authors"] if name != "+"]:
            wrong.append((*place, "authors", authors))
    assert not wrong


@pytest.mark.parametrize("source", sorted({*SOURCES} - {"hf-api-json"}))
def test_entries_stand_where_the_list_says(source: str) -> None:
    """The list counts the blank lines below a Korean block as its own."""
    for row, entry, _ in pairs(source):
        assert entry.source.line == row["line"], row
        assert entry.source.end <= row["end"], row
        assert source == "l-yohai-ko" or entry.source.end == row["end"], row


def test_known_mistakes_are_still_mistakes() -> None:
    found = {
        (row["file"], row["id"])
        for source in SOURCES
        for row, entry, _ in pairs(source)
        if entry.title != fold(row["title"])
    }
    assert found == mistakes()


def test_nothing_in_the_corpus_goes_unread() -> None:
    digests = [digest for source in SOURCES for digest in read_source(source).values()]
    assert [str(problem) for digest in digests for problem in digest.problems] == []
    assert [digest.key for digest in digests if not digest.layout] == []


def test_papers_without_an_arxiv_id_keep_their_address() -> None:
    bare = [entry for source in SOURCES for _, entry, _ in pairs(source) if not entry.arxiv]
    assert len(bare) == sum(not row["id"] for rows in listed().values() for row in rows)
    assert all(entry.url for entry in bare)


def test_texts_are_plain() -> None:
    for source in SOURCES:
        for _, entry, _ in pairs(source):
            assert entry.text, entry.source
            assert "**" not in entry.text or "2**" in entry.text, entry.source
            assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in entry.plain)
