"""`manage.py draw_letters docs/pictures/letters`: one letter of each kind, as pictures.

The same on every run and every machine with the same fonts: the letters are of fixed days, and
what they need in the database is rolled back.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from requests_app.demo.letter_pictures import compressed, first_page
from requests_app.demo.letter_samples import Sample, samples
from requests_app.demo.sample_newsroom import NEWSROOM, reporter
from requests_app.models import Newsroom, User

WIDTH = 720
SHOWN = {
    "us-ct/stamford": (
        "records_request", "clarification_answer", "narrowing", "fee_acceptance", "fee_refusal",
        "fee_waiver_request", "grounds_request", "follow_up-before", "follow_up-on",
        "follow_up-after", "notice_of_suit", "appeal_foic-denied", "thanks", "withdrawal",
        "reply", "payment_letter", "preservation_request", "inspection_request", "free_letter",
        "challenge_withdrawal", "challenge_supplement", "settlement_report",
    ),
    "us-ca/stockton": (
        "dataset_request", "appeal_administrative_review-denied", "search_challenge",
        "data_dictionary_request", "misuse_complaint",
    ),
    "us-mo/kansas-city": (
        "correction_request", "access_request", "escalation", "follow_up-no_clock", "index_request",
        "extension_objection", "retention_schedule_request",
        "appeal_department_manager-denied", "appeal_city_manager-silence",
        "appeal_attorney_general-silence",
    ),
    "us-or/portland": (
        "appeal_district_attorney-denied", "appeal_public_records_advocate-denied",
        "appeal_circuit_court-decision", "exemption_rebuttal", "deficiency_letter",
        "compliance_demand",
    ),
}  # fmt: skip
"""City → the letters shown of it; `docs/letters.md` says of each when it is written."""


class Command(BaseCommand):
    help = "Draw the pictures of docs/letters.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="docs/pictures/letters")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        size = 0
        with transaction.atomic():
            # The demonstration's newsroom has the name too: it steps aside, and that is undone.
            Newsroom.objects.filter(name=NEWSROOM).update(name=f"{NEWSROOM}, set aside")
            by = reporter()
            for city, names in SHOWN.items():
                size += sum(_draw(sample, folder) for sample in _chosen(city, names, by))
            transaction.set_rollback(True)
        count = sum(len(names) for names in SHOWN.values())
        letters = "letter" if count == 1 else "letters"
        self.stdout.write(f"{count} {letters}, {size / 1024:,.0f} KB in {folder}")


def _chosen(city: str, names: tuple[str, ...], by: User) -> Iterator[Sample]:
    """The city's letters of those names; what comes after the last is not written."""
    wanted = set(names)
    for sample in samples(city, by=by):
        if sample.name in wanted:
            wanted.remove(sample.name)
            yield sample
        if not wanted:
            return


def _draw(sample: Sample, folder: Path) -> int:
    """The picture's size in bytes."""
    png = compressed(first_page(sample.sheet, width=WIDTH))
    return (folder / f"{sample.name}.png").write_bytes(png)
