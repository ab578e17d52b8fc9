"""A deadline's explanation as plain text, for an e-mail to the clerk or a note to an editor."""

from datetime import date
from functools import lru_cache
from typing import Any

from cities.clocks.computed_deadline import Deadline, Reading
from cities.clocks.counting import CountedDay

WHOSE = {"city": "the city's", "ours": "ours", "body": "the reviewing body's"}
CONFIDENCE = {
    "found": "",
    "second_hand": "read in a summary, not in the text itself",
    "unverified": "not verified",
}


def explain(deadline: Deadline) -> str:
    """The date, the rule with its citation, each day, and what is unsettled: a line each."""
    lines = [_heading(deadline), deadline.rule, _source(deadline), ""]
    lines += [_line(day, deadline) for day in deadline.days]
    lines += ["", *_readings(deadline)] if deadline.readings else []
    if deadline.unsettled:
        lines += ["", f"Unsettled: {deadline.unsettled}"]
    if deadline.remarks:
        lines += ["", *(f"No effect: {remark}." for remark in deadline.remarks)]
    return "\n".join(lines)


def as_json(deadline: Deadline) -> dict[str, Any]:
    """The reasons as they are stored, shown and served: days, readings, doubts.

    The dates themselves are the deadline's own and stand beside it; `from_json` puts both together.
    """
    perhaps = {"is_met_perhaps": True} if deadline.is_met_perhaps else {}
    year = deadline.not_computed_before
    undated = {"not_computed_before": year} if year else {}
    return (
        perhaps
        | undated
        | {
            "rule": deadline.rule,
            "citation": deadline.citation,
            "checked_on": deadline.checked_on.isoformat() if deadline.checked_on else None,
            "confidence": deadline.confidence,
            "unsettled": deadline.unsettled,
            "days": [
                {
                    "on": day.on.isoformat(),
                    "until": day.until.isoformat() if day.until else None,
                    "number": day.number,
                    "note": day.note,
                }
                for day in deadline.days
            ],
            "readings": [
                {"name": reading.name, "why": reading.why, "on": reading.on.isoformat()}
                for reading in deadline.readings
            ],
            "remarks": list(deadline.remarks),
        }
    )


def from_json(reasons: dict[str, Any], **dates: Any) -> Deadline:
    """The deadline again, from its reasons as stored and its own fields beside them."""
    return Deadline(
        rule=reasons["rule"],
        citation=reasons["citation"],
        checked_on=_date(reasons["checked_on"]),
        confidence=reasons["confidence"],
        unsettled=reasons["unsettled"],
        days=tuple(
            CountedDay(
                date.fromisoformat(day["on"]), day["number"], day["note"], _date(day["until"])
            )
            for day in reasons["days"]
        ),
        readings=tuple(
            Reading(reading["name"], date.fromisoformat(reading["on"]), reading["why"])
            for reading in reasons["readings"]
        ),
        remarks=tuple(reasons["remarks"]),
        is_met_perhaps=reasons.get("is_met_perhaps", False),
        not_computed_before=reasons.get("not_computed_before"),
        **dates,
    )


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _heading(deadline: Deadline) -> str:
    name = f"{deadline.clock.replace('_', ' ').capitalize()} ({WHOSE[deadline.whose]})"
    if deadline.not_computed_before:
        done = ""
        if deadline.met_on:
            done = f"; {done_or_perhaps(deadline)} {in_words(deadline.met_on)}"
        return f"{name}: not computed before {deadline.not_computed_before}{done}"
    if deadline.due_on is None and deadline.met_on:
        return (
            f"{name}: {done_or_perhaps(deadline)} {in_words(deadline.met_on)}, while it was tolled"
        )
    if deadline.due_on is None:
        return f"{name}: tolled, no date now"
    due = f"{name}: due {in_words(deadline.due_on)}"
    if deadline.met_on:
        late = ", late" if deadline.was_met_late else ""
        return f"{due}; {done_or_perhaps(deadline)} {in_words(deadline.met_on)}{late}"
    suffix = {"projected": " if the city stays silent", "void": "; no longer runs"}
    return due + suffix.get(deadline.status, "")


def _source(deadline: Deadline) -> str:
    notes = [
        CONFIDENCE.get(deadline.confidence, deadline.confidence),
        f"checked {deadline.checked_on}" if deadline.checked_on else "",
    ]
    in_brackets = "; ".join(note for note in notes if note)
    return f"{deadline.citation} ({in_brackets})." if in_brackets else f"{deadline.citation}."


def _readings(deadline: Deadline) -> list[str]:
    return [f"Reading, {r.name}: {in_words(r.on)} ({r.why})" for r in deadline.readings]


def done_or_perhaps(deadline: Deadline) -> str:
    """How an act that met the clock is said: one that met it on one reading only did so perhaps."""
    return "perhaps answered" if deadline.is_met_perhaps else "done"


def which_day(day: CountedDay, deadline: Deadline) -> str:
    """Which day of the clock's that is: due, the last safe one, the bare last one; mostly none."""
    ends, due_on, bare = day.until or day.on, deadline.due_on, deadline.nominal_on
    if due_on is None:
        return ""
    is_ours = deadline.whose == "ours"
    if ends == due_on:
        return "due, the last safe day" if is_ours and bare and bare > due_on else "due"
    return "the bare last day: do not rely on it" if is_ours and ends == bare else ""


def _line(day: CountedDay, deadline: Deadline) -> str:
    number = "" if day.number is None else str(day.number)
    parts = filter(None, [number, day.note, which_day(day, deadline)])
    return f"{_span(day):<24}{', '.join(parts)}"


def _span(day: CountedDay) -> str:
    if day.until is None or day.until == day.on:
        return _short(day.on)
    if (day.on.year, day.on.month) == (day.until.year, day.until.month):
        return f"{day.on:%b} {day.on.day}–{day.until.day}"
    return f"{_plain(day.on)} – {_plain(day.until)}"


# The same few hundred days are written again and again, and strftime is slow.
@lru_cache(maxsize=4096)
def _plain(on: date) -> str:
    return f"{on:%b} {on.day}"


@lru_cache(maxsize=4096)
def _short(on: date) -> str:
    return f"{on:%a %b} {on.day}"


@lru_cache(maxsize=4096)
def in_words(on: date) -> str:
    """ "Friday, December 4, 2026" """
    return f"{on:%A, %B} {on.day}, {on.year}"
