"""Which events of a ledger the law sees, on which day, and the newsroom's own reminders."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cities.clocks.derive import Closure, CountedDay, Occurrence
from cities.schema.city import RequestKind
from cities.schema.load import load_city
from requests_app.deadlines import (
    RECEIPT_RULE,
    REMINDER,
    Subject,
    derive,
    occurrences_of,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (2, 3, 4, 5))
REQUEST, APPEAL = 1, 2  # deliveries


@dataclass(frozen=True)
class Entry:
    kind: str
    on: date = MONDAY
    data: Mapping[str, Any] = field(default_factory=dict)
    delivery_id: int | None = None


SUBMITTED = Entry("submitted", MONDAY, {"channel": "email"}, REQUEST)
SENT = Entry("sent", TUESDAY, delivery_id=REQUEST)
BOUNCED = Entry("bounced", WEDNESDAY, delivery_id=REQUEST)
ON_TUESDAY = [("submitted", TUESDAY), ("received", TUESDAY)]


def seen(*events: Entry) -> list[tuple[str, date]]:
    return [(occurrence.kind, occurrence.on) for occurrence in occurrences_of(events)]


# -- what reached the city, and when --
def test_a_request_is_submitted_and_received_on_the_day_it_is_sent():
    assert seen(SUBMITTED, SENT) == ON_TUESDAY


def test_what_the_request_said_of_itself_goes_with_both():
    assert [occurrence.facts for occurrence in occurrences_of([SUBMITTED, SENT])] == [
        {"channel": "email"},
        {"channel": "email"},
    ]


def test_a_request_that_waits_to_be_sent_has_reached_nobody():
    assert seen(SUBMITTED) == []


@pytest.mark.parametrize("kind", ["bounced", "sending_failed"])
def test_a_request_that_came_back_has_reached_nobody(kind: str):
    assert seen(SUBMITTED, SENT, Entry(kind, WEDNESDAY, delivery_id=REQUEST)) == []


def test_a_failure_before_anything_was_sent_takes_nothing_back():
    failed = Entry("sending_failed", MONDAY, delivery_id=REQUEST)

    assert seen(SUBMITTED, failed, SENT) == ON_TUESDAY


def test_a_request_sent_again_counts_from_its_second_day():
    again = Entry("sent", THURSDAY, delivery_id=REQUEST)

    assert seen(SUBMITTED, SENT, BOUNCED, again) == [
        ("submitted", THURSDAY),
        ("received", THURSDAY),
    ]


def test_a_bounce_after_a_word_of_the_city_takes_nothing_back():
    acknowledged = Entry("acknowledged", TUESDAY)

    assert seen(SUBMITTED, SENT, acknowledged, BOUNCED) == [
        *ON_TUESDAY,
        ("acknowledged", TUESDAY),
    ]


def test_what_comes_after_such_a_bounce_is_read_as_ever():
    sent = Entry("sent", THURSDAY, delivery_id=APPEAL)
    asked = Entry("grounds_requested", WEDNESDAY, delivery_id=APPEAL)

    assert seen(SUBMITTED, SENT, Entry("denied", TUESDAY), BOUNCED, asked, sent) == [
        *ON_TUESDAY,
        ("denied", TUESDAY),
        ("grounds_requested", THURSDAY),
    ]


def test_a_word_of_the_city_excuses_no_bounce_of_another_letter():
    asked = Entry("grounds_requested", TUESDAY, delivery_id=APPEAL)
    bounce = Entry("bounced", WEDNESDAY, delivery_id=APPEAL)
    sent = Entry("sent", TUESDAY, delivery_id=APPEAL)

    found = seen(SUBMITTED, SENT, Entry("denied", TUESDAY), asked, sent, bounce)

    assert found == [*ON_TUESDAY, ("denied", TUESDAY)]


def test_a_failed_sending_after_a_word_of_the_city_is_a_failure_all_the_same():
    failed = Entry("sending_failed", WEDNESDAY, delivery_id=REQUEST)

    assert seen(SUBMITTED, SENT, Entry("acknowledged", TUESDAY), failed) == [
        ("acknowledged", TUESDAY)
    ]


def test_an_act_without_a_letter_counts_on_its_own_day():
    assert seen(Entry("fees_paid", THURSDAY)) == [("fees_paid", THURSDAY)]


def test_what_the_law_does_not_look_at_is_left_out():
    assert seen(Entry("noted"), Entry("thanked"), Entry("deadline_moved")) == []


# -- received --
def test_a_request_by_post_is_received_when_somebody_enters_the_day():
    posted = Entry("submitted", MONDAY, {"channel": "post"}, REQUEST)

    assert seen(posted, SENT) == [("submitted", TUESDAY)]
    assert seen(posted, SENT, Entry("received", THURSDAY)) == [
        ("submitted", TUESDAY),
        ("received", THURSDAY),
    ]


def test_the_last_day_entered_corrects_the_ones_before_it():
    entered = [Entry("received", THURSDAY), Entry("received", WEDNESDAY, {"text": "stamped"})]

    found = occurrences_of([SUBMITTED, SENT, *entered])

    assert found == [
        Occurrence("submitted", TUESDAY, {"channel": "email"}),
        Occurrence("received", WEDNESDAY, {"text": "stamped"}),
    ]


def test_events_come_by_day_and_within_a_day_as_they_were_entered():
    late = Entry("denied", TUESDAY)

    assert seen(Entry("extended", TUESDAY), late, SUBMITTED, SENT, Entry("received", TUESDAY)) == [
        ("submitted", TUESDAY),
        ("received", TUESDAY),
        ("extended", TUESDAY),
        ("denied", TUESDAY),
    ]


# -- an appeal and the body --
FILED = Entry("appeal_filed", TUESDAY, {"route": "foic", "channel": "post"}, APPEAL)
APPEAL_SENT = Entry("sent", TUESDAY, delivery_id=APPEAL)


def filed(*events: Entry) -> Mapping[str, Any]:
    [occurrence] = [o for o in occurrences_of(events) if o.kind == "appeal_filed"]
    return occurrence.facts


def received(on: date, route: str = "foic") -> Entry:
    return Entry("appeal_received", on, {"route": route})


def test_an_appeal_by_post_awaits_its_receipt():
    assert filed(FILED, APPEAL_SENT) == {
        "route": "foic",
        "channel": "post",
        "awaits_receipt": True,
    }


def test_an_appeal_counts_from_the_day_it_was_sent():
    later = Entry("sent", THURSDAY, delivery_id=APPEAL)

    assert seen(FILED, later) == [("appeal_filed", THURSDAY)]


def test_an_appeal_by_email_awaits_none():
    mailed = Entry("appeal_filed", TUESDAY, {"route": "foic", "channel": "email"}, APPEAL)

    assert filed(mailed, APPEAL_SENT) == {"route": "foic", "channel": "email"}


def test_the_last_day_on_which_the_body_had_it_counts():
    facts = filed(FILED, APPEAL_SENT, received(THURSDAY), received(WEDNESDAY))

    assert facts == {"route": "foic", "channel": "post", "received_on": WEDNESDAY}


@pytest.mark.parametrize(
    "other", [received(THURSDAY, "superior_court"), received(MONDAY)], ids=["route", "earlier"]
)
def test_a_receipt_of_another_appeal_is_not_taken(other: Entry):
    assert filed(FILED, APPEAL_SENT, other)["awaits_receipt"] is True


def test_a_receipt_on_the_day_of_filing_is_taken():
    assert filed(FILED, APPEAL_SENT, received(TUESDAY))["received_on"] == TUESDAY


# -- facts --
def test_amounts_and_days_are_read_from_the_ledgers_text():
    data = {"amount": "25.01", "until": "2026-11-30", "mailed_on": "2026-11-05", "ground": "a"}

    [found] = occurrences_of([Entry("extended", data=data)])

    assert found.facts == {
        "amount": Decimal("25.01"),
        "until": date(2026, 11, 30),
        "mailed_on": date(2026, 11, 5),
        "ground": "a",
    }


def test_a_day_left_open_stays_open():
    [found] = occurrences_of([Entry("extended", data={"until": ""})])

    assert found.facts == {"until": ""}


# -- the newsroom's own reminders --
def subject(city: str, kind: RequestKind) -> Subject:
    return Subject(city=load_city(city), kind=kind)


DATASET = subject("us-ct/stamford", RequestKind.DATASET)
RECORDS = subject("us-ct/stamford", RequestKind.RECORDS)


def reminder(of: Subject, *events: Entry) -> Any:
    return next((d for d in derive(of, events) if d.clock == REMINDER), None)


def test_a_dataset_is_asked_after_in_fourteen_days():
    found = derive(DATASET, [SUBMITTED, SENT])

    assert len(found) == 1
    row = found[0]
    due = date(2026, 11, 17)
    assert (row.clock, row.whose, row.status, row.rule) == (
        REMINDER, "ours", "running",
        "The newsroom's own reminder, 14 days after it was sent: no law sets a clock here.",
    )  # fmt: skip
    assert row.starts_on == TUESDAY
    assert {row.due_on, row.earliest_on, row.latest_on, row.nominal_on} == {due}
    assert row.days == (CountedDay(TUESDAY, None, "sent"), CountedDay(due, 14, "reminder"))
    assert (row.met_on, row.citation, row.unsettled, row.readings) == (None, "", "", ())
    assert row.confidence == "found"


@pytest.mark.parametrize(
    "begun",
    [
        [Entry("submitted", MONDAY, {"channel": "post"}, REQUEST), SENT],
        [Entry("received", TUESDAY)],
    ],
    ids=["posted, and no receipt entered", "received, and nothing sent by the desk"],
)
def test_a_reminder_counts_from_what_is_known(begun: list[Entry]):
    assert reminder(DATASET, *begun).starts_on == TUESDAY


def test_nobody_is_reminded_of_what_was_not_sent():
    assert derive(DATASET, [SUBMITTED]) == ()


@pytest.mark.parametrize("kind", ["granted", "denied", "withdrawn", "closed"])
def test_an_answer_or_an_end_meets_the_reminder(kind: str):
    row = reminder(DATASET, SUBMITTED, SENT, Entry(kind, THURSDAY))

    assert (row.status, row.met_on) == ("met", THURSDAY)


def test_an_acknowledgement_does_not_meet_it():
    assert reminder(DATASET, SUBMITTED, SENT, Entry("acknowledged", THURSDAY)).met_on is None


def test_nobody_asks_for_the_receipt_where_the_citys_own_clock_ends_by_then():
    """Connecticut's four business days from a Monday end on Friday; from a Tuesday, next Monday."""
    on_monday = Entry("sent", MONDAY, delivery_id=REQUEST)

    assert reminder(RECORDS, SUBMITTED, on_monday) is None
    assert reminder(RECORDS, SUBMITTED, SENT).due_on == date(2026, 11, 8)


