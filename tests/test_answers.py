"""An answer is written as a table, CSV, TSV, JSON and Turtle, each as its standard says."""

from __future__ import annotations

import csv
import importlib.util
import io
import json

import pyoxigraph as ox
import pytest
from wcwidth import wcswidth

from kg.errors import UsageError
from kg.sparql.answers import Answer, value_of
from kg.sparql.formats import FORMATS, GRAPHS, write_answer
from kg.sparql.notebook import layout_html
from kg.sparql.tables import clean, layout, measure, wrap

IRI = ox.NamedNode("https://w3id.org/paperkg/task/a")
HOSTILE = 'a "b", =cmd()\n\x1b[31mred\t'
ANSWER = Answer(
    kind="select",
    columns=("node", "text"),
    rows=(
        (IRI, ox.Literal("강화 학습", language="ko")),
        (ox.BlankNode("b"), ox.Literal(3)),
        (None, ox.Literal(HOSTILE)),
    ),
)


def test_csv_is_the_standard_one():
    text = write_answer(ANSWER, "csv")
    assert text.startswith("node,text\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[1:] == [[IRI.value, "강화 학습"], ["_:b", "3"], ["", HOSTILE]]


def test_tsv_holds_terms_as_turtle_writes_them():
    lines = write_answer(ANSWER, "tsv").split("\n")
    assert lines[0] == "?node\t?text"
    assert lines[1] == f'<{IRI.value}>\t"강화 학습"@ko'
    assert lines[2] == "_:b\t3"
    assert lines[3].count("\t") == 1
    assert lines[4:] == [""]


def test_json_is_what_the_engine_itself_writes():
    store = ox.Store()
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<x:a> "강"@ko 1) (UNDEF 2.5 "t\\n") } }'
    theirs = json.loads(store.query(query).serialize(format=ox.QueryResultsFormat.JSON))
    found = store.query(query)
    answer = Answer(kind="select", columns=("a", "b", "c"), rows=tuple(tuple(row) for row in found))
    assert json.loads(write_answer(answer, "json")) == theirs


def test_json_of_ask_is_a_boolean():
    no = Answer(kind="ask", rows=((ox.Literal(False),),))
    assert json.loads(write_answer(no, "json")) == {"head": {}, "boolean": False}
    assert not no
    assert write_answer(no) == "no\n"


def test_xml_is_what_the_engine_itself_writes():
    query = 'SELECT ?a ?b ?c { VALUES (?a ?b ?c) { (<x:a?b&c> "강<"@ko 1) (UNDEF 2.5 "t\\n]]>") } }'
    found = ox.Store().query(query)
    answer = Answer(kind="select", columns=("a", "b", "c"), rows=tuple(tuple(row) for row in found))
    read = ox.parse_query_results(write_answer(answer, "xml"), format=ox.QueryResultsFormat.XML)
    assert tuple(tuple(row) for row in read) == answer.rows


def test_xml_of_ask_is_a_boolean():
    yes = Answer(kind="ask", rows=((ox.Literal(True),),))
    assert bool(ox.parse_query_results(write_answer(yes, "xml"), format=ox.QueryResultsFormat.XML))


def test_xml_leaves_out_what_it_cannot_hold():
    assert "\x1b" not in write_answer(ANSWER, "xml")
    assert (
        len(list(ox.parse_query_results(write_answer(ANSWER, "xml"), format=ox.QueryResultsFormat.XML))) == 3
    )


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_graph_reads_back_from_every_format(form, syntax):
    predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    texts = (ox.Literal("강화 <학습>", language="ko"), ox.Literal(3), ox.Literal("a & b"))
    graph = Answer(kind="construct", columns=("s", "p", "o"), rows=tuple((IRI, predicate, t) for t in texts))
    read = {
        (q.subject, q.predicate, q.object)
        for q in ox.parse(write_answer(graph, form).encode(), format=syntax)
    }
    assert read == set(graph.rows)
    assert write_answer(graph, form) == write_answer(graph, form)


