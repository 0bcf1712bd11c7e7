"""Requests as they are answered -> the numbers that a monitor reads, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_HELP = {
    "kg_requests_total": ("counter", "Requests answered, by what was asked for and the status of the reply."),
    "kg_request_seconds": ("histogram", "Time from a request's head to the end of its reply."),
    "kg_stopped_total": ("counter", "Queries stopped, by the limit that they met."),
    "kg_reloads_total": ("counter", "Times that a new state of the store was loaded."),
    "kg_workers_renewed_total": ("counter", "Workers that were stopped and made anew."),
    "kg_statements": ("gauge", "Statements in the graph that is served."),
    "kg_workers_busy": ("gauge", "Workers that are at work."),
    "kg_requests_waiting": ("gauge", "Requests that wait for a worker."),
    "kg_reply_bytes": ("gauge", "Bytes of large replies that wait in files to be read."),
    "kg_requests_open": ("gauge", "Requests that are being answered."),
    "kg_connections": ("gauge", "Connections of clients."),
}


class Counts:
    """What has happened since the server started."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._times: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self._stopped: Counter[str] = Counter()
        self.reloads = 0

    def add(self, area: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests[area, status] += 1
        buckets = self._times.setdefault(area, [0] * (len(_BOUNDS) + 1))
        buckets[next((i for i, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))] += 1
        self._seconds[area] += seconds  # type: ignore[assignment]  # a Counter adds floats as well

    def stop(self, limit: str) -> None:
        """Count a query that met a limit."""
        self._stopped[limit] += 1

    def write(self, gauges: Mapping[str, float]) -> str:
        """Write all counts, and these values of the moment."""
        lines: dict[str, list[str]] = {name: [] for name in _HELP}
        for (area, status), number in sorted(self._requests.items()):
            lines["kg_requests_total"].append(f'{{area="{area}",status="{status}"}} {number}')
        lines["kg_request_seconds"] += self._histogram()
        for limit, number in sorted(self._stopped.items()):
            lines["kg_stopped_total"].append(f'{{limit="{limit}"}} {number}')
        for name, value in {"kg_reloads_total": self.reloads, **gauges}.items():
            lines[name].append(f" {value:g}")
        return "".join(
            f"# HELP {name} {text}\n# TYPE {name} {kind}\n"
            + "".join(_name(name, line) for line in lines[name])
            for name, (kind, text) in _HELP.items()
        )

    def _histogram(self) -> Iterator[str]:
        for area, buckets in sorted(self._times.items()):
            total = 0
            for bound, number in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=True):
                total += number
                yield f'_bucket{{area="{area}",le="{bound}"}} {total}'
            yield f'_sum{{area="{area}"}} {self._seconds[area]:.6f}'
            yield f'_count{{area="{area}"}} {total}'


def _name(name: str, line: str) -> str:
    return f"{name}{line}\n"
