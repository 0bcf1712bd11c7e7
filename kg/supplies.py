"""The rules, names, weights, queries and pages that come with the package -> the folder in which they lie."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "data"
