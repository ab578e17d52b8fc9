"""Missouri: RSMo §§ 9.010, 610.023, 610.026, 610.027, as read for Kansas City."""

from collections.abc import Iterable
from datetime import date

from tests.cities.rights.calculator.legal_days import (
    DAY,
    KANSAS_CITY_MAY_WORK,
    MISSOURI,
    Days,
)
from tests.cities.rights.calculator.record import (
    ANSWERS,
    WITH_US,
    Answer,
    OurTime,
    Record,
    Wrong,
    times,
)

LEGAL = Days(MISSOURI)
ACTS_ON_IT = (*ANSWERS, "referred")
PERHAPS = ("produced_in_part", "fees_estimated", "clarification_requested")


def answer(record: Record) -> Answer:
    silence = _silence(record)
    refused = record.wrongs("denied", "granted_in_part", "no_records")
    demands = record.wrongs("fees_estimated", by="fee", undone_by=["fees_waived"])
    # § 610.023.3: the delay explained in detail, with the earliest time and date.
    undated = [
        Wrong("extension", act.on, None)
        for act in record.of("extended")
        if "until" not in act.facts
    ]
    decisions = [
        Wrong("decision", act.on, act.on)
        for act in record.decided()
        if act.facts.get("outcome") not in WITH_US
    ]
    first_days = [wrong.since - DAY for wrong in silence]
    first_days += [wrong.since for wrong in (*refused, *undated)]
    return Answer(
        (
            *silence,
            *refused,
            *record.wrongs("referred", sure=False),
            *demands,
            *undated,
            *decisions,
        ),
        (
            *_one_year(record, first_days),
            *_one_year(record, [wrong.since for wrong in demands]),
            *_lapses(record),
        ),
    )


def _silence(record: Record) -> list[Wrong]:
    """§ 610.023.3: the end of the third business day after the custodian has the request.

    "Business day" is not defined: on some legal holidays the City may work (§ 610.020.2).
    """
    strict = Days(MISSOURI - KANSAS_CITY_MAY_WORK, record.request.closed)
    generous = Days(MISSOURI, record.request.closed)
    first = _with_the_date_named(record, strict.after(record.arrived, 3), None)
    last = _with_the_date_named(record, generous.after(record.received, 3), generous)
    return record.silence(min(first, last), last, answers=ACTS_ON_IT, perhaps=PERHAPS)


def _with_the_date_named(record: Record, due: date, rolls_with: Days | None) -> date:
    """§ 610.023.3: in time and with a date, a delay lasts to that date; on the generous reading to
    the business day after, where it is none."""
    base = due
    answered = record.first((*ACTS_ON_IT, *PERHAPS))
    for act in record.of("extended"):
        until = act.dated("until") if "until" in act.facts else None
        if until and act.on <= due and until >= base and not (answered and answered < act.on):
            due = rolls_with.or_next(until) if rolls_with else until
    return due


def _one_year(record: Record, starts: Iterable[date]) -> list[OurTime]:
    """§ 610.027.5: a year from when the violation can be ascertained: here from the violation."""
    used = [act.on for act in (*record.filed("circuit_court"), *record.of("lawsuit"))]
    return times("court", [(day, day.replace(year=day.year + 1)) for day in starts], used, LEGAL)


def _lapses(record: Record) -> list[OurTime]:
    """§ 610.026.2 (HB 145, 2025): 90 days to pay, or to answer a question; 150 above $1,000."""
    days = Days(MISSOURI, record.request.closed)

    def last(on: date) -> tuple[date, date]:
        return on, on + (150 if record.amount_asked(on) > 1000 else 90) * DAY

    settled = [act.on for act in record.of("fees_paid", "fees_waived")]
    clarified = [act.on for act in record.of("clarified")]
    asked = [last(act.on) for act in record.of("clarification_requested")]
    demanded = [last(act.on) for act in record.of("fees_estimated")]
    return [
        *times("fee_lapse", demanded, settled, days),
        *times("clarification_lapse", asked, clarified, days),
    ]
