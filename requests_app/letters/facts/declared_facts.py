"""The facts that letters may name: one list a letter, checked against the templates at start-up.

A letter's stem is the name of its template: a kind's, a follow-up's with its tone, or
`appeal_` with a kind of route. A route may have a template of its own, by its slug.

`example` stands in for the fact where templates are tried out. A fact that is always there may be
printed as it is; any other is None where it is not stated or not verified, and its sentence stands
in an `{% if %}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from cities.schema.city import GrievanceKind, RequestKind, RouteKind
from cities.schema.legal_sentences import SENTENCES
from cities.schema.load import all_cities
from requests_app.models import AppealOutcome, LetterKind
from requests_app.vocabulary.letter_description import Offer


@dataclass(frozen=True, slots=True)
class Declared:
    """One fact a letter may name."""

    example: Any
    is_always: bool = False
    others: tuple[Any, ...] = ()  # further values that the wording tells apart
    is_choice: bool = False  # one of a few names that the wording asks about and never prints

    @property
    def is_printed(self) -> bool:
        return not (self.is_choice or isinstance(self.example, bool))


def _always(example: Any, *, others: tuple[Any, ...] = ()) -> Declared:
    return Declared(example, is_always=True, others=others)


def _choice(*names: str, is_always: bool = False) -> Declared:
    """The first is the example."""
    others = tuple(name for name in names if name != names[0])
    return Declared(names[0], is_always, others, is_choice=True)


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
    "records": _always(["every report of 2024", "the index"], others=(["every report"],)),
    "from_on": Declared("January 1, 2024"),
    "to_on": Declared("December 31, 2025"),
    "format": Declared("CSV"),
    "fee_limit": Declared("$50.00", others=("$0.00",)),
    "wants_fee_waiver": Declared(True),
    "published_line": Declared("We looked at what the city publishes before writing."),
    "fee_waiver_ground": Declared("The records show how the city uses force."),
    "first_asked_of": Declared("Dataset steward"),
    "first_asked_on": Declared("October 19, 2026"),
}
CITED = {
    "cited_title": Declared("Building Permits Issued"),
    "cited_identifier": Declared("abcd-1234"),
    "cited_link": Declared("https://data.city.example/d/abcd-1234"),
    "cited_updated_on": Declared("November 3, 2026"),
    "cited_cadence": Declared("daily"),
    "cited_seen_on": Declared("November 9, 2026"),
    "cited_gone_on": Declared("November 10, 2026"),
}
"""The published dataset that a request is about."""

DATASET = {
    "asks_for": _choice("publish", "export", "add_fields"),
    "name_or_topic": _always("Building permits"),
    "purpose": _always("To report on housing."),
    "fields": Declared("permit number\naddress"),
    "format": Declared("CSV"),
    "intended_use": Declared("A map of permits."),
}
CORRECTION = {
    "dataset_identifier": Declared("abcd-1234"),
    "dataset_title": _always("Building permits"),
    "rows_affected": Declared("Rows 12 to 20"),
    "what_is_wrong": _always("Row 12 gives the wrong street."),
    "evidence_links": Declared(
        ["https://example.org/a", "https://example.org/b"], others=(["https://example.org/a"],)
    ),
    "suggested_correction": Declared("Summer Street"),
}
ACCESS = {
    "asks_for": _choice("api_key", "restricted", "higher_limit"),
    "dataset": _always("Building permits"),
    "purpose": _always("To report on housing."),
    "intended_use": Declared("A map of permits."),
    "volume": Declared("about 200 calls a day"),
}

ASKED = {
    "asked_on": Declared("November 2, 2026"),
    "acknowledged_on": Declared("November 3, 2026"),
    "response_due_on": Declared(_DAY),
    "response_citation": Declared("Conn. Gen. Stat. § 1-206(a)"),
    "has_no_clock": Declared(True),
}
DUE = {
    "response_due_on": _always(_DAY),
    "response_citation": Declared("Conn. Gen. Stat. § 1-206(a)"),
}
LATE = {
    "days_late": _always("nine days"),
    "remedy_body": Declared("Freedom of Information Commission"),
    "remedy_citation": Declared("Conn. Gen. Stat. § 1-206(b)(1)"),
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
    "fee_limit": Declared("$50.00", others=("$0.00",)),
    "wants_fee_waiver": Declared(True),
    "fee_waiver_ground": Declared("The records show how the city uses force."),
}
NARROWING = {
    "clarification_requested_on": Declared(_DAY),
    "narrowed": Declared(["the reports of January 2024", "the index"], others=(["one"],)),
}
THANKS = {
    "answers": _choice("granted", "granted_in_part", "produced_in_part"),
    "answered_on": Declared(_DAY),
}
WITHDRAWAL = {"reason": Declared("The city has published the records since.")}

NO_RECORDS = {"answered_on": Declared(_DAY)}
EXTENSION = {
    "extended_on": Declared(_DAY),
    "extended_until": Declared(_DAY),
    "extension_ground": Declared("voluminous separate records must be searched"),
}
ASKED_FOR = {
    "records": Declared(["every report of 2024", "the index"], others=(["every report"],)),
    "from_on": Declared("January 1, 2024"),
    "to_on": Declared("December 31, 2025"),
}

ARGUMENT = {
    "argument": Declared(
        [("The claim under § 1-210(b)(1)", ["The city must prove it.", "It is read narrowly."])],
        others=([("", ["The city must prove it."])],),
    ),
}

GROUPS = {
    "argument": ARGUMENT,
    "asked_for": ASKED_FOR,
    "dataset": CITED,
    "extension": EXTENSION,
    "fees": FEES,
    "no_records": NO_RECORDS,
    "release": THANKS,
    "withheld": GROUNDS,
}
"""The facts that an offered letter names in groups: `reply_facts.GROUPS` says what they are."""

ESCALATION = {
    "first_office": Declared("Dataset steward"),
    "followed_up": Declared(
        ["November 16, 2026", "November 30, 2026"], others=(["November 16, 2026"],)
    ),
    "earlier_offices": Declared(
        ["City Clerk on December 7, 2026", "City Manager on December 21, 2026"],
        others=(["City Clerk on December 7, 2026"],),
    ),
    "first_letter": Declared("We ask the city to publish its building permits."),
    "answers": _choice("silence", "denied", "granted_in_part", "no_records", "referred"),
    "answered_on": Declared(_DAY),
    "no_answer_by": Declared(_DAY),
}
"""The way that a request for data went before it is taken to the next office."""

GRIEVANCE = {
    "city_answer": _choice("denied", *get_args(GrievanceKind), is_always=True),
    "answers": _choice("denied", *get_args(GrievanceKind), is_always=True),
    "answered_on": Declared(_DAY),
    "exemptions": Declared(["§ 1-210(b)(1)"]),
    "fee_amount": Declared("$180.00"),
    "extended_until": Declared(_DAY),
    "silence_citation": Declared("Conn. Gen. Stat. § 1-206(a)"),
    "records": Declared(["every report of 2024", "the index"], others=(["every report"],)),
    "from_on": Declared("January 1, 2024"),
    "to_on": Declared("December 31, 2025"),
    "narrowed": Declared(["the reports of January 2024", "the index"], others=(["one"],)),
    "narrowed_on": Declared("November 12, 2026"),
    "first_answer": _choice("denied", "granted_in_part", "no_records", "referred"),
    "first_answered_on": Declared(_DAY),
    "acknowledgment_due_on": Declared(_DAY),
    "acknowledgment_citation": Declared("ORS 192.324(2)"),
    "earlier_body": Declared("Multnomah County District Attorney"),
    "earlier_filed_on": Declared(_DAY),
    "earlier_decided_on": Declared(_DAY),
    "earlier_outcome": _choice("affirmed", *AppealOutcome.values),
}
AWARDS = {"awards": Declared(["§ 610.027.3 lets the court award costs."])}
SUIT = AWARDS | {
    "court": _always("Superior Court of California, County of San Joaquin"),
    "court_citation": Declared("Cal. Gov. Code §§ 7923.000, 7923.100"),
    "first_body": Declared("Freedom of Information Commission"),
    "first_citation": Declared("Conn. Gen. Stat. § 1-206(b)(1)"),
    "answer_by_on": Declared(_DAY),
}
APPEAL = (
    AWARDS
    | ARGUMENT
    | {
        "reliefs": Declared(["find that the city denied a right; and", "order it to answer."]),
        "agency_address": Declared("888 Washington Boulevard, Stamford, CT 06901"),
        "body": _always("Freedom of Information Commission"),
        "body_reference": Declared("FIC 2026-0001"),
        "route_citation": Declared("Conn. Gen. Stat. § 1-206(b)(1)"),
        "asked_through": Declared("by e-mail to clerk@city.example"),
        "violation_on": Declared(_DAY),
        "newsroom_address": Declared("12 Summer Street, Stamford, CT 06901"),
        "newsroom_email": Declared("records@ledger.example.org"),
        "newsroom_phone": Declared("203-555-0100"),
        "exhibits": Declared(
            ["our request (Exhibit 1)", "what the city answered (Exhibits 2 and 3)"]
        ),
        "exhibit_titles": Declared(["Exhibit 1: Records request of November 2, 2026"]),
        "request_exhibit": Declared("Exhibit 1"),
        "answer_exhibit": Declared("Exhibit 2"),
    }
)

FILED = AWARDS | {
    "body": _always("Freedom of Information Commission"),
    "body_reference": Declared("FIC 2026-0001"),
    "filing": _always("complaint"),
    "offered_on": Declared("November 12, 2026"),
    "next_exhibit": Declared("Exhibit 4"),
    "further_exhibits": Declared("Exhibits 4 and 5"),
    "filed_on": _always(_DAY),
}
DECIDED = {
    "decided_on": _always(_DAY),
    "is_in_part": Declared(True),
    "compliance_due_on": Declared(_DAY),
    "is_past": Declared(True),
    "next_body": Declared("Circuit Court of Multnomah County"),
    "next_citation": Declared("ORS 192.415(1)(b)"),
}
"""Of a challenge that was decided for us: what the city has to do by when, and what comes after."""

REQUEST_LETTER = {
    RequestKind.RECORDS: LetterKind.RECORDS_REQUEST,
    RequestKind.DATASET: LetterKind.DATASET_REQUEST,
    RequestKind.CORRECTION: LetterKind.CORRECTION_REQUEST,
    RequestKind.ACCESS: LetterKind.ACCESS_REQUEST,
}


def appeal_letter(route: str) -> str:
    """The template of a challenge by the kind of its route, or by its slug."""
    return f"appeal_{route}"


def _of_an_offer(offer: Offer) -> dict[str, Declared]:
    """What it names in groups, and what its form asks for."""
    groups = {name: fact for group in offer.facts for name, fact in GROUPS[group].items()}
    return groups | {one.name: Declared(one.example) for one in offer.questions}


def _of_questions(kind: LetterKind) -> dict[str, Declared]:
    return {one.name: Declared(one.example) for one in kind.described.questions}


_REPLY = COMMON | LAW | ASKED
_APPEAL = _REPLY | GRIEVANCE | APPEAL

FACTS: dict[str, dict[str, Declared]] = {
    LetterKind.RECORDS_REQUEST: COMMON | LAW | RECORDS | CITED,
    LetterKind.DATASET_REQUEST: COMMON | LAW | DATASET | CITED,
    LetterKind.CORRECTION_REQUEST: COMMON | LAW | CORRECTION | CITED,
    LetterKind.ACCESS_REQUEST: COMMON | LAW | ACCESS | CITED,
    LetterKind.CLARIFICATION_ANSWER: _REPLY | CLARIFICATION,
    LetterKind.FEE_ACCEPTANCE: _REPLY | FEES,
    LetterKind.FEE_REFUSAL: _REPLY | FEES,
    LetterKind.FEE_WAIVER_REQUEST: _REPLY | FEES,
    LetterKind.GROUNDS_REQUEST: _REPLY | GROUNDS,
    LetterKind.FOLLOW_UP: _REPLY,
    f"{LetterKind.FOLLOW_UP}_before": _REPLY | DUE,
    f"{LetterKind.FOLLOW_UP}_on": _REPLY | DUE,
    f"{LetterKind.FOLLOW_UP}_after": _REPLY | DUE | LATE,
    LetterKind.ESCALATION: _REPLY | CITED | ESCALATION,
    LetterKind.NARROWING: _REPLY | NARROWING,
    LetterKind.NOTICE_OF_SUIT: _REPLY | GRIEVANCE | SUIT,
    LetterKind.THANKS: _REPLY | THANKS,
    LetterKind.WITHDRAWAL: _REPLY | WITHDRAWAL,
    LetterKind.REPLY: _REPLY,
    **{kind: _REPLY | _of_an_offer(offer) for kind, offer in LetterKind.offered().items()},
    **{
        kind: _REPLY | FILED | DECIDED | _of_questions(kind) for kind in LetterKind.in_a_challenge()
    },
    **{appeal_letter(route): _APPEAL for route in RouteKind},
}
"""Template name → the facts it may use."""


def declared_for(stem: str) -> dict[str, Declared] | None:
    """The facts of that template; None where no letter has the name."""
    if stem in FACTS:
        return FACTS[stem]
    return _APPEAL if stem in route_letters() else None


@cache
def route_letters() -> Mapping[str, frozenset[str]]:
    """The template of each route → the states and cities that have the route."""
    places: dict[str, set[str]] = {}
    for city in all_cities():
        for route in city.all_routes():
            places.setdefault(appeal_letter(route.slug), {""}).update(
                {city.slug, city.statute.slug}
            )
    return {stem: frozenset(folders) for stem, folders in places.items()}
