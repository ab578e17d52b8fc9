"""A worked case told again as a newsroom lives it: the real actions, at the case's own moments."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from cities.clocks.derive import Closure as LegalClosure
from cities.schema.city import RequestKind
from cities.schema.load import load_city
from cities.schema.worked_cases import CaseEvent, WorkedCase
from requests_app.actions.cities import contacts
from requests_app.actions.requests import appeals, city_determinations, city_progress
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.actions.sending import our_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.demo.finished_drafts import finish
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel, Deadline, RecordsRequest, Role
from tests.factories import BY_EMAIL, let_go, member, submitted

LETTER = "Dear City Clerk:\n\nPlease see below."


class Retold:
    """One case in the database. `request` is the request, once it has been told."""

    def __init__(self, case: WorkedCase) -> None:
        self.case = case
        self.city = load_city(case.city)
        self.by = member(Role.EDITOR)
        self.request: RecordsRequest

    def tell(self) -> RecordsRequest:
        first, *rest = self.case.events
        assert first.kind in {"submitted", "received"}
        self.request = submitted(
            self.by,
            at=self.moment(first),
            city_slug=self.case.city,
            office_role=self._office(),
            track=self.case.track,
        )
        for event in rest:
            TELL[event.kind](self, event)
            self.request.refresh_from_db()
        for closure in self.case.closures:
            contacts.enter_closure(
                self.by.membership.newsroom,
                LegalClosure(closure.on, closure.reason, closure.source or "the city's notice"),
                city_slug=self.case.city,
                by=Attribution(self.by, self.moment(self.case.events[-1])),
            )
        return self.request

    def moment(self, event: CaseEvent) -> datetime:
        """Its time on the city's own clock; noon for a day without one."""
        at = event.at
        if not isinstance(at, datetime):
            at = datetime.combine(at, time(12))
        return at if at.tzinfo else at.replace(tzinfo=self.city.tz)

    def day(self, event: CaseEvent) -> date:
        return self.city.local_date(self.moment(event))

    def acting(self, event: CaseEvent) -> dict[str, Any]:
        return {"by": Attribution(self.by, self.moment(event))}

    def _office(self) -> str:
        if self.case.custodian:
            return self.case.custodian
        return str(self.city.offices_for(RequestKind.RECORDS)[0].role)


def received(told: Retold, event: CaseEvent) -> None:
    city_progress.receive(told.request, on=told.day(event), **told.acting(event))


def answered(verb: Callable[..., Any]) -> Callable[[Retold, CaseEvent], None]:
    def tell(told: Retold, event: CaseEvent) -> None:
        facts = dict(event.facts)
        if "amount" in facts:
            facts["amount"] = Decimal(facts["amount"])
        if isinstance(facts.get("until"), str):
            facts["until"] = date.fromisoformat(facts["until"])
        verb(told.request, answer=CityAnswer(on=told.day(event)), **told.acting(event), **facts)

    return tell


def written(verb: Callable[..., Any]) -> Callable[[Retold, CaseEvent], None]:
    """A letter of ours by e-mail, which the city's server takes at once."""

    def tell(told: Retold, event: CaseEvent) -> None:
        delivery = verb(told.request, letter=OurLetter(LETTER, BY_EMAIL), **told.acting(event))
        let_go(delivery, at=told.moment(event))

    return tell


def fees_paid(told: Retold, event: CaseEvent) -> None:
    our_letters.pay_fees(told.request, on=told.day(event), **told.acting(event))


def appeal_filed(told: Retold, event: CaseEvent) -> None:
    """By e-mail, or by post where the case tells when it was received."""
    appeal = appeals.draft(told.request, route=event.facts["route"], **told.acting(event))
    finish(appeal, **told.acting(event))
    if arrived := event.facts.get("received_on"):
        appeals.file(
            appeal,
            **told.acting(event),
            sending=Sending(
                Channel.POST, "165 Capitol Avenue, Hartford", handed_over_on=told.day(event)
            ),
        )
        at = told.moment(CaseEvent(kind="received", at=arrived))
        appeals.receive(
            appeal,
            on=told.city.local_date(at),
            by=Attribution(told.by, at),
        )
        return
    delivery = appeals.file(
        appeal, **told.acting(event), sending=Sending(Channel.EMAIL, "body@state.example")
    )
    let_go(delivery, at=told.moment(event))


def appeal_decided(told: Retold, event: CaseEvent) -> None:
    appeal = told.request.appeals.get(route=event.facts["route"])
    outcome = event.facts["outcome"]
    appeals.decide(appeal, appeals.Decision(told.day(event), outcome), **told.acting(event))


TELL: dict[str, Callable[[Retold, CaseEvent], None]] = {
    "received": received,
    "acknowledged": answered(city_progress.acknowledge),
    "clarification_requested": answered(city_progress.request_clarification),
    "clarified": written(our_letters.clarify),
    "fees_estimated": answered(city_progress.estimate_fees),
    "fee_waiver_denied": answered(city_progress.deny_fee_waiver),
    "fees_paid": fees_paid,
    "fees_waived": answered(city_progress.waive_fees),
    "extended": answered(city_progress.extend),
    "granted": answered(city_determinations.grant),
    "denied": answered(city_determinations.deny),
    "grounds_requested": written(our_letters.request_grounds),
    "grounds_given": answered(city_determinations.give_grounds),
    "appeal_filed": appeal_filed,
    "appeal_decided": appeal_decided,
    "complied": answered(city_determinations.comply),
    "lawsuit": answered(city_determinations.sue),
}


def stored(request: RecordsRequest, clock: str) -> Deadline | None:
    """The stored deadline of that name that matters now: the last one open, else the last one."""
    rows = list(request.deadlines.filter(clock=clock).order_by("route", "occurrence"))
    still_open = [row for row in rows if row.status in {"running", "projected", "tolled"}]
    return next(reversed(still_open or rows), None)
