"""From an address to the thing it names, if this person may see it; otherwise a 404."""

from datetime import date, datetime
from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cities.schema.city import City
from cities.schema.load import city_slugs, load_city
from requests_app.ledger.attribution import Attribution
from requests_app.models import Appeal, Delivery, Membership, Newsroom, RecordsRequest, User


def now() -> datetime:
    """The edge's clock: what is further in takes `at=`."""
    return timezone.now()


def person(request: HttpRequest) -> User:
    """Who is signed in. LoginRequiredMiddleware has seen to it that somebody is."""
    return cast(User, request.user)


def attribution(request: HttpRequest) -> Attribution:
    """Who does what this request of a browser asks for, and when: the `by` of every verb."""
    return Attribution(person(request), now())


def membership_of(request: HttpRequest) -> Membership:
    """The person's place in a newsroom; a 404 for an operator who has none."""
    membership: Membership | None = getattr(request.user, "membership", None)
    if membership is None:
        raise Http404("You belong to no newsroom. Ask its admin to add you.")
    return membership


def newsroom_of(request: HttpRequest) -> Newsroom:
    return membership_of(request).newsroom


def visible_request(request: HttpRequest, public_id: str) -> RecordsRequest:
    requests = RecordsRequest.objects.visible_to(person(request))
    return get_object_or_404(
        requests.select_related("newsroom", "created_by", "assigned_to"), public_id=public_id
    )


def visible_appeal(request: HttpRequest, pk: int) -> Appeal:
    appeals = Appeal.objects.filter(
        records_request__in=RecordsRequest.objects.visible_to(person(request))
    )
    return get_object_or_404(appeals.select_related("records_request__newsroom"), pk=pk)


def visible_delivery(request: HttpRequest, pk: int) -> Delivery:
    deliveries = Delivery.objects.filter(
        records_request__in=RecordsRequest.objects.visible_to(person(request))
    )
    return get_object_or_404(deliveries.select_related("records_request__newsroom"), pk=pk)


def city_at(state: str, city: str) -> City:
    slug = f"{state}/{city}"
    if slug not in city_slugs():
        raise Http404(f"This desk knows no city {slug}.")
    return load_city(slug)


def today_in(city: City) -> date:
    """The day it is there now."""
    return city.local_date(now())
