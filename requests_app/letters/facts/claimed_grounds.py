"""The grounds for withholding that a city claimed, and the challenge that is over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cities.rights.claimed_exemption import ClaimedExemption, find_exemption
from cities.schema.city import Route, RouteKind, Statute
from cities.schema.filings.exemptions import Argument, Exemption
from cities.schema.offices import RequestKind
from requests_app.letters.facts import challenge_facts
from requests_app.letters.facts.fact import Facts
from requests_app.models import Appeal, RecordsRequest
from requests_app.vocabulary import dates_and_amounts
from requests_app.vocabulary.event_description import Mark
from requests_app.vocabulary.event_kinds import kinds_marked

# Before these the case is argued; a mediator is not to decide it.
ARGUED_BEFORE = frozenset(
    {
        RouteKind.ADMINISTRATIVE_REVIEW,
        RouteKind.COMMISSION,
        RouteKind.DISTRICT_ATTORNEY,
        RouteKind.ATTORNEY_GENERAL,
    }
)
WITHHOLDINGS = ("denied", "granted_in_part")


class Claimed:
    """The grounds that a city claimed over a request, and what the packs know of them. A letter
    that answers them argues as a challenge does."""

    __slots__ = ()

    request: RecordsRequest
    grievance: str
    answer: str
    answered_on: str
    claims: tuple[ClaimedExemption, ...]

    @property
    def drafted_appeal(self) -> Appeal | None:
        """The challenge that keeps what its writer made of the argument; None for a letter."""
        return None

    @property
    def statute(self) -> Statute:
        return self.request.city.statute

    @property
    def can_be_argued(self) -> bool:
        """The records law's exemptions speak of records alone."""
        return self.request.kind == RequestKind.RECORDS

    @property
    def is_argued(self) -> bool:
        """Whether it begins with arguments."""
        return self.can_be_argued

    @property
    def answers_claims(self) -> bool:
        """Whether it begins with the arguments against what the city claimed."""
        return self.is_argued and self.grievance in WITHHOLDINGS

    def exemption(self, slug: str) -> Exemption | None:
        return next((one for one in self.statute.exemptions if one.slug == slug), None)

    def argument(self, about: str, slug: str) -> Argument | None:
        """The pack's argument: against that exemption, or one that is true of all of them."""
        exemption = self.exemption(about) if about else None
        known = exemption.arguments if exemption else ()
        among = known if about else self.statute.general_arguments
        return next((one for one in among if one.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Rebutted(Claimed):
    """What a letter to the city answers, short of a challenge."""

    request: RecordsRequest
    grievance: str
    answer: str
    answered_on: str
    claims: tuple[ClaimedExemption, ...]


@dataclass(frozen=True, slots=True)
class Challenged(Claimed):
    """`grievance` opens the route; `answer` is the city's own, which stands behind a decision."""

    appeal: Appeal
    grievance: str
    answer: str
    answered_on: str
    claims: tuple[ClaimedExemption, ...]

    @property
    def request(self) -> RecordsRequest:  # type: ignore[override]
        return self.appeal.records_request

    @property
    def drafted_appeal(self) -> Appeal:
        return self.appeal

    @property
    def route(self) -> Route:
        return self.appeal.pack_route

    @property
    def can_be_argued(self) -> bool:
        """A case in court is counsel's to argue; and the Act speaks of records alone."""
        return self.request.kind == RequestKind.RECORDS and not self.route.is_court

    @property
    def is_argued(self) -> bool:
        """Before a mediator it is not: a mediator does not decide the case."""
        return self.can_be_argued and self.route.kind in ARGUED_BEFORE


def challenged(appeal: Appeal, *, on: date) -> Challenged:
    """As of what is recorded on that day."""
    return challenged_by(appeal, challenge_facts.of(appeal.records_request, appeal.answers, on=on))


def challenged_by(appeal: Appeal, facts: Facts) -> Challenged:
    """The same, of facts of what it challenges that were read before."""
    statute = appeal.records_request.city.statute
    written = facts["exemptions"].value if "exemptions" in facts else []
    return Challenged(
        appeal,
        grievance=appeal.answers,
        answer=facts["city_answer"].value,
        answered_on=facts["answered_on"].value if "answered_on" in facts else "",
        claims=_found(statute, written),
    )


def rebutted(request: RecordsRequest) -> Rebutted:
    """The grounds that the city named when it last withheld something."""
    withheld = request.events.effective().filter(kind__in=kinds_marked(Mark.WITHHOLDS))
    event = withheld.in_order().last()
    written = [str(one) for one in event.data.get("exemptions") or []] if event else []
    on = dates_and_amounts.day(event.on) if event else ""
    answer = str(event.kind) if event and event.kind in WITHHOLDINGS else "denied"
    return Rebutted(request, answer, answer, on, _found(request.city.statute, written))


def _found(statute: Statute, written: Sequence[str]) -> tuple[ClaimedExemption, ...]:
    return tuple(find_exemption(statute, claim) for claim in dict.fromkeys(written))