def test_nor_where_it_ends_on_that_very_day():
    """Sent on a Sunday before Veterans Day, both end on the Friday."""
    on_sunday = Entry("sent", date(2026, 11, 8), delivery_id=REQUEST)

    assert due(RECORDS, "response", SUBMITTED, on_sunday) == date(2026, 11, 13)
    assert reminder(RECORDS, SUBMITTED, on_sunday) is None


def test_where_no_acknowledgement_is_set_somebody_asks_after_five_days():
    row = reminder(subject("us-ca/stockton", RequestKind.RECORDS), SUBMITTED, SENT)

    due = date(2026, 11, 8)
    assert (row.whose, row.status, row.rule, row.due_on) == ("ours", "running", RECEIPT_RULE, due)


@pytest.mark.parametrize("kind", ["acknowledged", "extended", "deemed_denied", "lapsed"])
def test_a_word_of_the_city_or_an_end_ends_asking_for_the_receipt(kind: str):
    row = reminder(
        subject("us-ca/stockton", RequestKind.RECORDS), SUBMITTED, SENT, Entry(kind, THURSDAY)
    )

    assert (row.status, row.met_on) == ("met", THURSDAY)


def test_where_the_law_sets_an_acknowledgement_nobody_is_reminded():
    assert reminder(subject("us-or/portland", RequestKind.RECORDS), SUBMITTED, SENT) is None


# -- what of a request decides its clocks --
def due(of: Subject, clock: str, *events: Entry) -> date | None:
    return next(row.due_on for row in derive(of, events) if row.clock == clock)


def test_a_closure_moves_the_citys_day():
    closed = Closure(WEDNESDAY, "burst pipe", "the city's notice")

    assert due(RECORDS, "response", SUBMITTED, SENT) == date(2026, 11, 9)
    assert due(replace(RECORDS, closures=(closed,)), "response", SUBMITTED, SENT) == date(
        2026, 11, 10
    )


def test_a_personnel_file_has_ten_business_days_in_place_of_four():
    on_its_track = replace(RECORDS, track="personnel_file")

    assert due(on_its_track, "response", SUBMITTED, SENT) == date(2026, 11, 18)


def test_an_elected_officials_silence_is_a_denial_after_seven_days():
    official = Subject(
        load_city("us-or/portland"), RequestKind.RECORDS, custodian="elected_official"
    )

    assert due(official, "deemed_denial", SUBMITTED, SENT) == date(2026, 11, 10)
