"""A portal to read, and a reader for whom no time passes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from cities.portals.address import Platform, PortalAddress
from cities.portals.dataset_record import DatasetRecord
from cities.portals.outcome import NONE_GIVEN, Outcome, Validators
from cities.portals.polite_client import MOST_BYTES, Patience, open_client
from cities.portals.read_portal import CatalogReading
from tests.portals.made_up import HOST
from tests.portals.portal_server import PortalServer, running


@pytest.fixture(scope="module")
def one_server() -> Iterator[PortalServer]:
    with running() as server:
        yield server


@pytest.fixture
def portal(one_server: PortalServer) -> PortalServer:
    one_server.asked.clear()
    return one_server


@dataclass
class Reader:
    """Reads the portal as one of that platform, and keeps what it waited."""

    portal: PortalServer
    slept: list[float] = field(default_factory=list)

    def read(
        self,
        platform: Platform,
        *,
        organization: str = "",
        seen: Validators = NONE_GIVEN,
        most_bytes: int = MOST_BYTES,
    ) -> tuple[list[DatasetRecord], Outcome]:
        address = PortalAddress(
            platform, self.portal.base_url, frozenset({HOST}), organization, f"https://{HOST}"
        )
        patience = Patience(sleep=self.slept.append, draw=lambda: 0.5, pace=0)
        with open_client(
            address.base_url, user_agent="Tests", by_hand=True, patience=patience
        ) as client:
            client.most_bytes = most_bytes
            reading = CatalogReading(address, client, seen)
            records = list(reading)
        assert reading.outcome is not None
        return records, reading.outcome


@pytest.fixture
def reader(portal: PortalServer) -> Reader:
    return Reader(portal)
