"""What a question found -> a reply that says how it was understood and proves every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.questions.words import load_words
from kg.sparql.answers import Answer, Tabular, show_term
from kg.sparql.tables import join_value, layout

if TYPE_CHECKING:
    from kg.questions.proof import Proven
    from kg.sparql.answers import Row

_MERGED = ("value", "high", "unit", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Tabular):
    """The answer to a question.

    ``understood`` is the question as it was read, ``sparql`` the query that was run, ``columns`` and ``rows``
    what it found, with names for nodes and the sentence that says it; ``notes`` is what one should know,
    ``papers`` the IRIs of the papers in it, the first first, ``proven`` what stands behind each row;
    ``total`` is the number of rows in all, where only a part was wanted; ``titled`` says that it tells papers
    by words of their titles, as no name is known by these.
    """

    question: str
    understood: str
    sparql: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    language: str = "en"
    papers: tuple[str, ...] = ()
    proven: tuple[Proven, ...] = ()
    total: int = 0
    titled: bool = False

    def __bool__(self) -> bool:
        """Say whether anything was found."""
        return bool(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return "\n".join([self.understood, *self.notes, "", self.table()])

    @property
    def answer(self) -> Answer:
        """The columns and rows as the answer to a query, to be written as CSV, TSV or JSON."""
        return Answer(kind="select", columns=self.columns, rows=self.rows)

    def table(self, width: int | None = None) -> str:
        """Lay the reply out as a table; the sentence that proves a row stands under it."""
        columns, rows, sentences = self._head_columns()
        return layout(columns, rows, width, below=sentences)

    def write(self, form: str = "table", width: int | None = None) -> str:
        """Write the reply in one of `kg.sparql.formats.FORMATS`."""
        from kg.sparql.formats import write_answer

        if form != "table":
            return write_answer(self.answer, form)
        return f"{self.table(width)}\n" if self else ""

    def _repr_html_(self) -> str:
        from html import escape

        from kg.sparql.notebook import layout_html

        columns, rows, sentences = self._head_columns()
        if any(sentences):
            columns, rows = (
                [*columns, self.head("sentence")],
                [[*row, sentence] for row, sentence in zip(rows, sentences, strict=True)],
            )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<p><b>{escape(self.understood)}</b></p>{notes}{layout_html(columns, rows)}"

    def tidy(self) -> tuple[list[str], list[list[str]], list[str]]:
        """Return columns, cells and sentences for people: empty columns go, value and unit are one cell."""
        cells = [dict(zip(self.columns, map(show_term, row), strict=True)) for row in self.rows]
        sentences = [cell.pop("sentence", "") for cell in cells]
        for cell in cells:
            _merge_value(cell)
        columns = [c for c in self.columns if any(cell.get(c) for cell in cells)]
        return columns, [[cell[c] for c in columns] for cell in cells], sentences

    def _head_columns(self) -> tuple[list[str], list[list[str]], list[str]]:
        columns, cells, sentences = self.tidy()
        return [self.head(column) for column in columns], cells, sentences

    def head(self, column: str) -> str:
        """Return a column's heading in the language of the question."""
        return str(load_words()["headings"][self.language].get(column, column))


def _merge_value(cell: dict[str, str]) -> None:
    """Write value, range, unit and kind as one: ``79.8%``, ``3-5 points``, ``gain 6.7%``."""
    if "unit" in cell:
        value, high, unit, kind = (cell.pop(name) for name in _MERGED)
        cell["value"] = f"{'gain ' if kind == 'gain' else ''}{join_value(value, high, unit)}"
