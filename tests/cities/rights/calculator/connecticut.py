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
    denials = _petition_denied(record)
    first_days = [wrong.since - DAY for wrong in silence]
    first_days += [wrong.since for wrong in (*refused, *sent_away)]
    return Answer(
        (*silence, *refused, *sent_away, *demands, *waivers, *decisions, *denials),
        (
            *_thirty_days(record, first_days),
            *_thirty_days(record, [wrong.since for wrong in demands]),
            *_thirty_days(record, [wrong.since for wrong in waivers]),
            *_fifteen_days(record, [wrong.since for wrong in decisions]),
            *_forty_five_days(record, [wrong.since for wrong in decisions], denials),
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


def _fifteen_days(record: Record, starts: Iterable[date]) -> list[OurTime]:
    """§ 4-181a(a)(1): fifteen days after delivery or mailing of the final decision."""
    used = [act.on for act in record.filed("reconsideration")]
    return times("reconsideration", [(day, day + 15 * DAY) for day in starts], used, LEGAL)


def _petition_denied(record: Record) -> list[Wrong]:
    """§ 4-181a(a)(1): denied in so many words, or by twenty-five days without a determination."""
    answers = record.decided("reconsideration")
    wrongs = [
        Wrong("decision", act.on, act.on)
        for act in answers
        if act.facts.get("outcome") not in WITH_US
    ]
    for petition in record.filed("reconsideration"):
        last = petition.dated("received_on") + 25 * DAY
        latest = LEGAL.or_next(last)
        said = next((act.on for act in answers if act.on >= petition.on), None)
        if not any(day and day <= last for day in (said, record.ended)):
            wrongs.append(Wrong("decision", last + DAY, None if said and said <= latest
                                else latest + DAY))  # fmt: skip
    return wrongs


def _forty_five_days(
    record: Record, starts: Iterable[date], denials: Iterable[Wrong]
) -> list[OurTime]:
    """§§ 1-206(d), 4-183(c): forty-five days after mailing of the final decision, or after the
    petition for reconsideration is denied, "whichever is applicable and is later": applicable to
    one made within its fifteen days."""
    used = [act.on for act in (*record.filed("superior_court"), *record.of("lawsuit"))]
    starts = list(starts)
    spoken = {act.on for act in record.decided("reconsideration")}
    denied = [w.since if w.since in spoken else w.since - DAY for w in denials]
    acts = [(day, False) for day in starts] + [
        (day, _in_time(record, starts, day)) for day in denied
    ]
    groups: list[list[date]] = []
    for day, is_anew in sorted(acts, key=lambda act: act[0]):
        group = groups[-1] if groups else []
        is_used = any(min(group) <= on <= day for on in used) if group else False
        if group and is_anew and not is_used:
            group.insert(0, day)
        elif group and not is_used and day <= group[0] + 45 * DAY:
            group.append(day)
        else:
            groups.append([day])
    ends = [[day + 45 * DAY for day in group] for group in groups]
    return [
        OurTime("court", group[0], end[0], LEGAL.or_before(end[0]), max(map(LEGAL.or_next, end)))
        for group, end in zip(groups, ends, strict=True)
    ]


def _in_time(record: Record, decided: Iterable[date], denied: date) -> bool:
    """Whether the petition that was denied was made within fifteen days of the decision."""
    made = [act.dated("received_on") for act in record.filed("reconsideration")
            if act.on <= denied]  # fmt: skip
    return any(day <= on <= day + 15 * DAY for day in decided for on in made)
