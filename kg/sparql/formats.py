"""The answer to a query -> CSV, TSV, JSON and XML as SPARQL 1.1 has them; a graph -> the formats of RDF."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.prefixes import PREFIXES
from kg.text.markup import FORBIDDEN, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.sparql.answers import Answer, Term

TABLES = ("table", "csv", "tsv", "json", "xml")
"""What any answer can be written as."""

GRAPHS = ("ttl", "nt", "jsonld", "rdf")
"""What the answer to CONSTRUCT or DESCRIBE can be written as, too."""

FORMATS = (*TABLES, *GRAPHS)

_XSD = PREFIXES["xsd"]
_BARE = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "boolean")}
_RDF = {
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def write_answer(answer: Answer, form: str = "table", width: int | None = None) -> str:
    """Write an answer in one of `FORMATS`, ending in a line feed unless it is empty.

    Raises:
        UsageError: a format for graphs is asked for and the answer is none.
    """
    if form == "table":
        text = answer.table(width)
        return f"{text}\n" if text else ""
    if form in GRAPHS and answer.kind != "construct":
        tables = f"{', '.join(TABLES[:-1])} or {TABLES[-1]}"
        raise UsageError(f"only the answer to CONSTRUCT or DESCRIBE is a graph; expected --format {tables}")
    writers: dict[str, Callable[[Answer], str]] = {
        "csv": _write_csv,
        "tsv": _write_tsv,
        "json": _write_json,
        "xml": _write_xml,
        "ttl": _write_turtle,
    }
    return writers[form](answer) if form in writers else _write_graph(answer, form)


def _write_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: bare values, lines ended by CR LF."""
    if answer.kind == "ask":
        return f"{str(bool(answer)).lower()}\r\n"
    import csv
    import io

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


def _write_xml(answer: Answer) -> str:
    """SPARQL Query Results XML; XML cannot hold control characters, so those are left out."""
    head = "".join(f'<variable name="{escape(column)}"/>' for column in answer.columns)
    found = f"<boolean>{str(bool(answer)).lower()}</boolean>"
    if answer.kind != "ask":
        found = "\n".join(["<results>", *(_write_result(answer, row) for row in answer.rows), "</results>"])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f"<head>{head}</head>\n{found}\n</sparql>\n"
    )


def _write_result(answer: Answer, row: tuple[Term, ...]) -> str:
    cells = zip(answer.columns, row, strict=True)
    bound = [
        f'<binding name="{escape(name)}">{_tag(term)}</binding>' for name, term in cells if term is not None
    ]
    return f"<result>{''.join(bound)}</result>"


def _tag(term: Term) -> str:
    """Write a term as an element."""
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        names = ("subject", "predicate", "object")
        return f"<triple>{''.join(f'<{n}>{_tag(getattr(term, n))}</{n}>' for n in names)}</triple>"
    assert isinstance(term, ox.Literal)
    kind = f' datatype="{escape(term.datatype.value)}"' if term.datatype.value != f"{_XSD}string" else ""
    about = f' xml:lang="{escape(term.language)}"' if term.language else kind
    return f"<literal{about}>{escape(term.value)}</literal>"


def _write_turtle(answer: Answer) -> str:
    from kg.writers.turtle import render

    store = ox.Store()
    store.extend(ox.Quad(*row) for row in cast("Iterable[tuple[Any, Any, Any]]", answer.rows))
    return "".join(render(store))


def _write_graph(answer: Answer, form: str) -> str:
    """Write a graph as the engine does, with no prefixes: those it would put in no fixed order."""
    triples = [ox.Triple(*row) for row in cast("Iterable[tuple[Any, Any, Any]]", answer.rows)]
    if form == "rdf":
        triples = [ox.Triple(t.subject, t.predicate, _strip_control(t.object)) for t in triples]
    written = cast("bytes", ox.serialize(triples, format=_RDF[form]))
    return written.decode("utf8").rstrip("\n") + "\n"


def _strip_control(term: Any) -> Any:
    if not isinstance(term, ox.Literal) or not re.search(FORBIDDEN, term.value):
        return term
    text = re.sub(FORBIDDEN, "", term.value)
    return (
        ox.Literal(text, language=term.language)
        if term.language
        else ox.Literal(text, datatype=term.datatype)
    )
