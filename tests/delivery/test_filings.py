"""A challenge leaves with its exhibits behind it, by every channel, as it was frozen."""

import io
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction

from requests_app import letters
from requests_app.actions.errors import Refused
from requests_app.actions.requests import appeals, city_determinations, exhibits
from requests_app.actions.sending import deliveries
from requests_app.delivery import links
from requests_app.delivery.channels.message import content_of
from requests_app.filings import checks
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.letters.paper import envelope
from requests_app.models import Appeal, Channel, Delivery, Filing, Letter
from requests_app.models.letters.letter import LetterIsFrozenError
from requests_app.storage import content
from tests.casefile.papers import pdf
from tests.factories import NOW, acting, said, submitted
from tests.filings.drafts import (
    BY_EMAIL,
    Read,
    denied_by_mail,
    document_of,
    drafted,
    filed,
    named_in_letter,
    with_upload,
)

pytestmark = pytest.mark.django_db

WHOLE = "STAM-2026-0001 - Appeal to the Freedom of Information Commission.pdf"
ADDRESS = "165 Capitol Avenue, Suite 1100\nHartford, CT 06106"
SENDINGS = [
    BY_EMAIL,
    Sending(Channel.POST, ADDRESS),
    Sending(Channel.IN_PERSON, ADDRESS),
    Sending(Channel.PORTAL, "https://portal.example/foic"),
]


