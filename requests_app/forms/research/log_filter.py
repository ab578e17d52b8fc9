"""The appeal log's search and filters."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q

from cities.schema.load import all_cities
from requests_app.forms.filter_choices import StrictFilterSet, choice_of, people_of, projects_of
from requests_app.models import (
    AppealOutcome,
    AppealState,
    ClaimedExemption,
    LogEntry,
    Newsroom,
)
from requests_app.models.research.log_entry import LogEntryQuerySet
from requests_app.research.places import label_of
from requests_app.vocabulary.research.exemption_outcomes import Became
from requests_app.vocabulary.research.grounds import Challenged

ELSEWHERE = "elsewhere"
TRACKED, LOGGED = "tracked", "logged"


class LogFilter(StrictFilterSet):
    """Each says for itself what it is called."""

    READS = "Subject, docket, body, exemption"

    q = django_filters.CharFilter(method="search", label="Search")
    city = choice_of("City", "Any city", method="of_city")
    state = choice_of("Where it stands", "Any state", choices=AppealState.choices)
    outcome = choice_of("Outcome", "Any outcome", choices=AppealOutcome.choices)
    answers = choice_of("What is challenged", "Any challenge", choices=Challenged.choices)
    became = choice_of(
        "An exemption",
        "Any exemption",
        choices=[(one.value, f"Exemption {one.label.lower()}") for one in Became],
        method="with_exemption_that",
    )
    kind = choice_of(
        "Tracked or logged",
        "Tracked or logged",
        choices=[(TRACKED, "Tracked here"), (LOGGED, "Logged")],
        method="tracked_or_logged",
    )
    owner = choice_of("Reporter", "Anyone's", method="of_owner")
    project = choice_of("Project", "Any project", field_name="project")
    year = django_filters.NumberFilter(
        method="filed_in",
        label="Filed in",
        min_value=1900,
        max_value=2200,
        widget=forms.NumberInput({"placeholder": "Filed in the year"}),
        error_messages={"invalid": "Write the year of filing in four digits, such as 2024."},
    )

    def __init__(self, *args: Any, newsroom: Newsroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = [(city.slug, label_of(city)) for city in all_cities()]
        self.filters["city"].extra["choices"] = [*cities, (ELSEWHERE, "Elsewhere")]
        self.filters["owner"].extra["choices"] = people_of(newsroom.pk)
        self.filters["project"].extra["choices"] = projects_of(newsroom.pk)

    def search(self, found: LogEntryQuerySet, _name: str, words: str) -> Any:
        claimed = ClaimedExemption.objects.filter(
            Q(as_claimed__icontains=words) | Q(citation__icontains=words)
        )
        return found.filter(
            Q(records_request__subject__icontains=words)
            | Q(records_request__reference__icontains=words)
            | Q(logged_request__subject__icontains=words)
            | Q(logged_request__place__icontains=words)
            | Q(logged_request__agency__icontains=words)
            | Q(body__icontains=words)
            | Q(docket__icontains=words)
            | Q(order_number__icontains=words)
            | Q(pk__in=claimed.values("entry"))
        )

    def of_city(self, found: LogEntryQuerySet, _name: str, slug: str) -> Any:
        return found.filter(city_slug="" if slug == ELSEWHERE else slug)

    def with_exemption_that(self, found: LogEntryQuerySet, _name: str, became: str) -> Any:
        return found.filter(pk__in=ClaimedExemption.objects.filter(became=became).values("entry"))

    def tracked_or_logged(self, found: LogEntryQuerySet, _name: str, kind: str) -> Any:
        return found.tracked() if kind == TRACKED else found.logged()

    def of_owner(self, found: LogEntryQuerySet, _name: str, person: str) -> Any:
        request = "records_request__"
        return found.filter(
            Q(**{f"{request}assigned_to": person})
            | Q(**{f"{request}assigned_to": None, f"{request}created_by": person})
            | Q(records_request=None, created_by=person)
        )

    def filed_in(self, found: LogEntryQuerySet, _name: str, year: Any) -> Any:
        first, last = date(int(year), 1, 1), date(int(year), 12, 31)
        return found.filter(filed_on__range=(first, last))

    class Meta:
        model = LogEntry
        fields: list[str] = []
