"""Appeals by route and outcome, tracked here and logged from elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from cities.schema.load import load_city
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.research.charts.bars import Counted, bar_chart
from requests_app.research.figures.figure import (
    Cell,
    Figure,
    Table,
    in_days,
    interval,
    percent,
    sentences,
)
from requests_app.research.figures.population import Population
from requests_app.research.figures.small_counts import withheld
from requests_app.research.statistics.summaries import is_too_few, share_of, too_few_words
from requests_app.research.statistics.survival import OPEN, Wait, survival_of
from requests_app.vocabulary.dates_and_amounts import count
from requests_app.vocabulary.research.imprecise_days import Precision
from requests_app.vocabulary.states import AppealOutcome, AppealState

TITLE = "Appeals by route and outcome"
PENDING, WITHDRAWN = "pending", "withdrawn"
NOT_STATED = "not_stated"
OUTCOMES: dict[str, str] = {
    AppealOutcome.REVERSED: "Reversed",
    AppealOutcome.MODIFIED: "Modified",
    AppealOutcome.AFFIRMED: "Affirmed",
    AppealOutcome.DISMISSED: "Dismissed",
    AppealOutcome.SETTLED: "Settled",
    NOT_STATED: "Decided, outcome not stated",
    WITHDRAWN: "Withdrawn",
    PENDING: "Not decided yet",
}
UNDECIDED = (WITHDRAWN, PENDING)
COUNTS = (
    "Every challenge that was filed, by its route, each step of a chain once: those that this desk "
    "tracks and those that were logged from elsewhere. A span narrows them by the day on which the "
    "challenge itself was filed. The time to a decision is the median in calendar days by Kaplan "
    "and Meier’s estimate: what is undecided counts as long as it has waited."
)
LEAVES_OUT = (
    "Drafts are left out; of the time to a decision also what was withdrawn, and what was logged "
    "without the days themselves."
)


@dataclass(slots=True)
class _Route:
    """What became of the challenges by one route, and how long each waited for its decision."""

    outcomes: Counter[str] = field(default_factory=Counter)
    waits: list[Wait] = field(default_factory=list)

    @property
    def decided(self) -> int:
        return sum(n for outcome, n in self.outcomes.items() if outcome not in UNDECIDED)


def challenges(population: Population) -> Figure:
    routes = _routes(population.entries, on=population.on)
    every: Counter[str] = sum((route.outcomes for route in routes.values()), Counter())
    filed, decided = every.total(), sum(route.decided for route in routes.values())
    few = is_too_few(filed)
    is_public = population.is_for_everybody
    gone = withheld({key: every[key] for key in OUTCOMES}) if is_public else {}
    says = too_few_words(filed) if few else _says(every, filed, decided, gone)
    bars = [] if few else [_bar(key, every[key], filed, gone) for key in OUTCOMES]
    words = "Bars: " + "; ".join(f"{bar.label}, {bar.words}" for bar in bars) + "."
    return Figure(
        slug="appeals",
        title=TITLE,
        n=filed,
        n_of="appeals",
        says=says,
        counts=COUNTS,
        leaves_out=LEAVES_OUT,
        table=_table_for_everybody(routes)
        if is_public
        else Table(
            ("Route", "Filed", *_headings(every), "Median time to a decision"),
            () if few else _rows(routes, every),
        ),
        numbers=Table(
            ("route", "outcome", "appeals"), () if few or is_public else _numbers(routes)
        ),
        chart=None if few else bar_chart(TITLE, words, bars),
        too_few=says if few else "",
    )


def _routes(entries: LogEntryQuerySet, *, on: date) -> dict[str, _Route]:
    """By the route's name; two queries, each grouped by the database."""
    filed = entries.exclude(state=AppealState.DRAFT)
    place = ("city_slug", "route", "body")
    routes: dict[str, _Route] = defaultdict(_Route)
    rows = filed.order_by().values_list(*place, "state", "outcome", "days")
    for city, slug, body, state, outcome, days, n in rows.annotate(n=Count("pk", distinct=True)):
        route = routes[_name(city, slug, body)]
        route.outcomes[_outcome(state, outcome)] += n
        if days is not None and days >= 0:
            route.waits.append(Wait(days, "decided", n))
    known = filed.filter(state=AppealState.FILED, filed_precision=Precision.DAY, filed_on__lte=on)
    waiting = known.order_by().values_list(*place, "filed_on")
    for city, slug, body, filed_on, n in waiting.annotate(n=Count("pk", distinct=True)):
        routes[_name(city, slug, body)].waits.append(Wait((on - filed_on).days, OPEN, n))
    return dict(sorted(routes.items()))


def _name(city: str, slug: str, body: str) -> str:
    """As the pack has it, with the city; as somebody logged it where no pack does."""
    if not city:
        return body or "Route not stated"
    known = load_city(city)
    try:
        return f"{known.route(slug).name}, {known.name}" if slug else f"{body}, {known.name}"
    except LookupError:  # a route that the pack has no more
        return f"{body or slug}, {known.name}"


def _outcome(state: str, outcome: str) -> str:
    if state == AppealState.WITHDRAWN:
        return WITHDRAWN
    if state == AppealState.FILED:
        return PENDING
    return outcome or NOT_STATED


def _says(every: Counter[str], filed: int, decided: int, gone: Mapping[str, str]) -> str:
    if gone.keys() & {AppealOutcome.REVERSED, AppealOutcome.MODIFIED, *UNDECIDED}:
        return f"{count(filed, 'appeal')}; how they ended stands below, as far as it is shown."
    ours = every[AppealOutcome.REVERSED] + every[AppealOutcome.MODIFIED]
    share = share_of(ours, decided)
    if share is None or is_too_few(decided):
        return f"{count(filed, 'appeal')}, of which {decided} are decided: too few to give a share."
    of = f"{ours:,} of {decided:,}; {interval(share)}"
    return sentences(
        [
            f"{percent(share.value)} of the decided appeals were reversed or modified ({of}).",
            f"{every[PENDING]:,} are not decided yet." if every[PENDING] else "",
        ]
    )


def _bar(key: str, much: int, n: int, gone: Mapping[str, str]) -> Counted:
    label = OUTCOMES[key]
    if key in gone:
        return Counted(label, 0.0, gone[key])
    share = share_of(much, n)
    assert share is not None  # n is five at least
    words = f"{much:,} of {n:,} · {percent(share.value)}"
    return Counted(label, share.value, words, share.lower, share.upper)


def _headings(every: Counter[str]) -> tuple[str, ...]:
    return tuple(label for key, label in OUTCOMES.items() if every[key])


def _rows(routes: dict[str, _Route], every: Counter[str]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            name,
            route.outcomes.total(),
            *(route.outcomes[key] for key in OUTCOMES if every[key]),
            _median(route),
        )
        for name, route in routes.items()
    )


def _table_for_everybody(routes: dict[str, _Route]) -> Table:
    """How many by each route, and how long: not how few of one route ended in one way."""
    filed = {name: route.outcomes.total() for name, route in routes.items()}
    gone = withheld(filed)
    rows: list[tuple[Cell, ...]] = [
        (name, gone[name], None) if name in gone else (name, filed[name], _median(route))
        for name, route in routes.items()
    ]
    return Table(("Route", "Filed", "Median time to a decision"), tuple(rows))


def _median(route: _Route) -> str:
    found = survival_of(route.waits)
    return "fewer than five" if is_too_few(found.n) else in_days(found.median)


def _numbers(routes: dict[str, _Route]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (name, key, route.outcomes[key])
        for name, route in routes.items()
        for key in OUTCOMES
        if route.outcomes[key]
    )
