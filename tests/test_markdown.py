"""Headings, rows, cells and links, with the ways in which digests break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markdown import (
    Heading,
    Row,
    blank_fences,
    find_links,
    is_delimiter,
    join_rows,
    parse_heading,
    split_cells,
    unlink,
)


@pytest.mark.parametrize("line", ["", "text", "#", "#######  seven", "    # code", "a # b", "#123"[:1]])
def test_what_is_no_heading(line: str) -> None:
    assert parse_heading(line) is None


def test_headings_have_a_level_and_a_text() -> None:
    assert parse_heading("### A title ###") == Heading(3, "A title")
    assert parse_heading("##:star:January") == Heading(2, ":star:January")


def test_fenced_code_may_open_a_digest() -> None:
    assert blank_fences(("```", "# x", "```", "# y", "```")) == ("", "", "", "# y", "```")


def test_fenced_code_is_emptied_but_an_open_fence_is_not_one() -> None:
    assert blank_fences(["a", "```bibtex", "# b", "```", "c"]) == ("a", "", "", "", "c")
    assert blank_fences(["a", "```", "| b |"]) == ("a", "```", "| b |")


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ([], []),
        (["prose", "more"], []),
        (["| a |", "| b |"], [Row("| a |", 1, 1), Row("| b |", 2, 2)]),
        (["| a long", "  title | b |", "| c |"], [Row("| a long title | b |", 1, 2), Row("| c |", 3, 3)]),
        (["| a", "b", "", "c |"], [Row("| a b", 1, 2)]),
        (["| a", "# b |"], [Row("| a", 1, 1)]),
        (["| a |", "stray"], [Row("stray", 2, 2), Row("| a |", 1, 1)]),
        (["| [x](https://a.org/very-", "  long/) |"], [Row("| [x](https://a.org/very-long/) |", 1, 2)]),
        (["  | a |", "", "", "| b |"], [Row("| a |", 1, 1), Row("| b |", 4, 4)]),
    ],
)
def test_rows_go_on_until_the_next_row_heading_or_blank(lines: list[str], rows: list[Row]) -> None:
    assert list(join_rows(lines)) == rows


@pytest.mark.parametrize("row", ["|---|", "| :-- | --: |", "---|---", "|-|-|", "|---"])
def test_delimiters(row: str) -> None:
    assert is_delimiter(row)


@pytest.mark.parametrize("row", ["| a |", "|  |", "", "| -a- |"])
def test_no_delimiters(row: str) -> None:
    assert not is_delimiter(row)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| a | b |", ["a", "b"]),
        ("| a | b", ["a", "b"]),
        ("|a||", ["a", ""]),
        (r"| a \| b | c |", ["a | b", "c"]),
        (r"| a \|", [r"a |"]),
        ("| a ||r|≈0.9 | c |", ["a ||r|≈0.9", "c"]),
    ],
)
def test_cells(row: str, cells: list[str]) -> None:
    assert split_cells(row, 2, 0 if len(cells) == 2 and "≈" in row else 1) == cells


def test_surplus_cells_go_to_the_first_column_where_none_is_free() -> None:
    assert split_cells("| a | b | c | d |", 3) == ["a | b", "c", "d"]
    assert split_cells("| a | b |", 3) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](https://x.org)", [("a", "https://x.org")]),
        ("[An [IDK] Token](u)", [("An [IDK] Token", "u")]),
        ("[GPT-[n] and o-[n] on](u) [b](v)", [("GPT-[n] and o-[n] on", "u"), ("b", "v")]),
        ("[a](https://x.org/b_(c))", [("a", "https://x.org/b_(c)")]),
        ("[a]( https://x.org )", [("a", "https://x.org")]),
        ('[a](u "title")', [("a", "u")]),
        ("[a](<u>)", [("a", "u")]),
        ("[]()", [("", "")]),
        (r"\[a\](u) [b] (c) ](d) [e", []),
        ("[![i](p)](u)", [("i", "p"), ("", "u")]),
    ],
)
def test_links(text: str, links: list[tuple[str, str]]) -> None:
    assert [(link.text, link.url) for link in find_links(text)] == links


def test_links_are_replaced_by_what_they_show() -> None:
    assert unlink("a [b [c]](u) ![d](v) [e] [f](g") == "a b [c]  [e] [f](g"


@given(st.text(alphabet="[]()!\\ab |`", max_size=60))
def test_links_stand_where_they_say(text: str) -> None:
    for link in find_links(text):
        assert text[link.start] in "[!"
        assert text[link.end - 1] == ")"
        assert link.url in text[link.start : link.end]


@given(st.lists(st.text(alphabet="ab |#\\-", max_size=12), max_size=12))
def test_every_line_is_in_one_row_at_most(lines: list[str]) -> None:
    taken = [number for row in join_rows(lines) if not row.stray for number in range(row.line, row.end + 1)]
    assert len(taken) == len(set(taken))
