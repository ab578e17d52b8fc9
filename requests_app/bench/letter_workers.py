"""What the processes of `bench.letters` do: each sets Django up before it loads the desk."""

import resource
import sys
from pathlib import Path
from threading import Barrier
from time import perf_counter

_barrier: Barrier | None = None


def set_up() -> None:
    import django

    django.setup()


def ready(barrier: Barrier) -> None:
    """In a new process: the desk loaded, the fonts found, some letters made."""
    global _barrier
    set_up()
    _barrier = barrier
    _make(0, 5)


def timed(letters: int) -> tuple[float, float]:
    """When this process began and ended; all begin together."""
    assert _barrier is not None
    _barrier.wait()
    begun = perf_counter()
    _make(0, letters)
    return begun, perf_counter()


def sizes(letters: int, samples: int) -> list[float]:
    """The process's memory in MB, after each part of the letters."""
    each, seen = letters // samples, []
    for part in range(samples):
        _make(part * each, (part + 1) * each)
        seen.append(_resident_mb())
    return seen


def _make(first: int, last: int) -> None:
    from requests_app.bench.letter_paper import sheet
    from requests_app.letters import render_pdf

    for number in range(first, last):
        render_pdf(sheet(number))


def _resident_mb() -> float:
    """What the process holds now; where the system does not say, the most it ever held."""
    memory = Path("/proc/self/statm")
    if memory.exists():
        return int(memory.read_text().split()[1]) * resource.getpagesize() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3
