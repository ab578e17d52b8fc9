"""One reading of one portal: claimed, read page by page, its end written down.

A reading that fails or breaks off leaves yesterday's catalog as it was, and says so.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
from django.conf import settings
from django.db.models import F, Q, QuerySet

from cities.portals.address import PortalAddress
from cities.portals.outcome import NONE_GIVEN, Outcome, Validators
from cities.portals.polite_client import Patience, PoliteClient, open_client
from cities.portals.read_portal import WITHOUT_COLUMNS, CatalogReading
from cities.portals.safe_address import BadAddressError
from requests_app.catalog.corrections import propose_fixed
from requests_app.catalog.reading.city_portals import address_of
from requests_app.catalog.reading.writing import CatalogWriter, in_batches
from requests_app.catalog.watching import write_news
from requests_app.models import CatalogDataset, CityPortal, PortalStatus
from requests_app.vocabulary.dates_and_amounts import count

LEASE = timedelta(minutes=30)
ONE_DOCUMENT = frozenset({"arcgis_hub", "dcat_us"})  # "unchanged" speaks of the whole catalog

Report = Callable[[int, int | None], None]


class PortalBusyError(Exception):
    """Another worker reads this portal now."""


@dataclass(frozen=True, slots=True)
class ReadingFrom:
    """Where the catalog comes from, if not from the portal's own address over the network."""

    base_url: str = ""  # given by hand at this machine: loopback is allowed
    platform: str = ""
    transport: httpx.BaseTransport | None = None
    patience: Patience | None = None

    def address(self, portal: CityPortal) -> PortalAddress:
        """LookupError: there is nothing to read."""
        if self.platform and self.platform != portal.platform:
            base = self.base_url or portal.base_url
            return PortalAddress.of_newsroom(self.platform, base, portal.organization)
        own = address_of(portal)
        return own.at(self.base_url.rstrip("/")) if self.base_url else own


@dataclass(frozen=True, slots=True)
class SyncResult:
    """How it ended, and what it did to the catalog."""

    outcome: Outcome
    created: int = 0
    changed: int = 0
    withdrawn: int = 0

    @property
    def is_complete(self) -> bool:
        return self.outcome.is_complete


def sync(
    portal: CityPortal,
    *,
    now: Callable[[], datetime],
    source: ReadingFrom | None = None,
    report: Report = lambda given, stated: None,
) -> SyncResult:
    """Read the portal and bring its catalog up to date. PortalBusyError, LookupError.

    LookupError: no program can read it. Whatever the portal does is a result, and no exception.
    """
    where = source or ReadingFrom()
    address = where.address(portal)
    at = now()
    lease = _Lease(portal.pk)
    if not lease.claim(at):
        raise PortalBusyError("Another worker reads this portal now: try again in half an hour.")
    portal.refresh_from_db()
    try:
        result = _read(portal, address, _Run(where, at, now, report, lease))
        _write_down(portal, result, at=at, is_own_address=not where.base_url)
        write_news(at=at, city_slug=portal.city_slug)
        propose_fixed(portal)
    finally:
        lease.release()
    return result


@dataclass(frozen=True, slots=True)
class _Run:
    source: ReadingFrom
    at: datetime
    now: Callable[[], datetime]
    report: Report
    lease: "_Lease"


def _read(portal: CityPortal, address: PortalAddress, run: _Run) -> SyncResult:
    kept = frozenset({"columns", "row_count"} if address.platform in WITHOUT_COLUMNS else ())
    writer = CatalogWriter(portal, run.at, kept)
    try:
        with client_for(address, run.source) as client:
            reading = CatalogReading(address, client, _seen_before(portal, address, run.source))
            for batch in in_batches(iter(reading)):
                run.lease.renew(run.now())
                writer.write(batch)
                run.report(reading.tally.given, reading.tally.stated)
    except BadAddressError as error:
        return SyncResult(Outcome("unreachable", str(error)))
    assert reading.outcome is not None
    outcome = _doubted(portal, reading.outcome)
    if outcome.is_unchanged:
        writer.all_seen()
    elif outcome.is_complete:
        writer.finish(may_withdraw=outcome.may_withdraw)
    return SyncResult(outcome, writer.created, writer.changed, writer.withdrawn)


def client_for(address: PortalAddress, source: ReadingFrom) -> AbstractContextManager[PoliteClient]:
    """A client of that portal, under the desk's own name. BadAddressError on entering."""
    headers: Mapping[str, str] = {}
    if address.platform == "socrata" and settings.SOCRATA_APP_TOKEN and not source.base_url:
        headers = {"X-App-Token": settings.SOCRATA_APP_TOKEN}
    return open_client(
        address.base_url,
        user_agent=f"RecordsDesk/1 (+{settings.BASE_URL})",
        by_hand=bool(source.base_url),
        transport=source.transport,
        patience=source.patience,
        headers=headers,
    )


def _seen_before(portal: CityPortal, address: PortalAddress, source: ReadingFrom) -> Validators:
    """What to ask "has it changed?" with, when it is the same document as the last time."""
    if source.base_url or address.platform not in ONE_DOCUMENT:
        return NONE_GIVEN
    return Validators(portal.etag, portal.last_modified)


def _doubted(portal: CityPortal, outcome: Outcome) -> Outcome:
    """A catalog that was full and is empty overnight is believed the second time it says so."""
    published = CatalogDataset.objects.filter(portal=portal).published().count()
    if outcome.status != "empty" or not published or portal.status == PortalStatus.EMPTY:
        return outcome
    return Outcome(
        "empty",
        f"It lists nothing today, after {count(published, 'dataset')}. They are kept until another "
        "reading finds nothing again.",
    )


def _write_down(
    portal: CityPortal, result: SyncResult, *, at: datetime, is_own_address: bool
) -> None:
    outcome = result.outcome
    portal.status, portal.status_reason = outcome.status, outcome.sentence
    portal.last_tried_at = at
    fields = ["status", "status_reason", "last_tried_at", "failures_in_a_row"]
    if outcome.is_complete:
        portal.last_complete_at, portal.failures_in_a_row = at, 0
        fields.append("last_complete_at")
    else:
        portal.failures_in_a_row = F("failures_in_a_row") + 1
    if not outcome.is_unchanged:
        # Of a reading that is not whole, or from elsewhere, nothing may be called unchanged.
        keeps = outcome.is_complete and is_own_address
        portal.etag = outcome.validators.etag if keeps else ""
        portal.last_modified = outcome.validators.last_modified if keeps else ""
        fields += ["etag", "last_modified"]
    portal.save(update_fields=fields)
    portal.refresh_from_db()


class LeaseLostError(Exception):
    """Another worker took the portal over: this one was silent for too long."""


class _Lease:
    """A worker's hold on a portal. Each step names the moment it expects to find."""

    def __init__(self, pk: int) -> None:
        self._rows = CityPortal.objects.filter(pk=pk)
        self._until: datetime | None = None

    def claim(self, at: datetime) -> bool:
        is_free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        return self._set(self._rows.filter(is_free), at + LEASE)

    def renew(self, at: datetime) -> None:
        if not self._set(self._rows.filter(leased_until=self._until), at + LEASE):
            raise LeaseLostError("another worker reads this portal")

    def release(self) -> None:
        self._rows.filter(leased_until=self._until).update(leased_until=None)

    def _set(self, rows: QuerySet[CityPortal], until: datetime) -> bool:
        if not rows.update(leased_until=until):
            return False
        self._until = until
        return True
