"""The typed, frozen view of a pack: what one city and its state's law say.

Read by `cities.schema.load` from TOML. A city's own entry wins over its state's.
"""

from datetime import date, datetime
from typing import Annotated, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import StringConstraints, field_validator, model_validator

from cities.schema.clock_rules import CalendarRules, Clock, check_clocks
from cities.schema.copies import CopyRule
from cities.schema.escalations import EscalationStep
from cities.schema.facts import Confidence, Fact, Gap, Stated, Text, Value
from cities.schema.filings.exemptions import Exemption, GeneralArgument, each_slug_once
from cities.schema.filings.reliefs import Relief
from cities.schema.grievances import GrievanceKind, GrievanceRule, plain_rules
from cities.schema.inventories import Inventory
from cities.schema.legal_sentences import Sentence, Sentences
from cities.schema.offices import (
    ContactPoints,
    Custodian,
    Office,
    OfficeRole,
    RequestKind,
    Route,
    RouteKind,
)
from cities.schema.portals import Portal, PortalChannel, PortalReading
from cities.schema.separate_agencies import SeparateAgency
from cities.schema.worked_cases import Example

__all__ = [
    "Advice", "City", "ContactPoints", "CopyRule", "Custodian", "Exemption", "Fee", "GrievanceKind",
    "Office", "OfficeRole", "Portal", "PortalChannel", "PortalReading", "RequestKind", "Route",
    "RouteKind", "Silence", "Statute", "Watch",
]  # fmt: skip

T = TypeVar("T", bound=Value)


class Fee(Value):
    """A charge, a waiver or a threshold the law or the city sets."""

    name: Text
    amount: Fact
    citation: str = ""


class Silence(Value):
    """What a city's silence means, where the law says something of it."""

    is_denial: bool
    clocks: tuple[str, ...] = ()  # the clocks whose lapse counts as a denial
    meaning: Text
    citation: Text
    confidence: Confidence = Confidence.FOUND


class Watch(Value):
    """A change of law that may come; shown to editors until somebody checks it."""

    title: Text
    text: Text
    source: Text
    from_on: date | None = None


class Advice(Stated):
    """What the city or its guide says a requester should do."""

    kinds: tuple[RequestKind, ...] = tuple(RequestKind)


