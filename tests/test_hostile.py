"""Text that strangers wrote comes in by many doors: at each the promises hold, and long lines end soon."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.endurance.shapes import PIECES, long_lines
from tests.endurance.targets import TARGETS, fragments

ROOT = Path(__file__).resolve().parent.parent
COSTLY = {"write": 12, "ask": 30, "extract": 60}
TEXTS = st.lists(st.one_of(st.sampled_from(list(fragments())), st.text(max_size=8)), max_size=25).map("".join)


@pytest.mark.parametrize("name", TARGETS)
def test_any_text_keeps_the_promises(name: str) -> None:
    """A short run; ``python -m tests.endurance fuzz`` has a million inputs."""

    @settings(
        max_examples=COSTLY.get(name, 150), deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(TEXTS)
    @example("### 2025-01-23 [a](https://arxiv.org/abs/2501.00001)")  # once passed for a day without papers
    @example("\ud800")  # a byte that is no text, as the command line gives it
    @example('rename model:a "\\u202eb\\u0000e\\u0301"')
    def attack(text: str) -> None:
        TARGETS[name](text)

    attack()


_CODE = """
import sys
from tests.endurance.shapes import long_lines
from tests.endurance.targets import TARGETS
target, every = TARGETS[sys.argv[1]], int(sys.argv[2])
for line in long_lines(100_000)[::every]:
    target(line)
"""


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in ("write", "ask")])
def test_a_hundred_kilobytes_on_one_line_do_not_hang_it(name: str) -> None:
    """What is linear takes seconds here; what is not would take hours, and is stopped."""
    every = {"extract": 11, "read_api": 3, "read_cell": 3}.get(name, 1)
    command = [sys.executable, "-c", _CODE, name, str(every)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


def test_the_nastiest_lines_are_long_and_in_both_scripts() -> None:
    assert all(len(line) == 1000 for line in long_lines(1000))
    assert any("가" in piece for piece in PIECES)
    assert any(piece.isascii() for piece in PIECES)
