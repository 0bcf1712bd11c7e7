"""What was measured -> the table of ratios, each beside the bar it must pass and the aim beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.sparql.tables import layout

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ("what", "against", "measured", "must", "aim", "", "figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One row: what was measured against what; ``figures`` are those that the ratio was made of.

    ``more`` says that a greater ratio is better ("1.2 x as fast"); else a smaller one is ("3 x its time").
    Where there is no bar, ``must`` and ``aim`` are None and the row is there for what it says.
    """

    what: str
    against: str
    measured: float
    must: float | None = None
    aim: float | None = None
    more: bool = False
    unit: str = "x"
    figures: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the aim is reached, only the bar, or neither."""
        if self.must is None or self.aim is None:
            return ""
        if self._reaches(self.aim):
            return "aim"
        return "ok" if self._reaches(self.must) else "MISSED"

    def _reaches(self, bar: float) -> bool:
        return self.measured >= bar if self.more else self.measured <= bar

    def _write(self, value: float | None) -> str:
        if value is None:
            return ""
        return f"1/{1 / value:.3g}" if self.unit == "share" else f"{value:.3g} {self.unit}"

    def row(self) -> tuple[str, ...]:
        """Return the cells under `COLUMNS`."""
        numbers = (self._write(value) for value in (self.measured, self.must, self.aim))
        return (self.what, self.against, *numbers, self.verdict, self.figures)


def print_ratios(ratios: Iterable[Ratio]) -> None:
    """Print the table."""
    print(layout(COLUMNS, [ratio.row() for ratio in ratios]))
