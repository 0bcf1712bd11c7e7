"""What was found and what is there -> a table of precision, recall and F1, and the list of mistakes."""

from kg.evaluation.gold import Named, Outdone, Record, Reported, load_gold, record_of
from kg.evaluation.mistakes import Mistake, find_mistakes, format_mistakes
from kg.evaluation.table import Count, format_table, resample, score

__all__ = [
    "Count",
    "Mistake",
    "Named",
    "Outdone",
    "Record",
    "Reported",
    "find_mistakes",
    "format_mistakes",
    "format_table",
    "load_gold",
    "record_of",
    "resample",
    "score",
]
