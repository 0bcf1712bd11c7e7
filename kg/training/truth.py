"""A sheet and the gold record of its entry -> which figure is which annotated result."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.evaluation import record_of
from kg.evaluation.agreement import Names
from kg.records import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.evaluation import Record, Reported
    from kg.extraction.figures import Figure, Option, Sheet
    from kg.training.cases import Case


class Truth:
    """What is right about the figures of one sheet."""

    def __init__(self, case: Case, sheet: Sheet) -> None:
        found = record_of(Findings(entities=sheet.entities), case.entry)
        self.names = Names((*case.gold.entities, *found.entities))
        self._sheet = sheet
        self._meant: defaultdict[int, list[Reported]] = defaultdict(list)
        figures = [figure for row in sheet.figures for figure in row]
        for result in case.gold.results:
            same = [
                f for f in figures if (f.number.value, f.number.high) == (result.value, result.high or None)
            ]
            if same:
                self._meant[self._choose(same, result)].append(result)
        values = {(result.value, result.high or None) for result in case.gold.results}
        self._unclear = {
            f.atom.start
            for f in figures
            if (f.number.value, f.number.high) in values and f.atom.start not in self._meant
        }

    def _choose(self, same: list[Figure], result: Reported) -> int:
        """Where, of the places that show a value, the annotated one is: in the evidence, and still free."""
        spans = list(_places(self._sheet.plain, result.evidence))
        quoted = [f for f in same if any(a <= f.atom.start and f.atom.end <= b + 1 for a, b in spans)]
        ranked = [*quoted, *same]
        free = [f for f in ranked if f.atom.start not in self._meant]
        return (free or ranked)[0].atom.start

    def results_of(self, figure: Figure) -> list[Reported]:
        """Return the annotated results that a figure is; none where it reports nothing."""
        return self._meant.get(figure.atom.start, [])

    def is_unclear(self, figure: Figure) -> bool:
        """Say whether a figure repeats the value of a result that is annotated elsewhere in the entry."""
        return figure.atom.start in self._unclear

    def accepts(self, figure: Figure, slot: str, option: Option) -> bool:
        """Say whether an option is what an annotator put in a slot of a figure."""
        name = self._sheet.entities[option].name if isinstance(option, int) else option
        agree = self.names.metrics_agree if slot == "metric" else self.names.agree
        return any(agree(name, getattr(result, slot)) for result in self.results_of(figure))

    def opposes(self, figure: Figure, other: Figure | None) -> bool:
        """Say whether a figure is annotated as compared with another one, or with none."""
        value = other.number.value if other else None
        return any(result.baseline_value == value for result in self.results_of(figure))


def _places(text: str, quoted: str) -> Iterator[tuple[int, int]]:
    at = text.find(quoted) if quoted else -1
    while at >= 0:
        yield at, at + len(quoted)
        at = text.find(quoted, at + 1)


def outdone_in(gold: Record, names: Names, better: str, worse: str) -> bool:
    """Say whether gold has it that one system outperforms another."""
    return any(names.agree(o.better, better) and names.agree(o.worse, worse) for o in gold.outperforms)
