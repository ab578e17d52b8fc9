"""Whom to write to: a city's offices, and the bodies that review what it did."""

import re
from enum import StrEnum
from typing import Any, Literal

from pydantic import field_validator, model_validator

from cities.schema.facts import Confidence, Fact, Text, Value
from cities.schema.filings.requirements import (
    BundlePart,
    FilingLimits,
    ProceedingDay,
    Requirement,
)
from cities.schema.forms import FormMapping
from cities.schema.grievances import GrievanceKind

__all__ = [
    "Bundle", "BundlePart", "ContactPoints", "Custodian", "Office", "OfficeRole",
    "RequestKind", "Route", "RouteKind", "https_only", "is_hour",
]  # fmt: skip

Custodian = Literal["city", "elected_official"]

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")


class RequestKind(StrEnum):
    """What a request asks for."""

    RECORDS = "records"
    DATASET = "dataset"
    CORRECTION = "correction"
    ACCESS = "access"


class OfficeRole(StrEnum):
    CITY_CLERK = "city_clerk"
    RECORDS_CUSTODIAN = "records_custodian"
    DATASET_STEWARD = "dataset_steward"
    PORTAL_ADMIN = "portal_admin"
    IT = "it"
    LAW = "law"
    CITY_MANAGER = "city_manager"
    CODE_ENFORCEMENT = "code_enforcement"
    POLICE_RECORDS = "police_records"
    DEPARTMENT = "department"
    ELECTED_OFFICIAL = "elected_official"
    AUDITOR = "auditor"
    REVIEWER = "reviewer"


class RouteKind(StrEnum):
    """The kinds of challenge a law gives."""

    ADMINISTRATIVE_REVIEW = "administrative_review"
    COMMISSION = "commission"
    DISTRICT_ATTORNEY = "district_attorney"
    ATTORNEY_GENERAL = "attorney_general"
    MEDIATION = "mediation"
    RECONSIDERATION = "reconsideration"
    COURT = "court"


def https_only(fact: Fact) -> Fact:
    """The fact, when the address it states is a safe one to follow."""
    if fact.is_stated and not fact.value.startswith("https://"):
        raise ValueError(f"{fact.value!r} must begin with https://")
    return fact


class ContactPoints(Value):
    """How to reach an office or a reviewing body; each way is a fact of its own.

    A way that is left out is not specified, and `ask` says who would know.
    """

    email: Fact
    address: Fact
    phone: Fact
    portal_url: Fact
    ask: str = ""

    @model_validator(mode="before")
    @classmethod
    def _left_out_is_not_specified(cls, raw: Any) -> Any:
        if not isinstance(raw, dict) or not raw.get("ask"):
            return raw
        ways = ("email", "address", "phone", "portal_url")
        return {**{way: {"ask": raw["ask"]} for way in ways}, **raw}

    @field_validator("email")
    @classmethod
    def _is_an_email(cls, fact: Fact) -> Fact:
        if fact.is_stated and not EMAIL.fullmatch(fact.value):
            raise ValueError(f"{fact.value!r} is not an e-mail address")
        return fact

    @field_validator("portal_url")
    @classmethod
    def _is_a_safe_url(cls, fact: Fact) -> Fact:
        return https_only(fact)


def is_hour(text: str) -> bool:
    """Whether it is an hour of the day as "17:00"."""
    return bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text))


class Office(ContactPoints):
    """Who receives a request."""

    role: OfficeRole
    name: Text
    salutation: Text
    receives: tuple[RequestKind, ...] = ()  # the kinds it is proposed for, see `City.offices_for`
    why: Text  # why a requester would write to it
    source: Text
    confidence: Confidence = Confidence.FOUND
    is_named_by_dataset: bool = False  # each dataset's page says who it is: see `office_contacts`
    hears_of_misuse: bool = False  # whoever misuses the city's data is reported here
    is_custodian: bool = False  # a request here is received by the custodian: the clock starts
    custodian: Custodian = "city"  # whose records it keeps, where the law makes a difference
    caution: str = ""
    cut_off: Fact | None = None  # "17:00": what comes later is received on the next business day
    form: FormMapping | None = None  # the city's own PDF form for requests here

    @field_validator("cut_off")
    @classmethod
    def _is_an_hour(cls, fact: Fact | None) -> Fact | None:
        if fact and fact.is_stated and not is_hour(fact.value):
            raise ValueError(f"{fact.value!r} is no hour: write it as 17:00")
        return fact


class Bundle(Value):
    """The papers that go with an appeal on a route, in their order, and who says so."""

    parts: tuple[BundlePart, ...]
    source: Text
    confidence: Confidence = Confidence.FOUND
    note: str = ""

    @field_validator("parts")
    @classmethod
    def _each_part_once(cls, parts: tuple[BundlePart, ...]) -> tuple[BundlePart, ...]:
        if not parts:
            raise ValueError("name at least one part, or leave the bundle out")
        if twice := sorted({part for part in parts if parts.count(part) > 1}):
            raise ValueError(f"{twice[0]!r} stands twice: each part may be named once")
        return parts


class Route(ContactPoints):
    """One way to challenge what the city did, or did not do."""

    slug: Text
    kind: RouteKind
    name: Text
    body: Text
    salutation: Text
    order: int
    follows: tuple[GrievanceKind, ...]  # the grievances that open it
    after: tuple[str, ...] = ()  # after "decision": of which earlier routes; empty: of any
    for_custodians: tuple[Custodian, ...] = ("city", "elected_official")
    for_kinds: tuple[RequestKind, ...] = (RequestKind.RECORDS,)
    is_formal: bool = True  # False: no law gives this step, and skipping it loses nothing
    deadline: Fact  # how long we have, in words; `clock` names the clock that counts it
    clock: str = ""
    decision: Fact  # how long the body has
    form: Fact
    fee: Fact
    bundle: Bundle | None = None  # None: no source says what goes with it
    requires: tuple[Requirement, ...] = ()  # the checklist of a filing, see `requires_for`
    limits: FilingLimits
    days: tuple[ProceedingDay, ...] = ()  # of the proceeding, beside those that clocks count
    citation: Text
    confidence: Confidence = Confidence.FOUND
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _limits_are_asked_of_whom_the_rest_is(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        limits = raw.get("limits", {})
        if not isinstance(limits, dict):
            return raw
        return {**raw, "limits": {**({"ask": raw["ask"]} if raw.get("ask") else {}), **limits}}

    def requires_for(self, grievance: str) -> tuple[Requirement, ...]:
        """The checklist of a filing over that kind of grievance."""
        return tuple(r for r in self.requires if not r.follows or grievance in r.follows)

    @property
    def is_court(self) -> bool:
        return self.kind is RouteKind.COURT
