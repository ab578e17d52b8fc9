"""Where a request stands today, as a clock's words, colour and reason."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from requests_app.headlines import PREPARING, SOON, is_missed_by_the_city
from requests_app.models import Deadline, Headline
from requests_app.vocabulary.dates_and_amounts import count, near_weekday, time_of_day


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


def time_left(window: Deadline, *, today: date) -> str:
    """A window of ours in a sentence: "You have until Fri Dec 4 to appeal"."""
    purpose = purpose_of(window)
    if window.due_on and window.due_on >= today:
        return f"You have until {near_weekday(window.due_on, today)} {purpose}"
    assert window.latest_on is not None  # a running window has its last day on every reading
    latest = near_weekday(window.latest_on, today)
    return f"The safe day has passed; on one reading you have until {latest} {purpose}"


def _tone_and_text(deadline: Deadline, today: date) -> tuple[str, str]:
    due = deadline.due_on
    if deadline.status == "met":
        done = "perhaps answered" if deadline.explanation.get("is_met_perhaps") else "done"
        return "calm", f"{done} {near_weekday(deadline.met_on, today)}" if deadline.met_on else done
    if deadline.status == "not_computed":
        return "hold", f"not computed before {deadline.explanation['not_computed_before']}"
    if deadline.status == "tolled":
        return "hold", "tolled"
    if deadline.status == "void" or due is None:
        return "hold", "not running"
    left = (due - today).days
    if deadline.whose == "ours" and deadline.described.is_entered:
        return _of_an_entered_day(deadline, due, today)
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


def _of_an_entered_day(deadline: Deadline, due: date, today: date) -> tuple[str, str]:
    """A hearing is on a day; a brief is due by one. Past, it waits for somebody to say what came
    of it."""
    left = (due - today).days
    hour = f", {time_of_day(deadline.hour)}" if deadline.hour else ""
    tone = "soon" if left <= PREPARING.days else "calm"
    if left < 0:
        return "late", f"was {near_weekday(due, today)}"
    if left == 0:
        return tone, f"today{hour}"
    return tone, f"{near_weekday(due, today)}{hour}"


def _why(deadline: Deadline, text: str, today: date) -> str:
    """The reason beside the date: what it is for, when it was or is due, and the law."""
    if deadline.is_reminder:
        whose = "newsroom reminder" if deadline.whose == "ours" else "promised by the city"
        return f"{whose}, no legal clock"
    parts = [purpose_of(deadline)]
    is_said = deadline.due_on and near_weekday(deadline.due_on, today) in text
    if deadline.due_on and not is_said and not deadline.described.is_appointment:
        safe = "safe " if text.startswith("perhaps") else ""
        parts.append(f"{safe}by {near_weekday(deadline.due_on, today)}")
    if deadline.status_on(today) == "projected":
        parts.append("if the city stays silent")
    # The first authority; the page of the request gives them all.
    parts.append(deadline.citation.split(";")[0])
    return " · ".join(part for part in parts if part)


def headline_pill(headline: Headline, *, today: date) -> Pill | None:
    """The one clock that a row shows; beside what the city missed, until when we may act on it."""
    if headline.clock is None:
        return None
    pill = pill_of(headline.clock, today=today)
    if headline.window and is_missed_by_the_city(headline.clock, today):
        return _with_window(pill, headline.window, today)
    return pill


def _with_window(pill: Pill, window: Deadline, today: date) -> Pill:
    """Beside what the city missed: until when we may do something about it."""
    until = window.due_on if window.due_on and window.due_on >= today else window.latest_on
    assert until is not None
    ours = f"{purpose_of(window)} by {near_weekday(until, today)}"
    return replace(pill, why=f"{pill.why} · {ours}")


def purpose_of(deadline: Deadline) -> str:
    """What it is time for: "to answer"."""
    return deadline.described.purpose


def before_whom(window: Deadline) -> str:
    """ " (Freedom of Information Commission)": two times of ours may end on one day, and a hearing
    is somebody's. Else ""."""
    if not (window.is_window or window.described.is_entered):
        return ""
    return f" ({window.records_request.city.route(window.route).body})"


def tone_of(deadline: Deadline, today: date) -> str:
    """Its colour: late, soon, calm or hold."""
    return _tone_and_text(deadline, today)[0]
