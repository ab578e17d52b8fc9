"""The facts that letters may name: one list a letter, checked against the templates at start-up.

`example` stands in for the fact where templates are tried out. A fact that is always there may be
printed as it is; any other is None where it is not stated or not verified, and its sentence stands
in an `{% if %}`.
"""

from dataclasses import dataclass
from typing import Any

from cities.pack import RequestKind, RouteKind
from cities.sentences import SENTENCES
from requests_app.models.letter import LetterKind


@dataclass(frozen=True, slots=True)
class Declared:
    """One fact a letter may name."""

    example: Any
    is_always: bool = False


def _always(example: Any) -> Declared:
    return Declared(example, is_always=True)


_DAY = "Monday, November 9, 2026"

COMMON = {
    "salutation": _always("Dear City Clerk"),
    "subject": _always("Use-of-force reports"),
    "reference": _always("STAM-2026-0012"),
    "their_reference": Declared("26-118"),
    "newsroom_name": _always("The Sound Shore Ledger"),
    "office_name": _always("City Clerk"),
    "city_name": _always("Stamford"),
    "state_name": _always("Connecticut"),
    "law_name": _always("Connecticut Freedom of Information Act"),
    "law_short_name": _always("Freedom of Information Act"),
    "law_citation": _always("Conn. Gen. Stat. § 1-200 et seq."),
}
LAW = {key: Declared("A sentence of the law.") for key in SENTENCES}

RECORDS = {
    "records": _always(["every report of 2024", "the index of those reports"]),
    "from_on": Declared("January 1, 2024"),
    "to_on": Declared("December 31, 2025"),
    "format": Declared("CSV"),
    "fee_limit": Declared("$50.00"),
    "wants_fee_waiver": Declared(True),
    "fee_waiver_ground": Declared("The records show how the city uses force."),
}
DATASET = {
    "name_or_topic": _always("Building permits"),
    "purpose": _always("To report on housing."),
    "fields": Declared("permit number\naddress"),
    "format": Declared("CSV"),
    "intended_use": Declared("A map of permits."),
}
CORRECTION = {
    "dataset_identifier": Declared("abcd-1234"),
    "dataset_title": _always("Building permits"),
    "what_is_wrong": _always("Row 12 gives the wrong street."),
    "suggested_correction": Declared("Summer Street"),
}
ACCESS = {
    "dataset": _always("Building permits"),
    "purpose": _always("To report on housing."),
    "intended_use": Declared("A map of permits."),
    "volume": Declared("about 200 calls a day"),
}

ASKED = {
    "asked_on": Declared(_DAY),
    "acknowledged_on": Declared(_DAY),
    "response_due_on": Declared(_DAY),
    "response_citation": Declared("Conn. Gen. Stat. § 1-206(a)"),
}
CLARIFICATION = {
    "clarification_requested_on": Declared(_DAY),
    "question": Declared("Which unit?"),
    "answer": Declared("The patrol division."),
}
GROUNDS = {
    "answered_on": Declared(_DAY),
    "exemptions": Declared(["§ 610.021(1)"]),
}
FEES = {
    "fee_amount": Declared("$180.00"),
    "fees_estimated_on": Declared(_DAY),
    "fee_limit": Declared("$50.00"),
    "wants_fee_waiver": Declared(True),
    "fee_waiver_ground": Declared("The records show how the city uses force."),
}

APPEAL = {
    "body": _always("Freedom of Information Commission"),
    "body_reference": Declared("FIC 2026-0001"),
    "route_citation": Declared("Conn. Gen. Stat. § 1-206(b)(1)"),
    "answers": _always("denied"),
    "answered_on": Declared(_DAY),
    "exemptions": Declared(["§ 1-210(b)(1)"]),
    "fee_amount": Declared("$180.00"),
    "silence_citation": Declared("Conn. Gen. Stat. § 1-206(a)"),
    "records": Declared(["every report of 2024"]),
    "from_on": Declared("January 1, 2024"),
    "to_on": Declared("December 31, 2025"),
    "earlier_body": Declared("Multnomah County District Attorney"),
    "earlier_filed_on": Declared(_DAY),
    "earlier_decided_on": Declared(_DAY),
    "earlier_outcome": Declared("affirmed"),
    "newsroom_address": Declared("12 Summer Street, Stamford, CT 06901"),
    "newsroom_email": Declared("records@ledger.example.org"),
    "newsroom_phone": Declared("203-555-0100"),
}

REQUEST_LETTER = {
    RequestKind.RECORDS: LetterKind.RECORDS_REQUEST,
    RequestKind.DATASET: LetterKind.DATASET_REQUEST,
    RequestKind.CORRECTION: LetterKind.CORRECTION_REQUEST,
    RequestKind.ACCESS: LetterKind.ACCESS_REQUEST,
}


def appeal_letter(route: RouteKind) -> str:
    """The template of a challenge: each kind of route has its own."""
    return f"appeal_{route}"


FACTS: dict[str, dict[str, Declared]] = {
    LetterKind.RECORDS_REQUEST: COMMON | LAW | RECORDS,
    LetterKind.DATASET_REQUEST: COMMON | LAW | DATASET,
    LetterKind.CORRECTION_REQUEST: COMMON | LAW | CORRECTION,
    LetterKind.ACCESS_REQUEST: COMMON | LAW | ACCESS,
    LetterKind.CLARIFICATION_ANSWER: COMMON | LAW | ASKED | CLARIFICATION,
    LetterKind.FEE_ACCEPTANCE: COMMON | LAW | ASKED | FEES,
    LetterKind.FEE_REFUSAL: COMMON | LAW | ASKED | FEES,
    LetterKind.GROUNDS_REQUEST: COMMON | LAW | ASKED | GROUNDS,
    LetterKind.FOLLOW_UP: COMMON | LAW | ASKED,
    **{appeal_letter(route): COMMON | LAW | ASKED | APPEAL for route in RouteKind},
}
"""Template name → the facts it may use."""
