"""An answer -> stdout: as wide as the terminal, or byte for byte when it goes elsewhere."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.sparql.answers import Answer


def print_answer(answer: Answer, form: str) -> None:
    """Print an answer in one of the formats."""
    from kg.sparql.answers import write_answer

    print_text(write_answer(answer, form, terminal_width()))


def print_text(text: str) -> None:
    """Print a text as it is, its line ends included."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf8", "replace"))
    sys.stdout.buffer.flush()


def terminal_width() -> int | None:
    """Return how many columns the terminal has, or None when stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
