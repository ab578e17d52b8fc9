"""`manage.py measure_suggestions`: how often the desk reads a letter as it is meant.

The letters are in tests/mail/letters: half for tuning the rules, half that no rule is tuned on.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cities.schema.load import PackErrors, load_city
from requests_app.mail.suggestions.quality import LetterError, Measured, Tally, measure

LETTERS = Path("tests", "mail", "letters")
HALVES = ("development", "held_out")


class Command(BaseCommand):
    help = "Print precision and recall of the suggestions, by kind."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--letters", type=Path, default=settings.ROOT / LETTERS)
        parser.add_argument("--faults", action="store_true", help="name each letter read wrongly")

    def handle(self, *args: Any, **options: Any) -> None:
        for half in HALVES:
            folder = options["letters"] / half
            if not folder.is_dir():
                raise CommandError(f"There is no folder {folder}: name one with --letters.")
            try:
                measured = measure(folder, citations)
            except (LetterError, PackErrors) as error:
                raise CommandError(str(error)) from error
            self._print(half, measured, with_faults=options["faults"])

    def _print(self, half: str, measured: Measured, *, with_faults: bool) -> None:
        self.stdout.write(f"{half}: {measured.letters} letters")
        self.stdout.write("kind               precision   recall   seen  missed  wrong  details")
        for kind, tally in measured.tallies.items():
            self._line(kind, tally)
        self._line("all", measured.total)
        if with_faults:
            for fault in measured.faults:
                self.stdout.write(f"  {fault}")
        self.stdout.write("")

    def _line(self, name: str, tally: Tally) -> None:
        details = tally.details_right + tally.details_wrong
        self.stdout.write(
            f"{name:18} {tally.precision:9.1%} {tally.recall:8.1%} {tally.right:6} "
            f"{tally.missed:7} {tally.wrong:6}  {tally.details_right}/{details}"
        )


def citations(city: str) -> tuple[str, ...]:
    """A city's exemptions as its pack writes them."""
    return tuple(exemption.citation for exemption in load_city(city).statute.exemptions)
