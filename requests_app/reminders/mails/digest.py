"""The morning digest: what we are about to lose, what is late, what came in, what needs a hand.

Of each the first few are read, and how many there are. Editors read of the whole newsroom,
everybody else of what is theirs.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Q, QuerySet
from django.urls import reverse

from cities.calendar.business_days import CityCalendar, calendars
from cities.clocks.derive import Closure as LegalClosure
from cities.schema.load import PackErrors
from requests_app.ledger.chains import head_lines
from requests_app.models import (
    Closure,
    Deadline,
    Delivery,
    Event,
    Headline,
    InboundMail,
    Notice,
    NoticeState,
    PersonalReminder,
    RecordsRequest,
    ReminderKind,
    Role,
    User,
)
from requests_app.models.requests.city_days import on_city_days
from requests_app.policy.clock_pill import before_whom, tone_of
from requests_app.reminders.mails.followed_news import FollowedEntry, news_in
from requests_app.reminders.mails.how_far_off import distance, how_far_off
from requests_app.reminders.planning.due_reminders import clock_of
from requests_app.reminders.planning.readers import choices_of, policy_of, zone_of
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe, kinds_marked

log = structlog.get_logger(__name__)

SHOWN = 15
UNREAD = ("records_request__letter_text", "records_request__particulars")
Closures = Mapping[str, tuple[LegalClosure, ...]]  # the newsroom's, by city
AHEAD, AFTER = timedelta(days=14), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `place` is the city's name, or its slug where its pack cannot be read."""

    request: RecordsRequest
    what: str
    why: str
    tone: str = "calm"

    @property
    def place(self) -> str:
        try:
            return self.request.city.name
        except (LookupError, PackErrors):
            return self.request.city_slug

    @property
    def path(self) -> str:
        return reverse("request_page", args=[self.request.public_id])

    @property
    def heading(self) -> str:
        return self.request.subject

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.place, self.request.reference)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry | FollowedEntry, ...]
    more: int = 0  # how many are not shown
    remark: str = ""

    @property
    def total(self) -> int:
        return len(self.entries) + self.more


@dataclass(frozen=True, slots=True)
class Digest:
    subject: str
    sections: tuple[Section, ...]
    since: str
    chain_heads: tuple[str, ...]  # where the newsroom's chains stand: see `ledger.chains`


def gather(notice: Notice, *, at: datetime) -> Digest | None:
    """None where there is nothing to say."""
    user, since = notice.user, _since(notice)
    theirs = of_reader(user)
    closures = _closures(user)
    ours = _ours(theirs, closures, at=at)
    sections = [
        ours,
        _late(theirs, closures, at=at),
        came_in(theirs, user, since=since),
        _deliveries(theirs),
        _personal(user, notice.on),
        _followed(notice),
    ]
    shown = tuple(section for section in sections if section.total or section.remark)
    if not shown:
        return None
    counted = ", ".join(
        f"{section.total} {section.title.lower()}" for section in shown[:3] if section.total
    )
    subject = (
        f"{dates_and_amounts.weekday_this_year(notice.on)}: {counted}"
        if counted
        else f"{dates_and_amounts.weekday_this_year(notice.on)}: mail to file"
    )
    heads = head_lines(user.membership.newsroom_id, on=notice.on)
    return Digest(subject, shown, _moment(since, notice), tuple(heads))


def of_reader(user: User) -> QuerySet[RecordsRequest]:
    """The open requests that a digest is about."""
    visible: QuerySet[RecordsRequest] = RecordsRequest.objects.visible_to(user).open()
    if user.role in {Role.EDITOR, Role.ADMIN}:
        return visible
    return visible.filter(Q(assigned_to=user) | Q(assigned_to=None, created_by=user))


def _since(notice: Notice) -> datetime:
    """The last digest's moment, however long ago: what came in meanwhile is not lost."""
    before = Notice.objects.filter(
        user=notice.user,
        kind=ReminderKind.DIGEST,
        on__lt=notice.on,
        state__in=[NoticeState.SENT, NoticeState.SILENT],
    )
    last = before.order_by("-on").values_list("created_at", flat=True).first()
    return last or notice.created_at - timedelta(days=1)


def _moment(since: datetime, notice: Notice) -> str:
    """ "Friday, December 4, 2026, 7:30 a.m.", on the reader's own clock."""
    zone = zone_of(choices_of(notice.user), policy_of(notice.user.membership))
    return dates_and_amounts.moment(since.astimezone(ZoneInfo(zone)))


def _ours(theirs: QuerySet[RecordsRequest], closures: Closures, *, at: datetime) -> Section:
    """Our own times that are near or just gone, first to be lost first."""

    def near(today: date) -> Q:
        """Not past on every reading for a week: what says so each morning is not read any more."""
        since = today - AFTER
        is_near = Q(due_on__gte=since) | Q(latest_on__gte=since)
        has_begun = Q(status="running") | Q(starts_on__lt=today)
        return is_near & has_begun & Q(due_on__lte=today + AHEAD)

    clocks = Deadline.objects.that_matter().filter(
        on_city_days(near, at=at, city="records_request__city_slug"),
        records_request__in=theirs,
        whose="ours",
        is_reminder=False,
    )
    rows = clocks.select_related("records_request").defer("explanation", *UNREAD)
    return _first(
        "About to be lost", rows.order_by("due_on", "pk"), lambda row: _entry(row, closures, at)
    )


