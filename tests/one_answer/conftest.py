"""A city's requests of every history, and what every surface says of each on the days that matter.

Asked once for a city, and kept: the tests only compare. One look at the board, the calendar and
the digest holds every request of a day; a page is opened for those to whom the day matters.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pikepdf import Pdf

from requests_app.actions.newsroom import access
from requests_app.casefile.pdf.stamping import stamp_font
from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts.appeal_facts import of as challenge_facts
from requests_app.letters.facts.due_facts import asked, late
from requests_app.letters.facts.fact import Facts
from requests_app.letters.paper import layout, pdf_engine
from requests_app.models import (
    Appeal,
    Notice,
    RecordsRequest,
    Role,
    User,
)
from requests_app.models.newsroom import calendar_feed
from requests_app.policy.rights import open_routes
from requests_app.reminders.mails import digest
from requests_app.reminders.mails.mail_body import message_for
from requests_app.views.requests import board
from requests_app.vocabulary.states import UNFILED
from tests.cached_pdfs import Memory
from tests.cities.worked import REAL_CITIES
from tests.factories import NOW, member
from tests.one_answer.histories import History, histories_in
from tests.one_answer.surfaces import (
    Clock,
    Letter,
    Summary,
    Told,
    clocks_of,
    digest_lines,
    entries_of,
    page_of,
    rows_of,
)
from tests.views.conftest import signed_in

DAY = timedelta(days=1)


@pytest.fixture(params=[pytest.param(c, marks=pytest.mark.xdist_group(c)) for c in REAL_CITIES])
def city(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def asked_before() -> dict[str, list[Told]]:
    return {}


@pytest.fixture
def told(
    city: str,
    db: None,
    asked_before: dict[str, list[Told]],
    settings: Any,
    drawn: Memory,
    monkeypatch: pytest.MonkeyPatch,
) -> list[Told]:
    """Of every request of the city: what is said of it, day by day."""
    if city not in asked_before:
        settings.SECURE_SSL_REDIRECT = False
        monkeypatch.setattr(calendar_feed, "WORKS_FOR", timedelta(days=2000))
        settings.SESSION_HOURS = 24 * 2000
        settings.SESSION_IDLE_MINUTES = 60 * settings.SESSION_HOURS
        settings.SESSION_COOKIE_AGE = 3600 * settings.SESSION_HOURS
        monkeypatch.setattr(board, "SHOWN", 1000)  # nothing is cut off here
        monkeypatch.setattr(board, "SHOWN_WAITING", 1000)
        monkeypatch.setattr(digest, "SHOWN", 1000)
        stamp_font(Pdf.new())  # kept by the process for every later test: not from a blank page
        blank = drawn.remembered("<html lang=en><p>No test here looks at paper.</p>")
        monkeypatch.setattr(pdf_engine, "lay_out", lambda *_: blank)
        paper = drawn.written(blank)
        monkeypatch.setattr(layout, "lay_out", lambda *_, **__: paper)
        asked_before[city] = list(Desk.of(city).told())
    return asked_before[city]


@dataclass(frozen=True)
class Desk:
    """One newsroom with a request of every history, and the editor who asked for them all."""

    editor: User
    client: Client
    feed: str
    lived: dict[str, tuple[History, RecordsRequest]]  # by public id

    @classmethod
    def of(cls, city: str) -> "Desk":
        editor = member(Role.EDITOR)
        lived = {}
        for history in histories_in(city):
            request = history.live(editor)
            lived[request.public_id] = (history, request)
        with at(NOW.date()):
            token = access.open_feed(by=Attribution(editor, NOW))
            client = signed_in(editor)
        return cls(editor, client, reverse("calendar_feed", args=[token]), lived)

    def told(self) -> Iterator[Told]:
        clocks = {public_id: self._clocks(public_id) for public_id in self.lived}
        days: dict[date, list[str]] = defaultdict(list)
        for public_id, (history, _) in self.lived.items():
            for day in days_that_matter(history, clocks[public_id]):
                days[day].append(public_id)
        for day in sorted(days):
            with at(day):
                yield from self._told_on(day, {one: clocks[one] for one in days[day]})

    def _told_on(self, day: date, clocks: dict[str, tuple[Clock, ...]]) -> Iterator[Told]:
        rows, summaries = rows_of(self._get("/")), dict(self._summaries())
        calendar: dict[str, dict[str, tuple[date, str]]] = defaultdict(dict)
        explained: dict[str, str] = defaultdict(str)
        for public_id, clock, on, summary, text in entries_of(self.client.get(self.feed).content):
            assert clock not in calendar[public_id], f"{clock} stands twice in the calendar"
            calendar[public_id][clock] = (on, summary)
            explained[public_id] += f"{summary}\n{text}\n"
        lines = defaultdict(list)
        for public_id, line in digest_lines(self._digest(day)):
            lines[public_id].append(line)
        for public_id, its_clocks in clocks.items():
            history, request = self.lived[public_id]
            yield Told(
                history,
                day,
                its_clocks,
                summaries[public_id],
                rows[public_id],
                page_of(self._get(reverse("request_page", args=[public_id]))),
                calendar[public_id],
                explained[public_id],
                tuple(lines[public_id]),
                tuple(letters_of(request, day)),
            )

    def _summaries(self) -> Iterator[tuple[str, Summary]]:
        path: str | None = reverse("api_requests")
        while path:
            body = self.client.get(path).json()
            for row in body["results"]:
                yield row["public_id"], Summary.read(row["headline"])
            path = body["next"]

    def _clocks(self, public_id: str) -> tuple[Clock, ...]:
        answer = self.client.get(reverse("api_deadlines", args=[public_id]))
        assert answer.status_code == 200
        return clocks_of(answer.json())

    def _get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def _digest(self, day: date) -> str:
        """The text of that morning's mail; "" where there is nothing to tell."""
        now = noon(day)
        notice = Notice(user=self.editor, kind="digest", on=day, created_at=now)
        mail = message_for(notice, at=now)
        return str(mail.body) if mail else ""


def days_that_matter(history: History, clocks: tuple[Clock, ...]) -> list[date]:
    """The last day on which something was done; then, of every open clock, the safe day, the last
    day on any reading and the day after that, and the day after the silence that starts it. Each
    is a day before the next."""
    days = {history.last_day}
    for one in clocks:
        if one.status in {"running", "projected"} and one.due_on:
            last = one.latest_on or one.due_on
            days |= {one.due_on, last, last + DAY}
        if one.status == "projected" and one.starts_on:
            days.add(one.starts_on + DAY)
    return sorted(day for day in days if day >= history.last_day)


def letters_of(request: RecordsRequest, day: date) -> Iterator[Letter]:
    """What a follow-up would rest on, while it is the city's turn, and an appeal by each route."""
    if request.is_pending:
        yield Letter("a follow-up", "", values(asked(request) | late(request, on=day)))
    if request.state not in UNFILED:
        for option in open_routes(request, on=day):
            if option.way.is_open(day):
                appeal = Appeal(
                    records_request=request, route=option.route.slug, answers=option.answers
                )
                yield Letter(
                    option.route.name, option.answers, values(challenge_facts(appeal, on=day))
                )


def values(facts: Facts) -> dict[str, object]:
    return {name: fact.value for name, fact in facts.items()}


def noon(day: date) -> datetime:
    """In the east; it is the same day in all five cities."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def at(day: date) -> Any:
    return time_machine.travel(noon(day), tick=False)
