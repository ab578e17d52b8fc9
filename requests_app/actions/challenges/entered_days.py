"""Days of a filed challenge, as people enter them: a hearing, a brief, what the body announced.

Each is an entry of the ledger, struck and restored like any other; entered again it is moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.mail.read_mail import mark_read
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import (
    Appeal,
    AppealState,
    Attachment,
    Communication,
    Event,
    EventKind,
    RecordsRequest,
)
from requests_app.vocabulary.challenge_days import TO_BE_COMPLIED_WITH, CameOf, DayKind
from requests_app.vocabulary.dates_and_amounts import short_weekday
from requests_app.vocabulary.event_description import Actor

YEARS_AHEAD = 3  # further off, somebody mistyped the year
UNCHANGED = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class ChallengeDay:
    """What a person enters. `heard_on`: the day on which we were told of it. `paper`: the message
    or the file that says so. A kind that leaves open who acts has `whose`, and a `name`."""

    kind: DayKind
    due_on: date
    heard_on: date
    hour: time | None = None
    place: str = ""
    name: str = ""
    whose: Actor = Actor.NOBODY
    paper: Communication | Attachment | None = None

    @property
    def acts(self) -> Actor:
        return self.kind.described.whose or self.whose

    def facts(self, number: int, appeal: Appeal) -> dict[str, Any]:
        """What its entry says of it."""
        paper: dict[str, int] = {}
        if self.paper is not None:
            paper = {"message" if isinstance(self.paper, Communication) else "file": self.paper.pk}
        return {
            "day": number,
            "what": str(self.kind),
            "name": self.name.strip(),
            "whose": str(self.acts),
            "due_on": self.due_on.isoformat(),
            "hour": self.hour.isoformat("minutes") if self.hour else "",
            "place": " ".join(self.place.split()),
            "route": appeal.route,
            "body": appeal.pack_route.body,
            **paper,
        }


@transaction.atomic
def enter(appeal: Appeal, day: ChallengeDay, *, by: Attribution) -> Event:
    """One day more. Refused where the same stands already."""
    request = _lock(appeal, day.kind)
    _check(appeal, day, by=by)
    for number, data in _standing(appeal).items():
        if _is_same(day.facts(number, appeal), data):
            raise Refused(f"That day stands here already: look below. {UNCHANGED}")
    number = 1 + max(
        (event.data["day"] for event in request.events.filter(kind=EventKind.DAY_ENTERED)),
        default=0,
    )
    return _write(request, appeal, day, number, by=by)


@transaction.atomic
def move(appeal: Appeal, number: int, day: ChallengeDay, *, by: Attribution) -> Event:
    """The body put it on another day, or says more of it: that stands from now on."""
    request = _lock(appeal, day.kind)
    _check(appeal, day, by=by)
    before = _day_of(appeal, number)
    if _is_same(day.facts(number, appeal), before.data):
        raise Refused(f"That is how it stands already: say what is different. {UNCHANGED}")
    told = "the day this was entered with"
    days.check(request, day.heard_on, at=by.at, after=before.on, after_what=told)
    return _write(request, appeal, day, number, by=by)


@transaction.atomic
def say_what_came(
    appeal: Appeal, number: int, *, came: CameOf, on: date, by: Attribution, text: str = ""
) -> Event:
    """It was held or done on that day, or canceled."""
    request = lock(appeal.records_request)
    data = _day_of(appeal, number).data
    _lock(appeal, DayKind(data["what"]))
    due = date.fromisoformat(data["due_on"])
    is_early = DayKind(data["what"]).is_appointment and came == CameOf.DONE and on < due
    if is_early:
        raise Refused(
            f"It is to be held on {short_weekday(due)}, so it cannot have been held on "
            f"{short_weekday(on)}: say that it was canceled, or put it on its right day. "
            f"{UNCHANGED}"
        )
    days.check(request, on, at=by.at, after=appeal.filed_on, after_what="the appeal was filed")
    told = ("day", "what", "name", "due_on", "hour", "place", "route", "body")
    facts = {name: data[name] for name in told} | {"came": str(came), "text": text.strip()}
    return record(request, EventKind.DAY_OVER, Occasion(by, on, facts, appeal=appeal))


def kinds_for(appeal: Appeal) -> list[DayKind]:
    """Those that can be entered now: of a decided challenge, what a decision for us sets."""
    is_won = appeal.state == AppealState.DECIDED and appeal.outcome in TO_BE_COMPLIED_WITH
    if appeal.state != AppealState.FILED and not is_won:
        return []
    return [kind for kind in DayKind if kind.described.is_set_by_a_decision == is_won]


def comply_by(appeal: Appeal) -> date | None:
    """The day by which the city has to comply, where one was entered and stands."""
    found = [
        date.fromisoformat(data["due_on"])
        for data in _standing(appeal).values()
        if DayKind(data["what"]).described.is_set_by_a_decision
    ]
    return found[-1] if found else None


def _lock(appeal: Appeal, kind: DayKind) -> RecordsRequest:
    """Refused where no such day stands in the challenge now."""
    request = lock(appeal.records_request)
    lock(appeal)
    kinds = kinds_for(appeal)
    if kind in kinds:
        return request
    stands = appeal.get_state_display().lower()
    if kind.described.is_set_by_a_decision:
        raise Refused(
            "Only a decision in our favor sets the city a day to comply, and this appeal is "
            f"{stands}: record that decision first. {UNCHANGED}"
        )
    raise Refused(f"This appeal is {stands}: no body sets a day in it now. {UNCHANGED}")


def _check(appeal: Appeal, day: ChallengeDay, *, by: Attribution) -> None:
    request, filed_on = appeal.records_request, appeal.filed_on
    assert filed_on is not None  # the database pairs what is filed with its day
    filed = "the appeal was filed"
    begun, what = filed_on, filed
    if day.kind.described.is_set_by_a_decision and appeal.decided_on:
        begun, what = appeal.decided_on, "the appeal was decided"
    days.check(request, day.heard_on, at=by.at, after=begun, after_what=what)
    if day.due_on < begun:
        raise Refused(
            f"{short_weekday(day.due_on)} is before {short_weekday(begun)}, the day {what}: "
            "check the date."
        )
    if day.due_on.year > days.today(request, by.at).year + YEARS_AHEAD:
        raise Refused(f"{short_weekday(day.due_on)} is years away: check the year.")
    if day.kind == DayKind.OWN and not day.name.strip():
        raise Refused(f"Say in a few words what that day is for. {UNCHANGED}")
    if not day.acts:
        raise Refused(f"Say who has to act on that day. {UNCHANGED}")
    if day.paper is not None and day.paper.records_request_id != request.pk:
        raise Refused(f"That is no paper of this request. {UNCHANGED}")


def _standing(appeal: Appeal) -> dict[int, Mapping[str, Any]]:
    """What each day of the challenge says that is not over, by its number."""
    kinds = (EventKind.DAY_ENTERED, EventKind.DAY_OVER)
    found: dict[int, Mapping[str, Any]] = {}
    for event in appeal.events.effective().filter(kind__in=kinds).in_order():
        if event.kind == EventKind.DAY_OVER:
            found.pop(event.data["day"], None)
        else:
            found[event.data["day"]] = event.data
    return found


def _day_of(appeal: Appeal, number: int) -> Event:
    """The entry of it that stands. Refused where it is over, struck or no day of this challenge."""
    if number not in _standing(appeal):
        raise Refused(f"That day is over already, or was struck. {UNCHANGED}")
    entered = appeal.events.effective().filter(kind=EventKind.DAY_ENTERED, data__day=number)
    last = entered.in_order().last()
    assert last is not None
    return last


def _is_same(facts: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    told = ("what", "name", "whose", "due_on", "hour", "place")
    return all(facts[name] == data[name] for name in told)


def _write(
    request: RecordsRequest, appeal: Appeal, day: ChallengeDay, number: int, *, by: Attribution
) -> Event:
    if isinstance(day.paper, Communication) and day.paper.is_message:
        mark_read(day.paper, by=by)
    facts = day.facts(number, appeal)
    return record(request, EventKind.DAY_ENTERED, Occasion(by, day.heard_on, facts, appeal=appeal))
