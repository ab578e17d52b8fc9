"""What another program may read: what the person whose token it carries sees on the pages."""

from typing import cast

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request

from requests_app.api.serializers import DeadlineSerializer, RequestSerializer
from requests_app.models import Deadline, Headline, RecordsRequest, User


def visible(request: Request) -> QuerySet[RecordsRequest]:
    """The one rule of who sees what, as on every page."""
    found = RecordsRequest.objects.visible_to(cast(User, request.user))
    standing = Headline.objects.standing(at=timezone.now()).with_clocks()
    found = found.prefetch_related(Prefetch("headlines", queryset=standing, to_attr="standing"))
    return found.select_related("created_by", "assigned_to").defer("letter_text")


class RequestList(ListAPIView[RecordsRequest]):
    """The requests you see, the newest first."""

    serializer_class = RequestSerializer
    queryset = RecordsRequest.objects.none()

    def get_queryset(self) -> QuerySet[RecordsRequest]:
        return visible(self.request).order_by("-pk")


class RequestDetail(RetrieveAPIView[RecordsRequest]):
    """One request."""

    serializer_class = RequestSerializer
    lookup_field = "public_id"
    queryset = RecordsRequest.objects.none()

    def get_queryset(self) -> QuerySet[RecordsRequest]:
        return visible(self.request)


class DeadlineList(ListAPIView[Deadline]):
    """A request's deadlines, the next due first, each with its whole explanation."""

    serializer_class = DeadlineSerializer
    queryset = Deadline.objects.none()
    pagination_class = None

    def get_queryset(self) -> QuerySet[Deadline]:
        of = get_object_or_404(visible(self.request), public_id=self.kwargs["public_id"])
        return Deadline.objects.filter(records_request=of).order_by("due_on", "clock", "pk")
