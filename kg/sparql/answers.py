"""The answer to a query, as rows of terms -> a table for people, a data frame, plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.prefixes import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
"""One cell: an RDF term, or None where a variable is unbound."""

Row = tuple[Term, ...]

_XSD = PREFIXES["xsd"]


class Tabular:
    """What has an answer, and so shows as a table in a notebook and turns into a data frame."""

    __slots__ = ()

    @property
    def answer(self) -> Answer:
        """The same as columns and rows of terms."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self.answer._repr_html_()

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of the plain values; needs pandas, which paperkg does not bring."""
        return self.answer.to_pandas()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query found.

    ``kind`` is ``select``, ``ask`` or ``construct`` (also for DESCRIBE: columns subject, predicate, object).
    An ask has no columns and one row with one boolean.
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    def __bool__(self) -> bool:
        """Say whether the answer is yes, or has any row."""
        if self.kind == "ask":
            return show_term(self.rows[0][0]) == "true"
        return bool(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.table()

    def table(self, width: int | None = None) -> str:
        """Lay the answer out as a table, no wider than ``width`` columns where one is given."""
        from kg.sparql.tables import layout

        if self.kind == "ask":
            return "yes" if self else "no"
        return layout(self.columns, _show_rows(self.rows), width)

    def _repr_html_(self) -> str:
        from kg.sparql.notebook import layout_html

        if self.kind == "ask":
            return f"<p>{self}</p>"
        return layout_html(self.columns, _show_rows(self.rows))

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of the plain values; needs pandas, which paperkg does not bring."""
        try:
            import pandas
        except ImportError as error:
            raise UsageError("to_pandas() needs pandas; install it with: pip install pandas") from error
        return pandas.DataFrame([[value_of(term) for term in row] for row in self.rows], columns=self.columns)


def show_term(term: Term) -> str:
    """Write a term for people: the text of a literal, the CURIE of an IRI, nothing for None."""
    if isinstance(term, ox.Literal):
        return term.value
    return compact(term.value) if isinstance(term, ox.NamedNode) else str(term or "")


def value_of(term: Term) -> object:
    """Return a term as Python knows it: int, Decimal, bool, or the text."""
    from decimal import Decimal

    if not isinstance(term, ox.Literal):
        return None if term is None else str(getattr(term, "value", term))
    readers: dict[str, Callable[[str], object]] = {
        "integer": int,
        "decimal": Decimal,
        "double": float,
        "boolean": "true".__eq__,
    }
    reader = readers.get(term.datatype.value.removeprefix(_XSD))
    return reader(term.value) if reader else term.value


def _show_rows(rows: Iterable[Row]) -> list[list[str]]:
    return [[show_term(term) for term in row] for row in rows]
