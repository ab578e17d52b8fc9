"""What each surface of the desk says of one request on one day, read as its reader reads it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape

from icalendar import Calendar

from requests_app.vocabulary.clocks import is_time_for_a_route
from requests_app.vocabulary.dates_and_amounts import near_weekday, weekday
from requests_app.vocabulary.headlines import Section, Turn
from tests.journeys.reading import plain
from tests.one_answer.histories import History


@dataclass(frozen=True)
class Clock:
    """A deadline, as the API gives it."""

    clock: str
    route: str
    occurrence: int
    whose: str
    status: str
    starts_on: date | None
    due_on: date | None
    latest_on: date | None
    is_reminder: bool
    text: str

    @property
    def is_window(self) -> bool:
        return is_time_for_a_route(self.clock, self.whose, self.route)

    def runs_on(self, day: date) -> bool:
        """Begun, and not over on any reading; a silence must have happened first."""
        last = self.latest_on or self.due_on
        has_begun = self.status == "running" or (
            self.status == "projected" and self.starts_on is not None and self.starts_on < day
        )
        return has_begun and last is not None and day <= last

    def is_missed_on(self, day: date) -> bool:
        """Whether the city, or a body, has certainly let it pass."""
        is_theirs = self.whose != "ours" and not self.is_reminder
        return self.status == "running" and is_theirs and bool(self.due_on and self.due_on < day)


@dataclass(frozen=True)
class Row:
    """A line of the board: under which heading, with which clock, and what its button says."""

    section: Section
    clock: str
    step: str


@dataclass(frozen=True)
class Page:
    """A request's page: the next step with its button, its clocks, and the routes it offers."""

    state: str
    title: str
    text: str
    button: str
    clock: str
    other_clocks: tuple[str, ...]
    explained: tuple[str, ...]  # each clock as text for an e-mail
    routes: Mapping[str, str]  # by the route's name: all that stands there
    informal: Mapping[str, str]
    words: str  # all of the page but its ledger


@dataclass(frozen=True)
class DigestLine:
    """`heading` is the section's, `what` the line itself, `why` the one below it."""

    heading: str
    what: str
    why: str


@dataclass(frozen=True)
class Summary:
    """What the API says of a request as a whole; `window`: the route and the day, if any runs."""

    section: Section
    turn: Turn
    is_late: bool
    window: tuple[str, date | None] | None

    @classmethod
    def read(cls, body: dict) -> "Summary":
        window = body["window"]
        return cls(
            Section(body["section"]),
            Turn(body["turn"]),
            body["is_late"],
            (window["route"], day_in(window["due_on"])) if window else None,
        )


@dataclass(frozen=True)
class Letter:
    """What a letter written that day says of a day, and of what it is written."""

    of: str  # "a follow-up", or the name of an appeal's route
    challenges: str  # a grievance, of an appeal
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Told:
    """All that is said of one request on one day."""

    history: History
    today: date
    clocks: tuple[Clock, ...]
    summary: Summary
    row: Row
    page: Page
    calendar: Mapping[str, tuple[date, str]]  # by clock, route and occurrence: the day, the words
    calendar_text: str
    digest: tuple[DigestLine, ...]
    letters: tuple[Letter, ...]

    @property
    def windows(self) -> tuple[Clock, ...]:
        """Our times for a route that run that day."""
        return tuple(one for one in self.clocks if one.is_window and one.runs_on(self.today))

    def in_words(self, day: date | None) -> str:
        return near_weekday(day, self.today) if day else ""

    def __str__(self) -> str:
        return f"{self.history.city}, {self.history.name}, seen on {weekday(self.today)}"


def clocks_of(body: list[dict]) -> tuple[Clock, ...]:
    """From the API's list of deadlines."""
    return tuple(
        Clock(
            clock=row["clock"],
            route=row["route"],
            occurrence=row["occurrence"],
            whose=row["whose"],
            status=row["status"],
            starts_on=day_in(row["starts_on"]),
            due_on=day_in(row["due_on"]),
            latest_on=day_in(row["latest_on"]),
            is_reminder=row["is_reminder"],
            text=row["text"],
        )
        for row in body
    )


def day_in(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def rows_of(board: str) -> dict[str, Row]:
    """The board's rows by the public id of their request."""
    found = {}
    for sheet in _all(r'<section class="sheet".*?</section>', board):
        [heading] = _all(r'aria-labelledby="(\w+)"', sheet)
        for line in _all(r"<tr>\s*<td>.*?</tr>", sheet):
            _, _, clock, _, step = _all(r"<td[^>]*>(.*?)</td>", line)
            [request] = _all(r'class="subject" href="/requests/(\w+)/"', line)
            assert request not in found, f"{request} stands twice on the board"
            found[request] = Row(Section(heading), plain(clock), plain(step))
    return found


def page_of(html: str) -> Page:
    [nearby] = _all(r'<section class="sheet next".*?</section>', html)
    [title] = _all(r"<h2[^>]*>(.*?)</h2>", nearby)
    [text, *_] = _all(r"<p>(.*?)</p>", nearby)
    buttons = _all(r'class="button primary"[^>]*>(.*?)</', nearby)
    clocks = [plain(one) for one in _all(r"<summary>(.*?)</summary>", _aside(html))]
    masthead = _all(r'<p class="under">(.*?)</p>', html)[0]
    main = _all(r'<span class="clock.*?</span>\s*<span class="why">.*?</span>', masthead)
    return Page(
        state=plain(_all(r'<span class="state">(.*?)</span>', masthead)[0]),
        title=plain(title),
        text=plain(text),
        button=plain(buttons[0]) if buttons else "",
        clock=plain(main[0]) if main else "",
        other_clocks=tuple(one for one in clocks if one != "As text for an e-mail"),
        explained=tuple(unescape(one) for one in _all(r"<pre[^>]*>(.*?)</pre>", html)),
        routes=_routes(html, "Ways to challenge it"),
        informal=_routes(html, "Informal, optional"),
        words=plain(re.sub(r'<ol class="ledger".*?</ol>', "", html, flags=re.DOTALL)),
    )


def _aside(html: str) -> str:
    [aside] = _all(r"<aside>.*?</aside>", html)
    return aside


def _routes(html: str, heading: str) -> dict[str, str]:
    """By name: what stands below each route under that heading."""
    sheets = [one for one in _all(r'<section class="sheet".*?</section>', html) if heading in one]
    return {
        plain(name): plain(option)
        for sheet in sheets
        for option in sheet.split("<li>")[1:]
        for name in _all(r"<h3>(.*?)</h3>", option)
    }


def entries_of(feed: bytes) -> Iterator[tuple[str, str, date, str, str]]:
    """Each entry of a calendar: request, clock, day, what it is called, what it explains."""
    for entry in Calendar.from_ical(feed).walk("VEVENT"):
        request, _, clock = str(entry["uid"]).partition("-")
        summary, description = str(entry["summary"]), str(entry["description"])
        begins = entry.decoded("dtstart")
        on = begins.date() if isinstance(begins, datetime) else begins
        yield request, clock, on, summary, description


def digest_lines(body: str) -> Iterator[tuple[str, DigestLine]]:
    """By the public id of their request; each entry has four lines."""
    heading = ""
    for block in body.split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines[0].isupper():
            heading = lines.pop(0)
        if len(lines) == 4 and (found := re.search(r"/requests/(\w+)/$", lines[3])):
            yield found[1], DigestLine(heading, lines[0], lines[2].strip())


def _all(pattern: str, html: str) -> list[str]:
    return re.findall(pattern, html, re.DOTALL)
