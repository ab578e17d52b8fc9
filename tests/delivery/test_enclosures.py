"""What a reporter attaches to a request goes with its letter: each kind, by each channel."""

import io
import re
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from cities.schema.city import RequestKind
from requests_app.actions.errors import Refused
from requests_app.actions.requests import city_determinations, drafting, submission
from requests_app.actions.sending import deliveries, kept_apart, our_letters
from requests_app.actions.sending.our_letters import OurLetter
from requests_app.delivery import links
from requests_app.delivery.channels.message import content_of
from requests_app.delivery.message_plan import Enclosure
from requests_app.delivery.send import send
from requests_app.ledger.attribution import Attribution
from requests_app.letters import LetterError, Sending, enclosures, plain_text
from requests_app.letters.paper import envelope
from requests_app.letters.paper.pdf_engine import lay_out, write
from requests_app.models import (
    Attachment,
    Channel,
    Delivery,
    DeliveryState,
    EventKind,
    RecordsRequest,
)
from requests_app.storage import content
from requests_app.views.sending import previews
from tests.factories import BY_EMAIL, CLERK, NOW, TODAY, acting, let_go, mailed, said
from tests.letters.examples import request as example
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = {
    Channel.EMAIL: CLERK,
    Channel.POST: "888 Washington Boulevard\nStamford, CT 06901",
    Channel.IN_PERSON: "888 Washington Boulevard\nStamford, CT 06901",
    Channel.PORTAL: "https://portal.example/stamford",
    Channel.PHONE: "203 555 0100",
}
FORM, MAP = b"a form, filled", b"a map"
WHY = "The virus scanner found Eicar-Test-Signature in it."


