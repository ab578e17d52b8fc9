"""Oregon: ORS 187.010, 192.324, 192.329, 192.407, 192.411 to 192.431, as read for Portland."""

from datetime import date

from tests.cities.rights.calculator.legal_days import DAY, OREGON, SUNDAY, Days
from tests.cities.rights.calculator.record import (
    ANSWERS,
    WITH_US,
    Act,
    Answer,
    OurTime,
    Record,
    Wrong,
    times,
)

LEGAL = Days(OREGON)
RESPONSES = (*ANSWERS, "referred")
GIVEN = ("granted",)  # there is nothing left to disclose
SUSPENDED_BY = {
    "fees_estimated": ("fees_paid", "fees_waived"),
    "clarification_requested": ("clarified", "clarification_declined"),
}


def answer(record: Record) -> Answer:
    waived = ["fees_waived"]
    # 192.427: none over an elected official's records. Whether the court takes up what 192.324(6)
    # gives to the petition alone is open.
    petition_lies = record.request.custodian != "elected_official"
    # 192.407(1)(b): only an estimate that is unreasonably long.
    estimates = record.wrongs("extended", by="extension", sure=False, undone_by=(*ANSWERS,))
    return Answer(
        (
            *_no_acknowledgement(record),
            *_no_response(record),
            *_elected_official(record),
            *record.wrongs("denied", "granted_in_part", "no_records", undone_by=GIVEN),
            *record.wrongs("referred", sure=False, undone_by=GIVEN),
            *record.wrongs("fees_estimated", by="fee", sure=petition_lies, undone_by=waived),
            *record.wrongs(
                "fee_waiver_denied", by="fee_waiver", sure=petition_lies, undone_by=waived
            ),
            *estimates,
            *_decisions(record),
            *_orders_not_obeyed(record),
        ),
        _lapses(record),
    )


def _city_days(record: Record) -> Days:
    """192.311(1): no business day on which nobody is paid to work and does."""
    return Days(OREGON, record.request.closed)


def _no_acknowledgement(record: Record) -> list[Wrong]:
    """192.324(2): five business days. 192.407(1)(c) speaks of failures under 192.329: whether this
    one alone can be petitioned over is open."""
    days = _city_days(record)
    first, due = days.after(record.arrived, 5), days.after(record.received, 5)
    missed = record.silence(first, due, answers=(*RESPONSES, "acknowledged"), undone_by=GIVEN)
    return [wrong._replace(sure=None) for wrong in missed]


def _no_response(record: Record) -> list[Wrong]:
    """192.329(1), (5), 192.407(1)(a): ten business days after the acknowledgement was due."""
    days = _city_days(record)
    first = days.after(days.after(record.arrived, 5), 10)
    base = days.after(days.after(record.received, 5), 10)
    strict = _suspended_and_extended(record, first, rolls=False)
    generous = _suspended_and_extended(record, base, rolls=True)
    if strict is None:
        return []
    return record.silence(strict, generous, answers=RESPONSES, undone_by=GIVEN)


def _suspended_and_extended(record: Record, base: date, *, rolls: bool) -> date | None:
    """192.329(3), (4): a fee or a question suspends; the business days after the notice through
    the payment or answer go onto the end. 192.329(5)(b): an estimate names another day, which on
    the generous reading moves where it is no business day. None: suspended now."""
    days, due = _city_days(record), base
    changes: list[tuple[date, date | None, bool]] = [
        (start, end, True) for start, end in _suspensions(record)
    ]
    changes += [
        (act.on, act.dated("until"), False) for act in record.of("extended") if "until" in act.facts
    ]
    answered = record.first(RESPONSES) or date.max
    is_extended = False
    for start, end, suspends in sorted(changes, key=lambda change: change[0]):
        if start > due or start > answered:
            continue
        if suspends:
            if end is None:
                return None
            due = days.after(due, days.between(start, end))
            base = base if is_extended else due
        elif end and end >= base:
            due, is_extended = (days.or_next(end) if rolls else end), True
    return due


