"""`manage.py chain_ledger`: what was written before there were hash chains enters them."""

from typing import Any

from django.core.management.base import BaseCommand

from requests_app.ledger.chains import chain_earlier_rows
from requests_app.vocabulary.dates_and_amounts import count


class Command(BaseCommand):
    help = (
        "Let the rows from before there were hash chains enter them. `migrate` does the same; "
        "stopped half way, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{count(chain_earlier_rows(), 'row')} entered.")
