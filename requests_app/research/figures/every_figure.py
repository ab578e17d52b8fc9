"""All the figures, by the slugs that addresses and file names have."""

from collections.abc import Callable, Sequence

from requests_app.research.figures.backlog import backlog
from requests_app.research.figures.challenges import challenges
from requests_app.research.figures.endings import outcomes, ways_of_ending
from requests_app.research.figures.fees import fees
from requests_app.research.figures.figure import Figure
from requests_app.research.figures.lateness import late_acknowledgments, late_answers
from requests_app.research.figures.population import Population
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
}


def figures_of(population: Population, slugs: Sequence[str] = tuple(FIGURES)) -> list[Figure]:
    """Those, in their own order."""
    return [make(population) for slug, make in FIGURES.items() if slug in slugs]
