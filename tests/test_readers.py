"""Digests of every layout, each beside the entries that it must yield; and what hostile text must not do."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers import READERS, read_digest
from kg.readers.credits import split_list
from kg.readers.document import Document
from kg.readers.layouts import Layout, built_in_layouts, parse_layout
from kg.records import Digest, Entry

SAMPLES = Path(__file__).parent / "samples" / "digests"
DIGESTS = sorted(
    p for p in SAMPLES.iterdir() if p.is_file() and not p.name.endswith((".entries.json", ".toml"))
)
BROKEN = sorted(p for p in (SAMPLES / "broken").iterdir() if not p.name.endswith(".problems.txt"))


def layouts_for(path: Path) -> tuple[Layout, ...]:
    declared = path.with_suffix(".toml")
    return (parse_layout(declared.read_text("utf8"), declared.name),) if declared.exists() else ()


def read_sample(path: Path) -> Digest:
    return read_digest(path.read_text("utf8"), path.name, layouts_for(path))


def spell_out(digest: Digest) -> dict[str, Any]:
    """The digest as JSON holds it, without what has its default value."""
    defaults = {f.name: f.default for f in msgspec.structs.fields(Entry)}
    record: dict[str, Any] = json.loads(msgspec.json.encode(digest))
    for entry in record["entries"]:
        del entry["source"]["digest"]
        for name in [name for name, value in entry.items() if value in ([], defaults.get(name, "?"))]:
            del entry[name]
    record["problems"] = [str(problem) for problem in digest.problems]
    return record


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.name)
def test_a_sample_yields_its_entries(path: Path, golden: bool) -> None:
    expected = path.with_name(path.name + ".entries.json")
    found = spell_out(read_sample(path))
    if golden:
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf8")
    assert found == json.loads(expected.read_text("utf8"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.name)
def test_a_broken_digest_says_what_is_wrong(path: Path, golden: bool) -> None:
    expected = path.with_name(path.name + ".problems.txt")
    digest = read_sample(path)
    found = "".join(f"{problem}\n" for problem in digest.problems) + f"entries: {len(digest.entries)}\n"
    if golden:
        expected.write_text(found, "utf8")
    assert digest.problems
    assert found == expected.read_text("utf8")


@pytest.mark.parametrize("path", DIGESTS, ids=lambda p: p.name)
def test_the_first_reader_that_recognises_a_sample_is_the_only_one_but_the_list(path: Path) -> None:
    document = Document(path.name, path.read_text("utf8"), (*layouts_for(path), *built_in_layouts()))
    names = [name for reader in READERS[:-1] if (name := reader.recognise(document))]
    assert len(names) == (0 if path.name.startswith("plain_list") else 1)


def test_every_built_in_layout_has_a_sample() -> None:
    read = {entry.layout for path in DIGESTS for entry in read_sample(path).entries}
    assert {layout.name for layout in built_in_layouts()} | {"api_json", "plain_list"} <= read


def test_an_empty_day_is_no_problem() -> None:
    for text in (
        "## Daily Papers (2025-01-01)\n",
        "## 2025-01-01\n\n| Title | Authors | Summary |\n|--|--|--|\n",
    ):
        digest = read_digest(text, "x.md")
        assert (digest.issued, digest.entries, digest.problems) == ("2025-01-01", (), ())
    assert read_digest("[]", "2025-01-01.json").problems == ()


@pytest.mark.parametrize(
    ("key", "text", "issued"),
    [
        ("2025-01.md", "| Date | Title | Abstract |\n|-|-|-|\n| 3 Jan 2025 | A | B |", "2025-01"),
        ("x.md", "| Date | Title | Abstract |\n|-|-|-|\n| 3 Jan 2025 | A | B |", "2025-01-03"),
        (
            "x.md",
            "| Date | Title | Abstract |\n|-|-|-|\n| 3 Jan 2025 | A | B |\n| 4 Jan 2025 | C | D |",
            None,
        ),
        (
            "2024-09-26_days.md",
            "# Daily\n## 2024-09-25\n- [A](https://arxiv.org/abs/2409.00001)\n## 2024-09-26",
            None,
        ),
        ("2025/2025-01-23-ko.md", "### [A](https://arxiv.org/abs/2501.00001)\n- b", "2025-01-23"),
        ("2025-01-23/a.md", "### [A](https://arxiv.org/abs/2501.00001)\n- b", "2025-01-23"),
        ("a.md", "### [A](https://arxiv.org/abs/2501.00001)\n- b", None),
    ],
)
def test_a_digest_is_dated_by_heading_name_or_entries(key: str, text: str, issued: str | None) -> None:
    assert read_digest(text, key).issued == issued


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    text = (SAMPLES / "summary_table.md").read_text("utf8")
    assert read_digest("\ufeff" + text.replace("\n", "\r\n"), "a.md") == read_digest(text, "a.md")


def test_a_problem_quotes_no_more_than_sixty_characters() -> None:
    """As long as that is told in full; what is longer would fill the screen."""
    paper = "## 2025-01-23\n### [Hills]({url})\nText.\n{more}"
    for length in (60, 61):
        address = "javascript:" + "x" * (length - len("javascript:"))
        heading = "y" * length
        read = read_digest(
            paper.format(url="https://arxiv.org/abs/2501.00001", more=f"[a]({address})\n### {heading}\n"),
            "2025-01-23.md",
        )
        said = " ".join(str(problem) for problem in read.problems)
        assert f"the address {address[:60]!r} is not followed" in said
        assert f"the heading {heading[:60]!r} gives no paper" in said


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("[Ada Li, Bo Ko]", ("Ada Li", "Bo Ko")),
        ("['Ada Li', 'Bo [Ko]']", ("Ada Li", "Bo [Ko]")),
        ("['Ada Li', ['Bo Ko']]", ("Ada Li", "['Bo Ko']")),
        ("[Ada Li, Bo Ko", ("[Ada Li", "Bo Ko")),
        ("'Ada Li', 'Bo Ko' [1]", ("Ada Li", "Bo Ko' [1]")),
    ],
)
def test_a_list_is_read_with_and_without_brackets(printed: str, names: tuple[str, ...]) -> None:
    assert split_list(printed) == names


def test_a_month_dates_papers_only_where_it_heads_a_digest() -> None:
    paper = "#### [Hills](https://arxiv.org/abs/2501.00001)\nText.\n"
    for level, dated in ((1, "2025-02"), (2, "2025-02"), (3, None)):
        headings = Document("a.md", f"{'#' * level} February 2025\n{paper}", ()).dates
        assert headings.get(1) == dated
    assert Document("a.md", f"### 2025-02-03\n{paper}", ()).dates == {1: "2025-02-03"}


def test_a_paper_cited_in_a_summary_is_not_the_paper() -> None:
    row = "| 1 May 2024 | Grok | Beats [X](https://arxiv.org/abs/2401.00001). |"
    text = f"| Date | Title | Abstract |\n|-|-|-|\n{row}"
    (entry,) = read_digest(text, "a.md").entries
    assert (entry.arxiv, entry.url) == (None, None)
    assert entry.links == ("https://arxiv.org/abs/2401.00001",)


def test_an_item_below_a_paper_in_a_heading_is_no_other_paper() -> None:
    text = (
        "## Walking Slowly (https://arxiv.org/abs/2401.00001)\n- like [Run](https://arxiv.org/abs/2401.00002)\n"
        "## Standing Still (https://arxiv.org/abs/2401.00003)\n"
    )
    entries = read_digest(text, "2024-01-02.md").entries
    assert [entry.arxiv for entry in entries] == ["2401.00001", "2401.00003"]


def test_a_line_that_goes_on_with_an_item_is_its_own() -> None:
    text = "1. [Walking Slowly](https://arxiv.org/abs/2401.00001): it walks\nand arrives.\n\nThat was all.\n"
    (entry,) = read_digest(text, "2024-01-02.md").entries
    assert "and arrives." in entry.text
    assert "That was all." not in entry.text


def test_an_item_below_a_heading_is_a_paper_again() -> None:
    text = (
        "1. [Walking Slowly](https://arxiv.org/abs/2401.00001)\n## More\n"
        "    - [Standing Still](https://arxiv.org/abs/2401.00003)\n"
    )
    entries = read_digest(text, "2024-01-02.md").entries
    assert [entry.title for entry in entries] == ["Walking Slowly", "Standing Still"]


def test_ordinals_count_from_zero_in_the_order_of_lines() -> None:
    entries = read_sample(SAMPLES / "summary_table.md").entries
    assert [entry.ordinal for entry in entries] == list(range(len(entries)))
    assert [entry.source.line for entry in entries] == sorted(entry.source.line for entry in entries)


FRAGMENTS = st.sampled_from([
    "| Title | Authors | Summary |\n", "|---|---|---|\n", "| ", " | ", "|", "\n", "### [", "2501.12948", ")",
    "](https://arxiv.org/abs/", "[", "]", "(", "`", "```\n", "$", "\\", "{", "}", "**", "_", "~", "<br>", "<",
    ">", "&amp;", "Authors: ", "['", "']", "Vote: ", "- ", "1. ", "## 2025-01-23\n", '{"paper": {', '"id": ',
    "javascript:", "\0", "\ud7a3", "\u202e", "\t", "\x08", "é", "가", "https://", "x" * 60,
])  # fmt: skip


@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=60).map("".join))
@settings(max_examples=300, deadline=2000)
def test_any_text_is_read_without_an_accident(text: str) -> None:
    digest = read_digest(text, "2025-01-23.md")
    for entry in digest.entries:
        assert entry.title
        assert "\n" not in entry.title
        assert all(c == "\n" or c >= " " for c in entry.plain)
        assert 1 <= entry.source.line <= entry.source.end <= text.count("\n") + text.count("\r") + 1
        assert all(url.startswith(("http://", "https://")) for url in (*entry.links, *entry.repositories))
    assert all(problem.wrong for problem in digest.problems)


LINK = "[T](https://arxiv.org/abs/2501.00001)"
ROW = f"## 2025-01-23\n\n| Title | Authors | Summary |\n|---|---|---|\n| {LINK} | A | "
HOSTILE = [
    "[", "](", "[](", "![", "*", "**", "`", "$", "\\(", "\\", "\\frac{", "{", "}", "_", "__", "<", "<br",
    "<a ", "<!--", "&", "&#", "~", "a~", "https://", "http://x", "](https://a.b", "|", "\\|", " ", "\t",
    "\u3000", "#", "1,", "$1 ", "\\'", "^{", "\\textbf{", "texttt{", "{,}", "[a](b", "*a", "_a ", "가",
    "\u202e", "{a", "(", "1st ", "\\href{a}", "Jan ", "arXiv:", "- ", "2024-", "\\212 ", "-", ", ", "et al ",
    "'", "\x08",
]  # fmt: skip
PLACES = [
    ROW + "{} |\n", ROW + "\n  {}\n", f"### {LINK}\n{{}}\n", "### [{}](https://arxiv.org/abs/2501.00001)\n",
    "- arxiv {}\n", f"- {LINK} {{}}\n", "| {} |\n|---|\n| arxiv.org |\n", "## {}\n- " + LINK,
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    line = (piece * (100_000 // len(piece)))[:100_000]
    started = time.perf_counter()
    for place in PLACES:
        read_digest(place.replace("{}", line), "2025-01-23.md")
    record = {"id": line, "title": line, "summary": line, "authors": [line], "projectPage": line}
    read_digest(json.dumps([{"paper": record}, line, "{" + line]), "x.json")
    assert time.perf_counter() - started < 8


def test_halves_of_characters_and_controls_reach_no_field() -> None:
    odd = "a\ud800b\x00\u202e"
    record: dict[str, Any] = {
        "id": "2501.00001",
        "title": odd,
        "summary": odd,
        "githubRepo": f"https://github.com/a/{odd}",
    }
    record |= {"authors": [{"name": odd, "user": {"user": odd}}], "projectPage": f"https://x.org/{odd}"}
    (entry,) = read_digest(json.dumps([{"paper": record}, odd]), "x.json").entries
    assert (entry.title, entry.text, entry.authors[0].name, entry.authors[0].handle) == ("ab",) * 4
    assert all(url.isascii() for url in (*entry.links, *entry.repositories))


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"paper":' * 50_000, '["{' + "[" * 90_000 + '"]', '["{' + "-" * 90_000 + '1}"]']
)
def test_deep_json_is_refused(text: str) -> None:
    assert read_digest(text, "x.json").problems
