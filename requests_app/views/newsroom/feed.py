"""A person's deadlines as a calendar that other programs subscribe to."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from requests_app.models import CalendarFeed, Deadline, RecordsRequest
from requests_app.views.lookup import now
from requests_app.vocabulary.clocks import LAST_DAY, describe_clock


@login_not_required  # the token is the key: calendar programs cannot sign in
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feeds = CalendarFeed.objects.select_related("user__membership__newsroom")
    feed = get_object_or_404(feeds, token=token, user__is_active=True)
    visible = RecordsRequest.objects.visible_to(feed.user)
    deadlines = (
        Deadline.objects.running()
        .filter(records_request__in=visible)
        .select_related("records_request")
        .defer("records_request__letter_text", "records_request__particulars")
    )
    calendar = Calendar()
    calendar.add("prodid", "-//Records Desk//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Records Desk deadlines")
    for deadline in deadlines:
        calendar.add_component(_entry(deadline, at=now()))
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    return answer


def _entry(deadline: Deadline, *, at: datetime) -> Event:
    """A whole day, with the reasons for it in the description."""
    assert deadline.due_on is not None  # `running` leaves out those that have none
    request = deadline.records_request
    page = f"{settings.BASE_URL}{reverse('request_page', args=[request.public_id])}"
    entry = Event()
    entry.add("uid", f"{request.public_id}-{deadline.clock}-{deadline.route}-{deadline.occurrence}")
    entry.add("dtstamp", at)
    entry.add("dtstart", deadline.due_on)
    entry.add("dtend", deadline.due_on + timedelta(days=1))
    entry.add("summary", f"{request.city.name}: {_what(deadline, request)} · {request.subject}")
    entry.add("description", f"{request.reference}\n{deadline.text}\n\n{page}")
    entry.add("url", page)
    entry.add("transp", "TRANSPARENT")
    return entry


def _what(deadline: Deadline, request: RecordsRequest) -> str:
    """Whose last day it is, and for what; what only a silence would start says so."""
    clock = describe_clock(deadline.clock)
    if deadline.is_reminder:
        return "newsroom reminder" if deadline.whose == "ours" else clock.purpose
    today = request.city.local_date(now())
    unless = ", if the city stays silent" if deadline.status_on(today) == "projected" else ""
    return f"{LAST_DAY[deadline.whose]} {clock.duty}{unless}"
