"""Requests, and what the board says of the open ones."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from requests_app.api.protocol.problems import FieldError, not_valid
from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.request_facts import (
    DeadlineSerializer,
    HeadlineSerializer,
    RequestSerializer,
)
from requests_app.api.reading.seen import person, request_at, visible, with_headlines
from requests_app.forms.requests.filters import RequestFilter
from requests_app.models import Deadline, Headline, RecordsRequest
from requests_app.models.requests.headline import HeadlineQuerySet
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.ordered_places import BY_DAY, MADE_AT, Order
from requests_app.vocabulary.headlines import Section


class RequestList(ReadMany):
    """The requests you see, the newest first, searched and filtered as on the page."""

    serializer_class = RequestSerializer
    queryset = RecordsRequest.objects.none()
    order = Order(MADE_AT)

    def query_parameters(self) -> list[dict[str, Any]]:
        return filter_parameters()

    def get_queryset(self) -> RecordsRequestQuerySet:
        return with_headlines(filtered(self.request))


def filtered(request: Request) -> RecordsRequestQuerySet:
    """By the filter of the page. Problem: it does not know a value, which a page would tell."""
    if not RequestFilter.base_filters.keys() & request.query_params.keys():
        return visible(request).without_discarded()  # nothing to judge: no form, nobody's names
    newsroom_id = person(request).membership.newsroom_id
    found = RequestFilter(request.query_params, queryset=visible(request), newsroom_id=newsroom_id)
    if not found.form.is_valid():
        raise not_valid(
            FieldError(str(problem), parameter=name)
            for name, problems in found.form.errors.items()
            for problem in problems
        )
    requests: RecordsRequestQuerySet = found.qs
    return requests


def filter_parameters() -> list[dict[str, Any]]:
    """As the page's own filter has them."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": one.label,
            "schema": {"type": "string"},
        }
        for name, one in RequestFilter.base_filters.items()
    ]


class RequestDetail(ReadOne):
    """One request: every fact of it, and what the board says of it today."""

    serializer_class = RequestSerializer
    lookup_field = "public_id"
    queryset = RecordsRequest.objects.none()

    def get_queryset(self) -> RecordsRequestQuerySet:
        return with_headlines(visible(self.request))


class DeadlineList(ReadMany):
    """A request's deadlines, the next due first, each with its whole explanation."""

    serializer_class = DeadlineSerializer
    queryset = Deadline.objects.none()
    pagination_class = None

    def get_queryset(self) -> Any:
        of = request_at(self.request, self.kwargs["public_id"])
        return Deadline.objects.filter(records_request=of).order_by("due_on", "clock", "pk")


class BoardRowSerializer(HeadlineSerializer):
    """What the board says of one open request today."""

    request = serializers.HyperlinkedRelatedField(  # type: ignore[var-annotated]
        source="records_request",
        view_name="api_request",
        lookup_field="public_id",
        read_only=True,
    )
    reference = serializers.CharField(source="records_request.reference")
    subject = serializers.CharField(source="records_request.subject")
    ranked_on = serializers.DateField(help_text="By this day the rows stand; 9999-12-31: by none.")


class Board(ReadMany):
    """The open requests you see, in one section of the board, the nearest day first.

    On the page, what waits for somebody else stands under “waiting”; here each stands in its own
    section, with `turn`, which says whose move it is.
    """

    serializer_class = BoardRowSerializer
    queryset = Headline.objects.none()
    order = BY_DAY
    section = ""

    def get_queryset(self) -> HeadlineQuerySet:
        standing = Headline.objects.standing(at=timezone.now()).with_clocks()
        found = standing.filter(section=self.section, records_request__in=visible(self.request))
        return found.select_related("clock", "window", "records_request").defer(
            "records_request__letter_text", "records_request__particulars"
        )


SECTIONS = tuple(Section.values)
