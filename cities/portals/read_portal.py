"""Reads a portal's catalog, dataset by dataset, and says how it ended.

reading = CatalogReading(address, client)
for record in reading:
    ...
reading.outcome       # complete, or a status and a sentence; never silence
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cities.portals import arcgis_hub, ckan, dcat_us, socrata
from cities.portals.address import PortalAddress
from cities.portals.dataset_record import DatasetRecord
from cities.portals.outcome import NONE_GIVEN, Outcome, ReadingFailedError, Tally, Validators
from cities.portals.polite_client import PoliteClient

ADAPTERS = {
    "socrata": socrata.records,
    "arcgis_hub": arcgis_hub.records,
    "ckan": ckan.records,
    "dcat_us": dcat_us.records,
}
# Their lists carry no columns: an empty tuple there says nothing of the dataset.
WITHOUT_COLUMNS = frozenset({"arcgis_hub", "ckan", "dcat_us"})


@dataclass
class CatalogReading:
    """An iterator of records that raises nothing; `outcome` is known once it is exhausted."""

    address: PortalAddress
    client: PoliteClient
    seen: Validators = NONE_GIVEN
    outcome: Outcome | None = None
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        self.tally = Tally(self.address.place, validators=self.seen)

    def __iter__(self) -> Iterator[DatasetRecord]:
        try:
            for record in ADAPTERS[self.address.platform](self.address, self.client, self.tally):
                self.tally.given += 1
                yield record
        except ReadingFailedError as error:
            self.outcome = self._failed(error)
        else:
            self.outcome = self.tally.outcome()

    def _failed(self, error: ReadingFailedError) -> Outcome:
        came = ""
        if self.tally.given:
            came = f" {self.tally.given:,} datasets came before that and are kept."
        return Outcome(error.status, error.sentence + came, given=self.tally.given)
