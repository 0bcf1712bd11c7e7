"""A store -> the graph of its surer facts alone, in its place or beside it."""

from __future__ import annotations

from kg.errors import UsageError
from kg.image.drawing import LEAST, refresh
from kg.store import Store


def require(store: Store, least: float) -> None:
    """Have the next `refresh` leave out of the graph what is less sure; the ledger keeps it all the same.

    Args:
        store: opened for writing.
        least: the confidence that is still enough, 0 to 1.

    Raises:
        UsageError: it is no such number.
    """
    if not 0 <= least <= 1:
        raise UsageError(f"{least} is not a confidence; expected a number from 0 to 1")
    if float(store.ledger.meta(LEAST, "0")) != least:
        store.ledger.set_meta(LEAST, repr(least))
        store.ledger.touch_all()


def excerpt(store: Store, least: float) -> Store:
    """Make a store in memory whose graph is what this one's would be without the less sure facts."""
    copy = Store(None)
    store.ledger.copy_to(copy.ledger)
    require(copy, least)
    copy.ledger.touch_all()
    refresh(copy)
    return copy
