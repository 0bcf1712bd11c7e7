"""A layout file -> a checked layout: which column, label or part of a heading holds what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import tomli

from kg.errors import InputError
from kg.supplies import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("title", "text", "authors", "date", "links", "code", "tags", "votes")
_BUILT_IN = ("summary_table", "classified_table", "dated_table", "korean_sections")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_SLOT = re.compile(r"\{([a-z]+)\}")
_TABLE_KEYS = frozenset({"name", "kind", "columns", "optional", "title_ends_at", "handles", "ordered"})
_HEADING_KEYS = frozenset({"name", "kind", "heading", "labels", "title_ends_at", "handles", "ordered"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Papers as rows of a table.

    ``columns`` maps a header, in lower case, to the field it holds; ``required`` are the fields without
    which a header is none of this layout's; a title ends where one of ``title_ends_at`` begins;
    ``handles`` says that an author without a blank is a Hugging Face handle, ``ordered`` that authors
    stand in the paper's own order.
    """

    name: str
    columns: Mapping[str, str] = field(hash=False)
    required: frozenset[str]
    title_ends_at: tuple[str, ...] = ()
    handles: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingLayout:
    """Papers as headings with prose below.

    ``heading`` is the heading with ``{title}``, ``{url}``, ``{date}``, ``{authors}`` in their places;
    ``labels`` maps the start of a line, in lower case, to the field that the rest of the line holds.
    """

    name: str
    heading: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    title_ends_at: tuple[str, ...] = ()
    handles: bool = False
    ordered: bool = False


Layout = TableLayout | HeadingLayout


@cache
def built_in_layouts() -> tuple[Layout, ...]:
    """Load the layouts that come with the package, in the order in which they are tried."""
    folder = FOLDER / "layouts"
    return tuple(
        parse_layout((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
        for name in _BUILT_IN
    )


def parse_layout(text: str, path: str) -> Layout:
    """Read a layout from TOML; ``path`` is what errors call the file.

    Raises:
        InputError: the file is no TOML, or a key is missing, unknown or of the wrong kind.
    """
    try:
        raw = tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError) as error:
        raise InputError(path, None, f"not TOML: {error}") from None
    declared = _Declared(path, raw)
    kind = declared.text("kind")
    if kind == "table":
        return _read_table(declared)
    if kind == "headings":
        return _read_headings(declared)
    raise declared.wrong("kind", f"is {kind!r}", '"table" or "headings"')


@dataclass(frozen=True, slots=True)
class _Declared:
    """The raw keys of one file, taken out with checks that name file and key."""

    path: str
    raw: dict[str, Any]

    def wrong(self, key: str, finding: str, expected: str) -> InputError:
        return InputError(self.path, None, f"key `{key}` {finding}", expected)

    def only(self, known: frozenset[str]) -> None:
        unknown = sorted(self.raw.keys() - known)
        if unknown:
            raise self.wrong(unknown[0], "is unknown", "one of " + ", ".join(sorted(known)))

    def text(self, key: str) -> str:
        value = self.raw.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "is missing or no text", "a text that is not empty")
        return value.strip()

    def name(self) -> str:
        name = self.text("name")
        if not _NAME.fullmatch(name):
            raise self.wrong("name", f"is {name!r}", "lower-case letters, digits and underscores")
        return name

    def flag(self, key: str) -> bool:
        value = self.raw.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"is {value!r}", "true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return self._texts(key, self.raw.get(key, []))

    def spellings(self, key: str) -> dict[str, str]:
        """Turn a table ``field = spelling(s)`` around: every spelling, in lower case, to its field."""
        table = self.raw.get(key, {})
        if not isinstance(table, dict):
            raise self.wrong(key, "is not a table", f'a table such as [{key}] title = "Paper"')
        found: dict[str, str] = {}
        for name, value in table.items():
            if name not in FIELDS:
                raise self.wrong(f"{key}.{name}", "is not a field", "one of " + ", ".join(FIELDS))
            for spelling in self._texts(f"{key}.{name}", value):
                if found.setdefault(spelling.casefold(), name) != name:
                    raise self.wrong(
                        f"{key}.{name}", f"claims {spelling!r} a second time", "one field for each"
                    )
        return found

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) and item.strip() for item in items):
            raise self.wrong(key, f"is {value!r}", "a text or a list of texts")
        return tuple(" ".join(item.split()) for item in items)


def _read_table(declared: _Declared) -> TableLayout:
    declared.only(_TABLE_KEYS)
    columns = declared.spellings("columns")
    if missing := {"title", "text"} - set(columns.values()):
        raise declared.wrong(f"columns.{min(missing)}", "is missing", "columns for at least title and text")
    optional = declared.texts("optional")
    if strange := sorted(set(optional) - set(columns.values())):
        raise declared.wrong("optional", f"names {strange[0]!r}", "fields that have a column")
    return TableLayout(
        name=declared.name(),
        columns=columns,
        required=frozenset(columns.values()) - set(optional),
        title_ends_at=declared.texts("title_ends_at"),
        handles=declared.flag("handles"),
        ordered=declared.flag("ordered"),
    )


def _read_headings(declared: _Declared) -> HeadingLayout:
    declared.only(_HEADING_KEYS)
    heading = declared.text("heading")
    slots = _SLOT.findall(heading)
    if (
        "title" not in slots
        or len(set(slots)) != len(slots)
        or set(slots) - {"title", "url", "date", "authors"}
    ):
        raise declared.wrong(
            "heading", f"is {heading!r}", "{title}, and {url}, {date}, {authors} once at most"
        )
    if not heading.startswith("#") or re.search(r"\}\{", heading):
        raise declared.wrong("heading", f"is {heading!r}", "a `#` first and some text between two parts")
    return HeadingLayout(
        name=declared.name(),
        heading=" ".join(heading.split()),
        labels=declared.spellings("labels"),
        title_ends_at=declared.texts("title_ends_at"),
        handles=declared.flag("handles"),
        ordered=declared.flag("ordered"),
    )