def mailed_files(delivery: Delivery) -> dict[str, bytes]:
    """As the mail server is given them."""
    message = message_from_bytes(content_of(delivery), policy=policy.default)
    parts = [
        (part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()
    ]
    return {str(name): body for name, body in parts if isinstance(body, bytes)}


def names(delivery: Delivery) -> list[str]:
    return list(delivery.files.order_by("pk").values_list("name", flat=True))


@pytest.fixture
def wants_separate(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a body takes each exhibit as a file of its own."""
    monkeypatch.setattr(checks, "wants_separate_files", lambda route: True)


@pytest.mark.parametrize("sending", SENDINGS, ids=lambda sending: sending.channel)
def test_one_document_and_the_originals_go_by_every_channel(sending: Sending):
    delivery = filed(drafted(denied_by_mail()), sending)

    assert names(delivery) == [WHOLE, "Exhibit 2 - message.eml"]
    assert delivery.letter.filing.document == delivery.files.order_by("pk")[0]


def test_mail_brings_the_document_in_place_of_the_bare_letter():
    request = denied_by_mail()
    delivery = filed(drafted(request))

    files = mailed_files(delivery)

    mail = request.communications.get(mail__isnull=False).mail
    assert files == {
        WHOLE: document_of(delivery.letter.filing),
        "Exhibit 2 - message.eml": content.read_whole(str(mail.raw), sha256=mail.sha256),
    }


def test_documents_first_pages_are_the_letter_as_it_was_issued():
    letter = filed(drafted()).letter

    whole, alone = Read(document_of(letter.filing)), Read(bytes(letter.pdf))

    assert whole.texts[: len(alone.texts)] == alone.texts
    assert "Exhibit 2: Denial of November 2, 2026" in alone.texts[-1]
    assert letter.filing.page_count == len(whole.texts)


def test_manifest_says_where_each_exhibit_is_and_what_it_was_made_of():
    filing = filed(drafted(denied_by_mail())).letter.filing

    firsts = {line["number"]: line["first_page"] for line in filing.manifest}
    stamps = Read(document_of(filing)).stamps()
    assert [stamps[page - 1][:2] for page in firsts.values()] == [(1, 1), (2, 1)]
    (original,) = filing.manifest[1]["beside"]
    mail = filing.letter.records_request.communications.get(mail__isnull=False).mail
    assert (original["name"], original["sha256"]) == ("Exhibit 2 - message.eml", mail.sha256)


@pytest.mark.usefixtures("wants_separate")
def test_body_that_wants_so_gets_each_exhibit_as_a_file_with_its_stamps():
    delivery = filed(drafted())

    files = mailed_files(delivery)

    assert list(files) == [
        delivery.letter.file_name,
        "Exhibit 1 - Records request of November 2 2026.pdf",
        "Exhibit 2 - Denial of November 2 2026.pdf",
    ]
    first, *exhibits_alone = files.values()
    assert first == bytes(delivery.letter.pdf)
    stamps = [stamp for data in exhibits_alone for stamp in Read(data).stamps()]
    assert stamps == [s for s in Read(document_of(delivery.letter.filing)).stamps() if s]


def test_printed_to_be_posted_it_has_every_page_of_the_filing():
    delivery = filed(drafted(denied_by_mail()), SENDINGS[1])

    printed = envelope.print_queue_pdf([delivery])
    beside = envelope._packet_of(delivery).to_enclose
    page = envelope._address_page(envelope._Printed(delivery), beside)

    whole = Read(document_of(delivery.letter.filing)).texts
    assert [text for text in Read(printed).texts[2:] if text] == whole
    assert (page.pages, page.to_enclose) == (len(whole), ("Exhibit 2 - message.eml",))


@pytest.mark.usefixtures("wants_separate")
def test_separate_files_are_printed_behind_the_letter():
    delivery = filed(drafted(), SENDINGS[1])

    texts = [text for text in Read(envelope.print_queue_pdf([delivery])).texts[2:] if text]

    whole = Read(document_of(delivery.letter.filing))
    count = len(Read(bytes(delivery.letter.pdf)).texts)
    assert texts == [*whole.texts[:count], *whole.texts[count + 1 :]]  # without the contents


def test_document_too_large_for_a_message_goes_by_link_and_the_letter_by_mail(
    settings: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(links, "can_be_opened", lambda: True)
    appeal = drafted()
    exhibits.open_all(appeal)
    settings.MAIL_MAX_BYTES = 90_000

    delivery = filed(appeal)

    assert [link.attachment.name for link in delivery.links.all()] == [WHOLE]
    assert mailed_files(delivery) == {delivery.letter.file_name: bytes(delivery.letter.pdf)}


def test_document_too_large_for_any_way_is_refused(settings: Any):
    appeal = drafted()
    settings.MAIL_MAX_BYTES = 90_000

    with pytest.raises(Refused, match="too large for any message"):
        filed(appeal)

    appeal.refresh_from_db()
    assert (appeal.state, Filing.objects.count()) == ("draft", 0)


def without_exhibits(appeal: Appeal) -> Appeal:
    while exhibit := appeal.exhibits.in_order().first():
        exhibits.remove(exhibit)
    appeal.refresh_from_db()
    return appeal


def test_challenge_without_what_its_body_requires_is_not_filed():
    with pytest.raises(Refused, match="shall include a copy of any pertinent correspondence"):
        filed(without_exhibits(drafted()))


def test_challenge_without_exhibits_goes_as_the_letter_alone():
    request = submitted(city_slug="us-ca/stockton")
    city_determinations.deny(request, answer=said(text="No."), **acting(request))
    request.refresh_from_db()
    appeal = without_exhibits(drafted(request, route="superior_court"))

    delivery = appeals.file(
        appeal,
        sending=BY_EMAIL,
        in_court=appeals.CourtFiling(NOW.date()),
        **acting(appeal.records_request),
    )

    assert not Filing.objects.exists()
    assert mailed_files(delivery) == {delivery.letter.file_name: bytes(delivery.letter.pdf)}


def test_filing_is_never_changed():
    filing = filed(drafted()).letter.filing

    with pytest.raises(LetterIsFrozenError, match="never changed"):
        filing.save()
    for statement in (
        "UPDATE requests_app_filing SET page_count = 1",
        "UPDATE requests_app_filing SET manifest = '[]'",
        "DELETE FROM requests_app_filing",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_exhibit_moved_while_it_is_put_together_is_not_filed(monkeypatch: pytest.MonkeyPatch):
    """What a colleague does between the making and the lock."""
    appeal = drafted()
    real = exhibits.put_together

    def put_together(letter: letters.PlannedLetter) -> Any:
        made = real(letter)
        exhibits.move(appeal.exhibits.in_order()[1], to=1)
        return made

    monkeypatch.setattr(appeals.exhibits, "put_together", put_together)

    with pytest.raises(Refused, match="changed while they were put together"):
        filed(appeal)

    appeal.refresh_from_db()
    assert (appeal.state, Letter.objects.filter(appeal=appeal).count()) == ("draft", 0)


def test_fact_of_the_letter_changed_meanwhile_is_not_filed(monkeypatch: pytest.MonkeyPatch):
    """The newsroom's address is on the paper, and no part of the draft."""
    appeal = drafted()
    newsroom = appeal.records_request.newsroom
    real = exhibits.put_together

    def put_together(letter: letters.PlannedLetter) -> Any:
        made = real(letter)
        type(newsroom).objects.update(address="1 Other Street, Stamford, CT 06901")
        appeal.records_request.refresh_from_db()
        return made

    monkeypatch.setattr(appeals.exhibits, "put_together", put_together)

    with pytest.raises(Refused, match="facts of this letter have changed"):
        filed(appeal)


def test_recalled_and_sent_on_a_later_day_it_is_put_together_anew():

    appeal = drafted()
    delivery = filed(appeal)
    first = delivery.letter.filing
    by = appeal.created_by
    deliveries.recall(delivery, by=Attribution(by, NOW))

    deliveries.retry(delivery, by=Attribution(by, NOW + timedelta(days=1)))

    delivery.refresh_from_db()
    again = delivery.letter.filing
    assert again.pk != first.pk
    assert mailed_files(delivery) == {WHOLE: document_of(again)}
    assert "November 3, 2026" in Read(document_of(again)).texts[0]
    assert document_of(first) != document_of(again)


def test_two_hundred_pages_are_one_document():
    appeal = drafted()
    with_upload(appeal, "long.pdf", pdf(*(f"page {n}" for n in range(200))), title="The records")
    named_in_letter(appeal)

    filing = filed(appeal).letter.filing

    with pikepdf.open(io.BytesIO(document_of(filing))) as whole:
        assert len(whole.pages) == filing.page_count
        assert {tuple(map(float, page.mediabox)) for page in whole.pages} == {(0, 0, 612, 792)}
