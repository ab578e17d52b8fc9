"""Tells a request's story in days before today, through the real actions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from cities.schema.load import load_city
from requests_app import letters
from requests_app.actions.requests import appeals, drafting, submission
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    Channel,
    Delivery,
    LetterKind,
    Newsroom,
    RecordsRequest,
    User,
)
from requests_app.office_contacts import resolve

BODY_EMAIL = "appeals@body.example"
NOT_REALLY = "250 2.0.0 demonstration: this letter was never sent"


@dataclass
class Teller:
    """One request on its way; `ago` is always in days before `now`."""

    newsroom: Newsroom
    by: User
    now: datetime
    request: RecordsRequest = field(init=False)

    def at(self, ago: int, hour: int = 10) -> datetime:
        """That day, or the Friday before, at that hour in the city; never later than now."""
        city = load_city(self.request.city_slug)
        day = city.local_date(self.now) - timedelta(days=ago)
        day -= timedelta(days=max(0, day.weekday() - 4) if ago else 0)
        return min(datetime.combine(day, time(hour), tzinfo=city.tz), self.now)

    def day(self, ago: int) -> date:
        return self.request.city.local_date(self.at(ago))

    def answer_of_city(self, ago: int, text: str = "", reference: str = "") -> CityAnswer:
        return CityAnswer(on=self.day(ago), text=text, city_reference=reference)

    def when(self, ago: int, hour: int = 15) -> dict[str, Any]:
        """The arguments every action takes."""
        return {"by": Attribution(self.by, self.at(ago, hour))}

    def begin(
        self, ago: int, *, city: str, kind: str, office: str, subject: str, **particulars: Any
    ) -> "Teller":
        """A draft, begun that day."""
        self.request = RecordsRequest(city_slug=city)  # the city decides what day it was
        self.request = drafting.begin(
            city_slug=city,
            kind=kind,
            details=drafting.RequestDetails(
                office_role=office, subject=subject, particulars=particulars
            ),
            **self.when(ago, 9),
        )
        return self

    def submit(self, ago: int) -> "Teller":
        """E-mailed that day, and taken by the city's server."""
        delivery = submission.submit(self.request, sending=self._by_email(), **self.when(ago, 10))
        self.sent(delivery, ago)
        return self

    def _by_email(self) -> Sending:
        office = resolve(self.newsroom, self.request.city, self.request.office_role)
        return Sending(Channel.EMAIL, office.email.value)

    def sent(self, delivery: Delivery, ago: int) -> None:
        at = self.at(ago, 11)
        claimed = outbox.claim(delivery.pk, at=at)
        if claimed is not None:
            outbox.mark_sent(claimed, at=at, answer=NOT_REALLY)
        self.request.refresh_from_db()

    def write(self, verb: Any, ago: int, text: str) -> "Teller":
        """One of our letters: `our_letters.clarify`, `our_letters.accept_fees`, …"""
        delivery = verb(
            self.request, letter=OurLetter(text, self._by_email()), **self.when(ago, 10)
        )
        self.sent(delivery, ago)
        return self

    def letter(
        self,
        verb: Any,
        kind: LetterKind,
        ago: int,
        entered: dict[str, Any] | None = None,
        **recorded: Any,
    ) -> "Teller":
        """One of our letters in the wording's own words: `our_letters.thank`, …"""
        composed = letters.compose_reply(self.request, kind, on=self.day(ago), **(entered or {}))
        letter = OurLetter(composed.text, self._by_email(), entered or {})
        delivery = verb(self.request, letter=letter, **recorded, **self.when(ago, 10))
        self.sent(delivery, ago)
        return self

    def answered(self, verb: Any, ago: int, text: str = "", **facts: Any) -> "Teller":
        """One of the city's acts: `answers.acknowledge`, `answers.deny`, …"""
        reference = facts.pop("reference", "")
        verb(
            self.request,
            answer=self.answer_of_city(ago, text, reference),
            **self.when(ago),
            **facts,
        )
        return self

    def appeal(self, route: str, ago: int) -> Appeal:
        """Drafted, filed and sent that day."""
        step = appeals.draft(self.request, route=route, **self.when(ago, 10))
        finish(step, **self.when(ago, 10))
        in_court = appeals.CourtFiling(self.day(ago)) if step.pack_route.is_court else None
        delivery = appeals.file(
            step,
            sending=Sending(Channel.EMAIL, BODY_EMAIL),
            in_court=in_court,
            **self.when(ago, 10),
        )
        self.sent(delivery, ago)
        return step


Begin = Callable[[str], Teller]  # a story by the reporter of that desk
