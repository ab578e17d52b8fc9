"""A drafted challenge read at one moment, and a mark by which a change of it is seen later."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from requests_app.filings.sources import has_changed
from requests_app.models import Appeal, Exhibit


@dataclass(frozen=True, slots=True)
class Draft:
    """The letter's text and the exhibits in their order."""

    text: str
    exhibits: tuple[Exhibit, ...]

    @property
    def mark(self) -> str:
        """Of all that the filing is made from, but for the facts that the letter is drawn with."""
        told = [self.text, [_told(exhibit) for exhibit in self.exhibits]]
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def read(appeal: Appeal) -> Draft:
    text = Appeal.objects.values_list("letter_text", flat=True).get(pk=appeal.pk)
    return Draft(text, tuple(exhibits_of(appeal)))


def exhibits_of(appeal: Appeal) -> Sequence[Exhibit]:
    """In order, with what each was made of."""
    rows = appeal.exhibits.in_order().select_related(
        "letter__filled_form",
        "letter__records_request",
        "communication__mail",
        "communication__filed_by",
        "communication__records_request__newsroom",
        "attachment__records_request",
    )
    return list(rows.defer("letter__pdf", "letter__filled_form__pdf"))


def unopened(exhibits: Sequence[Exhibit]) -> list[Exhibit]:
    """Those that were never opened, or whose papers are not what was opened."""
    return [exhibit for exhibit in exhibits if has_changed(exhibit)]


def _told(exhibit: Exhibit) -> list[object]:
    return [
        exhibit.pk,
        exhibit.title,
        exhibit.opened_mark,
        exhibit.pages_sha256,
        exhibit.problem,
        exhibit.beside,
        exhibit.settled_at is not None,
    ]
