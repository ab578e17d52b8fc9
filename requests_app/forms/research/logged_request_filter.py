"""The search and filters of the requests that were logged from elsewhere."""

from typing import Any

import django_filters
from django.db.models import Q

from cities.schema.load import all_cities
from requests_app.forms.filter_choices import StrictFilterSet, choice_of, projects_of
from requests_app.forms.research.log_filter import ELSEWHERE
from requests_app.models import LoggedRequest, Newsroom
from requests_app.models.research.logged_request import LoggedRequestQuerySet
from requests_app.research.places import label_of
from requests_app.vocabulary.research.log_statuses import LogStatus

CHALLENGED, UNCHALLENGED = "yes", "no"


class LoggedRequestFilter(StrictFilterSet):
    """Each says for itself what it is called."""

    READS = "Subject, number, place, agency, log"

    q = django_filters.CharFilter(method="search", label="Search")
    city = choice_of("City", "Any city", method="of_city")
    status = choice_of("Status", "Any status", choices=LogStatus.choices)
    challenged = choice_of(
        "Challenged or not",
        "Challenged or not",
        choices=[(UNCHALLENGED, "Without a challenge"), (CHALLENGED, "With a challenge")],
        method="challenged_or_not",
    )
    project = choice_of("Project", "Any project", field_name="project")

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = [(city.slug, label_of(city)) for city in all_cities()]
        self.filters["city"].extra["choices"] = [*cities, (ELSEWHERE, "Elsewhere")]
        self.filters["project"].extra["choices"] = projects_of(newsroom.pk)

    def search(self, found: LoggedRequestQuerySet, _name: str, words: str) -> Any:
        return found.filter(
            Q(subject__icontains=words)
            | Q(reference__icontains=words)
            | Q(place__icontains=words)
            | Q(agency__icontains=words)
            | Q(source__icontains=words)
        )

    def of_city(self, found: LoggedRequestQuerySet, _name: str, slug: str) -> Any:
        return found.filter(city_slug="" if slug == ELSEWHERE else slug)

    def challenged_or_not(self, found: LoggedRequestQuerySet, _name: str, said: str) -> Any:
        return found.challenged() if said == CHALLENGED else found.unchallenged()

    class Meta:
        model = LoggedRequest
        fields: list[str] = []
