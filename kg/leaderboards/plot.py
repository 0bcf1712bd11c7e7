"""A leaderboard -> an SVG of its values by date, with the best so far as a line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.sparql.notebook import mark_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.leaderboards.ranking import Leaderboard, Place

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 48, 64, 48
_TICKS = 5
_LONGEST_LABEL = 32
_DATE_WIDTH = 80
"""So far apart two dates are written."""

_INK, _LINE, _MUTED, _GRID = "#1d2126", "#0072b2", "#5d6670", "#dedbd3"


def draw_board(board: Leaderboard) -> str:
    """Draw a board: a point for each dated result, a step line for the best until then.

    Raises:
        UsageError: no result of the board has a date.
    """
    places = [place for place in board.places if place.date]
    if not places:
        raise UsageError(f"{board.title}: no result has a date, so there is nothing to plot")
    days = [_to_day(place.date) for place in places]
    across = _Scale(min(days), max(days), _LEFT, _WIDTH - _RIGHT)
    numbers = [place.number for place in places]
    up = _Scale(min(numbers), max(numbers), _HEIGHT - _BOTTOM, _TOP)
    best = _find_best(places)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{mark_up(board.title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        _say(_LEFT, 24, board.title, anchor="start", size=15),
        *_draw_values(up),
        *_draw_dates(across, sorted(set(days))),
        _draw_line(best, across, up),
        *(_draw_point(place, across, up) for place in reversed(places)),
        *(_draw_label(place, across, up) for place in best),
        "</svg>\n",
    ]
    return "\n".join(parts)


class _Scale:
    """Numbers between two ends -> places on the picture; a single number lies in the middle."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def place(self, number: float) -> str:
        """Say where a number lies."""
        share = (number - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return f"{self.start + share * (self.end - self.start):.1f}"


def _to_day(text: str) -> int:
    """Return the number of a day; of a month or a year the first one."""
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day).toordinal()


def _find_best(places: Sequence[Place]) -> list[Place]:
    """Return the results that led when they came, in the order of time."""
    best: list[Place] = []
    for place in sorted(places, key=lambda p: (p.date, p.rank)):
        if not best or place.rank < best[-1].rank:
            best.append(place)
    return best


def _draw_values(up: _Scale) -> list[str]:
    steps = _TICKS if up.high > up.low else 1
    ticks = [up.low + (up.high - up.low) * step / max(steps - 1, 1) for step in range(steps)]
    return [
        f'<path d="M{_LEFT} {up.place(tick)}H{_WIDTH - _RIGHT}" stroke="{_GRID}"/>'
        + _say(_LEFT - 8, float(up.place(tick)) + 4, f"{tick:.4g}", anchor="end", colour=_MUTED)
        for tick in ticks
    ]


def _draw_dates(across: _Scale, days: Sequence[int]) -> list[str]:
    """Write the first and the last day, and of those between as many as have room."""
    first, last = float(across.place(days[0])), float(across.place(days[-1]))
    shown, at = [days[0]], first
    for day in days[1:-1]:
        x = float(across.place(day))
        if x - at >= _DATE_WIDTH and last - x >= _DATE_WIDTH:
            shown.append(day)
            at = x
    if last - first >= _DATE_WIDTH:
        shown.append(days[-1])
    y = _HEIGHT - _BOTTOM + 20
    return [
        _say(float(across.place(day)), y, date.fromordinal(day).isoformat(), colour=_MUTED) for day in shown
    ]


def _draw_line(best: Sequence[Place], across: _Scale, up: _Scale) -> str:
    first, *rest = [(across.place(_to_day(place.date)), up.place(place.number)) for place in best]
    path = f"M{first[0]} {first[1]}" + "".join(f"H{x}V{y}" for x, y in rest) + f"H{_WIDTH - _RIGHT}"
    return f'<path d="{path}" fill="none" stroke="{_LINE}" stroke-width="2"/>'


def _draw_point(place: Place, across: _Scale, up: _Scale) -> str:
    told = mark_up(f"{place.system or 'not named'}: {place.value}, {place.date}, {place.paper}")
    x, y = across.place(_to_day(place.date)), up.place(place.number)
    return f'<circle cx="{x}" cy="{y}" r="4" fill="{_LINE}" fill-opacity="0.7"><title>{told}</title></circle>'


def _draw_label(place: Place, across: _Scale, up: _Scale) -> str:
    x, y = float(across.place(_to_day(place.date))), float(up.place(place.number))
    right = x > (_LEFT + _WIDTH - _RIGHT) / 2
    name = f"{place.system} {place.value}".strip()
    return _say(x + (-8 if right else 8), y - 8, name[:_LONGEST_LABEL], anchor="end" if right else "start")


def _say(x: float, y: float, text: str, *, anchor: str = "middle", size: int = 12, colour: str = _INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{mark_up(text)}</text>"
