"""An entry -> its findings: entities, results, comparisons, relations, attributes, repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.attributes import find_attributes
from kg.extraction.claims import find_unclaimed
from kg.extraction.comparisons import find_comparisons
from kg.extraction.confidence import correct_names
from kg.extraction.entities import find_entities
from kg.extraction.figures import read_sheet
from kg.extraction.reading import read
from kg.extraction.relations import relate
from kg.extraction.repositories import find_repositories
from kg.extraction.results import find_results
from kg.records import Findings

if TYPE_CHECKING:
    from kg.extraction.choices import Choices
    from kg.extraction.forest import Forest
    from kg.records import Entry


def find(entry: Entry, forest: Forest | None = None, choices: Choices | None = None) -> Findings:
    """Find everything one entry says about its paper, in terms of its own text.

    Args:
        entry: what a digest says about one paper.
        forest: the trees that judge names, instead of those that the package holds.
        choices: the weights of the decisions on results and comparisons, instead of those it holds.
    """
    reading = read(entry)
    unclaimed = find_unclaimed(reading.plain)
    sheet = read_sheet(reading.plain, find_entities(reading, forest), unclaimed)
    entities, results = find_results(sheet, choices)
    sheet = sheet.knowing(entities)
    return Findings(
        entities=correct_names(entities),
        results=results,
        comparisons=find_comparisons(sheet, results, choices),
        relations=relate(entities, results),
        attributes=find_attributes(sheet.frames, entities),
        repositories=find_repositories(entry),
        unclaimed=unclaimed,
    )
