"""Challenges of requests: each with its letter, and the newsroom's own reminders."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.requests.appeals import mark_of
from requests_app.api.protocol.versions import quoted
from requests_app.api.protocol.views import ReadMany, ReadOne
from requests_app.api.reading.ledger import LetterSerializer
from requests_app.api.reading.seen import appeal_at, person, visible, visible_appeals
from requests_app.models import Appeal, AppealOutcome, Letter, PersonalReminder
from requests_app.models.requests.appeal import AppealQuerySet
from requests_app.ordered_places import Order


class AppealSerializer(serializers.ModelSerializer[Appeal]):
    """One step of a challenge. `outcome` is empty until it is decided."""

    request = serializers.HyperlinkedRelatedField(  # type: ignore[var-annotated]
        source="records_request",
        view_name="api_request",
        lookup_field="public_id",
        read_only=True,
    )
    route_name = serializers.CharField(source="pack_route.name")
    body = serializers.CharField(source="pack_route.body")
    outcome = serializers.ChoiceField(choices=AppealOutcome.choices, allow_blank=True)
    url = serializers.HyperlinkedIdentityField(view_name="api_appeal", lookup_field="pk")

    class Meta:
        model = Appeal
        fields = [
            "id", "url", "request", "route", "route_name", "body", "answers", "subject", "state",
            "outcome", "body_reference", "filed_on", "decided_on", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class AppealList(ReadMany):
    """The challenges of the requests that you see, the newest first."""

    serializer_class = AppealSerializer
    queryset = Appeal.objects.none()
    order = Order()

    def get_queryset(self) -> AppealQuerySet:
        return visible_appeals(self.request).defer("letter_text", "composed_text")


class AppealDetail(ReadOne):
    """One challenge."""

    serializer_class = AppealSerializer
    lookup_field = "pk"
    queryset = Appeal.objects.none()

    def get_queryset(self) -> AppealQuerySet:
        return visible_appeals(self.request)


class AppealLetterSerializer(serializers.Serializer[Appeal]):
    """The words of its letter as they stand. Its ETag is wanted by whoever writes it anew."""

    text = serializers.CharField(source="letter_text")


class AppealLetter(ReadOne):
    """The letter of a challenge, as it is drafted or was filed."""

    serializer_class = AppealLetterSerializer
    lookup_field = "pk"
    queryset = Appeal.objects.none()

    def get_queryset(self) -> AppealQuerySet:
        return visible_appeals(self.request)

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        appeal = self.get_object()
        answer = self.retrieve(request)
        answer.headers["ETag"] = quoted(mark_of(appeal.letter_text))
        return answer


class FilingList(ReadMany):
    """The letters of a challenge that were issued: its filing, and those that followed it."""

    serializer_class = LetterSerializer
    queryset = Appeal.objects.none()
    order = Order(newest_first=False)

    def get_queryset(self) -> QuerySet[Letter]:
        appeal = appeal_at(self.request, self.kwargs["pk"])
        return appeal.letters.select_related("issued_by").defer("pdf", "facts", "departures")


class ReminderSerializer(serializers.ModelSerializer[PersonalReminder]):
    """Something that you asked to be reminded of. Nobody else sees it."""

    request = serializers.HyperlinkedRelatedField(  # type: ignore[var-annotated]
        source="records_request",
        view_name="api_request",
        lookup_field="public_id",
        read_only=True,
    )

    class Meta:
        model = PersonalReminder
        fields = ["id", "request", "due_on", "note", "created_at", "done_at"]
        read_only_fields = fields


class ReminderList(ReadMany):
    """Your own reminders, the newest first."""

    serializer_class = ReminderSerializer
    queryset = PersonalReminder.objects.none()
    order = Order()

    def get_queryset(self) -> QuerySet[PersonalReminder]:
        mine = PersonalReminder.objects.filter(user=person(self.request))
        seen = mine.filter(records_request__in=visible(self.request))
        return seen.select_related("records_request")
