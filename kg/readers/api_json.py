"""A dump of the Hugging Face daily papers interface, JSON or JSON lines -> entries."""

from __future__ import annotations

import ast
import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from kg.readers.draft import Draft, finish, report
from kg.records import Credit, Entry, Problem, Source
from kg.text.dates import find_day
from kg.text.plaintext import to_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.readers.document import Document

_LAYOUT = "api_json"
_OPENING = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\]]|\"\s?\{))")
_BETWEEN = re.compile(r"[\s,\[\]]*")
_WRAPPED = re.compile(r"\"(data|papers|items|results)\"\s*:\s*\[")
_ID = re.compile(r"[\w./-]{1,60}", re.ASCII)
_ADDRESSES = ("arxiv_url", "paper_url", "url", "projectPage")
_LONGEST_LITERAL = 1_000_000
_DEEPEST_LITERAL = 60
_DECODER = json.JSONDecoder()


def recognise(document: Document) -> str | None:
    """Name this layout if the text opens as JSON."""
    return _LAYOUT if _OPENING.match(document.text[:4000]) else None


def read(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read every record; authors stand in the paper's own order, with their handles where they have one."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    dated = document.key_date is not None
    for source, item in _find_items(document):
        record = _read_item(item)
        if isinstance(record, str):
            problems.append(report(source, record, "a paper's record"))
            continue
        entry, left_out = finish(_read_record(record, source, dated=dated))
        entries += [entry] if entry else []
        problems += left_out
    return tuple(entries), tuple(problems)


def _find_items(document: Document) -> Iterator[tuple[Source, object]]:
    """Pair every item with its lines; where the JSON breaks off, the exception that says why comes last."""
    text, at, line = document.text, 0, 1
    try:
        for value, start, end in _scan(text, 0):
            line += text.count("\n", at, start)
            at = start
            yield Source(digest=document.key, line=line, end=line + text.count("\n", start, end)), value
        if text.lstrip()[:1] == "[" and text.rstrip()[-1:] != "]":
            raise ValueError("the array is not closed: the file is cut")
    except json.JSONDecodeError as error:
        yield (
            Source(digest=document.key, line=error.lineno, end=error.lineno),
            ValueError(f"not JSON: {error.msg}"),
        )
    except (ValueError, RecursionError) as error:
        yield Source(digest=document.key, line=line, end=line), ValueError(f"not JSON: {error}")


def _scan(text: str, at: int) -> Iterator[tuple[object, int, int]]:
    """Decode item after item, of an array or line by line; a wrapper gives the items of its list."""
    while (at := _end_of(_BETWEEN.match(text, at), at)) < len(text):
        value, end = _DECODER.raw_decode(text, at)
        wrapped = _WRAPPED.search(text, at, end) if isinstance(value, dict) and "paper" not in value else None
        if wrapped and isinstance(value, dict) and isinstance(value.get(wrapped[1]), list):
            yield from islice(_scan(text, wrapped.end()), len(value[wrapped[1]]))
        else:
            yield value, at, end
        at = end


def _end_of(match: re.Match[str] | None, at: int) -> int:
    return match.end() if match else at


def _read_item(item: object) -> Mapping[str, object] | str:
    """Give an item as a record; a text may hold one as Python prints it. What is none says why."""
    if isinstance(item, ValueError):
        return str(item)
    if isinstance(item, str):
        return _read_literal(item)
    return item if isinstance(item, dict) else f"an item is {json.dumps(item)[:40]}, no record"


def _read_literal(text: str) -> Mapping[str, object] | str:
    if len(text) > _LONGEST_LITERAL or _depth(text) > _DEEPEST_LITERAL:
        return "a record printed by Python is too long or too deep"
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return f"an item is the text {text[:40]!r}, no record"
    return value if isinstance(value, dict) else f"an item is the text {text[:40]!r}, no record"


def _depth(text: str) -> int:
    """Count how deep brackets, signs and operators nest, over-estimating what stands in strings."""
    deep = deepest = 0
    for mark in re.findall(r"[\[({]|[\])}]|[-+~]{20}", text):
        deep += 1 if mark in "[({" else -1 if mark in "])}" else _DEEPEST_LITERAL + 1
        deepest = max(deepest, deep)
    return deepest


def _read_record(record: Mapping[str, object], source: Source, *, dated: bool) -> Draft:
    paper = _mapping(record.get("paper")) or record
    name = _text(paper.get("id"))
    known = (f"https://huggingface.co/papers/{name}",) if _ID.fullmatch(name) else ()
    votes = paper.get("upvotes")
    told = (paper.get("submittedOnDailyAt"), record.get("publishedAt"), paper.get("publishedAt"))
    days = (find_day(_text(value)[:10]) for value in told)
    return Draft(
        source=source,
        layout=_LAYOUT,
        title=_text(paper.get("title")) or _text(record.get("title")),
        text=_unwrap(
            _text(paper.get("summary")) or _text(record.get("summary")) or _text(paper.get("abstract"))
        ),
        links=(*known, *filter(None, (_text(paper.get(key)) for key in _ADDRESSES))),
        code=tuple(filter(None, [_text(paper.get("githubRepo"))])),
        authors=_read_authors(paper.get("authors")),
        ordered=True,
        date="" if dated else next((day for day in days if day), ""),
        votes=votes if isinstance(votes, int) and not isinstance(votes, bool) and votes >= 0 else None,
    )


def _read_authors(value: object) -> tuple[Credit, ...]:
    people = (
        [item if isinstance(item, dict) else {"name": item} for item in value]
        if isinstance(value, list)
        else []
    )
    authors = (_read_author(person) for person in people)
    return tuple(credit for credit in authors if credit.name or credit.handle)


def _read_author(person: Mapping[str, object]) -> Credit:
    """Pair name and account; an account that the site has hidden was tied to the wrong person."""
    name = to_line(_text(person.get("name")))
    account = _mapping(person.get("user")) if not person.get("hidden") else {}
    return Credit(name=name or None, handle=to_line(_text(account.get("user"))) or None)


def _unwrap(text: str) -> str:
    """Join the lines that a paragraph was wrapped into."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    return "\n".join(" ".join(line.strip() for line in part.split("\n")) for part in paragraphs)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
