"""Which portal is read, and whose datasets there are the city's own."""

from dataclasses import dataclass, replace
from typing import Literal, Self, cast, get_args

from cities.portals.plain_values import host_of
from cities.schema.portals import HOST, PortalReading

Platform = Literal["socrata", "arcgis_hub", "ckan", "dcat_us"]


@dataclass(frozen=True, slots=True)
class PortalAddress:
    """`hosts` are the city's own; `organization` a name that the platform gives it, if any."""

    platform: Platform
    base_url: str
    hosts: frozenset[str]
    organization: str = ""
    site_url: str = ""  # what links to its pages begin with; the base address, unless given

    def __post_init__(self) -> None:
        object.__setattr__(self, "site_url", self.site_url or self.base_url)

    @classmethod
    def of_pack(cls, reading: PortalReading) -> Self:
        own = {*reading.hosts} or {host_of(reading.base_url)}
        return cls(reading.platform, reading.base_url, frozenset(own), reading.organization)

    @classmethod
    def of_newsroom(cls, platform: str, base_url: str, organization: str = "") -> Self:
        """As typed: an organization written like a host is one whose datasets are meant.

        ValueError: there is no such platform.
        """
        if platform not in get_args(Platform):
            raise ValueError(f"no platform {platform!r}; there are {', '.join(get_args(Platform))}")
        own = {host_of(base_url)}
        name = organization.strip()
        if HOST.fullmatch(name.lower()):
            own, name = {*own, name.lower()}, ""
        return cls(cast(Platform, platform), base_url, frozenset(own), name)

    def at(self, base_url: str) -> Self:
        """The same portal's catalog, as another machine gives it: whose it is stays the same."""
        return replace(self, base_url=base_url)

    @property
    def place(self) -> str:
        return self.organization or ", ".join(sorted(self.hosts))
