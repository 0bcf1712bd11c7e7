"""The threat model names tests that exist, and limits as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import disk, files
from kg.cli import options
from kg.questions import _LONGEST
from kg.server.settings import LIMITS, Settings

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {name: (ROOT / name).read_text(encoding="utf8") for name in ("THREAT_MODEL.md", "SECURITY.md")}
MODEL = TEXTS["THREAT_MODEL.md"]
TESTS = {
    name
    for path in (ROOT / "tests").glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf8"), flags=re.MULTILINE)
}


@pytest.mark.parametrize("document", TEXTS)
def test_every_test_that_is_named_is_there(document: str) -> None:
    named = re.findall(r"`(test_[\w…]+)`", TEXTS[document])
    patterns = [re.compile(name.replace("…", r"\w*")) for name in named]
    assert not [name for name, p in zip(named, patterns, strict=True) if not any(map(p.fullmatch, TESTS))]
    modules = re.findall(r"`(?:tests/)?(test_\w+\.py)`", TEXTS[document])
    assert not [module for module in modules if not (ROOT / "tests" / module).is_file()]
    assert named or modules


def test_every_line_of_the_checklist_has_its_row() -> None:
    numbers = {
        int(n) for row in re.findall(r"^\| ([\d, ]+) \|", MODEL, flags=re.MULTILINE) for n in row.split(",")
    }
    assert numbers == set(range(1, 22))


def test_the_limits_are_those_of_the_code() -> None:
    limits = re.sub(r"\s+", " ", MODEL.partition("### Limits")[2])
    settings = Settings(store=Path("x"))
    due = settings.deadlines
    for said in (
        f"{files.LARGEST_FILE >> 20} MB; a line {files.LONGEST_LINE >> 20} MB",
        f"{_LONGEST} characters",
        f"{disk._PATIENCE:g} s",
        f"{LIMITS.seconds:g} s, {LIMITS.megabytes >> 10} GB beyond the graph, {LIMITS.rows:,} rows",
        f"{LIMITS.reply} MB of reply",
        f"{options._TIMEOUT} s, {options._MEMORY} MB, any number of rows",
        f"address {settings.longest_address >> 10} KB, body {settings.longest_body >> 20} MB",
        f"{due.head:g} s to send a head, {due.body:g} s a body, {due.unread:g} s to read",
        f"{settings.patience:g} s for a free worker",
        f"{settings.most_requests} at once; replies above 1 MB that lie unread,",
        f"unread, {settings.most_held >> 30} GB in files",
    ):
        assert said in limits, said
