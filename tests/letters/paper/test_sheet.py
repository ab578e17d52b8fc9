"""What stands on the paper around the text."""

import pytest

from cities.schema.city import RequestKind
from requests_app import letters
from requests_app.letters import Sending
from requests_app.models import (
    Appeal,
    Attachment,
    Channel,
    LetterKind,
    Logo,
    OfficeEntry,
    Signature,
)
from requests_app.vocabulary.dates_and_amounts import address_lines
from tests import factories
from tests.letters.examples import MONDAY, request, sheet

pytestmark = pytest.mark.django_db


def test_sheet_has_both_parties_and_the_references() -> None:
    of = request()
    of.city_reference = "26-118"
    paper = sheet(of)
    assert paper.newsroom_address == "12 Summer Street, Stamford, CT 06901"
    assert paper.addressee == ("City Clerk", "City of Stamford, Connecticut")
    assert (paper.reference, paper.their_reference) == (of.reference, "26-118")
    assert (paper.signer, paper.signer_title) == ("Dana Whitfield", "Reporter")
    assert paper.heading == "Request under the Connecticut Freedom of Information Act"
    assert paper.law_line == "Conn. Gen. Stat. § 1-200 et seq."
    assert of.public_id in paper.reply_address


def test_newsrooms_logo_and_the_signers_signature_are_on_the_paper() -> None:
    of = request()
    assert (sheet(of).logo, sheet(of).signature) == (None, None)
    other = factories.member()
    drawn = {"png": b"png", "sha256": "0" * 64, "width": 300, "height": 120}
    Logo.objects.create(newsroom=of.newsroom, added_by=other, **drawn)
    Signature.objects.create(user=other, added_by=other, **drawn)
    assert sheet(of).signature is None
    Signature.objects.create(user=of.created_by, added_by=of.created_by, **drawn)
    paper = sheet(of)
    assert paper.logo is not None
    assert paper.signature is not None
    assert (paper.logo.png, paper.logo.alt) == (b"png", of.newsroom.name)
    assert paper.signature.alt == "Signature of Dana Whitfield"
    assert "png=" not in repr(paper)  # what stands for the paper where previews are kept


def test_citys_form_is_listed_first_among_what_is_enclosed() -> None:
    of = request(kind=RequestKind.CORRECTION)
    Attachment.objects.create(
        records_request=of, file="x", name="row-210.png", content_type="image/png", size=1,
        sha256="0" * 64, is_enclosure=True, added_by=of.created_by,
    )  # fmt: skip
    letter = letters.PlannedLetter(
        of, LetterKind.CORRECTION_REQUEST, Sending(Channel.EMAIL), MONDAY, of.created_by
    )
    paper = letters.sheet_for(letter, "Please see below.", form="Form.pdf")
    assert paper.enclosures == ("Form.pdf", "row-210.png")


def test_unverified_address_leaves_the_line_out() -> None:
    of = request()
    fact = of.office.address
    assert fact.is_stated
    assert not fact.may_enter_letter
    assert len(sheet(of).addressee) == 2


def test_address_that_the_newsroom_found_is_printed() -> None:
    of = request()
    OfficeEntry.objects.create(
        newsroom=of.newsroom, city=of.city_slug, office=of.office_role, source="its website",
        way="address", value="888 Washington Boulevard, Stamford, CT 06901", checked_on=MONDAY,
        entered_by=of.created_by,
    )  # fmt: skip
    assert sheet(of).addressee[2:] == ("888 Washington Boulevard", "Stamford, CT 06901")


def test_letter_by_post_carries_the_address_it_goes_to() -> None:
    paper = sheet(
        request(), channel=Channel.POST, to="City Clerk\n1 Main Street\nStamford, CT 06901"
    )
    assert paper.addressee == (
        "City Clerk", "City of Stamford, Connecticut", "1 Main Street", "Stamford, CT 06901",
    )  # fmt: skip
    assert paper.delivery_line == "By mail"


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_a_delivery_line(channel: Channel) -> None:
    assert sheet(request(), channel=channel, to="x").delivery_line


def test_address_not_known_yet_leaves_no_hole() -> None:
    assert sheet(request(), to="").delivery_line == "By e-mail"


def test_request_for_data_does_not_stand_under_the_statute() -> None:
    paper = sheet(request(kind=RequestKind.DATASET))
    assert (paper.heading, paper.law_line) == ("Request for a dataset", "")


def test_thanks_cite_no_law() -> None:
    assert sheet(request(), "Thank you.", kind=LetterKind.THANKS).law_line == ""


def test_evidence_is_listed_as_enclosed() -> None:
    of = request(kind=RequestKind.CORRECTION)
    for name, is_enclosure in (("row-210.png", True), ("their answer.pdf", False)):
        Attachment.objects.create(
            records_request=of, file="x", name=name, content_type="image/png", size=1,
            sha256="0" * 64, is_enclosure=is_enclosure, added_by=of.created_by,
        )  # fmt: skip
    assert sheet(of).enclosures == ("row-210.png",)
    assert sheet(of, kind=LetterKind.FOLLOW_UP).enclosures == ()


def appeal_paper(city: str, route: str) -> letters.Sheet:
    of = request(city)
    of.city_reference = "26-118"
    appeal = Appeal(
        records_request=of, route=route, answers="denied", subject="On appeal",
        created_by=of.created_by,
    )  # fmt: skip
    letter = letters.PlannedLetter(
        of, LetterKind.APPEAL, Sending(Channel.EMAIL, "foi@ct.gov"), MONDAY, of.created_by, appeal
    )
    return letters.sheet_for(letter, "x")


def test_appeal_goes_to_the_body() -> None:
    paper = appeal_paper("us-ct/stamford", "foic")
    assert paper.addressee == (
        "Freedom of Information Commission",
        "165 Capitol Avenue, Suite 1100",
        "Hartford, CT 06106",
    )
    assert paper.delivery_line == "By e-mail to foi@ct.gov"
    assert paper.law_line == "Conn. Gen. Stat. § 1-206(b)(1)"
    assert (paper.subject, paper.their_reference) == ("On appeal", "")


def test_informal_step_cites_no_law() -> None:
    assert appeal_paper("us-ca/concord", "administrative_review").law_line == ""


def test_notice_of_court_action_goes_to_the_city() -> None:
    paper = appeal_paper("us-mo/kansas-city", "circuit_court")
    assert "City of Kansas City, Missouri" in paper.addressee
    assert (paper.heading, paper.their_reference) == ("Notice of court action", "26-118")


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("1 Elm St, Suite 2, Concord, CA 94519", ("1 Elm St, Suite 2", "Concord, CA 94519")),
        ("1 Elm St\r\nConcord, CA 94519-0001", ("1 Elm St", "Concord, CA 94519-0001")),
        ("1950 Parkside Drive, Concord, CA", ("1950 Parkside Drive", "Concord, CA")),
        ("City Hall", ("City Hall",)),
        ("  \n", ()),
    ],
)
def test_address_is_set_as_on_an_envelope(address: str, lines: tuple[str, ...]) -> None:
    assert address_lines(address) == lines
