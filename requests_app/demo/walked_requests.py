"""Requests to one city, walked by the real actions on fixed days to where they must stand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from cities.schema.city import City, RequestKind
from requests_app.actions.challenges import settlement
from requests_app.actions.requests import (
    appeals,
    city_determinations,
    city_progress,
    drafting,
    submission,
)
from requests_app.actions.requests.city_act_recording import CityAnswer
from requests_app.delivery import outbox
from requests_app.demo.finished_drafts import finish
from requests_app.demo.sample_words import FULL, SUBJECTS
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Appeal, Channel, RecordsRequest, User

FILED = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)  # a Monday; morning in the west
FILED_ON = FILED.date()
ANSWERED = date(2026, 11, 4)
WRITTEN = date(2026, 11, 6)
EXTENDED_TO = date(2027, 3, 1)
CLERK = "records@city.example"
BODY = "filings@body.example"
CLAIMED = 2  # how many of a state's exemptions the city claims: the first ones


@dataclass(frozen=True, slots=True)
class Walker:
    """Everything is done by one person, `by`."""

    city: City
    by: User

    def draft(
        self, kind: RequestKind, custodian: str = "city", **particulars: Any
    ) -> RecordsRequest:
        offices = self.city.offices_for(kind)
        if custodian != "city":  # an elected official, say, who holds records of their own
            offices = tuple(o for o in self.city.offices if o.custodian == custodian)
        office = offices[0].role
        request = drafting.begin(
            city_slug=self.city.slug,
            kind=kind,
            details=drafting.RequestDetails(
                office_role=office, subject=SUBJECTS[kind], particulars=particulars
            ),
            by=Attribution(self.by, FILED),
        )
        return self.fixed(request)

    def filed(
        self, kind: RequestKind = RequestKind.RECORDS, custodian: str = "city"
    ) -> RecordsRequest:
        """E-mailed on a Monday, and taken by the city's server."""
        request = self.draft(kind, custodian, **FULL[kind])
        delivery = submission.submit(
            request, by=Attribution(self.by, FILED), sending=Sending(Channel.EMAIL, CLERK)
        )
        self.leave(delivery.pk, FILED)
        request.refresh_from_db()
        return self.fixed(request)

    def answered(
        self, answer: str, kind: RequestKind = RequestKind.RECORDS, custodian: str = "city"
    ) -> RecordsRequest:
        request = self.filed(kind, custodian)
        words, claimed = city_answer(), self.claimed(kind)
        match answer:
            case "granted":
                city_determinations.grant(request, answer=words, **self.now)
            case "denied":
                city_determinations.deny(request, answer=words, exemptions=claimed, **self.now)
            case "granted_in_part":
                city_determinations.grant_in_part(
                    request, answer=words, exemptions=claimed, **self.now
                )
            case "no_records":
                city_determinations.find_no_records(request, answer=words, **self.now)
            case "referred":
                city_determinations.refer(
                    request, answer=words, to="the Board of Education", **self.now
                )
            case "fee":
                amount = Decimal("180.00")
                city_progress.estimate_fees(request, answer=words, amount=amount, **self.now)
            case "fee_waiver":
                amount = Decimal("180.00")
                city_progress.estimate_fees(request, answer=words, amount=amount, **self.now)
                city_progress.deny_fee_waiver(request, answer=words, **self.now)
            case "extension":
                city_progress.extend(request, answer=words, until=EXTENDED_TO, **self.now)
        request.refresh_from_db()
        return self.fixed(request)

    def filed_challenge(self, outcome: str = "", *, is_offered: bool = False) -> Appeal:
        """A denial challenged by the first way that the law gives; decided so, if `outcome`, or
        with an offer of the city's to settle it."""
        routes = self.city.routes_after("denied", "city", RequestKind.RECORDS)
        route = next(one for one in routes if not one.is_court)
        request = self.answered("denied")
        appeal = appeals.draft(request, route=route.slug, **self.now)
        finish(appeal, **self.now)
        delivery = appeals.file(appeal, sending=Sending(Channel.EMAIL, BODY), **self.now)
        self.leave(delivery.pk, self.at)
        if is_offered:
            offer = CityAnswer(on=WRITTEN, text="You may have the reports of the first half year.")
            settlement.record_offer(appeal, offer, **self.now)
        if outcome:
            appeals.decide(appeal, appeals.Decision(WRITTEN, outcome), **self.now)
        appeal.refresh_from_db()
        self.fixed(appeal.records_request)
        return appeal

    def claimed(self, kind: RequestKind) -> list[str]:
        if kind != RequestKind.RECORDS:
            return []
        return [exemption.citation for exemption in self.city.statute.exemptions[:CLAIMED]]

    def due(self, request: RecordsRequest) -> date:
        """The day the answer is due; where no clock runs, any day."""
        rows = request.deadlines.filter(clock="response", due_on__isnull=False)
        due: date = rows.values_list("due_on", flat=True).first() or WRITTEN
        return due

    def leave(self, pk: int, at: datetime) -> None:
        claimed = outbox.claim(pk, at=at)
        assert claimed is not None
        outbox.mark_sent(claimed, at=at, answer="250 OK")

    def fixed(self, request: RecordsRequest) -> RecordsRequest:
        request.reference = f"{self.city.code}-2026-0012"
        return request

    @property
    def at(self) -> datetime:
        return datetime.combine(WRITTEN, time(17), tzinfo=UTC)

    @property
    def now(self) -> dict[str, Any]:
        return {"by": Attribution(self.by, self.at)}


def city_answer(text: str = "") -> CityAnswer:
    return CityAnswer(on=ANSWERED, text=text)
