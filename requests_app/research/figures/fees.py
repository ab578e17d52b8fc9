"""What the city asked for its work, and what was paid."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.figures.figure import Cell, Figure, Table, interval, percent, sentences
from requests_app.research.figures.population import Population
from requests_app.research.figures.small_counts import FEWER, is_few
from requests_app.research.figures.waits import left_out
from requests_app.research.statistics.summaries import (
    Number,
    is_too_few,
    share_of,
    spread_of,
    too_few_words,
)
from requests_app.vocabulary.dates_and_amounts import dollars

Amounts = Counter[Number]
TITLE = "Fees asked and paid"
ASKED, PAID = "Asked", "Paid"
HEADINGS = ("", "Requests", "Lowest", "Median", "Highest", "Sum")


def fees(population: Population) -> Figure:
    asked, paid = _amounts(population.fees_asked), _amounts(population.fees_paid)
    n = population.n
    few = is_too_few(n)
    gone = _withheld(asked, paid, n) if population.is_for_everybody else {}
    says = too_few_words(n) if few else _says(asked, paid, n, gone)
    bars = [] if few else [_bar(ASKED, asked, n, gone), _bar(PAID, paid, n, gone)]
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    headings, rows = _table(asked, paid, gone, is_public=population.is_for_everybody)
    numbers: list[tuple[Cell, ...]] = [
        (what, float(amount), amounts[amount])
        for what, amounts in (("asked", asked), ("paid", paid))
        for amount in sorted(amounts)
    ]
    return Figure(
        slug="fees",
        title=TITLE,
        n=n,
        n_of="requests",
        says=says,
        counts="Requests for which the city estimated a fee above zero, by its last estimate, and "
        "fees that were entered as paid. What was waived or is still open is asked and not paid.",
        leaves_out=sentences(
            [left_out(population), "Time, postage and copies that we paid elsewhere are not known."]
        ),
        table=Table(headings, () if few else rows),
        numbers=Table(
            ("what", "amount", "requests"),
            () if few or population.is_for_everybody else tuple(numbers),
        ),
        chart=None if few else bar_chart(TITLE, words, bars),
        too_few=says if few else "",
    )


def _amounts(counted: Counter[object]) -> Amounts:
    """Above zero, as numbers: a ledger keeps them as text."""
    found: Amounts = Counter()
    for amount, count in counted.items():
        known = _decimal(amount)
        if known is not None and known > 0:
            found[known] += count
    return found


def _decimal(amount: object) -> Decimal | None:
    try:
        return Decimal(str(amount))
    except InvalidOperation:
        return None


def _sum(amounts: Amounts) -> Decimal:
    return sum((Decimal(amount) * count for amount, count in amounts.items()), Decimal(0))


def _withheld(asked: Amounts, paid: Amounts, n: int) -> dict[str, str]:
    """Of what was asked and of what was paid, where those or all the others are fewer than five."""
    found = {}
    for what, amounts in ((ASKED, asked), (PAID, paid)):
        much = min(amounts.total(), n)
        if is_few(much):
            found[what] = FEWER
        elif is_few(n - much):
            found[what] = f"all but {FEWER}"
    return found


def _says(asked: Amounts, paid: Amounts, n: int, gone: Mapping[str, str]) -> str:
    if gone:
        parts = [(ASKED, "asked", asked), (PAID, "paid", paid)]
        said = [f"{gone.get(key, f'{amounts.total():,}')} {words}" for key, words, amounts in parts]
        return f"Requests for which a fee was asked or paid, of {n:,}: {said[0]}, {said[1]}."
    share = share_of(asked.total(), n)
    assert share is not None  # n is five at least
    middle = spread_of(asked)
    half = ""
    if middle and not is_too_few(middle.n):
        half = f"half of them for {dollars(Decimal(str(middle.median)))} or more"
    asked_for = f"A fee was asked for {percent(share.value)} of the requests ({interval(share)})"
    return sentences(
        [
            f"{asked_for}, {half}." if half else f"{asked_for}.",
            f"{dollars(_sum(asked))} were asked in all, {dollars(_sum(paid))} were paid.",
        ]
    )


def _bar(label: str, amounts: Amounts, n: int, gone: Mapping[str, str]) -> Counted:
    words = f"A fee was {label.lower()}"
    if label in gone:
        return Counted(words, 0.0, gone[label])
    count = min(amounts.total(), n)
    share = share_of(count, n)
    assert share is not None  # n is five at least
    shown = f"{count:,} of {n:,} · {percent(share.value)}"
    return Counted(words, share.value, shown, share.lower, share.upper)


def _table(
    asked: Amounts, paid: Amounts, gone: Mapping[str, str], *, is_public: bool
) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """For everybody without the lowest and the highest, each of which is one request’s."""
    if not is_public:
        return HEADINGS, (_row(ASKED, asked), _row(PAID, paid))
    rows = [
        (label, gone[label], None, None) if label in gone else (row[0], row[1], row[3], row[5])
        for label, row in ((ASKED, _row(ASKED, asked)), (PAID, _row(PAID, paid)))
    ]
    return ("", "Requests", "Median", "Sum"), tuple(rows)


def _row(label: str, amounts: Amounts) -> tuple[Cell, ...]:
    """Without a median and its ends where there are too few."""
    spread = spread_of(amounts)
    if spread is None or is_too_few(spread.n):
        return (label, amounts.total(), "–", "–", "–", dollars(_sum(amounts)))
    ends = (spread.lowest, spread.median, spread.highest)
    low, middle, high = (dollars(Decimal(str(amount))) for amount in ends)
    return (label, spread.n, low, middle, high, dollars(_sum(amounts)))
