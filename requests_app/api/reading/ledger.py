"""What happened to a request: the entries of its ledger, its messages, letters and sendings."""

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from requests_app.api.protocol.views import ReadMany
from requests_app.api.reading.files import FileSerializer
from requests_app.api.reading.seen import request_at
from requests_app.models import (
    Communication,
    Delivery,
    Event,
    Letter,
    LetterCopy,
    RecordsRequest,
)
from requests_app.ordered_places import Order

OLDEST_FIRST = Order(newest_first=False)


class BelowARequest(ReadMany):
    """Rows of one request that this person sees, in the order in which they were entered."""

    order = OLDEST_FIRST

    def of(self) -> RecordsRequest:
        return request_at(self.request, self.kwargs["public_id"])


class EventSerializer(serializers.ModelSerializer[Event]):
    """One entry. `on` is the city's day of what happened; `stands` says that nothing strikes it."""

    name = serializers.CharField(source="get_kind_display")
    by = serializers.CharField(source="by.name", allow_null=True, default=None)
    stands = serializers.BooleanField()

    class Meta:
        model = Event
        fields = [
            "id", "kind", "name", "on", "recorded_at", "by", "data", "appeal", "delivery",
            "strikes", "in_place_of", "stands",
        ]  # fmt: skip
        read_only_fields = fields


class EventList(BelowARequest):
    """The ledger of a request, struck entries too, in the order in which they were entered."""

    serializer_class = EventSerializer
    queryset = Event.objects.none()

    def get_queryset(self) -> QuerySet[Event]:
        stands = Exists(Event.objects.effective().filter(pk=OuterRef("pk")))
        found = Event.objects.filter(records_request=self.of()).annotate(stands=stands)
        return found.select_related("by")


class CommunicationSerializer(serializers.ModelSerializer[Communication]):
    """One message, call, paper letter or visit, with its words and the list of its files.

    `waits_to_be_read`: no person has said yet what it is.
    """

    filed_by = serializers.CharField(source="filed_by.name", allow_null=True, default=None)
    waits_to_be_read = serializers.BooleanField()
    files = FileSerializer(source="attachments", many=True)

    class Meta:
        model = Communication
        fields = [
            "id", "event", "appeal", "direction", "channel", "on", "text", "filed_at", "filed_by",
            "waits_to_be_read", "read_at", "files",
        ]  # fmt: skip
        read_only_fields = fields


class CommunicationList(BelowARequest):
    """What went to and fro beside our letters. What was taken out again is not among it."""

    serializer_class = CommunicationSerializer
    queryset = Communication.objects.none()

    def get_queryset(self) -> QuerySet[Communication]:
        found = Communication.objects.filter(records_request=self.of(), taken_out_at=None)
        return found.select_related("filed_by").prefetch_related("attachments")


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter as it was issued. Its paper is at `pdf`."""

    issued_by = serializers.CharField(source="issued_by.name")
    pdf = serializers.HyperlinkedIdentityField(view_name="api_letter_pdf", lookup_field="pk")

    class Meta:
        model = Letter
        fields = [
            "id", "kind", "appeal", "subject", "text", "dated_on", "issued_at", "issued_by",
            "page_count", "sha256", "pdf",
        ]  # fmt: skip
        read_only_fields = fields


class CopySerializer(serializers.ModelSerializer[LetterCopy]):
    """A copy of a letter for somebody that it is not addressed to; `given_on` is null until then,
    or where it goes with the mail."""

    class Meta:
        model = LetterCopy
        fields = ["id", "letter", "name", "way", "to", "why", "is_required", "given_on"]
        read_only_fields = fields


class CopyList(BelowARequest):
    """The copies of a request's letters."""

    serializer_class = CopySerializer
    queryset = LetterCopy.objects.none()

    def get_queryset(self) -> QuerySet[LetterCopy]:
        return LetterCopy.objects.filter(letter__records_request=self.of())


class LetterList(BelowARequest):
    """Our letters of a request, as they were issued."""

    serializer_class = LetterSerializer
    queryset = Letter.objects.none()

    def get_queryset(self) -> QuerySet[Letter]:
        found = Letter.objects.filter(records_request=self.of())
        return found.select_related("issued_by").defer("pdf", "facts", "departures")


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One letter on its way, or arrived."""

    class Meta:
        model = Delivery
        fields = [
            "id", "letter", "appeal", "channel", "to_name", "to", "copies", "state", "part",
            "parts", "attempts", "not_before", "sent_at", "confirmation", "last_answer",
            "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class DeliveryList(BelowARequest):
    """How the letters of a request went out, or stand."""

    serializer_class = DeliverySerializer
    queryset = Delivery.objects.none()

    def get_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.filter(records_request=self.of())
