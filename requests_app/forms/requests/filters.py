"""The list's search and filters."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from cities.schema.load import all_cities
from requests_app.forms.filter_choices import (
    StrictFilterSet,
    choice_of,
    day_of,
    people_of,
    projects_of,
)
from requests_app.forms.search import SearchWordsField
from requests_app.models import Event, Headline, RecordsRequest, RequestState
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.search.finding import files_saying
from requests_app.search.indexes import REQUESTS
from requests_app.search.says import says
from requests_app.search.words import SearchWords
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked
from requests_app.vocabulary.kinds_of_request import NAMES

NO_PROJECT = "none"
FEES = {
    "quoted": ("A fee was quoted", Q(fees_estimated_on__isnull=False)),
    "unanswered": (
        "Quoted, unanswered",
        Q(fees_estimated_on__isnull=False, fees_answered_on=None),
    ),
    "unpaid": ("Quoted, unpaid", Q(fees_estimated_on__isnull=False, fees_settled_on=None)),
    "none": ("No fee quoted", Q(fees_estimated_on=None)),
}
LONGEST_EXEMPTION = 80  # characters


class SearchFilter(django_filters.Filter):
    field_class = SearchWordsField


class RequestFilter(StrictFilterSet):
    """Each says for itself what it is called. Dates are days, both ends of a span within it."""

    READS = "Words, files"
    FOLDED = (
        "kind", "office", "project", "fee", "exemption",
        "filed_from", "filed_until", "due_from", "due_until",
    )  # fmt: skip

    q = SearchFilter(method="search", label="Search")
    state = choice_of("State", "Any state", choices=RequestState.choices)
    city = choice_of("City", "Any city", field_name="city_slug")
    owner = choice_of("Reporter", "Anyone's", method="of_owner")
    late = choice_of("Late", "Late or not", choices=[("1", "Late")], method="only_late")
    kind = choice_of("Kind of request", "Any kind", choices=list(NAMES.items()))
    office = choice_of("Office", "Any office", method="of_office")
    project = choice_of("Project", "Any project", method="in_project")
    fee = choice_of(
        "Fee",
        "Any fee",
        choices=[(name, label) for name, (label, _) in FEES.items()],
        method="with_fee",
    )
    exemption = django_filters.CharFilter(
        method="claiming",
        label="Exemption claimed",
        max_length=LONGEST_EXEMPTION,
        widget=forms.TextInput({"placeholder": "As the city wrote it"}),
    )
    filed_from = day_of("Filed from", field_name="submitted_on", lookup_expr="gte")
    filed_until = day_of("Filed until", field_name="submitted_on", lookup_expr="lte")
    due_from = day_of("Due from", method="due")
    due_until = day_of("Due until", method="due")

    def __init__(self, *args: Any, newsroom_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = all_cities()
        self.filters["city"].extra["choices"] = [(one.slug, one.name) for one in cities]
        self.filters["office"].extra["choices"] = [
            (f"{city.slug}:{office.role}", f"{city.name}: {office.name}")
            for city in cities
            for office in city.offices
        ]
        self.filters["owner"].extra["choices"] = people_of(newsroom_id)
        projects = projects_of(newsroom_id)
        self.filters["project"].extra["choices"] = lambda: [
            (NO_PROJECT, "In no project"),
            *projects(),
        ]

    def search(self, found: RecordsRequestQuerySet, _name: str, asked: SearchWords) -> Any:
        return found.filter(
            says(REQUESTS, asked) | Q(pk__in=files_saying(asked).values("records_request"))
        )

    def of_owner(self, found: RecordsRequestQuerySet, _name: str, person: str) -> Any:
        return found.filter(Q(assigned_to=person) | Q(assigned_to=None, created_by=person))

    def only_late(self, found: RecordsRequestQuerySet, _name: str, value: str) -> Any:
        late = Headline.objects.standing(at=timezone.now()).filter(is_late=True)
        return found.filter(pk__in=late.values("records_request"))

    def of_office(self, found: RecordsRequestQuerySet, _name: str, office: str) -> Any:
        slug, _, role = office.rpartition(":")
        return found.filter(city_slug=slug, office_role=role)

    def in_project(self, found: RecordsRequestQuerySet, _name: str, project: str) -> Any:
        return found.filter(project=None if project == NO_PROJECT else int(project))

    def with_fee(self, found: RecordsRequestQuerySet, _name: str, fee: str) -> Any:
        return found.filter(FEES[fee][1])

    def claiming(self, found: RecordsRequestQuerySet, _name: str, exemption: str) -> Any:
        """As the city wrote it when it refused, whatever became of it."""
        refusals = Event.objects.effective().filter(
            kind__in=kinds_marked(Mark.WITHHOLDS), data__exemptions__icontains=exemption
        )
        return found.filter(pk__in=refusals.values("records_request"))

    def due(self, found: RecordsRequestQuerySet, name: str, day: Any) -> Any:
        """By the day that stands on the board: what is over has none."""
        end = "gte" if name == "due_from" else "lte"
        standing = Headline.objects.standing(at=timezone.now())
        due = standing.filter(**{f"clock__due_on__{end}": day})
        return found.filter(pk__in=due.values("records_request"))

    @property
    def qs(self) -> Any:
        """Without the drafts that were discarded, unless they are what is asked for."""
        found = super().qs
        if self.form.is_valid() and self.form.cleaned_data.get("state") == RequestState.DISCARDED:
            return found
        return found.without_discarded()

    class Meta:
        model = RecordsRequest
        fields: list[str] = []
