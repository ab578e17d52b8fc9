"""Where a city publishes its datasets, how the desk reads that catalog, and whom to ask there.

A platform's programs answer for other places too: `hosts` and `organization` say which of what
they answer is this city's own.
"""

import re
from datetime import date
from typing import Literal

from pydantic import field_validator, model_validator

from cities.schema.facts import Confidence, Fact, Text, Value
from cities.schema.offices import EMAIL, OfficeRole, RequestKind, https_only

PlatformSlug = Literal["socrata", "arcgis_hub", "ckan", "dcat_us"]
PortalWay = Literal["form", "comment", "email", "letter"]

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class PortalReading(Value):
    """By which interface the catalog is read, and what proves that it is this city's own."""

    platform: PlatformSlug
    base_url: Text  # what the platform's own paths are put after
    hosts: tuple[Text, ...] = ()  # of the city's own datasets; empty: the address's own host
    organization: str = ""  # Hub's orgId or its name in addresses; CKAN's organization
    evidence: Text  # what was seen there
    verified_on: date | None = None  # None: nobody has seen it answer
    source: Text
    confidence: Confidence = Confidence.FOUND

    @field_validator("base_url")
    @classmethod
    def _is_a_safe_url(cls, url: str) -> str:
        if not url.startswith("https://") or url.endswith("/"):
            raise ValueError(f"{url!r} must begin with https:// and end without a slash")
        return url

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not HOST.fullmatch(host):
                raise ValueError(f"{host!r} is no host: write it as data.example.gov")
        return hosts


class PortalChannel(Value):
    """One way in which a portal or its steward is asked: for data, a correction, or access."""

    kind: RequestKind
    way: PortalWay
    name: Text  # as the portal or the guide calls it
    url: str = ""  # of a form; empty: see `is_on_dataset_page`, or nobody has established it
    is_on_dataset_page: bool = False  # reached from the page of the dataset that it is about
    email: str = ""
    subject: str = ""  # of the e-mail, where the portal sets one
    offices: tuple[OfficeRole, ...] = ()  # who answers it, the first one first
    say: tuple[Text, ...] = ()  # what the guide tells a requester to give
    note: str = ""
    source: Text
    confidence: Confidence = Confidence.FOUND

    @field_validator("kind")
    @classmethod
    def _is_about_data(cls, kind: RequestKind) -> RequestKind:
        if kind is RequestKind.RECORDS:
            raise ValueError(
                "records are asked for at an office: write dataset, correction, access"
            )
        return kind

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "PortalChannel":
        if self.url and not self.url.startswith("https://"):
            raise ValueError(f"{self.url!r} must begin with https://")
        if self.email and not EMAIL.fullmatch(self.email):
            raise ValueError(f"{self.email!r} is not an e-mail address")
        if self.way == "email" and not (self.email or self.offices or self.is_on_dataset_page):
            raise ValueError("an e-mail needs `email`, `offices` or is_on_dataset_page")
        if self.way == "letter" and not self.offices:
            raise ValueError("a letter needs `offices`: who receives it")
        return self


class Portal(Value):
    """Where a city publishes datasets."""

    name: str = ""
    platform: Fact
    url: Fact
    status: Literal["verified", "misconfigured", "unverified", "none"]  # shown to people as it is
    note: str = ""
    reading: PortalReading | None = None  # None: there is no catalog that a program could read
    channels: tuple[PortalChannel, ...] = ()

    @field_validator("url")
    @classmethod
    def _is_a_safe_url(cls, fact: Fact) -> Fact:
        return https_only(fact)

    @model_validator(mode="after")
    def _status_fits_the_reading(self) -> "Portal":
        if self.status == "verified" and self.reading and not self.reading.verified_on:
            raise ValueError("a verified portal needs the day in verified_on of [portal.reading]")
        if self.status == "none" and self.reading:
            raise ValueError(
                "where there is no portal there is nothing to read: status, or reading"
            )
        return self

    def channels_for(self, kind: str) -> tuple[PortalChannel, ...]:
        """The portal's own ways for that kind of request, in the pack's order."""
        return tuple(channel for channel in self.channels if channel.kind == kind)
