"""A reminder in words: what is due, on which day and by which rule. Read again when it is sent.

Between the night and the mail a clock may have been met, moved or tolled: what no longer holds is
left out, and where nothing is left nothing is sent.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cities.calendar.business_days import calendars
from requests_app.ledger.inputs import closures_of
from requests_app.models import (
    Deadline,
    Notice,
    PersonalReminder,
    RecordsRequest,
    Reminder,
    ReminderKind,
)
from requests_app.policy.clock_pill import tone_of
from requests_app.reminders.mails.how_far_off import distance, how_far_off
from requests_app.reminders.planning.due_reminders import clock_of, counts, key_of
from requests_app.reminders.planning.end_of_round import PERSONAL
from requests_app.reminders.planning.readers import choices_of, owner_id_of
from requests_app.reminders.planning.reminder_days import still_reminds
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.clocks import HAD, HAS, ClockDescription
from requests_app.vocabulary.states import OPEN

SETTINGS_SAY = {
    ReminderKind.MESSAGE: "what a city writes",
    ReminderKind.CITY: "the city’s clocks",
    ReminderKind.OURS: "our own clocks",
    ReminderKind.ESCALATION: "what is left undone",
    ReminderKind.PERSONAL: "what you asked to be reminded of",
    ReminderKind.DIGEST: "the morning digest",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One clock, in the colour it has on the desk's pages."""

    heading: str
    tone: str
    is_late: bool  # its day has passed, whatever the law may still allow
    sentence: str
    rule: str
    citation: str
    notes: tuple[str, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class ReminderText:
    """What a reminder's templates say."""

    subject: str
    lines: tuple[Line, ...]
    because: str


def text_of(notice: Notice, *, at: datetime) -> ReminderText | None:
    """None where nothing of it holds any more, or its reader no longer wants it."""
    request = notice.records_request
    assert request is not None
    if not reader_still_wants(notice):
        return None
    rows = list(notice.reminders.all())
    if notice.kind == ReminderKind.PERSONAL:
        return _personal(notice, request, rows)
    if request.state not in OPEN or not _is_still_theirs(notice, request):
        return None
    lines = _lines(request, rows, today=request.city.local_date(at))
    if not lines:
        return None
    first = lines[0].heading[:1].lower() + lines[0].heading[1:]
    is_call = notice.kind == ReminderKind.LAST_CALL and not lines[0].is_late
    call = "last call: " if is_call else ""
    more = f", and {len(lines) - 1} more" if len(lines) > 1 else ""
    subject = f"{request.reference}: {call}{first}{more}"
    return ReminderText(subject, tuple(lines), _because(notice, request))


def reader_still_wants(notice: Notice) -> bool:
    if not notice.user.is_active:
        return False
    if notice.kind == ReminderKind.LAST_CALL:
        return True
    return bool(getattr(choices_of(notice.user), notice.kind))


def _is_still_theirs(notice: Notice, request: RecordsRequest) -> bool:
    if notice.kind == ReminderKind.ESCALATION:
        return reader_sees(notice, request)
    return owner_id_of(request) == notice.user_id


def reader_sees(notice: Notice, request: RecordsRequest) -> bool:
    seen: bool = RecordsRequest.objects.visible_to(notice.user).filter(pk=request.pk).exists()
    return seen


def _lines(request: RecordsRequest, rows: list[Reminder], *, today: date) -> list[Line]:
    wanted = {(row.clock, row.route, row.occurrence, row.due_on): row for row in rows}
    found = []
    for deadline in Deadline.objects.running().filter(records_request=request):
        row = wanted.get(key_of(deadline)[1:])
        holds = still_reminds(clock_of(deadline), today) and counts(request, deadline)
        if row is not None and holds:
            found.append(_line(request, deadline, row, today))
    return sorted(found, key=lambda line: line.due_on)


def _line(request: RecordsRequest, deadline: Deadline, row: Reminder, today: date) -> Line:
    assert deadline.due_on is not None
    clock = deadline.described
    far = distance(deadline.due_on, today, business_days_late(request, deadline, today))
    if clock.is_entered and deadline.whose == "ours":
        far = how_far_off(clock, deadline.due_on, today)
    elif deadline.due_on < today and clock_of(deadline).is_ours:
        far = "past its last safe day"
    heading = "Time to look at the request" if deadline.is_reminder else f"{clock.matter} is {far}"
    return Line(
        heading=heading,
        tone=tone_of(deadline, today),
        is_late=deadline.due_on < today and not deadline.is_reminder,
        sentence=_sentence(deadline, clock, today),
        rule=deadline.rule,
        citation=deadline.citation,
        notes=tuple(_notes(deadline, row, today)),
        due_on=deadline.due_on,
    )


def _sentence(deadline: Deadline, clock: ClockDescription, today: date) -> str:
    assert deadline.due_on is not None
    day = dates_and_amounts.weekday(deadline.due_on)
    if deadline.is_reminder:
        return f"The newsroom set itself {day}. No law sets a clock here."
    if clock.is_entered:
        return f"Before the {_body_of(deadline)}."
    whose = HAD if deadline.due_on < today else HAS
    sentence = f"{whose[deadline.whose]} until {day}, {clock.duty}."
    if deadline.status == "projected":
        return f"If the city’s silence is a denial, which nobody has recorded yet: {sentence}"
    return sentence


def _body_of(deadline: Deadline) -> str:
    return deadline.records_request.city.route(deadline.route).body


def _notes(deadline: Deadline, row: Reminder, today: date) -> list[str]:
    notes = []
    is_counted = clock_of(deadline).is_ours and not deadline.described.is_entered
    if is_counted and deadline.due_on and deadline.due_on < today:
        if deadline.latest_on and deadline.latest_on >= today:
            latest = dates_and_amounts.weekday(deadline.latest_on)
            notes.append(f"The most generous reading of the law gives until {latest}.")
        else:
            notes.append("No reading of the law that the desk knows gives more time.")
    if row.missed:
        days = _listed(row.missed)
        notes.append(f"The desk did not run when this was to be said on {days}.")
    return notes


def _listed(missed: list[str]) -> str:
    """ "Sat Nov 14, Sun Nov 15 and Mon Nov 16", from their ISO forms."""
    days = sorted({date.fromisoformat(day) for day in missed})
    return dates_and_amounts.listed([dates_and_amounts.weekday_this_year(day) for day in days])


def business_days_late(request: RecordsRequest, deadline: Deadline, today: date) -> int:
    if deadline.due_on is None or deadline.due_on >= today:
        return 0
    closures = closures_of(request.newsroom_id, request.city_slug)
    days = calendars(request.city.statute.calendar, closures).generous
    return days.business_days_between(deadline.due_on, today)


def _because(notice: Notice, request: RecordsRequest) -> str:
    if notice.kind == ReminderKind.ESCALATION:
        return f"You are an editor of the newsroom. The request is {request.owner}’s."
    return "The request is yours."


def _personal(notice: Notice, request: RecordsRequest, rows: list[Reminder]) -> ReminderText | None:
    numbers = [row.occurrence for row in rows if row.clock == PERSONAL]
    one = PersonalReminder.objects.waiting().filter(user=notice.user, pk__in=numbers).first()
    if one is None or not reader_sees(notice, request):
        return None
    line = Line(
        heading=one.note,
        tone="calm",
        is_late=False,
        sentence=f"You wanted to be reminded on {dates_and_amounts.weekday(one.due_on)}.",
        rule="",
        citation="",
        notes=(),
        due_on=one.due_on,
    )
    # The note stays inside: a subject shows on locked screens.
    because = f"You asked for it on {dates_and_amounts.weekday(one.created_at.date())}."
    return ReminderText(f"{request.reference}: you wanted to be reminded", (line,), because)
