"""Requests and deadlines as JSON. Dates are days in the city's own time zone."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests_app.models import Deadline, Headline, RecordsRequest
from requests_app.policy.shown_facts import FACTS, for_programs
from requests_app.vocabulary.headlines import NextStep, Section, Turn


class CountedDaySerializer(serializers.Serializer[Any]):
    """A day, or a run of days through `until`; without a number it is not counted, and why."""

    on = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    number = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()


class ReadingSerializer(serializers.Serializer[Any]):
    """Another date that the law may be read to give."""

    name = serializers.CharField()
    on = serializers.DateField()
    why = serializers.CharField()


class ExplanationSerializer(serializers.Serializer[Any]):
    """Why a deadline is due when it is."""

    rule = serializers.CharField()
    citation = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)
    confidence = serializers.ChoiceField(choices=["found", "second_hand", "unverified"])
    unsettled = serializers.CharField()
    days = CountedDaySerializer(many=True)
    readings = ReadingSerializer(many=True)
    remarks = serializers.ListField(child=serializers.CharField())
    not_computed_before = serializers.IntegerField(required=False)  # a year: then it has no dates


class ClockInShortSerializer(serializers.ModelSerializer[Deadline]):
    """A clock without its reasons. `whose`: the city's, ours, or the body's that decides."""

    class Meta:
        model = Deadline
        fields = ["clock", "route", "whose", "status", "due_on", "latest_on"]


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    """One clock. `due_on` is the day that cannot hurt us; the others are other readings. A day that
    a person entered, such as a hearing, may have an hour, on the city's clock, and a place."""

    name = serializers.SerializerMethodField()
    explanation = serializers.SerializerMethodField()
    text = serializers.CharField(read_only=True)

    class Meta:
        model = Deadline
        fields = [
            "clock", "name", "route", "occurrence", "whose", "status", "is_reminder", "starts_on",
            "due_on", "hour", "place", "earliest_on", "latest_on", "nominal_on", "met_on",
            "explanation", "text",
        ]  # fmt: skip

    def get_name(self, deadline: Deadline) -> str:
        """What the clock is called in a case file."""
        return deadline.described.name

    @extend_schema_field(ExplanationSerializer)
    def get_explanation(self, deadline: Deadline) -> dict[str, Any]:
        return dict(deadline.explanation)  # as it is stored, and as every page shows it


class HeadlineSerializer(serializers.Serializer[Headline]):
    """What the board says of an open request today, on the day that it is in its city.

    `clock` is the one that matters most, `window` our own time for a challenge that ends first;
    either is null where none runs. `turn`: whose move is next.
    """

    section = serializers.ChoiceField(choices=Section.choices)
    turn = serializers.ChoiceField(choices=Turn.choices)
    step = serializers.ChoiceField(choices=NextStep.choices)
    title = serializers.CharField(source="get_step_display")
    is_late = serializers.BooleanField()
    clock = ClockInShortSerializer(allow_null=True)
    window = ClockInShortSerializer(allow_null=True)


IN_SHORT = ("clock", "route", "whose", "status", "due_on", "latest_on")


def headline_as_shown(headline: Headline) -> dict[str, Any]:
    """As `HeadlineSerializer` declares it."""
    clocks = {"clock": headline.clock, "window": headline.window}
    return {
        "section": headline.section,
        "turn": headline.turn,
        "step": headline.step,
        "title": headline.get_step_display(),
        "is_late": headline.is_late,
        **{
            name: {key: getattr(clock, key) for key in IN_SHORT} if clock else None
            for name, clock in clocks.items()
        },
    }


class RequestSerializer(serializers.ModelSerializer[RecordsRequest]):
    """One request, without its letters and ledger: every fact that is declared of a request.

    `headline` is null once it is over.
    """

    headline = serializers.SerializerMethodField()

    url = serializers.HyperlinkedIdentityField(view_name="api_request", lookup_field="public_id")
    deadlines_url = serializers.HyperlinkedIdentityField(
        view_name="api_deadlines", lookup_field="public_id"
    )

    class Meta:
        model = RecordsRequest
        fields = ["public_id", *(fact.key for fact in FACTS), "headline", "url", "deadlines_url"]

    @extend_schema_field(HeadlineSerializer(allow_null=True))
    def get_headline(self, request: RecordsRequest) -> dict[str, Any] | None:
        [headline] = request.standing or [None]  # type: ignore[attr-defined]  # reading.seen
        return headline_as_shown(headline) if headline else None

    def to_representation(self, instance: RecordsRequest) -> dict[str, Any]:
        """What the declared fields give, without asking each of them fifty times a page."""
        here = f"{self._all_requests}{instance.public_id}/"
        return {
            "public_id": instance.public_id,
            **{
                name: str(value) if isinstance(value, Decimal) else value
                for name, value in for_programs(instance, with_private=True).items()
            },
            "headline": self.get_headline(instance),
            "url": here,
            "deadlines_url": f"{here}deadlines/",
        }

    @cached_property
    def _all_requests(self) -> str:
        """The address that each request's begins with."""
        return str(self.context["request"].build_absolute_uri(reverse("api_requests")))

    def build_field(self, field_name: str, *args: Any) -> Any:
        """As the model says; a fact whose value lies elsewhere, from there."""
        source = next((fact.source for fact in FACTS if fact.key == field_name), "")
        if not source:
            return super().build_field(field_name, *args)
        return serializers.CharField, {"source": source, "allow_null": True, "read_only": True}
