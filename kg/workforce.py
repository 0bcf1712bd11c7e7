"""Tasks -> their results, worked out in this process or in several.

A task and its result are plain records, and the work is a function of a module, so that it can be done
wherever paperkg is installed. Results come in the order in which they are done, each with its task.
"""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.thrift import run_lean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

_AHEAD = 3
"""So many tasks wait for each process: enough to keep it busy, few enough to be held in memory."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workforce(Protocol):
    """Whoever works tasks off.

    ``is_here`` says that the work is done in this process, one task after the other, as results are taken.
    """

    @property
    def is_here(self) -> bool:
        """Whether the work is done in this process."""

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Do a piece of work with each task; tasks are taken as they are needed.

        Args:
            work: a function of a module, without state.
            tasks: records that can be sent.

        Raises:
            Exception: what the work raised for a task.
        """

    def dismiss(self) -> None:
        """Let go of what was needed to work."""


class Alone:
    """This process."""

    is_here = True

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """See `Workforce`."""
        for task in tasks:
            yield task, work(task)
            del task  # it may be large: it goes before the next one comes

    def dismiss(self) -> None:
        """See `Workforce`."""


ALONE = Alone()


class Processes:
    """Several processes of this machine, which begin with the first task.

    Args:
        number: how many.
    """

    is_here = False

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """See `Workforce`."""
        waiting: dict[Future[Result], Task] = {}
        for task in tasks:
            waiting[self._begin().submit(work, task)] = task
            if len(waiting) >= _AHEAD * self._number:
                yield from _collect(waiting)
        while waiting:
            yield from _collect(waiting)

    def _begin(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Imported here: most builds have no need of it, and wait for it.
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            # Not forked: the store's own threads would not live on in a copy of this process.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._number, context, run_lean)
        return self._pool

    def dismiss(self) -> None:
        """See `Workforce`."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _collect(waiting: dict[Future[Result], Task]) -> Iterator[tuple[Task, Result]]:
    """Wait for one task or more to be done, and take them out."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for each in done:
        yield waiting.pop(each), each.result()
