"""The process of a command -> spared what costs time and brings nothing: looking for cycles, idle threads."""

import atexit
import gc
import os

_COLLECTING = (500_000, 20, 100)
"""So many records more than before, and so many rounds of that, until those made since are looked through.

What a build of one day makes stays below it. Half a million of the smallest records take some 40 MB.
"""


def run_lean() -> None:
    """Have this process look for unreachable cycles seldom, and numpy start no threads when it is imported.

    A build makes few cycles. It multiplies no matrices either, and each thread made to do so first waits for
    work by turning in circles: a tenth of a second of every command that imports numpy.
    """
    gc.set_threshold(*_COLLECTING)
    atexit.register(gc.freeze)  # nor when leaving
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
