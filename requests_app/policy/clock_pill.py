"""Where a request stands today, as a clock's words, colour and reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from requests_app.models import Deadline
from requests_app.models.requests.deadline import SOON
from requests_app.vocabulary.clocks import describe_clock
from requests_app.vocabulary.dates_and_amounts import count, near_weekday

WINDOW_SHOWN = timedelta(days=30)  # our time for a route comes first when it ends within these


@dataclass(frozen=True, slots=True)
class Pill:
    """A deadline as a person reads it. `tone` is late, soon, calm or hold: a colour."""

    tone: str
    text: str
    why: str
    deadline: Deadline
    due_on: date | None

    @property
    def is_late(self) -> bool:
        return self.tone == "late"


def pill_of(deadline: Deadline, *, today: date) -> Pill:
    tone, text = _tone_and_text(deadline, today)
    return Pill(tone, text, _why(deadline, text, today), deadline, deadline.due_on)


def running_window(deadlines: Iterable[Deadline], *, today: date) -> Deadline | None:
    """Our time for a route that ends first, of those that run that day on some reading."""
    running = [
        row
        for row in deadlines
        if row.is_window
        and row.status_on(today) == "running"
        and row.latest_on
        and row.latest_on >= today
    ]
    return min(running, key=lambda row: row.due_on or date.max, default=None)


def time_left(window: Deadline, *, today: date) -> str:
    """A window of ours in a sentence: "You have until Fri Dec 4 to appeal"."""
    purpose = describe_clock(window.clock).purpose
    if window.due_on and window.due_on >= today:
        return f"You have until {near_weekday(window.due_on, today)} {purpose}"
    assert window.latest_on is not None  # a running window has its last day on every reading
    latest = near_weekday(window.latest_on, today)
    return f"The safe day has passed; on one reading you have until {latest} {purpose}"


def _tone_and_text(deadline: Deadline, today: date) -> tuple[str, str]:
    due = deadline.due_on
    if deadline.status == "met":
        done = "perhaps done" if deadline.explanation.get("is_met_perhaps") else "done"
        return "calm", f"{done} {near_weekday(deadline.met_on, today)}" if deadline.met_on else done
    if deadline.status == "tolled":
        return "hold", "tolled"
    if deadline.status == "void" or due is None:
        return "hold", "not running"
    left = (due - today).days
    if left < 0 and deadline.is_reminder:
        return (
            "soon",
            f"since {near_weekday(due, today)}",
        )  # nothing is lost by it, and nobody is late
    if left < 0 and deadline.status_on(today) == "running":
        if deadline.whose == "ours":
            # Past the day that is safe on every reading; the most generous one may still hold.
            if deadline.latest_on and deadline.latest_on >= today:
                return "late", f"perhaps until {near_weekday(deadline.latest_on, today)}"
            return "late", "window closed"
        return "late", f"{count(-left, 'day')} late"
    if left == 0:
        return "soon", "today"
    if deadline.whose == "ours" and not deadline.is_reminder and 0 < left <= 30:
        tone = "soon" if due - today <= SOON + timedelta(days=7) else "calm"
        return tone, f"{count(left, 'day')} left"
    return ("soon" if 0 < left <= SOON.days else "calm"), near_weekday(due, today)


def _why(deadline: Deadline, text: str, today: date) -> str:
    """The reason beside the date: what it is for, when it was or is due, and the law."""
    if deadline.is_reminder:
        whose = "newsroom reminder" if deadline.whose == "ours" else "promised by the city"
        return f"{whose}, no legal clock"
    name = describe_clock(deadline.clock).purpose
    parts = [name]
    if deadline.due_on and near_weekday(deadline.due_on, today) not in text:
        safe = "safe " if text.startswith("perhaps") else ""
        parts.append(f"{safe}by {near_weekday(deadline.due_on, today)}")
    if deadline.status_on(today) == "projected":
        parts.append("if the city stays silent")
    # The first authority; the page of the request gives them all.
    parts.append(deadline.citation.split(";")[0])
    return " · ".join(part for part in parts if part)


def headline(deadlines: Iterable[Deadline], *, today: date) -> Pill | None:
    """The one clock a row shows: what the city missed, then our own time for a route where that
    ends soon, then what is next, then what is tolled. Beside what the city missed stands ours.
    """
    deadlines = list(deadlines)
    window = running_window(deadlines, today=today)
    running = [row for row in deadlines if row.status in {"running", "projected"} and row.due_on]
    # A reminder is the headline only where no law's clock runs.
    running = [row for row in running if not row.is_reminder] or running
    late = [row for row in running if is_missed_by_the_city(row, today)]
    ahead = [row for row in running if row.due_on and row.due_on >= today]
    tolled = [row for row in deadlines if row.status == "tolled"]
    gone = [row for row in running if row.status_on(today) == "running" and row not in late + ahead]
    soon = [window] if window and window.due_on and window.due_on <= today + WINDOW_SHOWN else []
    for rows in (late, soon, _certain_first(ahead, today), tolled, gone):
        if rows:
            found = pill_of(rows[0], today=today)
            return _with_window(found, window, today) if rows is late and window else found
    return None


def _with_window(pill: Pill, window: Deadline, today: date) -> Pill:
    """Beside what the city missed: until when we may do something about it."""
    until = window.due_on if window.due_on and window.due_on >= today else window.latest_on
    assert until is not None
    ours = f"{describe_clock(window.clock).purpose} by {near_weekday(until, today)}"
    return replace(pill, why=f"{pill.why} · {ours}")


def _certain_first(rows: list[Deadline], today: date) -> list[Deadline]:
    return sorted(rows, key=lambda row: (row.status_on(today) != "running", row.due_on))


def is_missed_by_the_city(deadline: Deadline, today: date) -> bool:
    """Late is derived: a running clock of theirs whose certain day has passed."""
    return bool(
        deadline.status == "running"
        and deadline.whose != "ours"
        and not deadline.is_reminder
        and deadline.due_on
        and deadline.due_on < today
    )


def still_matters(deadline: Deadline, *, is_pending: bool) -> bool:
    """Once the city has answered, only the clocks of a challenge matter."""
    return is_pending or describe_clock(deadline.clock).is_of_a_challenge


def tone_of(deadline: Deadline, today: date) -> str:
    """Its colour: late, soon, calm or hold."""
    return _tone_and_text(deadline, today)[0]
