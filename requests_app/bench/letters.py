"""Letters: what one costs beside WeasyPrint alone, what two workers gain, if memory stays flat.

No database: the paper is made here. Every letter differs a little, as letters do, so that nothing
kept from one is of use to the next.
"""

import multiprocessing
import os
import statistics
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from time import process_time

from requests_app.bench import letter_workers
from requests_app.bench.derivations import in_words
from requests_app.letters import page_count, render_pdf
from requests_app.letters.paper.render import to_html
from requests_app.letters.paper.sheet import Sheet

MOST_RATIO = 1.15
LEAST_GAIN = 1.8  # of two workers on two idle cores; 2 would be perfect
MOST_GROWTH_MB = 20.0  # from a tenth of the letters to all
SAMPLES = 10

PAPER = Sheet(
    newsroom_name="The Sound Shore Ledger",
    newsroom_address="12 Summer Street, Stamford, CT 06901",
    newsroom_contact="records@ledger.example.org · 203-555-0100",
    addressee=("City Clerk", "City of Stamford, Connecticut"),
    on=date(2026, 11, 9),
    delivery_line="By e-mail to clerk@city.example",
    reference="STAM-2026-0012",
    their_reference="26-118",
    subject="Use-of-force reports, 2024–25",
    law_line="Conn. Gen. Stat. § 1-200 et seq.",
    heading="Request under the Connecticut Freedom of Information Act",
    text="""Dear City Clerk:

Under the Freedom of Information Act, we ask for copies of these records:

1. every use-of-force report of the Police Department, with its attachments
2. the log from which those reports can be counted by month

Please send them in the electronic form in which they are kept. If a record is kept as data, a CSV
file is welcome in place of pages.

If you expect a charge of more than $50.00, please write first with an itemized estimate. We ask
that fees be waived: our readers ask how force is used.

If any part is withheld, please name the exemption for each part and send the rest. By our count
your answer is due on Monday, November 16, 2026.

If another office holds these records, please tell us which. A telephone call is welcome where it
saves either of us time.
""",
    signer="Dana Whitfield",
    signer_title="Reporter",
    enclosures=(),
    reply_address="r-k7m2qdw4-hs@desk.example.org",
)


def paper(number: int) -> Sheet:
    """The sheet of one letter of many."""
    subject = f"{PAPER.subject}, part {number}"
    return replace(PAPER, subject=subject, reference=f"STAM-2026-{number:04}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was seen, and whether it is as promised."""

    told: str
    is_met: bool

    def __str__(self) -> str:
        return f"{self.told} {'ok' if self.is_met else 'MISSED'}"


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
    assert page_count(render_pdf(PAPER)) == 1

    def alone(page: str) -> object:
        # With its fonts kept from letter to letter, as ours are: without that it is far slower.
        return HTML(string=page).write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")

    alone(to_html(PAPER))
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        sheet = paper(number)
        page = to_html(sheet)
        pair = [(ours, lambda s=sheet: render_pdf(s)), (theirs, lambda p=page: alone(p))]
        for times, act in pair if number % 2 else reversed(pair):
            times.append(_seconds(act))
    ratio = statistics.median(ours) / statistics.median(theirs)
    told = (
        f"a one-page letter {in_words(statistics.median(ours))}, WeasyPrint alone "
        f"{in_words(statistics.median(theirs))}: {ratio:.3f} times (at most {MOST_RATIO})"
    )
    return Verdict(told, ratio <= MOST_RATIO)


def _seconds(act: Callable[[], object]) -> float:
    begun = process_time()
    act()
    return process_time() - begun


def two_workers(letters: int) -> Verdict:
    """Letters a second of two processes against one. Each has made some before it is timed."""
    one, two = (_rate(workers, letters) for workers in (1, 2))
    told = (
        f"two workers {two:.1f} letters a second, one {one:.1f}: {two / one:.2f} times "
        f"(at least {LEAST_GAIN}, on two idle cores; here {os.cpu_count()}, load "
        f"{os.getloadavg()[0]:.1f})"
    )
    return Verdict(told, two / one >= LEAST_GAIN)


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
    told = (
        f"memory over {letters:,} letters: {seen} MB, grown by "
        f"{growth:.1f} MB after the first {letters // SAMPLES:,} (at most {MOST_GROWTH_MB:.0f})"
    )
    return Verdict(told, growth <= MOST_GROWTH_MB)
