"""The one rule of who sees what, for every address: from it to the thing it names, or a 404."""

from typing import cast

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.request import Request

from requests_app.models import Appeal, Headline, RecordsRequest, User
from requests_app.models.requests.appeal import AppealQuerySet
from requests_app.models.requests.records_request import RecordsRequestQuerySet


def person(request: Request) -> User:
    return cast(User, request.user)


def visible(request: Request) -> RecordsRequestQuerySet:
    return RecordsRequest.objects.visible_to(person(request))


def with_headlines(requests: RecordsRequestQuerySet) -> RecordsRequestQuerySet:
    """With what a list says of each: whose it is, and what the board says of it today."""
    standing = Headline.objects.standing(at=timezone.now()).with_clocks()
    found = requests.prefetch_related(Prefetch("headlines", queryset=standing, to_attr="standing"))
    return found.select_related("created_by", "assigned_to").defer(
        "letter_text", "created_by__password", "assigned_to__password"
    )


def request_at(request: Request, public_id: str) -> RecordsRequest:
    """For what is done to it, or lies below it."""
    found = visible(request).select_related("newsroom", "created_by", "assigned_to")
    return get_object_or_404(found, public_id=public_id)


def visible_appeals(request: Request) -> AppealQuerySet:
    return Appeal.objects.visible_to(person(request)).select_related("records_request__newsroom")


def appeal_at(request: Request, pk: int) -> Appeal:
    return get_object_or_404(visible_appeals(request), pk=pk)
