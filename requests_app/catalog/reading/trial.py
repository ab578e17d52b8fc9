"""A first look at a portal that somebody typed in: what would come, before anything is kept."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from cities.portals.address import PortalAddress
from cities.portals.dataset_record import DatasetRecord
from cities.portals.outcome import Outcome
from cities.portals.polite_client import Patience
from cities.portals.read_portal import CatalogReading
from cities.portals.safe_address import BadAddressError
from requests_app.catalog.reading.sync import ReadingFrom, client_for

BRIEFLY = Patience(tries=1, most_seconds=20.0)  # somebody waits for the page
LOOKED_AT = 200
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Trial:
    """`outcome` is None while there is more than was looked at."""

    address: PortalAddress
    records: tuple[DatasetRecord, ...]
    stated: int | None
    outcome: Outcome | None

    @property
    def may_be_kept(self) -> bool:
        return bool(self.records)

    @property
    def shown(self) -> tuple[DatasetRecord, ...]:
        return self.records[:SHOWN]

    @property
    def publishers(self) -> list[tuple[str, int]]:
        """Whose they are, the most frequent first: where another place's would be seen."""
        named = Counter(record.publisher or "not stated" for record in self.records)
        return named.most_common(SHOWN)


def look_at(address: PortalAddress, source: ReadingFrom | None = None) -> Trial:
    """The first datasets that come, or why none does. Nothing is stored, and nothing raised."""
    where = source or ReadingFrom(patience=BRIEFLY)
    try:
        with client_for(address, where) as client:
            reading = CatalogReading(address, client)
            records = tuple(islice(reading, LOOKED_AT))
    except BadAddressError as error:
        return Trial(address, (), None, Outcome("unreachable", str(error)))
    outcome = reading.outcome if len(records) < LOOKED_AT else None
    return Trial(address, records, reading.tally.stated, outcome)
