"""Connecticut: Conn. Gen. Stat. §§ 1-4, 1-206, 4-183, as read for Stamford."""

from collections.abc import Iterable
from datetime import date

from tests.cities.rights.calculator.legal_days import CONNECTICUT, DAY, Days
from tests.cities.rights.calculator.record import (
    ANSWERS,
    WITH_US,
    Answer,
    OurTime,
    Record,
    Wrong,
    times,
)

LEGAL = Days(CONNECTICUT)
NEITHER_GRANTS_NOR_DENIES = (
    "acknowledged", "produced_in_part", "referred", "fees_estimated", "clarification_requested",
)  # fmt: skip
"""§ 1-206(a) waits for a denial in writing; whether one of these avoids the denial by silence, it
does not say."""


def answer(record: Record) -> Answer:
    silence = _silence(record)
    # § 1-206(b)(1): whoever is denied the right to inspect or copy.
    refused = record.wrongs("denied", "granted_in_part", "no_records")
    # Being sent elsewhere refuses only where the agency has the records itself.
    sent_away = record.wrongs("referred", sure=False)
    # § 1-206(b)(1): "or denied any other right": a demand, and a waiver refused (§ 1-212(d)).
    demands = record.wrongs("fees_estimated", by="fee", undone_by=["fees_waived"])
    waivers = record.wrongs("fee_waiver_denied", by="fee_waiver", undone_by=["fees_waived"])
    decisions = [
        Wrong("decision", act.dated("mailed_on"), act.dated("mailed_on"))
        for act in record.decided("foic")
        if act.facts.get("outcome") not in WITH_US
    ]
    first_days = [wrong.since - DAY for wrong in silence]
    first_days += [wrong.since for wrong in (*refused, *sent_away)]
    return Answer(
        (*silence, *refused, *sent_away, *demands, *waivers, *decisions),
        (
            *_thirty_days(record, first_days),
            *_thirty_days(record, [wrong.since for wrong in demands]),
            *_thirty_days(record, [wrong.since for wrong in waivers]),
            *_forty_five_days(record, [wrong.since for wrong in decisions]),
        ),
    )


def _silence(record: Record) -> list[Wrong]:
    """§ 1-206(a): four business days, ten for a personnel or medical file (§ 1-214(b), (c)).

    Not settled: whether they run from sending or from receipt (Bridgeport v. FOIC, 222 Conn. App.
    17 (2023)), and whether a day on which the city alone is shut is a business day.
    """
    count = 10 if record.request.track == "personnel_file" else 4
    generous = Days(CONNECTICUT, record.request.closed).after(record.received, count)
    strict = min(LEGAL.after(record.sent, count), generous)
    return record.silence(strict, generous, answers=ANSWERS, perhaps=NEITHER_GRANTS_NOR_DENIES)


def _thirty_days(record: Record, starts: Iterable[date]) -> list[OurTime]:
    """§ 1-206(b)(1): thirty days "after such denial", which are calendar days: FIC 2013-781."""
    used = [act.on for act in record.filed("foic")]
    return times("appeal", [(day, day + 30 * DAY) for day in starts], used, LEGAL)


def _forty_five_days(record: Record, starts: Iterable[date]) -> list[OurTime]:
    """§§ 1-206(d), 4-183(c)(1): forty-five days after mailing of the final decision."""
    used = [act.on for act in (*record.filed("superior_court"), *record.of("lawsuit"))]
    return times("court", [(day, day + 45 * DAY) for day in starts], used, LEGAL)
