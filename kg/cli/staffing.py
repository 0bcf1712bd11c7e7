"""The options that say who works -> the workforce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.workforce import Workforce

_MOST = 64


def workforce_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``jobs``, ``workers`` and ``scheduler``, of which one may be given."""
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1, _MOST),
        help="How many processes work; worth it from some hundred digests on.  [default: 1]",
    )
    workers = click.option(
        "--workers",
        type=click.IntRange(1, _MOST),
        help="Start a Dask cluster of so many processes on this machine.",
    )
    scheduler = click.option(
        "--scheduler", metavar="ADDRESS", help="Let a Dask cluster work, tcp://host:8786 or tls://host:8786."
    )
    return jobs(workers(scheduler(command)))


def hire(jobs: int | None, workers: int | None, scheduler: str | None) -> Workforce:
    """Return who works: this process, several, or a Dask cluster.

    Raises:
        UsageError: two of them are given, or Dask is not installed.
    """
    from kg.errors import UsageError
    from kg.workforce import ALONE, Processes

    options = {"--jobs": jobs, "--workers": workers, "--scheduler": scheduler}
    given = [name for name, value in options.items() if value is not None]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other; expected one of {', '.join(options)}")
    if workers or scheduler is not None:
        from kg.cluster import Cluster

        return Cluster(scheduler or "", workers or 1)
    return Processes(jobs) if jobs and jobs > 1 else ALONE
