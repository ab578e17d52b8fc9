"""The list's search and filters."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cities.schema.load import all_cities
from requests_app.forms.search import SearchWordsField
from requests_app.models import (
    Headline,
    RecordsRequest,
    RequestState,
    User,
)
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.search.finding import files_saying
from requests_app.search.indexes import REQUESTS
from requests_app.search.says import says
from requests_app.search.words import SearchWords
from requests_app.vocabulary.kinds_of_request import NAMES


class PlainSelect(forms.Select):
    """The same element, drawn in one go: for every option Django draws a template, and whoever
    works in the newsroom is one. That was a quarter of the whole page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, mark_safe(" selected") if str(key) == chosen else "", label)
                for key, label in self.choices
            ),
        )
        attributes = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


def if_unknown(sentence: str) -> dict[str, str]:
    """What a filter says of a value that is none of its own; the others are followed."""
    return {"invalid_choice": sentence}


class SearchFilter(django_filters.Filter):
    field_class = SearchWordsField


class RequestFilter(django_filters.FilterSet):
    """Each says for itself what it is called, and what is shown where it cannot be followed."""

    q = SearchFilter(method="search", label="Search")
    state = django_filters.ChoiceFilter(
        choices=RequestState.choices,
        label="State",
        widget=PlainSelect,
        empty_label="Any state",
        error_messages=if_unknown("There is no state called “%(value)s”: every state is shown."),
    )
    city = django_filters.ChoiceFilter(
        field_name="city_slug",
        label="City",
        widget=PlainSelect,
        empty_label="Any city",
        error_messages=if_unknown("This desk knows no city “%(value)s”: every city is shown."),
    )
    kind = django_filters.ChoiceFilter(
        choices=list(NAMES.items()),
        label="Kind of request",
        widget=PlainSelect,
        empty_label="Any kind",
        error_messages=if_unknown("There is no kind called “%(value)s”: every kind is shown."),
    )
    owner = django_filters.ChoiceFilter(
        method="of_owner",
        label="Reporter",
        widget=PlainSelect,
        empty_label="Anyone's",
        error_messages=if_unknown("Nobody in this newsroom is that person: everyone’s are shown."),
    )
    late = django_filters.ChoiceFilter(
        choices=[("1", "Late")],
        method="only_late",
        label="Late",
        widget=PlainSelect,
        empty_label="Late or not",
        error_messages=if_unknown("“%(value)s” says nothing of lateness: late or not, all show."),
    )

    def __init__(self, *args: Any, newsroom_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["city"].extra["choices"] = [(c.slug, c.name) for c in all_cities()]
        people = User.objects.names_alone().filter(membership__newsroom_id=newsroom_id)
        self.filters["owner"].extra["choices"] = [
            (str(one.pk), str(one)) for one in people.order_by("name")
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
