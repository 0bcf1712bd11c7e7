"""The rules, names, weights, queries and pages of the package -> the folder they lie in, its TOML as read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def read_toml(name: str) -> dict[str, Any]:
    """Read a TOML file of the folder; its readers check what it holds."""
    import tomli

    return tomli.loads((FOLDER / name).read_text(encoding="utf8"))
