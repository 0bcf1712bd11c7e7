"""Unreachable cycles of records -> looked for seldom: a build makes few, and looking takes its time."""

import gc

_COLLECTING = (500_000, 20, 100)
"""So many records more than before, and so many rounds of that, until those made since are looked through.

What a build of one day makes stays below it. Half a million of the smallest records take some 40 MB.
"""


def collect_seldom() -> None:
    """Have this process look for unreachable cycles seldom."""
    gc.set_threshold(*_COLLECTING)
