"""Events → `cities.rights` → deadlines, grievances and rights. No database, no clock of its own.

Two rules of the desk stand here, beside the law's:

* What we send has happened on the day it was sent: an act whose letter is still queued, failed or
  came back has reached nobody, so it starts no clock of theirs and meets none of ours.
* A request by e-mail, in person, by portal or by phone is received on the day it is sent, or as
  the office's own hour has it (`cities.clocks.office_hours`); one by post when somebody enters the
  day the custodian had it. An entered day always wins. So it is with an appeal and the body that
  decides it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from cities.clocks.derive import Closure, CountedDay, Deadline, Occurrence
from cities.rights.standing import Standing, standing, standing_without_law
from cities.schema.city import City, RequestKind
from cities.schema.clock_events import EVENTS
from requests_app.entered_days import entered_days
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import describe, kinds_marked

REMINDER = "reminder"
PROMISED = "promised"
OWN_DAYS = (REMINDER, PROMISED)  # what the newsroom keeps in mind, with no law behind it
PROMISED_RULE = (
    "The city said it would answer by then. No law sets this day, or moves another for it."
)
REMINDER_DAYS = 14
REMINDER_RULE = "The newsroom's own reminder, {} days after {}: no law sets a clock here."
RECEIPT_DAYS = 5
RECEIPT_RULE = (
    "The newsroom's own reminder, 5 days after it was sent, to ask whether the city has it: "
    "the law sets no acknowledgement."
)

# Events of the ledger that a statute's clocks may look at, under the names they have there.
LEGAL = EVENTS - {"submitted", "received"}  # these two are put together from several: see below
HOUR_OF_LEAVING = ("left_at", "cut_off", "cut_off_source")
BEGINS_OUR_COUNT = kinds_marked(Mark.BEGINS_OUR_COUNT)
ENDS_THE_WAIT = kinds_marked(Mark.ENDS_THE_WAIT)
SHOWS_RECEIPT = kinds_marked(Mark.SHOWS_RECEIPT)
ENDS_ASKING_FOR_RECEIPT = kinds_marked(Mark.SHOWS_RECEIPT | Mark.ENDS_ASKING_FOR_RECEIPT)


class LedgerEvent(Protocol):
    """What is read of an event: a `models.Event`, or anything that looks like one."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def data(self) -> Mapping[str, Any]: ...
    @property
    def delivery_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a request decides its clocks, beside its events."""

    city: City
    kind: RequestKind
    custodian: str = "city"
    track: str = ""
    closures: tuple[Closure, ...] = ()
    reminder_days: int = REMINDER_DAYS  # of the newsroom's, for what no records law covers

    @property
    def is_statutory(self) -> bool:
        """Whether a records law covers it; a dataset's publication has no legal clock."""
        return self.kind == RequestKind.RECORDS


def derive(subject: Subject, events: Sequence[LedgerEvent]) -> tuple[Deadline, ...]:
    """The deadlines that follow from the events, in ledger order. Raises ClockError."""
    return standing_of(subject, events).deadlines


def standing_of(subject: Subject, events: Sequence[LedgerEvent]) -> Standing:
    """Where the request stands by its events, in ledger order. Raises ClockError.

    The deadlines have the newsroom's own reminders among them, and the days that people entered.
    """
    occurrences, entered = tuple(occurrences_of(events)), tuple(entered_days(events))
    if not subject.is_statutory:
        stands = standing_without_law(subject.city, subject.kind, subject.custodian, occurrences)
        reminder = _steward_reminder(subject, events, occurrences)
        return replace(stands, deadlines=(*reminder, *entered))
    stands = standing(
        subject.city,
        occurrences,
        track=subject.track,
        custodian=subject.custodian,
        closures=subject.closures,
    )
    reminders = (
        *_receipt_reminder(subject, occurrences, stands.deadlines),
        *_promises(subject, occurrences),
    )
    return replace(stands, deadlines=(*stands.deadlines, *reminders, *entered))


