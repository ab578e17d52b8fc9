"""All the figures, by the slugs that addresses and file names have."""

from collections.abc import Callable, Sequence

from requests_app.research.figures.backlog import backlog
from requests_app.research.figures.challenges import challenges
from requests_app.research.figures.codes import SLUG as CODES
from requests_app.research.figures.codes import codes_given
from requests_app.research.figures.endings import outcomes, ways_of_ending
from requests_app.research.figures.fees import fees
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.lateness import late_acknowledgments, late_answers
from requests_app.research.figures.logged_requests import SLUG as LOGGED
from requests_app.research.figures.logged_requests import logged_requests
from requests_app.research.figures.population import Population
from requests_app.research.figures.small_counts import without_small
from requests_app.research.figures.waits import (
    time_to_acknowledgement,
    time_to_determination,
    time_to_records,
)

FIGURES: dict[str, Callable[[Population], Figure]] = {
    "outcomes": outcomes,
    "acknowledgement": time_to_acknowledgement,
    "determination": time_to_determination,
    "records": time_to_records,
    "endings": ways_of_ending,
    "late-answers": late_answers,
    "late-acknowledgments": late_acknowledgments,
    "fees": fees,
    "appeals": challenges,
    "backlog": backlog,
    LOGGED: logged_requests,
}
# Without counting anything, for a page that asks which of them.
TITLES = {
    "outcomes": "What became of the requests",
    "acknowledgement": "Time to acknowledgment",
    "determination": "Time to an answer",
    "records": "Time to the first records",
    "endings": "How soon which answer came",
    "late-answers": "Late answers",
    "late-acknowledgments": "Late acknowledgments",
    "fees": "Fees asked and paid",
    "appeals": "Appeals by route and outcome",
    "backlog": "Backlog over time",
    LOGGED: "Requests logged from elsewhere",
}
# What everybody may be shown of a city: of the newsroom's own requests, and no other's.
PUBLISHABLE = [slug for slug in FIGURES if slug != LOGGED]


def figures_of(population: Population, slugs: Sequence[str] = tuple(FIGURES)) -> list[Figure]:
    """Those, in their own order; before them what the scope's variable was coded as, if any."""
    coded = [codes_given(population)] if population.scope.variable else []
    found = coded + [make(population) for slug, make in FIGURES.items() if slug in slugs]
    return [without_small(one) for one in found] if population.is_for_everybody else found


def figure_at(slug: str, population: Population) -> Figure | None:
    """None where the scope has no such figure."""
    if slug == CODES and population.scope.variable:
        return codes_given(population)
    make = FIGURES.get(slug)
    return make(population) if make else None
