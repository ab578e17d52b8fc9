"""`manage.py check_cities`: is every pack sound and every letter's wording, and what is stated?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cities.checks.check_pack import check_city, check_statute, count_facts
from cities.schema.load import PACKS, PackError, city_slugs, load_city
from requests_app.letters import check_templates


class Command(BaseCommand):
    help = "Check every city pack, or the ones named, and print a line for each."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="such as us-ct/stamford, or a state: us-ct")
        parser.add_argument("--packs", type=Path, default=PACKS, help="the folder of the packs")

    def handle(self, *args: Any, **options: Any) -> None:
        packs: Path = options["packs"].resolve()
        on = timezone.localdate()
        slugs = _chosen(options["slugs"], packs)
        problems: list[PackError] = []
        for state in dict.fromkeys(slug.split("/", maxsplit=1)[0] for slug in slugs):
            found = check_statute(state, on=on, packs=packs)
            for slug in slugs if not found else ():
                if slug.startswith(f"{state}/"):
                    faults = check_city(slug, on=on, packs=packs)
                    found += faults
                    if not faults:
                        self.stdout.write(_summary(slug, packs))
            problems += found
        wrong = [str(problem) for problem in problems]
        if not wrong and packs == PACKS:  # the wording goes with our own packs
            wrong = check_templates()
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(
                f"{len(wrong)} to correct in the packs and the letters; then run this again."
            )


def _chosen(wanted: list[str], packs: Path) -> list[str]:
    """The cities to check. CommandError for a name that is neither a city nor a state."""
    cities = city_slugs(packs)
    if not cities:
        raise CommandError(f"There is no city in {packs}: it needs <state>/<city>/city.toml.")
    if not wanted:
        return list(cities)
    chosen: list[str] = []
    for name in wanted:
        found = [slug for slug in cities if slug == name or slug.startswith(f"{name}/")]
        if not found:
            raise CommandError(f"There is no pack {name!r}; there are {', '.join(cities)}.")
        chosen += found
    return sorted(set(chosen))


def _summary(slug: str, packs: Path) -> str:
    city = load_city(slug, packs)
    stated, missing = count_facts(city)
    stated_by_law, missing_in_law = count_facts(city.statute)  # among the city's: it has a statute
    return (
        f"{slug}: offices {len(city.offices)}, routes {len(city.all_routes())}, "
        f"clocks {len(city.statute.clocks)}, exemptions {len(city.statute.exemptions)}, "
        f"examples {len(city.statute.examples)}; "
        f"the city's facts: {stated - stated_by_law} stated, "
        f"{missing - missing_in_law} not specified; "
        f"the law's: {stated_by_law} stated, {missing_in_law} not specified"
    )