def _late(theirs: QuerySet[RecordsRequest], closures: Closures, *, at: datetime) -> Section:
    """The requests of which a clock was missed, longest first, each with the clock that says so."""
    headlines = Headline.objects.standing(at=at).filter(is_late=True, records_request__in=theirs)
    rows = headlines.with_clocks().select_related("records_request").defer(*UNREAD)

    def entry(headline: Headline) -> Entry:
        assert headline.clock is not None  # what is late is late by a clock
        headline.clock.records_request = headline.records_request
        return _entry(headline.clock, closures, at)

    return _first("Late", rows.order_by("ranked_on", "records_request"), entry)


Row = TypeVar("Row", Deadline, Headline, Event, Delivery, PersonalReminder)


def _first(title: str, rows: QuerySet[Row], entry_of: Callable[[Row], Entry]) -> Section:
    """The first of them, and how many there are; whatever is wrong with one is said of that one."""
    entries, unreadable = list[Entry](), list[str]()
    for row in rows[:SHOWN]:
        try:
            entries.append(entry_of(row))
        except Exception:
            log.exception("digest", request=row.records_request.reference)
            unreadable.append(row.records_request.reference)
    total = len(entries) if len(entries) + len(unreadable) < SHOWN else rows.count()
    remark = f"Clocks that could not be read: {', '.join(unreadable)}." if unreadable else ""
    return Section(title, tuple(entries), max(total - len(entries), 0), remark)


def _closures(user: User) -> Closures:
    """The newsroom's, by city: one query."""
    found: dict[str, list[LegalClosure]] = defaultdict(list)
    for row in Closure.objects.filter(newsroom=user.membership.newsroom_id).order_by("on"):
        found[row.city].append(LegalClosure(row.on, row.reason, row.source))
    return defaultdict(tuple, {city: tuple(days) for city, days in found.items()})


def _entry(row: Deadline, closures: Closures, at: datetime) -> Entry:
    assert row.due_on is not None
    request = row.records_request
    today = request.city.local_date(at)
    city_calendar = request.city.statute.calendar
    days: CityCalendar = calendars(city_calendar, closures[request.city_slug]).generous
    late = days.business_days_between(row.due_on, today) if row.due_on < today else 0
    far = distance(row.due_on, today, late)
    if row.described.is_entered and row.whose == "ours":
        far = how_far_off(row.described, row.due_on, today)
    elif clock_of(row).is_ours and row.due_on < today:
        far = "past its last safe day"
    day = dates_and_amounts.weekday(row.due_on)
    hour = f", {dates_and_amounts.time_of_day(row.hour)}" if row.hour else ""
    why = f"{day}{hour}. {row.citation.split(';')[0]}".strip()
    if row.status == "projected":
        why = f"if silence is a denial: {why}"
    what = f"{row.described.matter}{before_whom(row)}"
    return Entry(request, f"{what} is {far}", why, tone_of(row, today))


def came_in(theirs: QuerySet[RecordsRequest], user: User, *, since: datetime) -> Section:
    """Mail of the city's since the last digest, and what waits in the Inbox for a person."""
    events = (
        Event.objects.effective()
        .filter(
            records_request__in=theirs, kind__in=kinds_marked(Mark.CAME_IN), recorded_at__gt=since
        )
        .exclude(communication__in=_mailed_at_once(user))
        .select_related("records_request")
        .defer(*UNREAD)
        .order_by("recorded_at", "pk")
    )
    section = _first(
        "Came in",
        events,
        lambda event: Entry(
            event.records_request, describe(event.kind).heading, dates_and_amounts.weekday(event.on)
        ),
    )
    waiting = InboundMail.objects.waiting().filter(newsroom=user.membership.newsroom_id).count()
    remark = ""
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        remark = f"{dates_and_amounts.count(waiting, 'message')} {verb} in the Inbox to be filed."
    return replace(section, remark=f"{section.remark} {remark}".strip())


def _mailed_at_once(user: User) -> QuerySet[Notice, int | None]:
    """The messages of which this reader has a mail of its own, or is about to."""
    mailed = Notice.objects.filter(user=user, kind=ReminderKind.MESSAGE)
    on_its_way = [NoticeState.QUEUED, NoticeState.SENDING, NoticeState.SENT]
    return mailed.filter(state__in=on_its_way).values_list("communication", flat=True)


def _deliveries(theirs: QuerySet[RecordsRequest]) -> Section:
    """Letters that failed, came back, are in doubt or wait to be handed over."""
    rows = (
        Delivery.objects.needs_a_person()
        .filter(records_request__in=theirs)
        .select_related("records_request")
        .defer(*UNREAD)
        .order_by("created_at", "pk")
    )
    return _first(
        "Needs a person",
        rows,
        lambda row: Entry(
            row.records_request, row.get_state_display(), f"to {row.to_name}", "soon"
        ),
    )


def _followed(notice: Notice) -> Section:
    """What changed in the datasets its reader follows, if they want that by mail."""
    entries = news_in(notice) if choices_of(notice.user).followed else []
    return Section("Datasets you follow", tuple(entries[:SHOWN]), max(len(entries) - SHOWN, 0))


def _personal(user: User, on: date) -> Section:
    rows = PersonalReminder.objects.due(on=on).filter(
        user=user, records_request__in=RecordsRequest.objects.visible_to(user)
    )
    return _first(
        "You asked to be reminded",
        rows.select_related("records_request").defer(*UNREAD),
        lambda row: Entry(row.records_request, row.note, dates_and_amounts.weekday(row.due_on)),
    )
