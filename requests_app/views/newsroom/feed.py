"""A person's deadlines as a calendar that other programs subscribe to."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar, Event

from requests_app.actions.newsroom import access
from requests_app.models import Deadline, RecordsRequest
from requests_app.models.requests.city_days import on_city_days
from requests_app.models.requests.records_request import RecordsRequestQuerySet
from requests_app.policy.clock_pill import before_whom
from requests_app.views.lookup import now
from requests_app.vocabulary.clocks import LAST_DAY

# A calendar is read by its next days. What is more than a month late stands on the board.
SHOWN, BACK = 250, timedelta(days=31)


@login_not_required  # the token is the key: calendar programs cannot sign in
@require_safe
@conditional_page  # programs ask every few minutes, and mostly nothing has changed
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    at = now()
    feed = access.feed_of_token(token, at=at)
    if feed is None:
        raise Http404("This calendar's address does not work, or no longer.")
    access.note_use(feed, at=at)
    visible = RecordsRequest.objects.visible_to(feed.user)
    calendar = Calendar()
    calendar.add("prodid", "-//Records Desk//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Records Desk deadlines")
    rows = iter(_deadlines(visible, at=at))
    for deadline in islice(rows, SHOWN):
        calendar.add_component(_entry(deadline, at=at))
    if rest := next(rows, None):
        calendar.add_component(_rest(rest))
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    return answer


def _deadlines(visible: RecordsRequestQuerySet, *, at: datetime) -> QuerySet[Deadline]:
    """What is due from a month ago on, the next first, and one more than is shown."""
    recent = on_city_days(
        lambda today: Q(due_on__gte=today - BACK), at=at, city="records_request__city_slug"
    )
    found = Deadline.objects.that_matter().filter(recent, records_request__in=visible)
    return (
        found.select_related("records_request")
        .defer("records_request__letter_text", "records_request__particulars")
        .order_by("due_on", "pk")[: SHOWN + 1]
    )


def _entry(deadline: Deadline, *, at: datetime) -> Event:
    """A whole day, with the reasons for it in the description."""
    request = deadline.records_request
    page = f"{settings.BASE_URL}{reverse('request_page', args=[request.public_id])}"
    entry = _at_its_hour(deadline) if deadline.hour else _on(deadline.due_on, request.changed_at)
    if deadline.place:
        entry.add("location", deadline.place)
    entry.add("uid", f"{request.public_id}-{deadline.clock}-{deadline.route}-{deadline.occurrence}")
    entry.add("summary", f"{request.city.name}: {_what(deadline, at)} · {request.subject}")
    entry.add("description", f"{request.reference}\n{deadline.text}\n\n{page}")
    entry.add("url", page)
    return entry


def _at_its_hour(deadline: Deadline) -> Event:
    """A hearing begins at an hour on the city's clock; nobody knows when it ends."""
    assert deadline.due_on is not None
    assert deadline.hour is not None
    begins = datetime.combine(deadline.due_on, deadline.hour, deadline.records_request.city.tz)
    entry = Event()
    entry.add("dtstamp", deadline.records_request.changed_at)
    entry.add("dtstart", begins.astimezone(UTC))
    return entry


def _rest(first: Deadline) -> Event:
    """Where the calendar ends though the deadlines do not: never without saying so."""
    entry = _on(first.due_on, first.records_request.changed_at)
    entry.add("uid", "more-on-the-board")
    entry.add("summary", "Records Desk: from this day on, more is due than this calendar shows")
    board = f"{settings.BASE_URL}{reverse('board')}"
    entry.add("description", f"It holds {SHOWN} deadlines. All of them stand on the board: {board}")
    entry.add("url", board)
    return entry


def _on(day: date | None, made_at: datetime) -> Event:
    """Made when its request last changed, so that the same calendar is the same bytes."""
    assert day is not None  # running clocks have their days
    entry = Event()
    entry.add("dtstamp", made_at)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    return entry


def _what(deadline: Deadline, at: datetime) -> str:
    """Whose last day it is, and for what; what only a silence would start says so."""
    clock = deadline.described
    if clock.is_entered:
        return f"{clock.name}{before_whom(deadline)}"
    if deadline.is_reminder:
        return "newsroom reminder" if deadline.whose == "ours" else clock.purpose
    today = deadline.records_request.city.local_date(at)
    unless = ", if the city stays silent" if deadline.status_on(today) == "projected" else ""
    return f"{LAST_DAY[deadline.whose]} {clock.duty}{before_whom(deadline)}{unless}"
