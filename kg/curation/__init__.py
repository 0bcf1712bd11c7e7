"""What readers decided, a line each in a plain file -> the graph as they decided it, at every build."""

from kg.curation.decisions import Decision, Verb, parse_decisions, write_decision
from kg.curation.rulings import Curation

__all__ = ["Curation", "Decision", "Verb", "parse_decisions", "write_decision"]