def test_the_command_offers_every_format():
    from kg.cli.options import format_option

    offered = format_option(lambda: None).__click_params__[0].type.choices
    assert tuple(offered) == FORMATS
    for form in GRAPHS:
        with pytest.raises(UsageError):
            write_answer(ANSWER, form)


def test_turtle_reads_back_and_is_refused_for_rows():
    predicate = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    graph = Answer(
        kind="construct", columns=("s", "p", "o"), rows=((IRI, predicate, ox.Literal("x", language="en")),)
    )
    text = write_answer(graph, "ttl")
    assert [quad.object for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)] == [
        ox.Literal("x", language="en")
    ]
    assert "@prefix task:" in text
    with pytest.raises(UsageError, match="CONSTRUCT"):
        write_answer(ANSWER, "ttl")


def test_values_are_plain_python():
    terms = [ox.Literal(3), ox.Literal(True), ox.Literal("x"), IRI, None]
    assert [value_of(term) for term in terms] == [3, True, "x", IRI.value, None]


def test_a_data_frame_or_the_reason_why_not():
    try:
        import pandas  # noqa: F401
    except ImportError:
        with pytest.raises(UsageError, match="pip install pandas"):
            ANSWER.to_pandas()
    else:
        assert list(ANSWER.to_pandas().columns) == ["node", "text"]


def test_columns_line_up_for_korean():
    lines = layout(("이름", "n"), [["강화 학습", "1"], ["abc", "2"]]).split("\n")
    starts = {
        measure(line[: line.rindex(end)]) for line, end in zip(lines, ("n", "-", "1", "2"), strict=True)
    }
    assert len(starts) == 1


def test_every_character_is_as_wide_as_the_tables_of_terminals_say():
    printable = [clean(chr(code)) for code in range(0x20, 0x20000)]
    wrong = {c for c in printable if c.isprintable() and measure(f"{c}é") != max(wcswidth(f"{c}é"), 0)}
    assert not wrong
    assert measure("가\u0301") == wcswidth("가\u0301")
    assert measure("❤\ufe0f 的") == wcswidth("❤\ufe0f 的")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(width):
    rows = [["강화 학습으로 배운 모델의 추론 " * 4, "https://example.org/" + "a" * 50, "word " * 20]]
    text = layout(("one", "two", "three"), rows, width, below=["증거 문장 " * 20])
    assert max(map(measure, text.split("\n"))) <= width


def test_a_terminal_cannot_be_steered_by_a_cell():
    assert clean("a\x1b]0;title\x07b\x1b[2Jc\x00\u202ed\ne") == "abcd e"
    assert "\x1b" not in ANSWER.table()


def test_markup_in_a_cell_stays_text():
    html = layout_html(
        ("<h>",), [["<script>alert(1)</script>"], ["https://x.org/?a=1&b=2"], ["javascript:1"]]
    )
    assert "<script>" not in html
    assert '<a href="https://x.org/?a=1&amp;b=2"' in html
    assert html.count("<a ") == 1


def test_a_long_word_is_cut():
    assert wrap("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


def test_hostile_lines_are_cleaned_in_time():
    for unit in ("\x1b[", "\x1b]", "\u202e가", "\x1b[0;"):
        assert len(clean(unit * 20_000)) <= 60_000


def test_everything_with_an_answer_shows_in_a_notebook():
    from kg.chronicle import compare, diff_dates, trace
    from kg.leaderboards import rank
    from kg.statistics import count
    from tests.gold_graph import make_gold_graph

    graph = make_gold_graph()
    shown = [
        graph.ask("best on MATH-500"),
        graph.query("SELECT ?p { ?p a kg:Paper }"),
        trace(graph, "MATH-500"),
        compare(graph, "UI-TARS", "Claude"),
        diff_dates(graph, "2025-01-28", "2025-01-30"),
        rank(graph, "MATH-500")[0],
        count(graph),
    ]
    for one in shown:
        assert "<table>" in one._repr_html_()
        assert str(one)
        if importlib.util.find_spec("pandas"):
            assert len(one.to_pandas())
