"""What a city's form may be filled with: the same facts as the letter's, as text."""

from datetime import date

from cities.schema.city import RequestKind
from requests_app.letters.errors import LetterError
from requests_app.letters.facts import request_facts
from requests_app.letters.forms.form_facts import FormFacts
from requests_app.letters.paper.sheet import TITLES
from requests_app.models import RecordsRequest, Role, User
from requests_app.particulars import Access, Correction, Dataset, ParticularsError, Records, read
from requests_app.reply_addresses import reply_address
from requests_app.vocabulary import dates_and_amounts

YES = "yes"
EXAMPLES: FormFacts = {
    "requester_name": "Dana Whitfield",
    "requester_title": "Reporter",
    "newsroom_name": "The Sound Shore Ledger",
    "newsroom_address": "12 Summer Street, Stamford, CT 06901",
    "newsroom_street": "12 Summer Street",
    "newsroom_place": "Stamford, CT 06901",
    "newsroom_email": "records@ledger.example.org",
    "newsroom_phone": "203-555-0100",
    "reply_address": "r-k7m2qdw4-hs@desk.example.org",
    "reference": "STAM-2026-0012",
    "dated_on": "November 9, 2026",
    "subject": "Use-of-force reports, 2024–25",
    "description": "every use-of-force report of the Police Department\nthe log of those reports",
    "office_name": "City Clerk",
    "city_name": "Stamford",
    "from_on": "January 1, 2024",
    "to_on": "December 31, 2025",
    "format": "CSV",
    "fee_limit": "$50.00",
    "wants_fee_waiver": YES,
    "fee_waiver_ground": "Our readers ask how force is used.",
    "asks_for_records": YES,
}


def of(records_request: RecordsRequest, *, signer: User, on: date) -> FormFacts:
    """The request's facts for the office's form, dated that day. LetterError: the draft lacks one.

    Nothing of the pack but names enters a form, so nothing unverified can.
    """
    newsroom, is_records = records_request.newsroom, records_request.kind == RequestKind.RECORDS
    lines = dates_and_amounts.address_lines(newsroom.address)
    facts = {
        "requester_name": signer.name,
        "requester_title": TITLES.get(Role(signer.role), "") if signer.role else "",
        "newsroom_name": newsroom.name,
        "newsroom_address": ", ".join(lines),
        "newsroom_street": ", ".join(lines[:-1]),
        "newsroom_place": lines[-1] if len(lines) > 1 else "",
        "newsroom_email": newsroom.email,
        "newsroom_phone": newsroom.phone,
        "reply_address": reply_address(records_request),
        "reference": records_request.reference,
        "dated_on": dates_and_amounts.day(on),
        "subject": records_request.subject,
        "office_name": records_request.office.name,
        "city_name": records_request.city.name,
        "asks_for_records": YES if is_records else "",
        "asks_for_data": "" if is_records else YES,
        **_asked(records_request),
    }
    return {name: value.strip() for name, value in facts.items() if value.strip()}


def _asked(request: RecordsRequest) -> dict[str, str]:
    try:
        particulars = read(request.kind, request.particulars)
    except ParticularsError as error:
        raise LetterError(str(error)) from error
    match particulars:
        case Records():
            printed = {
                name: fact.value for name, fact in request_facts.records(particulars).items()
            }
            names = ("from_on", "to_on", "format", "fee_limit", "fee_waiver_ground")
            return {
                "description": particulars.what,
                "wants_fee_waiver": YES if particulars.wants_fee_waiver else "",
                **{name: printed[name] for name in names if name in printed},
            }
        case Dataset():
            described = f"{particulars.name_or_topic}\n{particulars.fields}"
            return {"description": described, "format": particulars.format}
        case Correction():
            where = f"{particulars.dataset_title} {particulars.dataset_identifier}".strip()
            return {"description": f"{where}\n{particulars.what_is_wrong}"}
        case Access():
            return {"description": f"{particulars.dataset}\n{particulars.purpose}"}
        case _:
            raise AssertionError(request.kind)
