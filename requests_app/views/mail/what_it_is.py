"""A person says what a filed message is: the few things it may be, beside its words and files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from requests_app import ledger
from requests_app.actions.mail import read_mail
from requests_app.models import Communication, RecordsRequest, User
from requests_app.permissions import require
from requests_app.policy import acts
from requests_app.policy.rights import has_lapsed
from requests_app.views.lookup import attribution, person, today_in
from requests_app.views.mail.mail_lookup import address_of, filed_message
from requests_app.views.mail.possible_meanings import readings_of
from requests_app.views.responses import button


@require_POST
def mail_correspondence(request: HttpRequest, pk: int) -> HttpResponse:
    """None of the acts that are offered: it stays in the ledger as a message."""
    communication = filed_message(request, pk)
    require(person(request), "record_answer", communication.records_request)
    return button(
        request,
        lambda: read_mail.keep_as_correspondence(communication, by=attribution(request)),
        done="Kept as correspondence.",
        to=address_of(communication),
        onward=lambda _: next_unread(person(request), communication.records_request),
    )


def next_unread(user: User, records_request: RecordsRequest) -> str:
    """The address of the next message of which nobody said what it is, the same request's first;
    of the request, where there is none."""
    visible = RecordsRequest.objects.visible_to(user)
    unread = Communication.objects.unread().filter(records_request__in=visible).order_by("pk")
    found = unread.filter(records_request=records_request).first() or unread.first()
    if found is None:
        return reverse("request_page", args=[records_request.public_id])
    return address_of(found)


def what_it_may_be(communication: Communication | None, user: User) -> dict[str, Any]:
    """The desk's readings first, then every act of the city's that can be recorded now."""
    if communication is None or not communication.waits_to_be_read:
        return {"filed": communication, "is_unread": False}
    request = communication.records_request
    readings = readings_of(communication, request)
    read_as = {reading.act for reading in readings}
    offered = acts_of_the_city(request, user)
    return {
        "filed": communication,
        "readings": readings,
        "acts": [act for act in offered if act["slug"] not in read_as],
        "is_unread": True,
    }


def acts_of_the_city(records_request: RecordsRequest, user: User) -> list[dict[str, Any]]:
    """All that can be recorded of the city now, for this person."""
    standing = ledger.standing_for(records_request)
    return acts.offered(
        acts.ANSWERS,
        records_request,
        user,
        happened=set(records_request.events.effective().values_list("kind", flat=True)),
        is_late=has_lapsed(standing, on=today_in(records_request.city)),
    )
