"""The ways in which a city is asked for data, a correction or access, as its guide has them."""

from collections.abc import Iterator
from dataclasses import dataclass

from cities.schema.offices import Office
from cities.schema.portals import PortalChannel
from requests_app.models import Channel, CitedDataset, RecordsRequest
from requests_app.office_contacts import ResolvedFact

BY = {
    "form": Channel.PORTAL,
    "comment": Channel.PORTAL,
    "email": Channel.EMAIL,
    "letter": Channel.POST,
}


@dataclass(frozen=True, slots=True)
class WayToAsk:
    """One of the pack's channels for such a request: by which of the desk's own it goes, and where
    to. Without an address, nobody has established one."""

    number: int
    pack: PortalChannel
    channel: Channel
    address: str
    offices: tuple[Office, ...]
    is_of_the_office_asked: bool

    @property
    def fact(self) -> ResolvedFact:
        return ResolvedFact(self.address, self.pack.source, confidence=str(self.pack.confidence))

    @property
    def is_unverified(self) -> bool:
        return not self.pack.confidence.may_enter_letter


def ways_to_ask(request: RecordsRequest) -> list[WayToAsk]:
    """In the pack's order; none for a records request."""
    return list(_ways(request))


def way_chosen(request: RecordsRequest, number: str) -> WayToAsk | None:
    """By its number in a page's address; None where there is no such way, or it has no address."""
    ways = ways_to_ask(request) if number.isdecimal() else []
    return next((one for one in ways if one.address and one.number == int(number)), None)


def _ways(request: RecordsRequest) -> Iterator[WayToAsk]:
    channels = request.city.portal.channels_for(request.kind)
    cited = CitedDataset.objects.filter(records_request=request).first() if channels else None
    for number, one in enumerate(channels, start=1):
        yield WayToAsk(
            number,
            one,
            BY[one.way],
            _address(one, cited),
            tuple(request.city.office(role) for role in one.offices),
            not one.offices or request.office_role in one.offices,
        )


def _address(channel: PortalChannel, cited: CitedDataset | None) -> str:
    """Its own, or what the page of the dataset gives."""
    if channel.way == "email":
        on_page = cited.record.contact_email if cited and channel.is_on_dataset_page else ""
        return channel.email or on_page
    if cited is None or channel.url or not channel.is_on_dataset_page:
        return channel.url
    record = cited.record
    form = record.contact_url if channel.way == "form" else ""
    return next((url for url in (form, record.landing_url) if url.startswith("https://")), "")
