"""A reply in one's own words: what the page begins with, and what leaves the house."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_app.actions.cities import contacts
from requests_app.actions.mail.calls_and_letters import CallOrLetter, record_call_or_letter
from requests_app.actions.requests import ending
from requests_app.delivery.channels.message import message_for
from requests_app.ledger.attribution import Attribution
from requests_app.letters import FoundAddress, enclosures
from requests_app.models import (
    Attachment,
    Communication,
    Deadline,
    Delivery,
    DeliveryState,
    EventKind,
    Letter,
    LetterKind,
    RecordsRequest,
)
from tests.factories import CLERK, NOW, TODAY, acting, member, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

WORDS = "Dear City Clerk:\n\nThank you. Could you send it as a spreadsheet?"


def asked(request: RecordsRequest, **said: Any) -> Communication:
    """A clerk's mail, filed to the request."""
    return taken_in(answer_to(request, **said)).communications.get()


def replied(message: Communication, **fields: Any) -> Any:
    client = signed_in(message.records_request.created_by)
    filled = {"to": CLERK, "text": WORDS, **fields}
    return client.post(reverse("plain_reply", args=[message.pk]), filled)


def begun(message: Communication) -> dict[str, Any]:
    client = signed_in(message.records_request.created_by)
    form = client.get(reverse("plain_reply", args=[message.pk])).context["form"]
    return {name: form[name].value() for name in ("to", "copies", "text")}


def test_the_page_begins_with_the_salutation_and_the_sender() -> None:
    message = asked(submitted(), sender="Dana Ortiz <dana@stamford.example>")

    assert begun(message) == {
        "to": "dana@stamford.example",
        "copies": "",
        "text": "Dear City Clerk:\n",
    }


def test_it_leaves_as_an_answer_to_that_message() -> None:
    request = submitted()
    first = asked(request, subject="RE: A question", message_id="<1@stamford.example>")
    asked(request, subject="Another", message_id="<2@stamford.example>")

    answer = replied(first)

    delivery = Delivery.objects.get(letter__kind=LetterKind.REPLY)
    mail = message_for(delivery)
    sent = request.deliveries.get(letter__kind=LetterKind.RECORDS_REQUEST)
    assert answer["Location"] == reverse("request_page", args=[request.public_id])
    assert mail.subject == f"Re: A question [{request.reference}]"
    assert mail.extra_headers["In-Reply-To"] == "<1@stamford.example>"
    assert set(mail.extra_headers["References"].split()) == {
        sent.message_id,
        "<1@stamford.example>",
        "<2@stamford.example>",
    }
    assert mail.extra_headers["References"].endswith("<1@stamford.example>")
    assert "Could you send it as a spreadsheet?" in mail.body
    assert request.created_by.name in mail.body


def test_it_stands_in_the_ledger_and_touches_no_clock() -> None:
    request = submitted()
    message = asked(request, subject="A question")
    before = list(Deadline.objects.values_list("clock", "status", "due_on"))

    replied(message, copies="mayor@stamford.example")

    event = request.events.get(kind=EventKind.REPLIED)
    assert event.data == {
        "channel": "email",
        "to": CLERK,
        "message": message.pk,
        "copies": ["mayor@stamford.example"],
    }
    assert list(Deadline.objects.values_list("clock", "status", "due_on")) == before
    request.refresh_from_db()
    assert request.state == "submitted"
    page = signed_in(request.created_by).get(reverse("request_page", args=[request.public_id]))
    assert "We wrote to Stamford by e-mail." in flat(page)


def test_it_can_be_recalled_and_sent_with_other_words() -> None:
    request = submitted()
    request.newsroom.recall_minutes = 10
    request.newsroom.save()
    message = asked(request, subject="A question")
    replied(message, uploads=SimpleUploadedFile("list.csv", b"1,2", "text/csv"))
    delivery = Delivery.objects.get(letter__kind=LetterKind.REPLY)
    client = signed_in(request.created_by)

    client.post(reverse("delivery_recall", args=[delivery.pk]))
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.RECALLED
    client.post(
        reverse("delivery_words", args=[delivery.pk]), {"to": CLERK, "text": f"{WORDS} Please."}
    )

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.QUEUED
    assert delivery.letter.answers == message
    assert delivery.letter.subject == "Re: A question"
    assert [file.name for file in enclosures.files_on(delivery.letter)] == ["list.csv"]
    assert "Please." in message_for(delivery).body


