"""What is known for a letter about a request, before anybody typed anything for it.

LetterError where what the letter is about cannot be read, with what to do.
"""

from datetime import date

from cities.schema.city import RequestKind
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import (
    appeal_facts,
    due_facts,
    filed_facts,
    published_facts,
    request_facts,
)
from requests_app.letters.facts.cited_facts import cited_dataset, first_asked
from requests_app.letters.facts.escalation_facts import escalation
from requests_app.letters.facts.fact import Facts
from requests_app.letters.facts.reply_facts import REPLIES
from requests_app.letters.facts.suit_facts import suit
from requests_app.models import Appeal, LetterKind, RecordsRequest
from requests_app.office_contacts import written_to
from requests_app.particulars import ParticularsError


def of_request(records_request: RecordsRequest) -> Facts:
    """For the letter that begins it."""
    known = request_facts.common(records_request) | request_facts.law(records_request.city)
    known |= cited_dataset(records_request) | first_asked(records_request)
    known |= published_facts.of(records_request)
    try:
        return known | request_facts.particulars(records_request)
    except ParticularsError as error:
        raise LetterError(str(error)) from error


def of_appeal(appeal: Appeal, *, on: date) -> Facts:
    """For a challenge as of that day."""
    try:
        return _after_asking(appeal.records_request) | appeal_facts.of(appeal, on=on)
    except ParticularsError as error:
        raise LetterError(str(error)) from error


def of_reply(records_request: RecordsRequest, kind: LetterKind, *, on: date) -> Facts:
    """For a reply written that day in the city."""
    # A challenge names a day only that the city let pass: see `challenge_facts`.
    is_suit = kind == LetterKind.NOTICE_OF_SUIT
    asked = due_facts.made if is_suit else due_facts.asked
    known = _after_asking(records_request) | asked(records_request)
    known |= request_facts.office(records_request, written_to(records_request, kind))
    known |= due_facts.late(records_request, on=on)
    try:
        known |= REPLIES[kind](records_request) if kind in REPLIES else {}
        known |= escalation(records_request, on=on) if kind == LetterKind.ESCALATION else {}
        return known | (suit(records_request, on=on) if is_suit else {})
    except ParticularsError as error:
        raise LetterError(str(error)) from error


def of_filed(appeal: Appeal, kind: LetterKind, *, on: date) -> Facts:
    """For a letter in a challenge that is filed, written that day."""
    return _after_asking(appeal.records_request) | filed_facts.of(appeal, kind, on=on)


def _after_asking(request: RecordsRequest) -> Facts:
    """Once a request was made its law is quoted only where it is under the law."""
    known = request_facts.common(request)
    return known | request_facts.law(request.city) if request.kind == RequestKind.RECORDS else known
