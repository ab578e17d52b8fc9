"""What a city and a newsroom may do to each other: each history is lived by the real actions.

The words are those of `tests.ledger.histories.DOES`, and the day is counted from the one on which
the request was sent, Monday, November 2, 2026.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from requests_app.actions.challenges import entered_days
from requests_app.actions.challenges.entered_days import ChallengeDay
from requests_app.actions.requests import appeals, city_progress, review
from requests_app.actions.sending import our_letters
from requests_app.demo.finished_drafts import finish
from requests_app.models import RecordsRequest, User
from requests_app.vocabulary.challenge_days import DayKind
from tests.cities.worked import CONCORD, CT, MO, OR, STOCKTON
from tests.factories import (
    BY_EMAIL,
    NOW,
    TODAY,
    acting,
    draft,
    let_go,
    mailed,
    said,
    submitted,
)
from tests.ledger.histories import DOES, Step

Acts = tuple[tuple[int, str], ...]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class History:
    """One request: to whom it goes, and what was done on which day after it was sent."""

    city: str
    name: str
    acts: Acts = ()
    office: str = ""
    track: str = ""
    stops_at: str = ""  # for a letter that was never filed: the last thing done to it

    @property
    def last_day(self) -> date:
        return TODAY + DAY * max((day for day, _ in self.acts), default=0)

    def live(self, by: User) -> RecordsRequest:
        """The request as it stands after all of it."""
        asked: dict[str, Any] = {
            "city_slug": self.city,
            "office_role": self.office or OFFICE[self.city],
            "subject": self.name,
            "track": self.track,
        }
        if self.stops_at:
            return _unfiled(draft(by, **asked), self.stops_at)
        request = submitted(by, **asked)
        for day, does in self.acts:
            at = NOW + DAY * day
            ACTS[does](request, Step(does, TODAY + DAY * day, at))
            request.refresh_from_db()
        return request


def _unfiled(request: RecordsRequest, stops_at: str) -> RecordsRequest:
    if stops_at != "draft":
        review.send_to_review(request, **acting(request))
    if stops_at == "approved":
        review.approve(request, **acting(request))
    return request


def _extend_until(day: int) -> Callable[[RecordsRequest, Step], None]:
    def extend(request: RecordsRequest, step: Step) -> None:
        until = TODAY + DAY * day
        city_progress.extend(request, answer=said(step.on), until=until, **acting(request, step.at))

    return extend


def _accept_fees(request: RecordsRequest, step: Step) -> None:
    letter = our_letters.accept_fees(request, **{**mailed(request), **acting(request, step.at)})
    let_go(letter, at=step.at)


def _draft_appeal(route: str, request: RecordsRequest, step: Step) -> None:
    appeals.draft(request, route=route, **acting(request, step.at))


def _appeal(route: str, request: RecordsRequest, step: Step) -> None:
    appeal = appeals.draft(request, route=route, **acting(request, step.at))
    finish(appeal, **acting(request, step.at))
    in_court = appeals.CourtFiling(step.on) if appeal.pack_route.is_court else None
    sent = appeals.file(appeal, sending=BY_EMAIL, in_court=in_court, **acting(request, step.at))
    let_go(sent, at=step.at)


def _decide(outcome: str, request: RecordsRequest, step: Step) -> None:
    appeal = request.appeals.get(state="filed")
    appeals.decide(appeal, appeals.Decision(step.on, outcome), **acting(request, step.at))


def _set(kind: DayKind, day: int, request: RecordsRequest, step: Step) -> None:
    entered = ChallengeDay(kind, TODAY + DAY * day, step.on, hour=time(10), place="Hartford")
    entered_days.enter(request.appeals.get(state="filed"), entered, **acting(request, step.at))


ROUTES = (
    "foic", "superior_court", "administrative_review", "city_manager", "attorney_general",
    "circuit_court", "district_attorney", "public_records_advocate", "circuit_court_elected",
)  # fmt: skip
ACTS: Mapping[str, Callable[[RecordsRequest, Step], None]] = {
    **DOES,
    "accept the fees": _accept_fees,
    **{f"extend until day {day}": _extend_until(day) for day in (20, 70)},
    **{f"draft to {route}": partial(_draft_appeal, route) for route in ROUTES},
    **{f"appeal to {route}": partial(_appeal, route) for route in ROUTES},
    **{
        f"{kind} on day {day}": partial(_set, kind, day)
        for kind, day in ((DayKind.HEARING, 60), (DayKind.BRIEF, 45), (DayKind.CITY_ANSWER, 50))
    },
    **{f"decide: {out}": partial(_decide, out) for out in ("affirmed", "reversed")},
}
OFFICE = {
    CT: "city_clerk",
    STOCKTON: "city_clerk",
    CONCORD: "city_clerk",
    MO: "records_custodian",
    OR: "records_custodian",
}

# What may happen in any city. A month on, every city's silence is over.
ANYWHERE: dict[str, Acts] = {
    "nothing heard": (),
    "acknowledged": ((1, "acknowledge"),),
    "acknowledged late": ((30, "acknowledge"),),
    "asked what we mean": ((1, "ask"),),
    "asked, and answered": ((1, "ask"), (3, "clarify")),
    "asked, and declined": ((1, "ask"), (3, "decline")),
    "asked late, and declined": ((30, "ask"), (30, "decline")),
    "fee demanded": ((2, "quote"),),
    "fee demanded twice": ((2, "quote"), (30, "quote more")),
    "fee accepted": ((2, "quote"), (3, "accept the fees")),
    "fee paid": ((2, "quote"), (3, "pay")),
    "waiver refused": ((2, "quote"), (3, "refuse the waiver")),
    "fee waived": ((2, "quote"), (3, "refuse the waiver"), (30, "waive")),
    "extended": ((2, "extend"),),
    "extended until a day": ((2, "extend until day 20"),),
    "extended too far": ((2, "extend until day 70"),),
    "sent some": ((2, "produce"),),
    "granted": ((2, "grant"),),
    "granted late": ((30, "grant"),),
    "part withheld": ((2, "grant in part"),),
    "denied": ((2, "deny"),),
    "denied late": ((30, "deny"),),
    "no records": ((2, "no records"),),
    "referred": ((2, "refer"),),
}
STOPS = ("draft", "in review", "approved")
# What only one city's law knows: its silence, its routes, what is decided on them.
ONLY_IN: dict[str, dict[str, Acts]] = {
    CT: {
        "silence treated as a denial": ((30, "silence"),),
        "appeal drafted": ((2, "deny"), (3, "draft to foic")),
        "appealed": ((2, "deny"), (30, "appeal to foic")),
        "a hearing and a brief": (
            (2, "deny"), (3, "appeal to foic"), (5, "hearing on day 60"), (6, "brief on day 45"),
        ),
        "the city owes an answer": (
            (2, "deny"), (3, "appeal to foic"), (5, "city_answer on day 50"),
        ),
        "fee appealed, silence since": ((4, "quote"), (5, "appeal to foic")),
        "decided against us": ((2, "deny"), (3, "appeal to foic"), (30, "decide: affirmed")),
        "decided for us": ((2, "deny"), (3, "appeal to foic"), (30, "decide: reversed")),
        "in court": (
            (2, "deny"), (3, "appeal to foic"), (29, "decide: affirmed"),
            (30, "appeal to superior_court"),
        ),
    },
    STOCKTON: {
        "in court": ((2, "deny"), (30, "appeal to superior_court")),
        "reviewed by the city": ((2, "deny"), (30, "appeal to administrative_review")),
        "review failed": (
            (2, "deny"), (3, "appeal to administrative_review"), (30, "decide: affirmed"),
        ),
    },
    CONCORD: {
        "in court": ((2, "deny"), (30, "appeal to superior_court")),
        "reviewed by the city": ((2, "deny"), (30, "appeal to administrative_review")),
        "review failed": (
            (2, "deny"), (3, "appeal to administrative_review"), (30, "decide: affirmed"),
        ),
    },
    MO: {
        "before the Attorney General": ((2, "deny"), (30, "appeal to attorney_general")),
        "silence before the Attorney General": ((30, "appeal to attorney_general"),),
        "Attorney General declined": (
            (2, "deny"), (3, "appeal to attorney_general"), (30, "decide: affirmed"),
        ),
        "before the City Manager": ((2, "deny"), (30, "appeal to city_manager")),
        "in court": ((2, "deny"), (30, "appeal to circuit_court")),
    },
    OR: {
        "petitioned": ((2, "deny"), (30, "appeal to district_attorney")),
        "petition denied": (
            (2, "deny"), (3, "appeal to district_attorney"), (30, "decide: affirmed"),
        ),
        "in court": (
            (2, "deny"), (3, "appeal to district_attorney"), (29, "decide: affirmed"),
            (30, "appeal to circuit_court"),
        ),
        "order for us": (
            (2, "deny"), (3, "appeal to district_attorney"), (9, "decide: reversed"),
        ),
        "order obeyed": (
            (2, "deny"), (3, "appeal to district_attorney"), (9, "decide: reversed"),
            (12, "comply"),
        ),
    },
}  # fmt: skip


def histories_in(city: str) -> Iterator[History]:
    """All of a city's; its other clocks too, of a personnel file and of an elected official."""
    for name, acts in (ANYWHERE | ONLY_IN[city]).items():
        yield History(city, name, acts)
    for stop in STOPS:
        yield History(city, stop, stops_at=stop)
    if city == CT:
        yield History(city, "personnel file", track="personnel_file")
    if city == OR:
        yield History(city, "elected official, silent", office="elected_official")
        denied: Any = ((2, "deny"),)
        yield History(city, "elected official, denied", denied, office="elected_official")
