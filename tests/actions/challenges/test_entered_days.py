"""A hearing and other days of a challenge, as people enter, move, end and strike them."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from requests_app.actions.challenges import entered_days
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.errors import Refused
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.requests import appeals, city_determinations, corrections
from requests_app.ledger.checking import compare
from requests_app.models import (
    Appeal,
    AppealOutcome,
    Channel,
    Deadline,
    Event,
    EventKind,
    Headline,
)
from requests_app.vocabulary.challenge_days import CameOf, DayKind
from requests_app.vocabulary.event_description import Actor
from requests_app.vocabulary.headlines import NextStep, Section, Turn
from tests.factories import NOW, TODAY, acting, appealed, in_state, said

pytestmark = pytest.mark.django_db
HEARING_ON = date(2026, 12, 14)
DAY = timedelta(days=1)


def filed() -> Appeal:
    return appealed(in_state("denied"))


def hearing(on: date = HEARING_ON, **fields: Any) -> ChallengeDay:
    said: dict[str, Any] = {"hour": time(10), "place": "165 Capitol Avenue, Hartford", **fields}
    return ChallengeDay(DayKind.HEARING, on, TODAY, **said)


def plain(kind: DayKind, on: date, **fields: Any) -> ChallengeDay:
    return ChallengeDay(kind, on, TODAY, **fields)


def enter(appeal: Appeal, day: ChallengeDay, at: datetime = NOW) -> Event:
    return entered_days.enter(appeal, day, **acting(appeal.records_request, at))


def clock(appeal: Appeal, name: str = "hearing") -> Deadline:
    return Deadline.objects.get(records_request=appeal.records_request, clock=name)


def headline(appeal: Appeal, on: date) -> tuple[str, str, str, int | None]:
    row = Headline.objects.get(
        records_request=appeal.records_request, from_on__lte=on, until_on__gte=on
    )
    return row.section, row.turn, row.step, row.subject


def test_a_hearing_stands_among_the_deadlines_with_its_hour_and_place():
    appeal = filed()

    enter(appeal, hearing())

    row = clock(appeal)
    assert (row.whose, row.status, row.due_on, row.hour, row.place, row.route) == (
        "ours", "running", HEARING_ON, time(10), "165 Capitol Avenue, Hartford", "foic",
    )  # fmt: skip
    assert row.text == (
        "Hearing: Monday, December 14, 2026, 10:00 a.m., 165 Capitol Avenue, Hartford. "
        "A person of the newsroom entered this day: no law counts it."
    )
    assert not row.is_window


def test_the_entry_says_who_entered_what_and_moves_no_state():
    appeal = filed()

    event = enter(appeal, hearing())

    appeal.refresh_from_db()
    assert (event.kind, event.on, event.by, event.appeal, appeal.state) == (
        EventKind.DAY_ENTERED, TODAY, appeal.created_by, appeal, "filed",
    )  # fmt: skip


def test_a_hearing_is_the_bodys_turn_until_it_is_near_then_ours_then_asks_what_came():
    appeal = filed()
    enter(appeal, hearing())
    waiting = (Section.WAITING, Turn.BODY, NextStep.AWAIT_DECISION, appeal.pk)
    ours = (Section.TO_DO, Turn.OURS)

    assert headline(appeal, HEARING_ON - 15 * DAY) == waiting
    assert headline(appeal, HEARING_ON - 14 * DAY) == (*ours, NextStep.PREPARE, appeal.pk)
    assert headline(appeal, HEARING_ON) == (*ours, NextStep.PREPARE, appeal.pk)
    assert headline(appeal, HEARING_ON + DAY) == (*ours, NextStep.SAY_WHAT_CAME, appeal.pk)


def test_what_the_city_owes_is_late_once_its_day_has_passed():
    appeal = filed()
    due = TODAY + 20 * DAY
    enter(appeal, plain(DayKind.CITY_ANSWER, due))

    assert headline(appeal, due)[:2] == (Section.THIS_WEEK, Turn.BODY)
    assert headline(appeal, due + DAY)[:2] == (Section.LATE, Turn.BODY)


def test_a_day_may_have_a_name_of_its_own_and_says_who_acts():
    appeal = filed()

    enter(appeal, plain(DayKind.OWN, HEARING_ON, name="Deposition", whose=Actor.CITY))

    row = clock(appeal, "own_day")
    assert (row.described.name, row.whose) == ("Deposition", "city")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (hearing(TODAY - DAY), "is before Mon Nov 2, 2026, the day the appeal was filed"),
        (hearing(date(2036, 12, 14)), "check the year"),
        (ChallengeDay(DayKind.HEARING, HEARING_ON, TODAY + DAY), "has not come yet"),
        (ChallengeDay(DayKind.HEARING, HEARING_ON, TODAY - DAY), "the day the appeal was filed"),
        (plain(DayKind.OWN, HEARING_ON, whose=Actor.OURS), "what that day is for"),
        (plain(DayKind.OWN, HEARING_ON, name="Deposition"), "who has to act"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_changes_nothing(day: ChallengeDay, sentence: str):
    appeal = filed()
    before = appeal.events.count()

    with pytest.raises(Refused, match=sentence):
        enter(appeal, day)

    assert appeal.events.count() == before


def test_a_draft_and_a_decided_appeal_have_no_days():
    request = in_state("denied")
    draft = appeals.draft(request, route="foic", **acting(request))
    with pytest.raises(Refused, match="This appeal is draft: no body sets a day in it now"):
        enter(draft, hearing())

    decided = filed()
    decision = appeals.Decision(TODAY, AppealOutcome.AFFIRMED)
    appeals.decide(decided, decision, **acting(decided.records_request))
    with pytest.raises(Refused, match="This appeal is decided"):
        enter(decided, hearing())


def test_the_paper_of_another_request_is_refused():
    appeal, other = filed(), in_state("submitted")
    message = called(other)

    with pytest.raises(Refused, match="no paper of this request"):
        enter(appeal, hearing(paper=message))


def called(request: Any) -> Any:
    heard = CallOrLetter(on=TODAY, channel=Channel.POST, who="The clerk", text="Notice of hearing.")
    return record_call_or_letter(request, heard, **acting(request))


def test_the_message_that_says_so_is_read_by_it():
    appeal = filed()
    message = called(appeal.records_request)

    event = enter(appeal, hearing(paper=message))

    message.refresh_from_db()
    assert (event.data["message"], message.read_by) == (message.pk, appeal.created_by)


def test_entered_twice_it_stands_once():
    appeal = filed()
    enter(appeal, hearing())

    with pytest.raises(Refused, match="That day stands here already"):
        enter(appeal, hearing())

    assert Deadline.objects.filter(clock="hearing").count() == 1


def test_moved_it_stands_on_its_new_day_alone_and_the_ledger_keeps_both():
    appeal = filed()
    enter(appeal, hearing())
    later = HEARING_ON + 7 * DAY

    entered_days.move(appeal, 1, hearing(later), **acting(appeal.records_request))

    assert clock(appeal).due_on == later
    assert appeal.events.filter(kind=EventKind.DAY_ENTERED).count() == 2
    assert not appeal.records_request.events.filter(
        kind=EventKind.DEADLINE_MOVED, data__clock="hearing"
    ).exists()


def test_struck_the_move_is_gone_and_the_first_day_stands_again():
    appeal = filed()
    enter(appeal, hearing())
    by = acting(appeal.records_request)
    moved = entered_days.move(appeal, 1, hearing(HEARING_ON + DAY), **by)

    corrections.strike(moved, why="It was another case.", **by)

    assert clock(appeal).due_on == HEARING_ON


def test_struck_a_day_is_gone_and_another_keeps_its_place():
    appeal = filed()
    first = enter(appeal, hearing())
    enter(appeal, plain(DayKind.HEARING, HEARING_ON + 30 * DAY))

    corrections.strike(first, why="Another case.", **acting(appeal.records_request))

    assert (clock(appeal).due_on, clock(appeal).occurrence) == (HEARING_ON + 30 * DAY, 2)


def test_held_it_asks_for_nothing_more():
    appeal = filed()
    enter(appeal, hearing())
    at = NOW + 43 * DAY  # the day after
    by = acting(appeal.records_request, at)

    entered_days.say_what_came(appeal, 1, came=CameOf.DONE, on=HEARING_ON, **by)

    assert (clock(appeal).status, clock(appeal).met_on) == ("met", HEARING_ON)
    assert headline(appeal, HEARING_ON + DAY)[2] == NextStep.AWAIT_DECISION


def test_a_hearing_cannot_have_been_held_before_its_day_but_may_be_canceled():
    appeal = filed()
    enter(appeal, hearing())
    by = acting(appeal.records_request)

    with pytest.raises(Refused, match="It is to be held on Mon Dec 14, 2026"):
        entered_days.say_what_came(appeal, 1, came=CameOf.DONE, on=TODAY, **by)
    entered_days.say_what_came(appeal, 1, came=CameOf.CANCELED, on=TODAY, **by)

    assert clock(appeal).status == "void"


def test_over_it_is_over_once():
    appeal = filed()
    enter(appeal, plain(DayKind.BRIEF, HEARING_ON))
    by = acting(appeal.records_request)
    entered_days.say_what_came(appeal, 1, came=CameOf.DONE, on=TODAY, **by)

    with pytest.raises(Refused, match="over already"):
        entered_days.say_what_came(appeal, 1, came=CameOf.DONE, on=TODAY, **by)
    with pytest.raises(Refused, match="over already"):
        entered_days.move(appeal, 1, hearing(), **by)


def test_a_decision_ends_every_day_and_is_the_one_expected():
    appeal = filed()
    enter(appeal, hearing())
    enter(appeal, plain(DayKind.DECISION_EXPECTED, HEARING_ON + 30 * DAY))

    decision = appeals.Decision(TODAY, AppealOutcome.REVERSED)
    appeals.decide(appeal, decision, **acting(appeal.records_request))

    assert clock(appeal).status == "void"
    assert (clock(appeal, "decision_expected").status, clock(appeal, "decision_expected").met_on) \
        == ("met", TODAY)  # fmt: skip


def test_a_withdrawal_ends_every_day():
    appeal = filed()
    enter(appeal, hearing())

    appeals.withdraw(appeal, on=TODAY, **acting(appeal.records_request))

    assert clock(appeal).status == "void"


def test_what_is_stored_follows_from_the_ledger():
    appeal = filed()
    enter(appeal, hearing())
    entered_days.move(appeal, 1, hearing(hour=None), **acting(appeal.records_request))

    assert compare(appeal.records_request) == []


def won(outcome: str = AppealOutcome.REVERSED, **decided: Any) -> Appeal:
    appeal = filed()
    decision = appeals.Decision(TODAY, outcome, **decided)
    appeals.decide(appeal, decision, **acting(appeal.records_request))
    return appeal


COMPLY_ON = TODAY + 30 * DAY


def test_the_day_that_a_decision_sets_is_the_citys_and_late_once_it_has_passed():
    appeal = won(comply_by_on=COMPLY_ON)

    row = clock(appeal, "comply_by")

    assert (row.due_on, row.whose, row.status) == (COMPLY_ON, "city", "running")
    assert headline(appeal, COMPLY_ON + DAY)[0] == Section.LATE
    assert compare(appeal.records_request) == []


def test_the_day_to_comply_is_met_by_what_the_city_did():
    appeal = won(comply_by_on=COMPLY_ON)

    city_determinations.comply(
        appeal.records_request, answer=said(on=TODAY), **acting(appeal.records_request)
    )

    assert (clock(appeal, "comply_by").status, clock(appeal, "comply_by").met_on) == ("met", TODAY)


def test_the_day_to_comply_can_be_entered_and_moved_after_the_decision():
    appeal = won()
    event = enter(appeal, plain(DayKind.COMPLY_BY, COMPLY_ON))

    later = plain(DayKind.COMPLY_BY, COMPLY_ON + DAY)
    entered_days.move(appeal, event.data["day"], later, **acting(appeal.records_request))

    assert clock(appeal, "comply_by").due_on == COMPLY_ON + DAY


def test_a_decision_that_was_struck_sets_no_day():
    appeal = won(comply_by_on=COMPLY_ON)
    decided = appeal.events.get(kind=EventKind.APPEAL_DECIDED)

    corrections.strike(decided, why="Another docket.", **acting(appeal.records_request))

    assert clock(appeal, "comply_by").status == "void"


@pytest.mark.parametrize("outcome", [AppealOutcome.AFFIRMED, AppealOutcome.DISMISSED])
def test_a_decision_against_us_sets_the_city_no_day(outcome: str):
    with pytest.raises(Refused, match="Only a decision in our favor sets the city a day"):
        won(outcome, comply_by_on=COMPLY_ON)


def test_before_the_decision_nobody_has_to_comply():
    with pytest.raises(Refused, match="Only a decision in our favor"):
        enter(filed(), plain(DayKind.COMPLY_BY, COMPLY_ON))
