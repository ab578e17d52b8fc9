"""`manage.py sync_portal kansas-city`: read the city's open-data portal now, and say what came."""

from argparse import ArgumentParser
from typing import Any, get_args

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cities.portals.address import Platform
from cities.portals.safe_address import BadAddressError, check_base_url
from requests_app.catalog.reading.city_portals import city_named, portal_of
from requests_app.catalog.reading.sync import (
    LeaseLostError,
    PortalBusyError,
    ReadingFrom,
    SyncResult,
    sync,
)
from requests_app.models import CityPortal, Newsroom

BAR = 30


class Command(BaseCommand):
    help = "Read a city's open-data portal now. Exit 1 and a sentence if it could not be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("city", help="such as kansas-city, or us-mo/kansas-city")
        parser.add_argument(
            "--base-url",
            default="",
            help="another address that gives the same catalog; this machine is allowed here",
        )
        parser.add_argument(
            "--platform", choices=get_args(Platform), default="", help="of that address"
        )
        parser.add_argument("--newsroom", default="", help="whose own portal of the city is meant")

    def handle(self, *args: Any, **options: Any) -> None:
        portal = _portal(options["city"], options["newsroom"])
        try:
            base = options["base_url"] and check_base_url(options["base_url"], by_hand=True)
            result = sync(
                portal,
                now=timezone.now,
                source=ReadingFrom(base_url=base, platform=options["platform"]),
                report=self._report,
            )
        except (BadAddressError, LookupError, PortalBusyError, LeaseLostError) as error:
            raise CommandError(str(error)) from error
        if self.stdout.isatty():
            self.stdout.write("")
        self._say(portal, result)

    def _report(self, given: int, stated: int | None) -> None:
        """A bar on a terminal, which is drawn over; a line each time elsewhere."""
        of = f" of {stated:,}" if stated else ""
        if not self.stdout.isatty():
            self.stdout.write(f"{given:,}{of} datasets read")
            return
        done = min(given / stated, 1.0) if stated else 0.0
        bar = "█" * round(done * BAR) + "·" * (BAR - round(done * BAR))
        self.stdout.write(f"\r{bar} {given:,}{of}", ending="")
        self.stdout.flush()

    def _say(self, portal: CityPortal, result: SyncResult) -> None:
        sentence = (
            f"{portal.city_slug}: {portal.get_status_display()}. {result.outcome.sentence} "
            f"{result.created:,} new, {result.changed:,} changed, {result.withdrawn:,} withdrawn."
        )
        if not result.is_complete:
            raise CommandError(sentence)
        self.stdout.write(sentence)


def _portal(city: str, newsroom: str) -> CityPortal:
    try:
        slug = city_named(city).slug
    except LookupError as error:
        raise CommandError(str(error)) from error
    whose = None
    if newsroom:
        whose = Newsroom.objects.filter(name=newsroom).first()
        if whose is None:
            names = ", ".join(Newsroom.objects.order_by("name").values_list("name", flat=True))
            raise CommandError(f"There is no newsroom {newsroom!r}; there are {names or 'none'}.")
    return portal_of(slug, whose)
