"""Expressions that read from right to left: what they match, turned around, is what they were made from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mirror import mirror

_LETTERS = st.sampled_from("ab [^a]")
_EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", r"\s", r"\b", "[ab]", "[^a]", "."]),
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("({}){}".format, inner, st.sampled_from(["?", "*", "+?", "{1,2}", "{2}"])),
    ),
    max_leaves=6,
)


@given(_EXPRESSIONS, st.text(_LETTERS, max_size=8))
def test_it_matches_the_same_texts_turned_around(pattern, text):
    found = re.fullmatch(mirror(pattern), text[::-1])
    assert (found is None) == (re.fullmatch(pattern, text) is None)


@given(_EXPRESSIONS)
def test_turned_twice_it_is_what_it_was(pattern):
    assert mirror(mirror(pattern)) == pattern


def test_the_beginning_of_the_text_becomes_its_end():
    assert re.match(mirror("^on "), "on "[::-1])
    assert not re.match(mirror("^on "), "go on "[::-1])


@pytest.mark.parametrize(
    "pattern", [r"(?<!a)b", "a(?=b)", r"\Aa", r"(a)\1", "a$", "(?i)a", "(a", "a)", "a**", "[a"]
)
def test_what_cannot_be_turned_around_is_refused(pattern):
    with pytest.raises(ValueError, match="cannot turn"):
        mirror(pattern)
