"""The answer to a query -> a table, CSV, TSV, JSON or Turtle."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.prefixes import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
"""One cell: an RDF term, or None where a variable is unbound."""

Row = tuple[Term, ...]

FORMATS = ("table", "csv", "tsv", "json", "ttl")

_XSD = PREFIXES["xsd"]
_BARE = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "boolean")}


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
        from kg.sparql.tables import layout_html

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


def write_answer(answer: Answer, form: str = "table", width: int | None = None) -> str:
    """Write an answer in one of `FORMATS`, ending in a line feed unless it is empty.

    Raises:
        UsageError: Turtle is asked for and the answer is no graph.
    """
    writers = {"csv": _write_csv, "tsv": _write_tsv, "json": _write_json, "ttl": _write_turtle}
    if form == "table":
        text = answer.table(width)
        return f"{text}\n" if text else ""
    return writers[form](answer)


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


def _write_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: bare values, lines ended by CR LF."""
    if answer.kind == "ask":
        return f"{str(bool(answer)).lower()}\r\n"
    out = io.StringIO()
    rows = [[_plain(term) for term in row] for row in answer.rows]
    csv.writer(out).writerows([answer.columns, *rows])
    return out.getvalue()


def _plain(term: Term) -> str:
    """Write a term without its brackets and quotes; a blank node keeps its mark."""
    if isinstance(term, ox.NamedNode | ox.Literal):
        return term.value
    return "" if term is None else str(term)


def _write_tsv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results TSV: every term as Turtle writes it."""
    if answer.kind == "ask":
        return f"{str(bool(answer)).lower()}\n"
    lines = [[f"?{column}" for column in answer.columns], *([_turtle(t) for t in row] for row in answer.rows)]
    return "".join("\t".join(cells) + "\n" for cells in lines)


def _turtle(term: Term) -> str:
    if isinstance(term, ox.Literal) and term.datatype.value in _BARE:
        return term.value
    return "" if term is None else str(term).replace("\t", "\\t")


def _write_json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON; the statements of a graph have columns of their own."""
    if answer.kind == "ask":
        return json.dumps({"head": {}, "boolean": bool(answer)}) + "\n"
    bindings = [
        {column: _bind(term) for column, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    found = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _bind(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _bind(part) for name, part in parts.items()}}
    assert isinstance(term, ox.Literal)
    bound: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        bound["xml:lang"] = term.language
    elif term.datatype.value != f"{_XSD}string":
        bound["datatype"] = term.datatype.value
    return bound


def _write_turtle(answer: Answer) -> str:
    if answer.kind != "construct":
        raise UsageError(
            "only the answer to CONSTRUCT or DESCRIBE is a graph; expected --format table, csv, tsv or json"
        )
    from kg.writers.turtle import render

    store = ox.Store()
    store.extend(ox.Quad(*row) for row in cast("Iterable[tuple[Any, Any, Any]]", answer.rows))
    return "".join(render(store))