@pytest.fixture(autouse=True)
def _plain_http(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False


def with_enclosures(kind: RequestKind = RequestKind.RECORDS) -> RecordsRequest:
    request = example(kind=kind)
    files = [
        SimpleUploadedFile("form.pdf", FORM, "application/pdf"),
        SimpleUploadedFile("map.png", MAP, "image/png"),
    ]
    drafting.attach_enclosures(request, files=files, **acting(request))
    return request


def promised(request: RecordsRequest, channel: Channel = Channel.EMAIL) -> Delivery:
    return submission.submit(request, sending=Sending(channel, ADDRESS[channel]), **acting(request))


def pdf_of(words: str) -> bytes:
    return write(lay_out(f"<p>{words}</p>"))


def names(delivery: Delivery) -> list[str]:
    return list(delivery.files.order_by("pk").values_list("name", flat=True))


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def mailed_files(delivery: Delivery) -> list[tuple[str | None, Any]]:
    """By the message as it leaves: its files but for the letter's own PDF."""
    message = message_from_bytes(content_of(delivery), policy=policy.default)
    files = [
        (file.get_filename(), file.get_payload(decode=True)) for file in message.iter_attachments()
    ]
    return [(name, body) for name, body in files if name != delivery.letter.file_name]


def handed_files(delivery: Delivery) -> list[tuple[str | None, Any]]:
    """By the page of who posts, carries, pastes or calls: each file as it is downloaded there."""
    client: Client = signed_in(delivery.created_by)
    page = client.get(reverse("delivery_hand_over", args=[delivery.pk])).content.decode()
    downloads = re.findall(r'href="(/attachments/\d+/)">([^<]+)</a>', page)
    return [
        (name, b"".join(client.get(address).streaming_content))  # type: ignore[attr-defined]
        for address, name in downloads
    ]


def what_leaves(delivery: Delivery) -> list[tuple[str | None, Any]]:
    is_mail = delivery.channel == Channel.EMAIL
    return mailed_files(delivery) if is_mail else handed_files(delivery)


def set_apart(name: str) -> Attachment:
    """As the scanner does it, after the letter was issued."""
    Attachment.objects.filter(name=name).update(quarantined=WHY)
    return Attachment.objects.get(name=name)


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("kind", RequestKind)
def test_all_that_was_attached_is_named_in_the_letter_and_goes_with_it(
    kind: RequestKind, channel: Channel
):
    delivery = promised(with_enclosures(kind), channel)

    assert names(delivery) == ["form.pdf", "map.png"]
    paper = words_of(bytes(delivery.letter.pdf))
    assert ("form.pdf" in paper, "map.png" in paper) == (True, True)
    assert paper.split().count("Enclosures:") == 1
    assert "Enclosures: 2" in paper
    assert "Enclosures: 2\n  1. form.pdf\n  2. map.png\n" in plain_text(delivery.letter)
    assert what_leaves(delivery) == [("form.pdf", FORM), ("map.png", MAP)]


@pytest.mark.parametrize("channel", Channel)
def test_all_that_was_chosen_for_a_reply_is_named_in_it_and_goes_with_it(channel: Channel):
    request = with_enclosures()
    let_go(promised(request))
    request.refresh_from_db()
    chosen = Attachment.objects.get(name="map.png")
    letter = OurLetter("Please see below.", Sending(channel, ADDRESS[channel]), {}, None, (chosen,))

    delivery = our_letters.write(request, our_letters.REPLY, letter, **acting(request))

    assert "Enclosure: 1\n  1. map.png\n" in plain_text(delivery.letter)
    assert "map.png" in words_of(bytes(delivery.letter.pdf))
    assert what_leaves(delivery) == [("map.png", MAP)]


def test_what_the_city_sent_is_named_by_its_day():
    request = with_enclosures()
    let_go(promised(request))
    request.refresh_from_db()
    scan = SimpleUploadedFile("scan0001.pdf", b"a denial", "application/pdf")
    city_determinations.deny(request, answer=said(files=(scan,)), **acting(request))
    theirs = Attachment.objects.get(name="scan0001.pdf")
    letter = OurLetter("Please see your denial.", BY_EMAIL, {}, None, (theirs,))

    delivery = our_letters.write(request, our_letters.REPLY, letter, **acting(request))

    assert enclosures.titles_on(delivery.letter) == (
        "From the City of Stamford, November 2, 2026: scan0001.pdf",
    )
    assert mailed_files(delivery) == [("scan0001.pdf", b"a denial")]


def test_a_name_that_no_font_prints_keeps_no_letter_at_home():
    request = example()
    kept = content.keep(MAP)
    Attachment.objects.create(
        records_request=request, file=kept.name, name="a\u2028b\x0b.png", content_type="image/png",
        size=kept.size, sha256=kept.sha256, is_enclosure=True,
    )  # fmt: skip

    delivery = promised(request)

    assert "a b .png" in words_of(bytes(delivery.letter.pdf))


@pytest.mark.parametrize("kind", RequestKind)
def test_the_preview_names_them(kind: RequestKind):
    request = with_enclosures(kind)

    preview = previews.of_request(request, by=request.created_by, on=TODAY)

    assert preview.problem == ""
    assert ("form.pdf" in words_of(preview.pdf), "map.png" in words_of(preview.pdf)) == (True, True)


@pytest.mark.parametrize("kind", RequestKind)
def test_they_count_against_what_a_message_may_hold(kind: RequestKind, settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = with_enclosures(kind)
    large = SimpleUploadedFile("all.csv", b"1" * 400_000, "text/csv")
    drafting.attach_enclosures(request, files=[large], **acting(request))

    with pytest.raises(Refused, match=r"“all\.csv” \(390 kB\): too large"):
        promised(request)

    assert not Delivery.objects.exists()


def test_a_person_who_takes_a_letter_along_may_take_a_file_of_any_size(settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = example()
    large = SimpleUploadedFile("all.csv", b"1" * 400_000, "text/csv")
    drafting.attach_enclosures(request, files=[large], **acting(request))

    assert names(promised(request, Channel.IN_PERSON)) == ["all.csv"]


@pytest.mark.parametrize("channel", [Channel.POST, Channel.IN_PERSON, Channel.PORTAL])
def test_who_hands_it_over_is_told_what_to_enclose(channel: Channel):
    delivery = promised(with_enclosures(), channel)
    client: Client = signed_in(delivery.created_by)

    page = client.get(reverse("delivery_hand_over", args=[delivery.pk])).content.decode()

    assert ("form.pdf" in page, "map.png" in page) == (True, True)


def test_the_address_page_says_what_to_enclose():
    delivery = promised(with_enclosures(), Channel.POST)

    page = words_of(envelope.address_pages([delivery]))

    assert ("form.pdf" in page, "map.png" in page) == (True, True)


def test_what_goes_with_a_letter_is_frozen_with_it():
    posted = promised(with_enclosures(), Channel.POST)
    Attachment.objects.create(
        records_request=posted.records_request, file="x", name="later.pdf", size=1,
        content_type="application/pdf", sha256="0" * 64, is_enclosure=True,
    )  # fmt: skip

    assert names(posted) == ["form.pdf", "map.png"]
    assert "later.pdf" not in words_of(envelope.address_pages([posted]))


def test_a_later_letter_of_the_request_encloses_nothing():
    request = with_enclosures()
    let_go(promised(request))
    request.refresh_from_db()

    follow_up = our_letters.follow_up(request, **mailed(request))

    assert (names(follow_up), mailed_files(follow_up)) == ([], [])


def test_a_file_that_was_damaged_since_is_not_sent_for_the_whole():
    delivery = promised(with_enclosures())
    file = Attachment.objects.get(name="form.pdf").file
    content.path_of(str(file)).write_bytes(FORM[:5])

    with pytest.raises(content.DamagedError):
        content_of(delivery)


def sent_at_once(delivery: Delivery) -> Delivery:
    """The worker's try at it."""
    send(delivery.pk, now=lambda: NOW)
    delivery.refresh_from_db()
    return delivery


def test_a_letter_whose_enclosure_was_set_apart_since_stops_and_asks_a_person():
    delivery = promised(with_enclosures())
    set_apart("form.pdf")

    sent_at_once(delivery)

    assert delivery.state == DeliveryState.FAILED
    assert delivery.last_answer == (
        "This letter encloses what was kept apart after it was issued (“form.pdf”: "
        f"{WHY}). It was not sent: send it without that, or do not send it."
    )
    with pytest.raises(Refused, match="send it without that"):
        deliveries.retry(delivery, **acting(delivery.records_request))


def test_a_person_sends_it_without_the_file_and_the_letter_names_what_it_has():
    delivery = promised(with_enclosures())
    before = delivery.letter
    set_apart("form.pdf")
    sent_at_once(delivery)

    kept_apart.send_without(delivery, **acting(delivery.records_request))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED
    assert delivery.letter != before
    assert enclosures.titles_on(before) == ("form.pdf", "map.png")
    assert enclosures.titles_on(delivery.letter) == ("map.png",)
    assert mailed_files(delivery) == [("map.png", MAP)]
    left_out = delivery.events.get(kind=EventKind.ENCLOSURE_LEFT_OUT)
    assert left_out.data["files"] == ["form.pdf"]


def test_no_part_leaves_while_a_file_of_another_is_kept_apart(settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = with_enclosures()
    more = [
        SimpleUploadedFile(f"rows{n}.csv", str(n).encode() * 120_000, "text/csv") for n in (1, 2)
    ]
    drafting.attach_enclosures(request, files=more, **acting(request))
    promised(request)
    first, second = request.deliveries.order_by("part")
    set_apart("rows2.csv")

    assert (sent_at_once(first).state, sent_at_once(second).state) == (DeliveryState.FAILED,) * 2

    kept_apart.send_without(first, **acting(request))
    enclosed = [
        name for part in request.deliveries.order_by("part") for name, _ in mailed_files(part)
    ]
    assert enclosed == ["form.pdf", "map.png", "rows1.csv"]
    states = request.deliveries.order_by("pk").values_list("state", "part", "parts")
    assert list(states) == [(DeliveryState.QUEUED, 1, 1), (DeliveryState.CANCELED, 2, 2)]


def test_a_part_that_follows_tells_what_it_left_out(settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = with_enclosures()
    more = [
        SimpleUploadedFile(f"rows{n}.csv", str(n).encode() * 120_000, "text/csv") for n in (1, 2)
    ]
    drafting.attach_enclosures(request, files=more, **acting(request))
    let_go(promised(request))
    second = request.deliveries.get(part=2)
    set_apart("rows2.csv")
    sent_at_once(second)

    kept_apart.send_without(second, **acting(request))

    second.refresh_from_db()
    assert second.letter == request.deliveries.get(part=1).letter
    message = message_from_bytes(content_of(second), policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    words = body.get_content().replace("\r\n", "\n")
    assert "Named in our letter and not enclosed:\n  rows2.csv\n" in words


def test_a_letter_with_a_link_to_a_file_set_apart_since_stops_too(settings: Any):
    settings.MAIL_MAX_BYTES, settings.BASE_URL = 300_000, "https://desk.ledger.org"
    request = example()
    large = SimpleUploadedFile("all.csv", b"1" * 400_000, "text/csv")
    drafting.attach_enclosures(request, files=[large], **acting(request))
    delivery = promised(request)
    link = delivery.links.get()
    assert links.address_of(link) in content_of(delivery).decode().replace("=\r\n", "")
    set_apart("all.csv")

    assert sent_at_once(delivery).state == DeliveryState.FAILED

    kept_apart.send_without(delivery, **acting(request))
    delivery.refresh_from_db()
    assert link.token not in content_of(delivery).decode().replace("=\r\n", "")
    assert enclosures.titles_on(delivery.letter) == ()


@pytest.mark.parametrize("channel", [c for c in Channel if c.is_by_hand])
def test_nobody_hands_over_a_letter_whose_enclosure_was_set_apart_since(channel: Channel):
    delivery = promised(with_enclosures(), channel)
    set_apart("form.pdf")

    with pytest.raises(Refused, match=r"“form\.pdf”"):
        deliveries.hand_over(delivery, on=TODAY, **acting(delivery.records_request))

    kept_apart.send_without(delivery, **acting(delivery.records_request))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BY_HAND
    assert what_leaves(delivery) == [("map.png", MAP)]
    deliveries.hand_over(delivery, on=TODAY, **acting(delivery.records_request))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def test_what_is_not_kept_apart_cannot_be_left_out():
    delivery = promised(with_enclosures())

    with pytest.raises(Refused, match="is kept apart"):
        kept_apart.send_without(delivery, **acting(delivery.records_request))


def test_a_letter_with_a_file_set_apart_since_is_not_printed():
    posted = promised(with_enclosures(), Channel.POST)
    set_apart("form.pdf")

    with pytest.raises(LetterError, match=r"“form\.pdf”"):
        envelope.address_pages([posted])
    with pytest.raises(LetterError, match=r"“form\.pdf”"):
        envelope.print_queue_pdf([posted])


def test_the_packet_has_the_pages_of_enclosed_pdfs_and_names_what_a_person_prints():
    request = example()
    files = [
        SimpleUploadedFile("log.pdf", pdf_of("The log of 2024."), "application/pdf"),
        SimpleUploadedFile("map.png", MAP, "image/png"),
        SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing", "application/pdf"),
    ]
    drafting.attach_enclosures(request, files=files, **acting(request))
    posted = promised(request, Channel.POST)

    words = words_of(envelope.print_queue_pdf([posted]))

    front, _, rest = words.partition("Dear City Clerk")
    to_print = front.partition("Print and enclose:")[2]
    assert ("log.pdf" in to_print, "map.png" in to_print, "broken.pdf" in to_print) == (
        False, True, True,
    )  # fmt: skip
    assert "The log of 2024." in rest


def test_a_letter_issued_anew_encloses_what_the_first_enclosed():
    request = with_enclosures()
    delivery = promised(request)
    deliveries.recall(delivery, **acting(request))
    Attachment.objects.create(
        records_request=request, file="x", name="later.pdf", size=1,
        content_type="application/pdf", sha256="0" * 64, is_enclosure=True,
    )  # fmt: skip

    deliveries.retry(delivery, by=Attribution(request.created_by, NOW + timedelta(days=1)))

    delivery.refresh_from_db()
    assert enclosures.titles_on(delivery.letter) == ("form.pdf", "map.png")
    assert mailed_files(delivery) == [("form.pdf", FORM), ("map.png", MAP)]


def test_the_database_itself_keeps_what_a_letter_enclosed():
    delivery = promised(with_enclosures())

    with pytest.raises(DatabaseError), transaction.atomic():
        delivery.letter.enclosures.all().update(title="another.pdf")
    with pytest.raises(DatabaseError), transaction.atomic():
        delivery.letter.enclosures.all().delete()


@pytest.mark.parametrize("kind", RequestKind)
def test_the_preview_says_what_was_attached_and_does_not_go(kind: RequestKind):
    request = with_enclosures(kind)
    apart = set_apart("form.pdf")

    preview = previews.of_request(request, by=request.created_by, on=TODAY)

    assert [file.name for file in preview.enclosed] == ["map.png"]
    assert preview.left_out == (apart,)


def test_a_link_to_a_file_set_apart_since_opens_nothing():
    delivery = promised(with_enclosures())
    file = Attachment.objects.get(name="form.pdf")
    [link] = links.create(delivery, [Enclosure(file.pk, file.name, file.size)], at=NOW)

    set_apart("form.pdf")

    client = Client()
    shown = client.get(reverse("linked_file", args=[link.token]))
    fetched = client.get(reverse("linked_file_content", args=[link.token]))
    link.refresh_from_db()
    assert (shown.status_code, fetched.status_code, link.fetches) == (410, 303, 0)


@pytest.mark.parametrize("channel", [Channel.POST, Channel.IN_PERSON, Channel.PORTAL])
def test_a_file_set_apart_since_is_given_to_nobody_who_hands_a_letter_over(channel: Channel):
    delivery = promised(with_enclosures(), channel)
    infected = set_apart("form.pdf")
    client = signed_in(delivery.created_by)
    address = reverse("attachment_download", args=[infected.pk])

    page = client.get(reverse("delivery_hand_over", args=[delivery.pk])).content.decode()

    assert WHY in page
    assert address not in page
    assert client.get(address).status_code == 404
    assert "Send it without that file" in page


@pytest.mark.parametrize("kind", RequestKind)
def test_a_file_set_apart_before_is_not_even_named(kind: RequestKind):
    request = with_enclosures(kind)
    set_apart("form.pdf")

    delivery = promised(request)

    assert names(delivery) == ["map.png"]
    assert "form.pdf" not in words_of(bytes(delivery.letter.pdf))
    assert mailed_files(delivery) == [("map.png", MAP)]
