"""Tasks -> their results, worked out on a Dask cluster: our own on this machine, or one that runs already.

Whoever can talk to a Dask cluster can run code in it. One of our own listens to this machine alone, and only
to who has the certificate of this run; how another one is guarded is the affair of who runs it.
"""

from __future__ import annotations

import logging
import sys
import threading
from concurrent.futures import CancelledError
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kg import __version__
from kg.errors import ClusterError, UsageError
from kg.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from distributed import Client, Future

_AHEAD = 3
"""So many tasks wait for each thread: enough to keep it busy, few enough to be held in memory."""

_TO_ANSWER, _TO_SHOW_UP = 10, 60
"""So many seconds a scheduler may take to answer, and a cluster without workers to get one."""

_TRIES = 1
"""So often a task is begun anew after Dask gave it up, as it does when four workers died over it."""

_GONE = "the Dask scheduler is gone; the next build goes on from here"

_IN_TURN = threading.Lock()
"""A worker may have several threads; they would wait for each other anyway, and the work knows of none."""

_QUIET = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.http.routes": [],
    "distributed.admin.large-graph-warning-threshold": "256MB",
}
"""In a cluster of our own nothing is served but the work, and a large digest is no news."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class Make(NamedTuple):
    """All that must be equal where one graph is worked out, so that it is the same whoever does it."""

    paperkg: str
    code: str
    python: str
    spacy: str

    def __str__(self) -> str:
        return f"paperkg {self.paperkg} ({self.code}), Python {self.python}, spaCy {self.spacy}"


def tell_make() -> Make:
    """Tell of what make this process is."""
    code = "".join(fingerprint(stage)[:8] for stage in ("reading", "extraction", "resolution"))
    return Make(__version__, code, f"{sys.version_info.major}.{sys.version_info.minor}", version("spacy"))


class Cluster:
    """The workers of a Dask cluster; a `kg.workforce.Workforce`.

    A task whose worker dies is done again by another one. Workers may come and go.

    Args:
        scheduler: its address, ``tcp://host:8786``; empty for a cluster of this machine that ends with us.
        workers: how many processes a cluster of this machine has.

    Raises:
        UsageError: Dask is not installed.
    """

    is_here = False

    def __init__(self, scheduler: str = "", workers: int = 1) -> None:
        try:
            import distributed  # noqa: F401 - to say now what would else be said after the digests were found
        except ImportError:
            raise UsageError("Dask is not installed; expected: pip install 'paperkg[dask]'") from None
        self._scheduler, self._workers = scheduler, workers
        self._client: Client | None = None
        self._own: Any = None

    def map(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """See `kg.workforce.Workforce`.

        Raises:
            ClusterError: the scheduler does not answer or is gone, no worker is left or one is of another
                make, or a task kills every worker.
        """
        crew: _Crew[Task, Result] | None = None
        for task in tasks:
            crew = crew or _Crew(self._begin(), work)
            crew.submit(task)
            while crew.is_busy():
                yield from crew.collect()
        while crew and crew.is_waiting():
            yield from crew.collect()

    def _begin(self) -> Client:
        if self._client is None:
            self._client = self._connect()
            _meet_workers(self._client)
        return self._client

    def _connect(self) -> Client:
        from distributed import Client

        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # our own errors say it
        try:
            return Client(self._scheduler or self._found(), timeout=_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError) as error:
            wrong = f"{self._scheduler}: there is no Dask scheduler that answers ({error})"
            raise ClusterError(f"{wrong}; expected an address such as tcp://host:8786") from error

    def _found(self) -> Any:
        """Start a cluster that only this process can reach: by loopback, with certificates of this run."""
        import dask
        from distributed import LocalCluster

        dask.config.set(_QUIET)
        self._own = LocalCluster(
            n_workers=self._workers,
            threads_per_worker=1,
            host="127.0.0.1",
            protocol="tls://",
            security=True,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs="CRITICAL",
        )
        return self._own

    def dismiss(self) -> None:
        """See `kg.workforce.Workforce`; a scheduler that was running goes on running."""
        for each in (self._client, self._own):
            if each is not None:
                each.close()
        self._client = self._own = None


class _Crew(Generic[Task, Result]):
    """One piece of work, and the tasks that are under way."""

    def __init__(self, client: Client, work: Callable[[Task], Result]) -> None:
        self._client, self._work, self._make = client, work, tell_make()
        self._waiting: dict[Future[Result], tuple[Task, int]] = {}
        self._room = _AHEAD * max(1, _count_threads(client))

    def is_waiting(self) -> bool:
        """Whether a task is under way."""
        return bool(self._waiting)

    def is_busy(self) -> bool:
        """Whether as many tasks are under way as the workers there are can use."""
        return len(self._waiting) >= self._room

    def submit(self, task: Task, tries: int = 0) -> None:
        """Have a task done."""
        future = self._client.submit(_do, self._work, task, self._make, pure=False)
        self._waiting[future] = task, tries

    def collect(self) -> Iterator[tuple[Task, Result]]:
        """Wait for one task or more to be done, and take them out."""
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        self._wait()
        for future in [each for each in self._waiting if each.done()]:
            task, tries = self._waiting.pop(future)
            try:
                result = future.result()
            except (KilledWorker, CancelledError, CommClosedError) as error:
                self._begin_anew(task, tries, error)
            else:
                yield task, result
        self._room = _AHEAD * max(1, _count_threads(self._client))

    def _wait(self) -> None:
        from distributed import wait

        while True:
            try:
                with self._client.as_current():
                    wait(list(self._waiting), timeout=_TO_SHOW_UP, return_when="FIRST_COMPLETED")
            except CancelledError:
                return
            except TimeoutError:
                if not _count_threads(self._client):
                    raise ClusterError(
                        "no worker is left in the Dask cluster; expected one or more"
                    ) from None
            else:
                return

    def _begin_anew(self, task: Task, tries: int, error: Exception) -> None:
        if self._client.status != "running":
            raise ClusterError(_GONE) from error
        if tries >= _TRIES:
            said = str(error).partition(". ")[0]
            raise ClusterError(f"a task kills every worker that it is given to ({said})") from error
        self.submit(task, tries + 1)


def _do(work: Callable[[Task], Result], task: Task, make: Make) -> Result:
    """Do a task at a worker, which may have come after the others were asked for their make."""
    if tell_make() != make:
        raise ClusterError(_refuse("a worker", tell_make(), make))
    with _IN_TURN:
        return work(task)


def _meet_workers(client: Client) -> None:
    """Wait for a first worker, and see that all are of our make."""
    try:
        client.wait_for_workers(1, timeout=_TO_SHOW_UP)
    except TimeoutError:
        raise ClusterError("the Dask scheduler has no worker; expected one or more: dask worker …") from None
    makes = client.run(tell_make, on_error="return")
    for address, make in sorted(makes.items()):
        if make != tell_make():
            raise ClusterError(_refuse(f"the worker {address}", make, tell_make()))


def _refuse(worker: str, make: Make | BaseException, ours: Make) -> str:
    wrong = f"has no paperkg that works ({make})" if isinstance(make, BaseException) else f"has {make}"
    return f"{worker} {wrong}; expected what is here: {ours}"


def _count_threads(client: Client) -> int:
    try:
        return sum(client.nthreads().values())
    except OSError as error:
        raise ClusterError(_GONE) from error
