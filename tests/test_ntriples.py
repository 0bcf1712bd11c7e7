"""Whatever a digest holds, a statement stays one statement."""

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.ntriples import boolean, date, decimal, integer, iri, line, string

S, P = iri("https://example.org/s"), iri("https://example.org/p")
PRINTABLE = st.text(st.characters(blacklist_categories=("Cs",)))


def parse(term: str) -> ox.Triple:
    (quad,) = ox.parse(line((S, P, term)).encode(), ox.RdfFormat.N_TRIPLES)
    return quad.triple


@given(PRINTABLE)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    value = parse(string(text)).object
    assert isinstance(value, ox.Literal)
    assert value.value == text


@given(PRINTABLE)
def test_no_iri_ends_early(text: str) -> None:
    value = parse(iri("https://example.org/" + text)).object
    assert isinstance(value, ox.NamedNode)
    assert value.value.startswith("https://example.org/")


@given(st.text("aZ9-/:#%é漢 <", max_size=12))
def test_a_sound_iri_is_written_as_one_that_is_not(text: str) -> None:
    assert iri(text + " ") == iri(text)[:-1] + "%20>"


def test_an_iri_cannot_make_a_second_statement() -> None:
    hostile = iri("https://e.org/a> . <https://evil.org/s> <https://evil.org/p> <https://evil.org/o")
    assert len(list(ox.parse(line((S, P, hostile)).encode(), ox.RdfFormat.N_TRIPLES))) == 1


@pytest.mark.parametrize(
    ("written", "read"), [("79.80", "79.8"), ("100", "100"), ("0.0", "0"), ("1E+2", "100"), ("-3.50", "-3.5")]
)
def test_decimals_have_one_spelling(written: str, read: str) -> None:
    assert decimal(Decimal(written)).startswith(f'"{read}"')


def test_dates_know_months() -> None:
    assert date("2025-01-23").endswith("#date>")
    assert date("2025-01").endswith("#gYearMonth>")


def test_numbers_and_truth() -> None:
    assert parse(integer(7)).object == ox.Literal(
        "7", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    )
    assert parse(boolean(True)).object.value == "true"
