"""What a reporter attaches to a request goes with its letter: each kind, by each channel."""

import io
from email import message_from_bytes, policy
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cities.schema.city import RequestKind
from requests_app.actions.errors import Refused
from requests_app.actions.requests import drafting, submission
from requests_app.actions.sending import our_letters
from requests_app.delivery import links
from requests_app.delivery.channels.message import content_of
from requests_app.delivery.message_plan import Enclosure
from requests_app.letters import Sending
from requests_app.letters.paper import envelope
from requests_app.models import Attachment, Channel, Delivery, RecordsRequest
from requests_app.storage import content
from requests_app.views.sending import previews
from tests.factories import CLERK, NOW, TODAY, acting, let_go, mailed
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
    if channel is Channel.EMAIL:
        assert mailed_files(delivery) == [("form.pdf", FORM), ("map.png", MAP)]


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


def test_a_file_set_apart_since_goes_with_no_message():
    delivery = promised(with_enclosures())

    set_apart("form.pdf")

    assert mailed_files(delivery) == [("map.png", MAP)]
    assert FORM not in content_of(delivery)


def test_a_file_set_apart_since_goes_in_no_part_and_no_part_names_it(settings: Any):
    settings.MAIL_MAX_BYTES = 300_000
    request = with_enclosures()
    more = [
        SimpleUploadedFile(f"rows{n}.csv", str(n).encode() * 120_000, "text/csv") for n in (1, 2)
    ]
    drafting.attach_enclosures(request, files=more, **acting(request))
    promised(request)
    parts = list(request.deliveries.order_by("part"))
    assert len(parts) > 1

    set_apart("rows2.csv")

    messages = [content_of(part).decode() for part in parts]
    enclosed = [name for part in parts for name, _ in mailed_files(part)]
    assert "rows2.csv" not in enclosed
    assert all('filename="rows2.csv"' not in message for message in messages)
    assert all("rows2.csv" not in message for message in messages[1:])


def test_a_file_set_apart_since_is_offered_by_no_link(settings: Any):
    settings.MAIL_MAX_BYTES, settings.BASE_URL = 300_000, "https://desk.ledger.org"
    request = example()
    large = SimpleUploadedFile("all.csv", b"1" * 400_000, "text/csv")
    drafting.attach_enclosures(request, files=[large], **acting(request))
    delivery = promised(request)
    link = delivery.links.get()
    assert links.address_of(link) in content_of(delivery).decode().replace("=\r\n", "")

    set_apart("all.csv")

    assert link.token not in content_of(delivery).decode().replace("=\r\n", "")


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
    if channel is Channel.POST:
        assert "form.pdf" not in words_of(envelope.address_pages([delivery]))


@pytest.mark.parametrize("kind", RequestKind)
def test_a_file_set_apart_before_is_not_even_named(kind: RequestKind):
    request = with_enclosures(kind)
    set_apart("form.pdf")

    delivery = promised(request)

    assert names(delivery) == ["map.png"]
    assert "form.pdf" not in words_of(bytes(delivery.letter.pdf))
    assert mailed_files(delivery) == [("map.png", MAP)]
