"""One believable request of each kind, and ways to read a PDF back."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image

from cities.schema.city import RequestKind
from cities.schema.load import city_slugs, load_city
from requests_app import letters
from requests_app.letters import Sending
from requests_app.letters.facts.declared_facts import REQUEST_LETTER
from requests_app.letters.paper.sheet import Mark, Sheet
from requests_app.models import Channel, LetterKind, RecordsRequest
from tests import factories

MONDAY = date(2026, 11, 9)
CITIES = city_slugs()
KINDS = tuple(RequestKind)

SUBJECTS = {
    RequestKind.RECORDS: "Use-of-force reports, 2024–25",
    RequestKind.DATASET: "Building permits since 2015",
    RequestKind.CORRECTION: "Wrong streets in the tree inventory",
    RequestKind.ACCESS: "Access to bus positions",
}
PARTICULARS: dict[RequestKind, dict[str, Any]] = {
    RequestKind.RECORDS: {
        "what": "every use-of-force report of the Police Department\nthe log of those reports",
        "from_on": "2024-01-01",
        "to_on": "2025-12-31",
        "fee_limit": "50",
        "wants_fee_waiver": True,
        "fee_waiver_ground": "Our readers ask how force is used.",
    },
    RequestKind.DATASET: {
        "name_or_topic": "Building permits, one row per permit",
        "purpose": "We are reporting on how long a permit takes.",
        "fields": "permit number\ndate of issue",
        "format": "CSV",
        "intended_use": "A public map.",
    },
    RequestKind.CORRECTION: {
        "dataset_identifier": "k7rx-29qm",
        "dataset_title": "Street Tree Inventory",
        "what_is_wrong": "Rows 210 to 260 name the wrong street.",
        "suggested_correction": "Take the street from the survey of 2025.",
    },
    RequestKind.ACCESS: {
        "dataset": "Bus positions",
        "purpose": "To measure how punctual the buses are.",
        "intended_use": "A weekly report on each line.",
        "volume": "one call a minute",
    },
}
# What the asker wants, in words that must be read in the letter.
ASKED_FOR = {
    RequestKind.RECORDS: "every use-of-force report of the Police Department",
    RequestKind.DATASET: "Building permits, one row per permit",
    RequestKind.CORRECTION: "Rows 210 to 260 name the wrong street.",
    RequestKind.ACCESS: "Bus positions",
}


def request(
    city: str = "us-ct/stamford", kind: RequestKind = RequestKind.RECORDS, **said: Any
) -> RecordsRequest:
    """A draft to the office proposed for that kind."""
    fields: dict[str, Any] = {
        "city_slug": city,
        "kind": kind.value,
        "office_role": load_city(city).offices_for(kind)[0].role,
        "subject": SUBJECTS[kind],
        "particulars": PARTICULARS[kind],
    }
    return factories.draft(factories.member(name="Dana Whitfield"), **{**fields, **said})


def sheet(
    of: RecordsRequest,
    text: str | None = None,
    *,
    kind: LetterKind | None = None,
    on: date = MONDAY,
    channel: Channel = Channel.EMAIL,
    to: str = "clerk@city.example",
) -> Sheet:
    """The paper of a request's letter, dated a Monday."""
    letter = letters.PlannedLetter(
        of, kind or REQUEST_LETTER[RequestKind(of.kind)], Sending(channel, to), on, of.created_by
    )
    return letters.sheet_for(letter, letters.compose_request(of).text if text is None else text)


def illustrated() -> Sheet:
    """A request's paper with a logo and a signature, the same each time."""
    return replace(
        sheet(request()),
        newsroom_name="The Ledger",
        reference="STAM-2026-0001",
        reply_address="r-k7m2qdw4-hs@desk.example.org",
        logo=_mark("navy", "The Ledger"),
        signature=_mark("black", "Signature of D"),
    )


def _mark(color: str, alt: str) -> Mark:
    out = BytesIO()
    Image.new("RGBA", (400, 160), color).save(out, "PNG")
    picture = letters.read_picture(out.getvalue(), what="logo")
    return Mark(picture.png, picture.sha256, picture.width, picture.height, alt)


def read_back(pdf: bytes) -> str:
    """All text of a PDF in reading order, each run of white space one space."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    # A hyphen that ends a line is read back as U+FFFE or U+0002.
    text = " ".join(pages).replace("\ufffe", "-").replace("\x02", "-")
    return " ".join(text.split())
