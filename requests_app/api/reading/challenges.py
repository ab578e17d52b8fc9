"""What stands behind a drafted challenge, and the days of one that is filed."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from requests_app.actions.filings.checklist import ChecklistLine, checklist
from requests_app.api.protocol.views import ApiView, ReadMany
from requests_app.api.reading.seen import appeal_at, person
from requests_app.models import Appeal, EventKind, Exhibit
from requests_app.ordered_places import Order
from requests_app.permissions import require


class ExhibitSerializer(serializers.ModelSerializer[Exhibit]):
    """One paper behind the letter. `paper` is what it is made of; `problem` stands in the way."""

    paper = serializers.CharField(source="kind_of_paper")
    beside = serializers.ListField(child=serializers.CharField(), source="names_beside")
    needs_settling = serializers.BooleanField()

    class Meta:
        model = Exhibit
        fields = [
            "id", "position", "title", "bundle_part", "paper", "page_count", "beside",
            "needs_settling", "problem",
        ]  # fmt: skip
        read_only_fields = fields


def shown_exhibit(exhibit: Exhibit) -> Exhibit:
    named = {"letter": exhibit.letter_id, "message": exhibit.communication_id}
    exhibit.kind_of_paper = next((name for name, pk in named.items() if pk), "file")  # type: ignore[attr-defined]
    exhibit.names_beside = [one["name"] for one in exhibit.beside]  # type: ignore[attr-defined]
    return exhibit


class ExhibitList(ReadMany):
    """The exhibits of a challenge, by their place; `position` gives the order on its letter."""

    serializer_class = ExhibitSerializer
    queryset = Exhibit.objects.none()
    order = Order(newest_first=False)

    def get_queryset(self) -> QuerySet[Exhibit]:
        appeal = appeal_at(self.request, self.kwargs["pk"])
        require(person(self.request), "edit_appeal", appeal)
        return Exhibit.objects.filter(appeal=appeal)

    def paginate_queryset(self, queryset: Any) -> Any:
        rows = super().paginate_queryset(queryset) or []
        return [shown_exhibit(row) for row in rows]


class ChallengeDaySerializer(serializers.Serializer[Any]):
    """A day of a filed challenge as it stands. `number` is what its address names it by."""

    number = serializers.IntegerField(source="day")
    kind = serializers.CharField(source="what")
    name = serializers.CharField(allow_blank=True)
    whose = serializers.CharField(allow_blank=True)
    due_on = serializers.CharField()
    hour = serializers.CharField(allow_blank=True)
    place = serializers.CharField(allow_blank=True)


def days_of(appeal: Appeal) -> dict[int, dict[str, Any]]:
    """By their number the days that were entered, each as it was entered last."""
    entries = appeal.events.effective().filter(kind=EventKind.DAY_ENTERED).in_order()
    return {event.data["day"]: event.data for event in entries}


class ChallengeDayList(ApiView):
    """The days that people entered on a challenge: a hearing, a brief, what its body announced."""

    http_method_names = ["get", "head"]
    serializer_class = ChallengeDaySerializer
    pagination_class = None

    @extend_schema(responses=ChallengeDaySerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = days_of(appeal_at(request, pk)).values()
        return Response(ChallengeDaySerializer(rows, many=True).data)


class RequirementSerializer(serializers.Serializer[Any]):
    """One line of what a body requires of a filing. `is_met`: by what the desk knows, or by a
    person's word; what is mandatory and unmet stops the filing."""

    slug = serializers.CharField(source="requirement.slug")
    text = serializers.CharField(source="requirement.text")
    why = serializers.CharField(source="requirement.why")
    is_mandatory = serializers.BooleanField(source="requirement.is_mandatory")
    is_met = serializers.BooleanField()
    is_for_a_person = serializers.BooleanField()
    lacking = serializers.ListField(child=serializers.CharField())


def requirements_of(appeal: Appeal) -> list[ChecklistLine]:
    on = appeal.records_request.city.local_date(timezone.now())
    return checklist(appeal, on=on)


class RequirementList(ApiView):
    """The checklist of a challenge, in the order of its body's rules."""

    http_method_names = ["get", "head"]
    serializer_class = RequirementSerializer
    pagination_class = None

    @extend_schema(responses=RequirementSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        rows = requirements_of(appeal_at(request, pk))
        return Response(RequirementSerializer(rows, many=True).data)
