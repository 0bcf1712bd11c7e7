"""Layout files: those that come with the package, and what is said about wrong ones."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.errors import InputError
from kg.readers.layouts import HeadingLayout, TableLayout, built_in_layouts, parse_layout
from kg.readers.sections import match_heading

TABLE = 'name = "a"\nkind = "table"\n'
HEADINGS = 'name = "a"\nkind = "headings"\n'


def test_built_in_layouts_have_names_of_their_own() -> None:
    names = [layout.name for layout in built_in_layouts()]
    assert len(names) == len(set(names)) >= 4


def test_every_layout_of_the_folder_is_built_in() -> None:
    folder = files("kg") / "data" / "layouts"
    names = {path.name.removesuffix(".toml") for path in folder.iterdir()}
    assert {layout.name for layout in built_in_layouts()} == names


def test_a_table_layout_turns_its_columns_around() -> None:
    layout = parse_layout(
        TABLE + 'optional = ["links"]\n[columns]\ntitle="Paper"\ntext=["A", "B  c"]\nlinks="L"', "x"
    )
    assert isinstance(layout, TableLayout)
    assert layout.columns == {"paper": "title", "a": "text", "b c": "text", "l": "links"}
    assert layout.required == {"title", "text"}


def test_a_heading_layout_has_a_template_and_labels() -> None:
    layout = parse_layout(HEADINGS + 'heading = "### [{title}]({url})"\n[labels]\nvotes="Vote:"', "x")
    assert layout == HeadingLayout(name="a", heading="### [{title}]({url})", labels={"vote:": "votes"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "mine.toml: not TOML"),
        ("", "mine.toml: key `kind` is missing"),
        ('kind = "list"', 'key `kind` is \'list\'; expected "table" or "headings"'),
        ('kind = "table"\n[columns]\ntitle="A"\ntext="B"', "key `name` is missing"),
        (
            'name="A b"\nkind = "table"\n[columns]\ntitle="A"\ntext="B"',
            "key `name` is 'A b'; expected lower-case",
        ),
        (TABLE, "key `columns.text` is missing; expected columns for at least title and text"),
        (TABLE + "columns = 3", "key `columns` is not a table"),
        (
            TABLE + '[columns]\ntitle="A"\ntext="B"\nmood="C"',
            "key `columns.mood` is not a field; expected one of title",
        ),
        (TABLE + '[columns]\ntitle="A"\ntext="a"', "key `columns.text` claims 'a' a second time"),
        (
            TABLE + '[columns]\ntitle="A"\ntext=3',
            "key `columns.text` is 3; expected a text or a list of texts",
        ),
        (TABLE + 'optional = ["tags"]\n[columns]\ntitle="A"\ntext="B"', "key `optional` names 'tags'"),
        (
            TABLE + 'handles = "yes"\n[columns]\ntitle="A"\ntext="B"',
            "key `handles` is 'yes'; expected true or false",
        ),
        (
            TABLE + 'colums = 1\n[columns]\ntitle="A"\ntext="B"',
            "key `colums` is unknown; expected one of columns",
        ),
        (HEADINGS, "key `heading` is missing"),
        (HEADINGS + 'heading = "### x"', "key `heading` is '### x'; expected {title}"),
        (HEADINGS + 'heading = "{title}"', "expected a `#` first"),
        (HEADINGS + 'heading = "# {title}{url}"', "expected a `#` first and some text between"),
        (HEADINGS + 'heading = "# {title} {title}"', "once at most"),
    ],
)
def test_a_wrong_layout_says_file_key_and_expectation(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_layout(text, "mine.toml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("template", "line", "parts"),
    [
        ("### [{title}]({url})", "### [A](u)", {"title": "A", "url": "u"}),
        ("### [{title}]({url})", "###  [A [B] (c)](u)  ", {"title": "A [B] (c)", "url": "u"}),
        ("### [{title}]({url})", "## [A](u)", None),
        ("### [{title}]({url})", "### [A](u) more", None),
        ("### [{title}]({url})", "### A", None),
        ("## {title} | {date}", "## A | B | 2025", {"title": "A | B", "date": "2025"}),
        ("# {date}: {title} by {authors}", "# 2025: A by B", {"date": "2025", "title": "A", "authors": "B"}),
    ],
)
def test_a_heading_is_matched_from_the_right(template: str, line: str, parts: dict[str, str] | None) -> None:
    assert match_heading(template, line) == parts
