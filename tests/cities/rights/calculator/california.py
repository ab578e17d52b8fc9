"""California: Gov. Code §§ 7922.530, 7922.535, 7923.000, 7923.100; Code Civ. Proc. §§ 12 to 12b,
135. The Act sets us no time: nothing of ours runs."""

from datetime import date

from tests.cities.rights.calculator.legal_days import CALIFORNIA, COURTS_MAY_WORK, DAY, Days
from tests.cities.rights.calculator.record import ANSWERS, WITH_US, Act, Answer, Record, Wrong

DETERMINATIONS = (*ANSWERS, "referred")


def answer(record: Record) -> Answer:
    given = ["granted"]  # §§ 7923.000, 7923.100 enforce the right to a record: none is left then
    strict, generous, too_long = _ten_days(record)
    decisions = [
        Wrong("decision", act.on, act.on, record.first(given, act.on))
        for act in record.decided()
        if act.facts.get("outcome") not in WITH_US
    ]
    return Answer(
        (
            *record.silence(strict, generous, answers=DETERMINATIONS, undone_by=given),
            *record.wrongs("denied", "granted_in_part", "no_records", undone_by=given),
            *record.wrongs("referred", sure=False, undone_by=given),
            *record.wrongs("fees_estimated", by="fee", undone_by=["fees_waived"]),
            *too_long,
            *decisions,
        )
    )


def _ten_days(record: Record) -> tuple[date, date, list[Wrong]]:
    """§ 7922.535(a): ten days; (b): up to fourteen more, by notice within the ten, once.

    The last day goes on to the next that is no weekend, judicial holiday or all-day closure (Code
    Civ. Proc. §§ 12a, 12b, 135). Whether the fourteen run from the tenth day or from the day it
    rolled to is not said, nor whether a day that only the courts may keep moves a last day.
    """
    days = Days(CALIFORNIA, record.request.closed)
    surely = Days(CALIFORNIA - COURTS_MAY_WORK, record.request.closed)
    tenth, first_tenth = record.received + 10 * DAY, record.arrived + 10 * DAY
    due = days.or_next(tenth)
    notices = [act for act in record.of("extended") if not _answered_before(record, act)]
    extending = [act for act in notices if act.on <= due and not _names_a_day_before(act, due)]
    if not extending:
        strict = surely.or_next(first_tenth)
        return strict, due, _past(record, notices, strict, due)
    strict, generous = surely.or_next(first_tenth + 14 * DAY), days.or_next(due + 14 * DAY)
    if "until" in extending[0].facts:
        named = extending[0].dated("until")
        strict = min(strict, surely.or_next(named))
        generous = min(generous, days.or_next(named))
    return strict, generous, _past(record, notices, strict, generous)


def _answered_before(record: Record, act: Act) -> bool:
    answered = record.first(DETERMINATIONS)
    return answered is not None and answered < act.on


def _names_a_day_before(act: Act, due: date) -> bool:
    """A notice that promises an answer sooner than the law does takes no time."""
    return "until" in act.facts and act.dated("until") < due


def _past(record: Record, notices: list[Act], strict: date, generous: date) -> list[Wrong]:
    """§ 7922.535(b): "No notice shall specify a date" beyond the fourteen days."""
    return [
        Wrong(
            "extension",
            act.on,
            act.on if act.dated("until") > generous else None,
            record.first(ANSWERS, act.on),
        )
        for act in notices
        if "until" in act.facts and act.dated("until") > strict
    ]