def _suspensions(record: Record) -> list[tuple[date, date | None]]:
    """Each time the duty stood still; times that overlap are one."""
    spans: list[tuple[date, date | None]] = []
    for start_kind, end_kinds in SUSPENDED_BY.items():
        until: date | None = date.min
        for act in record.of(start_kind):
            if until is not None and act.on >= until:
                until = record.first(end_kinds, act.on)
                spans.append((act.on, until))
    joined: list[tuple[date, date | None]] = []
    for start, end in sorted(spans, key=lambda span: span[0]):
        if joined and (joined[-1][1] is None or start <= joined[-1][1]):
            first, last = joined[-1]
            joined[-1] = (first, max(last, end) if last and end else None)
        else:
            joined.append((start, end))
    return joined


def _seven_days(start: date, days: Days = LEGAL) -> tuple[date, date]:
    """Seven days: from a Sunday or a legal holiday on to the next business day (187.010(3)). A
    Saturday is no legal holiday, nor is a closure: they move only on the generous reading."""
    end = start + 7 * DAY
    moves = end.weekday() == SUNDAY or end in OREGON
    return (days.or_next(end) if moves else end), days.or_next(end)


def _elected_official(record: Record) -> list[Wrong]:
    """192.418(2), 192.427: seven days without an answer to the request are a denial."""
    if record.request.custodian != "elected_official":
        return []
    days = _city_days(record)
    strict, generous = _seven_days(record.arrived, days)[0], _seven_days(record.received, days)[1]
    return record.silence(strict, generous, answers=RESPONSES, undone_by=GIVEN)


def _decisions(record: Record) -> list[Wrong]:
    """192.415(1)(b): the district attorney's denial. 192.418(1): or no order in seven days from
    the day the petition is received."""
    against = [act for act in record.decided() if act.facts.get("outcome") not in WITH_US]
    wrongs = [Wrong("decision", act.on, act.on, record.first(GIVEN, act.on)) for act in against]
    for petition in record.filed("district_attorney"):
        strict, generous = _seven_days(petition.dated("received_on"))
        ordered = _next_decision(record, petition)
        if not any(day and day <= strict for day in (ordered, record.ended)):
            in_time = ordered is not None and ordered <= generous
            sure = None if in_time else generous + DAY
            wrongs.append(Wrong("decision", strict + DAY, sure, record.first(GIVEN, strict)))
    return wrongs


def _next_decision(record: Record, petition: Act) -> date | None:
    decided = record.decided("district_attorney")
    return next((act.on for act in decided if act.on >= petition.on), None)


def _orders_not_obeyed(record: Record) -> list[Wrong]:
    """192.411(2): seven days to comply in full, or to give notice and sue; else 192.431(3)."""
    wrongs = []
    for order in record.decided("district_attorney"):
        if order.facts.get("outcome") in ("affirmed", "dismissed", "settled"):
            continue
        strict, generous = _seven_days(order.on, _city_days(record))
        obeyed = record.first((*GIVEN, "complied"), order.on)
        sued = record.first(["lawsuit"], order.on)
        if any(day and day <= strict for day in (obeyed, sued, record.ended)):
            continue
        in_time = obeyed is not None and obeyed <= generous
        wrongs.append(Wrong("disobeyed", strict + DAY, None if in_time else generous + DAY, obeyed))
    return wrongs


def _lapses(record: Record) -> tuple[OurTime, ...]:
    """192.329(3)(b), (4)(b): sixty days to pay, or to answer, then the city closes the request."""
    days = _city_days(record)
    told = [(act.on, act.on + 60 * DAY) for act in record.of("fees_estimated", "fee_waiver_denied")]
    asked = [(act.on, act.on + 60 * DAY) for act in record.of("clarification_requested")]
    settled = [act.on for act in record.of(*SUSPENDED_BY["fees_estimated"])]
    answered = [act.on for act in record.of(*SUSPENDED_BY["clarification_requested"])]
    return (
        *times("fee_lapse", told, settled, days),
        *times("clarification_lapse", asked, answered, days),
    )