def test_files_of_the_request_and_new_ones_go_with_it() -> None:
    request = submitted()
    message = asked(request, files=[("theirs.csv", b"1,2"), ("other.csv", b"3")])
    theirs = Attachment.objects.get(name="theirs.csv")

    replied(message, chosen_files=[theirs.pk], uploads=SimpleUploadedFile("ours.pdf", b"%PDF-1.7"))

    letter = Letter.objects.get(kind=LetterKind.REPLY)
    delivery = letter.deliveries.get()
    assert [file.name for file in delivery.files.order_by("pk")] == ["theirs.csv", "ours.pdf"]
    assert not Attachment.objects.get(name="ours.pdf").is_enclosure  # of the request's own letter
    names = [part.get_filename() for part in message_for(delivery).message().walk()]
    assert [name for name in names if name] == [letter.file_name, "theirs.csv", "ours.pdf"]


def test_an_upload_beside_what_is_wrong_shows_the_form_again() -> None:
    message = asked(submitted())

    answer = replied(message, text=" ", uploads=SimpleUploadedFile("ours.pdf", b"%PDF-1.7"))

    assert answer.status_code == 422
    assert not Attachment.objects.filter(name="ours.pdf").exists()


def test_copies_stand_in_the_header() -> None:
    message = asked(submitted())

    replied(message, copies="mayor@stamford.example, MAYOR@stamford.example; law@stamford.example")

    delivery = Delivery.objects.get(letter__kind=LetterKind.REPLY)
    assert message_for(delivery).cc == [
        "mayor@stamford.example",
        "MAYOR@stamford.example",
        "law@stamford.example",
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": "Dear City Clerk:\r\n"}, "There is only the salutation yet"),
        ({"text": " "}, "This field is required."),
        ({"to": "clerk"}, "Enter a valid email address."),
        ({"copies": "mayor@stamford.example, mayor"}, "“mayor” is not an e-mail address"),
        ({"copies": "x@y.example\nBcc: z@y.example"}, "is not an e-mail address"),
    ],
)
def test_what_cannot_be_sent_changes_nothing(fields: dict[str, str], why: str) -> None:
    message = asked(submitted())

    answer = replied(message, **fields)

    assert answer.status_code == 422
    assert why in flat(answer).replace("&quot;", '"')
    assert not Letter.objects.filter(kind=LetterKind.REPLY).exists()


def test_another_requests_file_is_not_sent() -> None:
    request = submitted()
    other = asked(submitted(request.created_by), files=[("secret.csv", b"1")])
    message = asked(request, files=[("theirs.csv", b"1,2")], message_id="<2@x.example>")

    answer = replied(message, chosen_files=[other.attachments.get().pk])

    assert answer.status_code == 422
    assert not Letter.objects.filter(kind=LetterKind.REPLY).exists()


def kansas_city(email: str = "") -> Communication:
    """A message about a request to Kansas City, whose custodian's address somebody may know."""
    reporter = member()
    request = submitted(reporter, city_slug="us-mo/kansas-city", office_role="records_custodian")
    if email:
        contacts.enter_office(
            request.newsroom,
            city_slug=request.city_slug,
            office_role="records_custodian",
            found=FoundAddress("a call", TODAY),
            by=Attribution(reporter, NOW),
            email=email,
        )
    return asked(request, sender="Parks <parks@kcmo.example>")


def test_the_one_custodian_of_a_city_is_proposed_for_a_copy() -> None:
    message = kansas_city("custodian@kcmo.example")

    assert begun(message)["to"] == "parks@kcmo.example"
    assert begun(message)["copies"] == "custodian@kcmo.example"


def test_a_custodian_whose_address_nobody_knows_is_named() -> None:
    message = kansas_city()

    page = flat(
        signed_in(message.records_request.created_by).get(reverse("plain_reply", args=[message.pk]))
    )

    assert begun(message)["copies"] == ""
    assert "City Communications Director, Custodian of Records" in page


def test_what_is_typed_is_kept_until_it_is_sent() -> None:
    message = asked(submitted())
    client = signed_in(message.records_request.created_by)
    address = reverse("plain_reply", args=[message.pk])
    tab = client.get(address).context["opened"].tab

    client.post(address, {"do": "keep", "tab": tab, "to": CLERK, "text": WORDS, "count": "1"})

    assert begun(message)["text"] == WORDS


def test_a_call_is_answered_by_e_mail_too() -> None:
    request = submitted()
    heard = CallOrLetter(channel="phone", on=date(2026, 11, 2), who="Dana", text="Which ones?")
    message = record_call_or_letter(request, heard, **acting(request))

    replied(message)

    assert Letter.objects.get(kind=LetterKind.REPLY).subject == f"Re: {request.subject}"


def test_a_reply_is_still_sent_once_the_request_is_over() -> None:
    request = submitted()
    message = asked(request)
    ending.withdraw(request, on=TODAY, note="", by=Attribution(request.created_by, NOW))

    assert replied(message).status_code == 303
