"""Letters: what one costs beside WeasyPrint alone, what two workers gain, if memory stays flat.

No database: the paper is made here. Every letter differs a little, as letters do, so that nothing
kept from one is of use to the next.
"""

import multiprocessing
import os
import statistics
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from time import process_time

from requests_app.bench import letter_workers
from requests_app.bench.derivations import in_words
from requests_app.bench.letter_paper import SHEET, sheet
from requests_app.letters import page_count, render_pdf
from requests_app.letters.paper.render import to_html

MOST_RATIO = 1.15
LEAST_GAIN = 1.8  # of two workers on two idle cores; 2 would be perfect
MOST_GROWTH_MB = 20.0  # from a tenth of the letters to all
SAMPLES = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured, and whether it is as promised."""

    summary: str
    is_met: bool

    def __str__(self) -> str:
        return f"{self.summary} {'ok' if self.is_met else 'MISSED'}"


def run(*, rounds: int, letters: int) -> Iterator[Verdict]:
    """Each figure as it is known: of so many pairs, and of so many letters in one process."""
    yield beside_weasyprint(rounds)
    yield two_workers(max(10, letters // 30))
    yield memory(letters)


def beside_weasyprint(rounds: int) -> Verdict:
    """Processor time, in turns, so that a busy machine is busy for both."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    assert page_count(render_pdf(SHEET)) == 1

    def alone(page: str) -> object:
        # With its fonts kept from letter to letter, as ours are: without that it is far slower.
        return HTML(string=page).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")

    alone(to_html(SHEET))
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        one = sheet(number)
        page = to_html(one)
        pair = [(ours, lambda s=one: render_pdf(s)), (theirs, lambda p=page: alone(p))]
        for times, act in pair if number % 2 else reversed(pair):
            times.append(_seconds(act))
    ratio = statistics.median(ours) / statistics.median(theirs)
    summary = (
        f"a one-page letter {in_words(statistics.median(ours))}, WeasyPrint alone "
        f"{in_words(statistics.median(theirs))}: {ratio:.3f} times (at most {MOST_RATIO})"
    )
    return Verdict(summary, ratio <= MOST_RATIO)


def _seconds(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def two_workers(letters: int) -> Verdict:
    """Letters a second of two processes against one. Each has made some before it is timed."""
    one, two = (_rate(workers, letters) for workers in (1, 2))
    summary = (
        f"two workers {two:.1f} letters a second, one {one:.1f}: {two / one:.2f} times "
        f"(at least {LEAST_GAIN}, on two idle cores; here {os.cpu_count()}, load "
        f"{os.getloadavg()[0]:.1f})"
    )
    return Verdict(summary, two / one >= LEAST_GAIN)


def _rate(workers: int, letters: int) -> float:
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(workers)
    with ProcessPoolExecutor(workers, context, letter_workers.ready, (barrier,)) as pool:
        made = list(pool.map(letter_workers.timed, [letters] * workers))
    begun, ended = min(first for first, _ in made), max(last for _, last in made)
    return letters * workers / (ended - begun)


def memory(letters: int) -> Verdict:
    """How much a process grows from the first tenth of its letters to the last."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, letter_workers.set_up) as pool:
        sizes = pool.submit(letter_workers.sizes, letters, SAMPLES).result()
    growth = sizes[-1] - sizes[0]
    seen = " ".join(f"{size:.0f}" for size in sizes)
    summary = (
        f"memory over {letters:,} letters: {seen} MB, grown by "
        f"{growth:.1f} MB after the first {letters // SAMPLES:,} (at most {MOST_GROWTH_MB:.0f})"
    )
    return Verdict(summary, growth <= MOST_GROWTH_MB)
