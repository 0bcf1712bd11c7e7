"""A job -> what it yields, from a child process that is stopped when it takes too long or too much.

`run` is for one job; `kg.guard.pool` keeps children ready for a server. Both need a system that can fork.
"""

from kg.guard.frames import Piece
from kg.guard.limits import Limits
from kg.guard.once import run

__all__ = ["Limits", "Piece", "run"]
