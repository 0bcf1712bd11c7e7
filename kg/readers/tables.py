"""Papers as rows of a Markdown table -> entries; which column holds what, a table layout says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kg.readers.draft import Draft, draft, finish, report
from kg.records import Entry, Problem, Source
from kg.text.markdown import Row, is_delimiter, join_rows, split_cells, unlink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.readers.document import Document
    from kg.readers.layouts import TableLayout


class _Header(msgspec.Struct, frozen=True):
    """A table's header: its layout, its cells, and the field of each of them (empty where there is none)."""

    layout: TableLayout
    cells: tuple[str, ...]
    fields: tuple[str, ...]
    line: int


def recognise(document: Document) -> str | None:
    """Name the layout of the first table whose header fits one, if there is any."""
    rows = (line for line in document.lines if line.lstrip().startswith("|"))
    return next((header.layout.name for row in rows if (header := _fit(row, 0, document.tables))), None)


def read(document: Document) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read every row below a header that fits a layout; a table with another header is left alone."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for header, row in _find_rows(document):
        source = Source(digest=document.key, line=row.line, end=row.end)
        found = _check_header(header, source) if row.line == header.line else _read_row(header, row, document)
        if isinstance(found, Draft):
            entry, left_out = finish(found)
            entries += [entry] if entry else []
            problems += left_out
        elif found:
            problems.append(found)
    return tuple(entries), tuple(problems)


def _find_rows(document: Document) -> Iterator[tuple[_Header, Row]]:
    """Pair every row that may hold a paper with the header above it; the header itself comes first."""
    header: _Header | None = None
    rows = list(join_rows(document.lines))
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if fitting := _fit(row.text, row.line, document.tables):
            header = fitting
            yield header, row
        elif below and below.line == row.end + 1 and is_delimiter(below.text):
            header = None
        elif header and not is_delimiter(row.text):
            yield header, row


def _fit(row: str, line: int, layouts: Sequence[TableLayout]) -> _Header | None:
    """Find the layout that knows most columns of a header, among those whose required fields are there."""
    cells = tuple(" ".join(unlink(cell).strip("*_` ").casefold().split()) for cell in split_cells(row[:2000]))
    known = [(layout, tuple(layout.columns.get(cell, "") for cell in cells)) for layout in layouts]
    fitting = [(layout, fields) for layout, fields in known if layout.required <= set(fields)]
    if not fitting:
        return None
    layout, fields = max(fitting, key=lambda pair: sum(map(bool, pair[1])))
    return _Header(layout, cells, fields, line)


def _check_header(header: _Header, source: Source) -> Problem | None:
    unknown = [cell for cell, name in zip(header.cells, header.fields, strict=True) if not name]
    known = ", ".join(sorted(header.layout.columns))
    return report(source, f"the column {unknown[0]!r} is not read", f"one of {known}") if unknown else None


def _read_row(header: _Header, row: Row, document: Document) -> Draft | Problem:
    source = Source(digest=document.key, line=row.line, end=row.end)
    if row.stray:
        return report(source, "a line inside a table is neither a row nor the rest of one", "a row in `|`")
    text_at, title_at = header.fields.index("text"), header.fields.index("title")
    cells = split_cells(row.text, len(header.cells), text_at)
    if len(cells) <= max(text_at, title_at):
        return report(source, f"row has {len(cells)} of {len(header.cells)} cells", "a cell for each column")
    printed: dict[str, str] = {}
    for name, cell in zip(header.fields, cells, strict=False):
        printed[name] = f"{printed[name]}, {cell}" if printed.get(name) else cell
    return draft(printed, header.layout, source, document.date_above(row.line))
