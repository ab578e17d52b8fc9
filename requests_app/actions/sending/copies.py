"""Copies of a letter that a person gives: printed and posted, or by their own hand."""

from datetime import date

from django.db import transaction

from requests_app.actions import days
from requests_app.actions.errors import Refused
from requests_app.actions.transitions import lock, record
from requests_app.ledger.attribution import Attribution
from requests_app.ledger.occasion import Occasion
from requests_app.models import Event, EventKind, LetterCopy


@transaction.atomic
def give(copy: LetterCopy, *, on: date, by: Attribution) -> Event:
    """Somebody posted or handed over a copy on that day. It starts no clock: where the law counts
    from that office's receipt, a person records the receipt."""
    letter = copy.letter
    request = lock(letter.records_request)
    waiting = LetterCopy.objects.to_be_given().filter(pk=copy.pk).first()
    if waiting is None:
        raise Refused(
            f"The copy for {copy.name} does not wait for a hand: it was given, or its letter has "
            "not left. Nothing was changed."
        )
    days.check(request, on, at=by.at, after=letter.dated_on, after_what="the letter was issued")
    LetterCopy.objects.filter(pk=copy.pk).update(given_on=on, given_by=by.user)
    data = {"copy_to": copy.name, "to": copy.to, "way": copy.way, "copy_of": letter.kind}
    return record(request, EventKind.COPY_GIVEN, Occasion(by, on, data, appeal=letter.appeal))
