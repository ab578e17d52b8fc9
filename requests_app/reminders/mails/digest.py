"""The morning digest: what we are about to lose, what is late, what came in, what needs a hand.

A fixed number of queries for any number of requests. Editors read of the whole newsroom,
everybody else of what is theirs.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from django.db.models import Q, QuerySet

from cities.calendar.business_days import CityCalendar, calendars
from cities.clocks.derive import Closure as LegalClosure
from cities.schema.load import PackErrors
from requests_app.headlines import is_missed_by_the_city
from requests_app.models import (
    Closure,
    Deadline,
    Delivery,
    Event,
    InboundMail,
    Notice,
    NoticeState,
    PersonalReminder,
    RecordsRequest,
    ReminderKind,
    Role,
    User,
)
from requests_app.policy.clock_pill import tone_of
from requests_app.reminders.mails.how_far_off import distance
from requests_app.reminders.planning.due_reminders import clock_of, counts
from requests_app.reminders.planning.readers import choices_of, policy_of, zone_of
from requests_app.reminders.planning.reminder_days import still_reminds
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe, kinds_marked

log = structlog.get_logger(__name__)

SHOWN = 15
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


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]
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


def gather(notice: Notice, *, at: datetime) -> Digest | None:
    """None where there is nothing to say."""
    user, since = notice.user, _since(notice)
    theirs = of_reader(user)
    clocks = _clocks(theirs, user, at)
    sections = [
        _section("About to be lost", clocks.ours, remark=clocks.remark),
        _section("Late", clocks.late),
        came_in(theirs, user, since=since),
        _section("Needs a person", _deliveries(theirs)),
        _section("You asked to be reminded", _personal(user, notice.on)),
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
    return Digest(subject, shown, _moment(since, notice))


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


def _section(title: str, entries: list[Entry], remark: str = "") -> Section:
    return Section(title, tuple(entries[:SHOWN]), max(len(entries) - SHOWN, 0), remark)


@dataclass(slots=True)
class Clocks:
    """Ours that are near or just gone, first to be lost first; the city's late, longest first."""

    ours: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    @property
    def remark(self) -> str:
        """What one must look at oneself."""
        if not self.unreadable:
            return ""
        return f"Clocks that could not be read: {', '.join(sorted(self.unreadable))}."


def _clocks(theirs: QuerySet[RecordsRequest], user: User, at: datetime) -> Clocks:
    rows = (
        Deadline.objects.running()
        .filter(records_request__in=theirs, due_on__lte=at.date() + AHEAD, is_reminder=False)
        .select_related("records_request")
        .defer("explanation", "records_request__letter_text", "records_request__particulars")
        .order_by("due_on", "pk")
    )
    closures = _closures(user)
    found = Clocks()
    for row in rows:
        try:
            _place(row, found, closures[row.records_request.city_slug], at)
        # Whatever is wrong with one row or with a city's pack, the others are still listed.
        except Exception:
            log.exception("digest", request=row.records_request.reference)
            found.unreadable.add(row.records_request.reference)
    return found


def _place(row: Deadline, found: Clocks, closures: tuple[LegalClosure, ...], at: datetime) -> None:
    """Under what it asks of the reader, if it asks anything."""
    request = row.records_request
    today = request.city.local_date(at)
    clock = clock_of(row)
    if row.due_on is None or not counts(request, row) or not still_reminds(clock, today):
        return
    if clock.is_ours and not _is_long_gone(row, today):
        found.ours.append(_entry(row, today, closures))
    elif is_missed_by_the_city(row, today):
        found.late.append(_entry(row, today, closures))


def _is_long_gone(row: Deadline, today: date) -> bool:
    """Past on every reading for a week: a digest that says so each morning is not read any more."""
    last = max(day for day in (row.due_on, row.latest_on, date.min) if day is not None)
    return last + AFTER < today


def _closures(user: User) -> dict[str, tuple[LegalClosure, ...]]:
    """The newsroom's, by city: one query."""
    found: dict[str, list[LegalClosure]] = defaultdict(list)
    for row in Closure.objects.filter(newsroom=user.membership.newsroom_id).order_by("on"):
        found[row.city].append(LegalClosure(row.on, row.reason, row.source))
    return defaultdict(tuple, {city: tuple(days) for city, days in found.items()})


def _entry(row: Deadline, today: date, closures: tuple[LegalClosure, ...]) -> Entry:
    assert row.due_on is not None
    request = row.records_request
    days: CityCalendar = calendars(request.city.statute.calendar, closures).generous
    late = days.business_days_between(row.due_on, today) if row.due_on < today else 0
    far = distance(row.due_on, today, late)
    if clock_of(row).is_ours and row.due_on < today:
        far = "past its last safe day"
    why = f"{dates_and_amounts.weekday(row.due_on)}. {row.citation.split(';')[0]}".strip()
    if row.status == "projected":
        why = f"if silence is a denial: {why}"
    what = describe_clock(row.clock).matter
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
        .defer("records_request__letter_text", "records_request__particulars")
        .order_by("recorded_at", "pk")
    )
    entries = [
        Entry(
            event.records_request, describe(event.kind).heading, dates_and_amounts.weekday(event.on)
        )
        for event in events
    ]
    waiting = InboundMail.objects.waiting().filter(newsroom=user.membership.newsroom_id).count()
    remark = ""
    if waiting:
        verb = "waits" if waiting == 1 else "wait"
        remark = f"{dates_and_amounts.count(waiting, 'message')} {verb} in the Inbox to be filed."
    section = _section("Came in", entries)
    return Section(section.title, section.entries, section.more, remark)


def _mailed_at_once(user: User) -> QuerySet[Notice, int | None]:
    """The messages of which this reader has a mail of its own, or is about to."""
    mailed = Notice.objects.filter(user=user, kind=ReminderKind.MESSAGE)
    on_its_way = [NoticeState.QUEUED, NoticeState.SENDING, NoticeState.SENT]
    return mailed.filter(state__in=on_its_way).values_list("communication", flat=True)


def _deliveries(theirs: QuerySet[RecordsRequest]) -> list[Entry]:
    """Letters that failed, came back, are in doubt or wait to be handed over."""
    rows = (
        Delivery.objects.needs_a_person()
        .filter(records_request__in=theirs)
        .select_related("records_request")
        .defer("records_request__letter_text", "records_request__particulars")
        .order_by("created_at", "pk")
    )
    return [
        Entry(row.records_request, row.get_state_display(), f"to {row.to_name}", "soon")
        for row in rows
    ]


def _personal(user: User, on: date) -> list[Entry]:
    rows = PersonalReminder.objects.due(on=on).filter(
        user=user, records_request__in=RecordsRequest.objects.visible_to(user)
    )
    return [
        Entry(row.records_request, row.note, dates_and_amounts.weekday(row.due_on))
        for row in rows.select_related("records_request")
    ]