def occurrences_of(events: Sequence[LedgerEvent]) -> list[Occurrence]:
    """The ledger as the law sees it, by day; within a day in the order it was entered."""
    sent, not_copied = _sendings(events), _copies_not_taken(events)
    entered = [event for event in events if event.kind == "received"]
    found: list[Occurrence] = []
    for event in events:
        on = _effective_day(event, sent)
        if on is None:
            continue
        if event.kind == "submitted":
            found.append(Occurrence("submitted", on, _facts(event)))
            if not entered and _is_received_when_sent(event, not_copied):
                facts = _facts(event) | _hour_of_leaving(event, sent)
                found.append(Occurrence("received", on, facts))
        elif event.kind == "appeal_filed":
            found.append(Occurrence(event.kind, on, _facts(event) | _received(event, events)))
        elif event.kind in LEGAL:
            facts = _facts(event) | _hour_of_leaving(event, sent)
            found.append(Occurrence(event.kind, on, facts))
    if entered:  # the last entry corrects the ones before it
        found.append(Occurrence("received", entered[-1].on, _facts(entered[-1])))
    order = {"submitted": 0, "received": 1}
    return sorted(found, key=lambda occurrence: (occurrence.on, order.get(occurrence.kind, 2)))


def _is_received_when_sent(event: LedgerEvent, not_copied: Mapping[int, Collection[str]]) -> bool:
    """Not what is posted; nor, where the law counts from the receipt of an office that has only a
    copy, what goes without that copy in the same mail (in Missouri, § 610.023.3; Starr)."""
    if event.data.get("channel") == "post":
        return False
    if (at := event.data.get("counts_from_copy_at")) is None:
        return True
    refused = not_copied.get(event.delivery_id, ()) if event.delivery_id is not None else ()
    return bool(at) and at not in refused


def _copies_not_taken(events: Iterable[LedgerEvent]) -> dict[int, set[str]]:
    """By delivery: whose copy no server took, or came back later; a new sending begins anew."""
    found: dict[int, set[str]] = {}
    for event in events:
        if event.delivery_id is None or event.kind not in {"sent", "copy_came_back"}:
            continue
        refused = set(event.data.get("refused_copies", ()))
        before = found.get(event.delivery_id, set()) if event.kind == "copy_came_back" else set()
        found[event.delivery_id] = before | refused
    return found


def _sendings(events: Iterable[LedgerEvent]) -> dict[int, LedgerEvent]:
    """How each delivery left: a later bounce takes it back, a later sending restores it.

    Not a bounce of the request itself after a word of the city on it: the city has it, whatever
    some server on the way reports.
    """
    sent: dict[int, LedgerEvent] = {}
    requests: set[int] = set()
    is_answered = False
    for event in events:
        is_answered = is_answered or event.kind in SHOWS_RECEIPT
        if event.delivery_id is None:
            continue
        if event.kind == "submitted":
            requests.add(event.delivery_id)
        elif event.kind == "sent":
            sent[event.delivery_id] = event
        elif event.kind == "bounced" and is_answered and event.delivery_id in requests:
            continue
        elif event.kind in {"bounced", "sending_failed"}:
            sent.pop(event.delivery_id, None)
    return sent


def _effective_day(event: LedgerEvent, sent: Mapping[int, LedgerEvent]) -> date | None:
    if event.delivery_id is None or event.kind == "sent":
        return event.on
    left = sent.get(event.delivery_id)
    return left.on if left else None


def _hour_of_leaving(event: LedgerEvent, sent: Mapping[int, LedgerEvent]) -> dict[str, Any]:
    """The hour at which its letter left and that of the office then, where it names one."""
    left = sent.get(event.delivery_id) if event.delivery_id is not None else None
    return {key: left.data[key] for key in HOUR_OF_LEAVING if key in left.data} if left else {}


def _received(filed: LedgerEvent, events: Sequence[LedgerEvent]) -> dict[str, Any]:
    """The day the body had the appeal, where somebody entered it; the last entry corrects."""
    days = [
        event.on
        for event in events
        if event.kind == "appeal_received"
        and event.data.get("route") == filed.data.get("route")
        and event.on >= filed.on
    ]
    if days:
        return {"received_on": days[-1]}
    return {"awaits_receipt": True} if filed.data.get("channel") == "post" else {}


