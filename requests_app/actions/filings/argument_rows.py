"""The rows of a draft's argument and relief: written from the pack, and in their order."""

from collections.abc import Sequence
from datetime import date

from requests_app.ledger.attribution import Attribution
from requests_app.letters.facts import argument_facts, relief_facts
from requests_app.letters.facts.claimed_grounds import challenged
from requests_app.models import Appeal, ArgumentParagraph, ChosenRelief


def propose(appeal: Appeal, *, on: date, by: Attribution) -> None:
    """Rows for what the facts of today give: for a new draft all of it, else what is new."""
    what = challenged(appeal, on=on)
    store_argument(argument_facts.as_of_today(what), by=by)
    store_reliefs(appeal, relief_facts.as_of_today(what), by=by)


def store_argument(rows: Sequence[ArgumentParagraph], *, by: Attribution) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
        if row._state.adding:
            row.created_by, row.created_at = by.user, by.at
        row.save()


def store_reliefs(appeal: Appeal, rows: Sequence[ChosenRelief], *, by: Attribution) -> None:
    appeal.chosen_reliefs.all().delete()
    for position, row in enumerate(rows, start=1):
        row.pk, row.position = None, position
        row.created_by, row.created_at = by.user, by.at
        row.save(force_insert=True)
