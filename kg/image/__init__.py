"""The ledger -> the graph that is its image, made anew or brought up to date where something was touched."""

from kg.image.drawing import refresh
from kg.image.excerpt import excerpt, require

__all__ = ["excerpt", "refresh", "require"]