class Statute(Value):
    """A state's records law, as far as the desk needs it."""

    slug: str  # "us-ct"
    state: Text
    name: Text
    short_name: Text
    citation: Text
    checked_on: date
    letter_sentences: Sentences = {}
    acknowledgement: Fact
    fee_waiver: Fact
    written_denial: Fact
    extension: Fact
    silence: Silence
    calendar: CalendarRules
    clocks: tuple[Clock, ...]
    grievances: tuple[GrievanceRule, ...] = ()  # none stated: the plain ones, see `opens_rights`
    routes: tuple[Route, ...]
    exemptions: tuple[Exemption, ...]
    general_arguments: tuple[GeneralArgument, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    fees: tuple[Fee, ...] = ()
    extension_grounds: tuple[str, ...] = ()
    binding_receipt: Fact | None = None  # whose receipt starts the clock, where the law says so
    separate_agencies: tuple[SeparateAgency, ...] = ()
    tracks: tuple[str, ...] = ()  # "personnel_file" where the law gives such records other clocks
    watch: tuple[Watch, ...] = ()
    inventories: tuple[Inventory, ...] = ()  # what the law makes a city write down of its records
    not_specified: tuple[Gap, ...] = ()
    examples: tuple[Example, ...] = ()  # dates counted by hand; `check_cities` runs them

    @field_validator("clocks")
    @classmethod
    def _clocks_fit_together(cls, clocks: tuple[Clock, ...]) -> tuple[Clock, ...]:
        check_clocks(clocks)
        return clocks

    @field_validator("routes")
    @classmethod
    def _slugs_differ(cls, routes: tuple[Route, ...]) -> tuple[Route, ...]:
        return _differ(routes, "slug")

    @field_validator("exemptions", "reliefs", "inventories")
    @classmethod
    def _names_differ(cls, items: tuple[T, ...]) -> tuple[T, ...]:
        return _differ(items, "slug")

    @field_validator("general_arguments")
    @classmethod
    def _arguments_differ(
        cls, arguments: tuple[GeneralArgument, ...]
    ) -> tuple[GeneralArgument, ...]:
        return each_slug_once(arguments)

    def general_arguments_over(self, grievance: str) -> tuple[GeneralArgument, ...]:
        """Those of the general arguments that answer it, and may stand in a filing."""
        return tuple(
            argument
            for argument in self.general_arguments
            if argument.may_be_printed and grievance in argument.follows
        )

    @property
    def opens_rights(self) -> tuple[GrievanceRule, ...]:
        """The grievances this statute knows."""
        return self.grievances or plain_rules(self.silence.clocks)

    @property
    def sentences(self) -> dict[str, str]:
        """The legal sentences letters may use, by their key in SENTENCES."""
        return {key: sentence.text for key, sentence in self.letter_sentences.items()}

    def __hash__(self) -> int:
        return hash(self.slug)


class City(Value):
    """One city: whom to ask there, what it says, and the law it answers under."""

    slug: str  # "us-ct/stamford"
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,5}$")]  # "STAM", heads our references
    name: Text
    county: Text
    timezone: str
    checked_on: date
    statute: Statute
    offices: tuple[Office, ...]
    routes: tuple[Route, ...] = ()  # the city's own; one with a statute's slug replaces it
    reliefs: tuple[Relief, ...] = ()  # on the city's own routes, beside the statute's
    fees: tuple[Fee, ...] = ()
    portal: Portal
    letter_sentences: Sentences = {}  # the city's own code's; one replaces the statute's
    advice: tuple[Advice, ...] = ()
    copies: tuple[CopyRule, ...] = ()  # which offices have a copy of which letters
    escalations: tuple[EscalationStep, ...] = ()  # after a dataset's steward, in their order
    separate_agencies: tuple[SeparateAgency, ...] = ()  # beside the statute's
    watch: tuple[Watch, ...] = ()
    not_specified: tuple[Gap, ...] = ()

    def __hash__(self) -> int:
        return hash(self.slug)

    @field_validator("timezone")
    @classmethod
    def _timezone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError) as error:
            raise ValueError(
                f"{name!r} is no time zone: write one such as America/Chicago"
            ) from error
        return name

    @field_validator("offices")
    @classmethod
    def _roles_differ(cls, offices: tuple[Office, ...]) -> tuple[Office, ...]:
        return _differ(offices, "role")

    @field_validator("routes", "reliefs", "copies", "escalations")
    @classmethod
    def _slugs_differ(cls, items: tuple[T, ...]) -> tuple[T, ...]:
        return _differ(items, "slug")

    @model_validator(mode="after")
    def _every_kind_has_an_office(self) -> Self:
        missing = [kind for kind in RequestKind if not self.offices_for(kind)]
        if missing:
            raise ValueError(
                f"no office receives {', '.join(missing)}: add it to an office's `receives`"
            )
        return self

    @model_validator(mode="after")
    def _every_escalation_has_an_office(self) -> Self:
        roles = {office.role for office in self.offices}
        for step in self.escalations:
            if step.office not in roles:
                raise ValueError(
                    f"escalation {step.slug!r} goes to {step.office.value!r}, and there is no such "
                    "office: add it to [[offices]], or name one of them"
                )
        return self

    @property
    def state(self) -> str:
        return self.statute.state

    @property
    def sentences(self) -> dict[str, Sentence]:
        """The legal sentences that letters to this city may quote."""
        return {**self.statute.letter_sentences, **self.letter_sentences}

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local_date(self, at: datetime) -> date:
        """The day it is in this city at that moment."""
        return at.astimezone(self.tz).date()

    def offices_for(self, kind: RequestKind) -> tuple[Office, ...]:
        """The offices proposed for a kind, the first one first."""
        return tuple(office for office in self.offices if kind in office.receives)

    def office_named_by_dataset(self, kind: RequestKind) -> Office | None:
        """The office whose name and address stand on the dataset's own page; None where the guide
        sends such a request elsewhere."""
        return next((one for one in self.offices_for(kind) if one.is_named_by_dataset), None)

    def escalations_for(self, kind: str) -> tuple[EscalationStep, ...]:
        """The chain of a request for data, after the office that is asked first."""
        return tuple(step for step in self.escalations if kind in step.for_kinds)

    @property
    def enforcer(self) -> Office | None:
        """The office that hears of misuse of the city's data; None where no source names one."""
        return next((office for office in self.offices if office.hears_of_misuse), None)

    def office(self, role: str) -> Office:
        """The office with that role. LookupError names the roles there are."""
        for office in self.offices:
            if office.role == role:
                return office
        raise LookupError(
            f"{self.name} has no office {role!r}; it has {', '.join(o.role for o in self.offices)}"
        )

    def all_separate_agencies(self) -> tuple[SeparateAgency, ...]:
        """The bodies here that are not the city, the city's own entries first."""
        return (*self.separate_agencies, *self.statute.separate_agencies)

    def all_reliefs(self) -> tuple[Relief, ...]:
        """What may be asked for here: the statute's, then the city's own."""
        return (*self.statute.reliefs, *self.reliefs)

    def all_routes(self) -> tuple[Route, ...]:
        """The city's and the statute's routes in the order a requester would take them."""
        by_slug = {route.slug: route for route in (*self.statute.routes, *self.routes)}
        return tuple(sorted(by_slug.values(), key=lambda route: route.order))

    def route(self, slug: str) -> Route:
        for route in self.all_routes():
            if route.slug == slug:
                return route
        raise LookupError(
            f"{self.name} has no appeal route {slug!r}; "
            f"it has {', '.join(r.slug for r in self.all_routes())}"
        )

    def routes_after(
        self,
        answer: str,
        custodian: str,
        kind: str = RequestKind.RECORDS,
        *,
        decided: str = "",
    ) -> tuple[Route, ...]:
        """The routes open after an answer ("denied", "silence", …) by that kind of custodian.

        `kind` is the request's: the law's routes are for records, and a city may have its own for
        datasets. With "decision", `decided` is the slug of the route that was decided: Oregon's
        court is open after the district attorney's decision, not after a mediation.
        """
        return tuple(
            route
            for route in self.all_routes()
            if answer in route.follows
            and custodian in route.for_custodians
            and kind in route.for_kinds
            and (not decided or not route.after or decided in route.after)
        )


def _differ(items: tuple[T, ...], name: str) -> tuple[T, ...]:
    """The items, when no two have the same value under that name."""
    values = [str(getattr(item, name)) for item in items]
    if twice := sorted({value for value in values if values.count(value) > 1}):
        raise ValueError(f"{name} {twice[0]!r} stands twice: each may be used once")
    return items
