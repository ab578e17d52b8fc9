"""What a challenge is over, and the grounds for withholding that the city claimed in it."""

from dataclasses import dataclass
from datetime import date

from cities.rights.claimed_exemption import ClaimedExemption, find_exemption
from cities.schema.city import Route, RouteKind, Statute
from cities.schema.filings.exemptions import Argument, Exemption
from cities.schema.offices import RequestKind
from requests_app.letters.facts import challenge_facts
from requests_app.models import Appeal

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


@dataclass(frozen=True, slots=True)
class Challenged:
    """`grievance` opens the route; `answer` is the city's own, which stands behind a decision."""

    appeal: Appeal
    grievance: str
    answer: str
    answered_on: str
    claims: tuple[ClaimedExemption, ...]

    @property
    def route(self) -> Route:
        return self.appeal.pack_route

    @property
    def statute(self) -> Statute:
        return self.appeal.records_request.city.statute

    @property
    def can_be_argued(self) -> bool:
        """A case in court is counsel's to argue; and the Act speaks of records alone."""
        is_of_records = self.appeal.records_request.kind == RequestKind.RECORDS
        return is_of_records and not self.route.is_court

    @property
    def is_argued(self) -> bool:
        """Whether a draft begins with arguments: before a mediator it does not."""
        return self.can_be_argued and self.route.kind in ARGUED_BEFORE

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


def challenged(appeal: Appeal, *, on: date) -> Challenged:
    """As of what is recorded on that day."""
    facts = challenge_facts.of(appeal.records_request, appeal.answers, on=on)
    statute = appeal.records_request.city.statute
    written = facts["exemptions"].value if "exemptions" in facts else []
    return Challenged(
        appeal,
        grievance=appeal.answers,
        answer=facts["city_answer"].value,
        answered_on=facts["answered_on"].value if "answered_on" in facts else "",
        claims=tuple(find_exemption(statute, claim) for claim in dict.fromkeys(written)),
    )