def _facts(event: LedgerEvent) -> dict[str, Any]:
    facts = dict(event.data)
    if "amount" in facts:
        facts["amount"] = Decimal(str(facts["amount"]))
    for key in ("until", "mailed_on"):
        if facts.get(key):
            facts[key] = date.fromisoformat(str(facts[key]))
    return facts


def _steward_reminder(
    subject: Subject, events: Sequence[LedgerEvent], occurrences: Sequence[Occurrence]
) -> Iterator[Deadline]:
    """For what no records law covers: a dataset, a correction, access. The count begins again with
    each later letter of ours, and with each word of the city that settles nothing."""
    begun = next((o.on for o in occurrences if o.kind in {"received", "submitted"}), None)
    if begun is None:
        return
    label, words, sent = "sent", "it was sent", _sendings(events)
    for event in events:
        on = _effective_day(event, sent)
        if event.kind in BEGINS_OUR_COUNT and on is not None and on >= begun:
            begun, label, words = on, event.kind, f"“{describe(event.kind).heading}”"
    due = begun + timedelta(days=subject.reminder_days)
    ended = next((o.on for o in occurrences if o.kind in ENDS_THE_WAIT), None)
    rule = REMINDER_RULE.format(subject.reminder_days, words)
    yield _own(REMINDER, "ours", (begun, label), (due, subject.reminder_days), ended, rule)


def _receipt_reminder(
    subject: Subject, occurrences: Sequence[Occurrence], derived: Sequence[Deadline]
) -> Iterator[Deadline]:
    """Where the statute sets no acknowledgement: a day to ask whether the city has it at all.

    Left out where a clock of the city's ends by then: that one says more.
    """
    if not subject.city.statute.acknowledgement.is_none_set:
        return
    if any(row.status == "not_computed" and row.whose == "city" for row in derived):
        return  # of years ago: its first days are long over
    ends = [row.due_on for row in derived if row.whose == "city" and row.due_on]
    for reminder in _reminder(occurrences, RECEIPT_DAYS, RECEIPT_RULE, ENDS_ASKING_FOR_RECEIPT):
        if reminder.due_on and all(end > reminder.due_on for end in ends):
            yield reminder


def _reminder(
    occurrences: Sequence[Occurrence], days: int, rule: str, met_by: Collection[str]
) -> Iterator[Deadline]:
    begun = next((o.on for o in occurrences if o.kind in {"received", "submitted"}), None)
    if begun is None:
        return
    due = begun + timedelta(days=days)
    answered = next((o.on for o in occurrences if o.kind in met_by), None)
    yield _own(REMINDER, "ours", (begun, "sent"), (due, days), answered, rule)


def _promises(subject: Subject, occurrences: Sequence[Occurrence]) -> Iterator[Deadline]:
    """The last day that the city named for its answer, where no clock of the law moves to it."""
    if any(clock.extension for clock in subject.city.statute.clocks):
        return
    named = [
        (o.on, until) for o in occurrences if o.kind == "extended" and (until := o.date_of("until"))
    ]
    if not named:
        return
    on, until = named[-1]
    if until <= on:
        return
    answered = next((o.on for o in occurrences if o.kind in ENDS_THE_WAIT and o.on >= on), None)
    days = (until - on).days
    yield _own(PROMISED, "city", (on, "promised"), (until, days), answered, PROMISED_RULE)


def _own(
    clock: str,
    whose: str,
    begun: tuple[date, str],
    due: tuple[date, int],
    met_on: date | None,
    rule: str,
) -> Deadline:
    """A day that the newsroom keeps in mind, with no law behind it."""
    (starts_on, label), (due_on, days) = begun, due
    return Deadline(
        clock=clock,
        whose=whose,
        status="met" if met_on else "running",
        starts_on=starts_on,
        due_on=due_on,
        earliest_on=due_on,
        latest_on=due_on,
        nominal_on=due_on,
        met_on=met_on,
        rule=rule,
        citation="",
        confidence="found",
        unsettled="",
        days=(CountedDay(starts_on, None, label), CountedDay(due_on, days, clock)),
        readings=(),
    )
