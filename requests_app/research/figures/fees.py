"""What the city asked for its work, and what was paid."""

from collections import Counter
from decimal import Decimal, InvalidOperation

from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.figures.figure import Cell, Figure, Table, interval, percent, sentences
from requests_app.research.figures.population import Population
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


def fees(population: Population) -> Figure:
    asked, paid = _amounts(population.fees_asked), _amounts(population.fees_paid)
    n = population.n
    few = is_too_few(n)
    says = too_few_words(n) if few else _says(asked, paid, n)
    bars = [] if few else [_bar("A fee was asked", asked, n), _bar("A fee was paid", paid, n)]
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    rows = () if few else (_row("Asked", asked), _row("Paid", paid))
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
        table=Table(("", "Requests", "Lowest", "Median", "Highest", "Sum"), rows),
        numbers=Table(("what", "amount", "requests"), () if few else tuple(numbers)),
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


def _says(asked: Amounts, paid: Amounts, n: int) -> str:
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


def _bar(label: str, amounts: Amounts, n: int) -> Counted:
    count = min(amounts.total(), n)
    share = share_of(count, n)
    assert share is not None  # n is five at least
    words = f"{count:,} of {n:,} · {percent(share.value)}"
    return Counted(label, share.value, words, share.lower, share.upper)


def _row(label: str, amounts: Amounts) -> tuple[Cell, ...]:
    """Without a median and its ends where there are too few."""
    spread = spread_of(amounts)
    if spread is None or is_too_few(spread.n):
        return (label, amounts.total(), "–", "–", "–", dollars(_sum(amounts)))
    ends = (spread.lowest, spread.median, spread.highest)
    low, middle, high = (dollars(Decimal(str(amount))) for amount in ends)
    return (label, spread.n, low, middle, high, dollars(_sum(amounts)))
