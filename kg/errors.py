"""What can go wrong, said with place, finding and expectation."""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that paperkg raises on purpose; its text is written for the user."""


class UsageError(KgError):
    """The call itself is wrong: an unknown name, a missing path, options that do not go together."""


class InputError(KgError):
    """A file cannot be used. Shown as ``file:line: what is wrong; what was expected``.

    Args:
        path: the file as the user knows it.
        line: 1-based line, or None when the whole file is meant.
        wrong: what was found.
        expected: what would have been right, or an empty string.
    """

    def __init__(self, path: str, line: int | None, wrong: str, expected: str = "") -> None:
        self.path, self.line, self.wrong, self.expected = path, line, wrong, expected
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {wrong}" + (f"; expected {expected}" if expected else ""))


class QueryError(KgError):
    """A SPARQL query cannot be parsed or run; the text names the place."""


class LimitError(KgError):
    """A job took more than it may, and was stopped.

    Args:
        limit: ``time``, ``memory``, ``rows``, ``size`` or ``room``.
        allowed: the most there is, with its unit.
        advice: what would have been within it.
    """

    def __init__(self, limit: str, allowed: str, advice: str) -> None:
        self.limit, self.allowed = limit, allowed
        super().__init__(f"stopped at the limit of {limit}, {allowed}; expected {advice}")


class StoreError(KgError):
    """A store cannot be opened, is locked, or was made by another format."""


class FetchError(KgError):
    """Something on the network cannot be had; the text says what, and why."""


class ClusterError(KgError):
    """A Dask cluster cannot be reached, is of another make, or gave up; the text says which."""


class UnknownNameError(KgError):
    """A name that the graph does not know.

    Args:
        name: the name as asked for.
        nearest: known names that resemble it, best first.
    """

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.name, self.nearest = name, nearest
        hint = f"; nearest known: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"nothing is known by the name {name!r}{hint}")


class NotUnderstoodError(UsageError):
    """A question that no pattern reads.

    Args:
        question: as it was put.
        nearest: questions like it that are understood, best first.
    """

    def __init__(self, question: str, nearest: tuple[str, ...]) -> None:
        self.question, self.nearest = question, nearest
        hint = "; expected one like: " + " | ".join(nearest) if nearest else ""
        super().__init__(f"the question is not understood: {question!r}{hint}")
