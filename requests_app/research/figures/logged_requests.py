"""What became of the requests that were logged from elsewhere, by their logs' own words."""

from collections import Counter

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.figures.figure import Cell, Figure, Table, interval, percent
from requests_app.research.figures.population import Population
from requests_app.research.statistics.summaries import Share, is_too_few, share_of, too_few_words
from requests_app.vocabulary.research.log_statuses import LogStatus

SLUG, TITLE = "logged-requests", "Requests logged from elsewhere"
NOT_STATED = ""
LABELS: dict[str, str] = {**dict(LogStatus.choices), NOT_STATED: "Not stated"}
COUNTS = (
    "Requests that somebody else filed and that were logged or imported here, with a challenge or "
    "without, each once by the status that its log gave it when it came in. A span narrows them by "
    "the day on which they were made, as far as that is known; of a month or a year its first day."
)
LEAVES_OUT = (
    "This newsroom’s own requests, which the other figures count. No wait is measured: a log does "
    "not say as of which day its open requests were open. They name no office and no exemption of "
    "ours, so a choice of either leaves all of them out."
)


def logged_requests(population: Population) -> Figure:
    counts, challenged = _counted(population)
    n = counts.total()
    few = is_too_few(n)
    shares = [
        (status, label, share)
        for status, label in LABELS.items()
        if counts[status] and (share := share_of(counts[status], n))
    ]
    bars = [
        Counted(label, share.value, _in_words(share), share.lower, share.upper)
        for _, label, share in shares
    ]
    rows: list[tuple[Cell, ...]] = [
        (label, share.count, percent(share.value), interval(share).removeprefix("95% interval "),
         challenged[status])
        for status, label, share in shares
    ]  # fmt: skip
    numbers: list[tuple[Cell, ...]] = [
        (status or "not_stated", share.count, n, share.value, share.lower, share.upper,
         challenged[status])
        for status, _, share in shares
    ]  # fmt: skip
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    says = too_few_words(n) if few else _says(counts, challenged.total())
    return Figure(
        slug=SLUG,
        title=TITLE,
        n=n,
        n_of="requests",
        says=says,
        counts=COUNTS,
        leaves_out=LEAVES_OUT,
        table=Table(
            ("Status", "Requests", "Share", "95% interval", "Challenged"),
            () if few else tuple(rows),
        ),
        numbers=Table(
            ("status", "requests", "n", "share", "lower_95", "upper_95", "challenged"),
            () if few else tuple(numbers),
        ),
        chart=None if few else bar_chart(TITLE, words, bars),
        too_few=says if few else "",
    )


def _counted(population: Population) -> tuple[Counter[str], Counter[str]]:
    """By their status: all of them, and those with a challenge."""
    counts: Counter[str] = Counter()
    challenged: Counter[str] = Counter()
    for status, has_challenge, n in population.logged:
        counts[status] += n
        challenged[status] += n if has_challenge else 0
    return counts, challenged


def _in_words(share: Share) -> str:
    return f"{share.count:,} of {share.n:,} · {percent(share.value)}"


def _says(counts: Counter[str], challenged: int) -> str:
    n = counts.total()
    done = share_of(counts[LogStatus.DONE], n)
    assert done is not None  # n is five at least
    return (
        f"{percent(done.value)} were completed ({done.count:,} of {n:,}; {interval(done)}); "
        f"{challenged:,} of them all were challenged."
    )
