"""A call, a paper letter or a visit is entered by one form and read like mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import corrections
from requests_app.ledger.attribution import Attribution
from requests_app.models import (
    Communication,
    EventKind,
    Notice,
    RecordsRequest,
    RequestState,
    Role,
)
from tests.factories import NOW, TODAY, acting, member, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db

DENIAL = "Your request is denied under Conn. Gen. Stat. § 1-210(b)(3)."


def heard(client: Client, request: RecordsRequest, **fields: Any) -> Any:
    filled = {"channel": "phone", "on": str(TODAY), "who": "Dana Ortiz", "text": DENIAL, **fields}
    return client.post(reverse("call_or_letter", args=[request.public_id]), filled)


def test_a_call_stands_in_the_ledger_and_is_to_do_like_mail() -> None:
    request = submitted()
    client = signed_in(request.created_by)

    answer = heard(client, request)

    [message] = Communication.objects.unread()
    seen = flat(client.get(reverse("request_page", args=[request.public_id])))
    assert answer["Location"] == reverse("message_page", args=[message.pk])
    assert message.event.kind == EventKind.CONTACTED_US
    assert "Stamford called: Dana Ortiz." in seen
    assert "Stamford called on Mon Nov 2. Nobody has said yet what it is." in seen
    assert reverse("message_page", args=[message.pk]) in flat(client.get(reverse("board")))


@pytest.mark.parametrize(
    ("channel", "words"),
    [("phone", "called"), ("post", "wrote on paper"), ("in_person", "spoke with us in person")],
)
def test_the_ledger_says_how_the_city_reached_us(channel: str, words: str) -> None:
    request = submitted()
    client = signed_in(request.created_by)

    heard(client, request, channel=channel, who="")

    page = flat(client.get(reverse("request_page", args=[request.public_id])))
    assert f"Stamford {words}. " in page


def test_what_was_said_is_read_for_what_it_may_be_and_recorded_from_there() -> None:
    request = submitted()
    client = signed_in(request.created_by)
    heard(client, request)
    message = Communication.objects.get()
    record = f"{reverse('record_act', args=[request.public_id, 'denied'])}?mail={message.pk}"

    asked = flat(client.get(reverse("message_page", args=[message.pk])))
    client.post(f"{record}&reading=0", {"on": str(TODAY), "channel": "phone"})

    request.refresh_from_db()
    message.refresh_from_db()
    assert "Looks like a denial, claiming" in asked
    assert f"{record}&amp;reading=0" in asked
    assert request.state == RequestState.DENIED
    assert message.read_by == request.created_by


def test_a_letter_on_paper_brings_its_scan() -> None:
    request = submitted()
    client = signed_in(request.created_by)
    scan = SimpleUploadedFile("letter.pdf", b"%PDF-1.7", "application/pdf")

    heard(client, request, channel="post", text="", files=scan)

    message = Communication.objects.get()
    page = flat(client.get(reverse("message_page", args=[message.pk])))
    assert [file.name for file in message.attachments.all()] == ["letter.pdf"]
    assert "letter.pdf" in page


def test_what_it_is_may_be_said_in_the_same_step() -> None:
    request = submitted()
    client = signed_in(request.created_by)

    answer = heard(client, request, meaning="acknowledged")

    message = Communication.objects.get()
    form = reverse("record_act", args=[request.public_id, "acknowledged"])
    assert answer["Location"] == f"{form}?mail={message.pk}"
    assert "Dana Ortiz" not in flat(client.get(answer["Location"]))
    assert DENIAL in flat(client.get(answer["Location"]))
    assert message.waits_to_be_read  # until that form is sent


def test_correspondence_is_read_as_it_is_entered() -> None:
    request = submitted()
    client = signed_in(request.created_by)

    answer = heard(client, request, meaning="correspondence")

    message = Communication.objects.get()
    assert answer["Location"] == reverse("request_page", args=[request.public_id])
    assert message.read_by == request.created_by
    assert not Communication.objects.unread().exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": " "}, "Write what was said, or add the letter as a file."),
        ({"on": str(TODAY + timedelta(days=1))}, "has not come yet in Stamford"),
        ({"channel": "email"}, "Select a valid choice."),
        ({"meaning": "fees-waived"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_changes_nothing(fields: dict[str, str], why: str) -> None:
    request = submitted()

    answer = heard(signed_in(request.created_by), request, **fields)

    assert answer.status_code == 422
    assert why in flat(answer)
    assert not Communication.objects.exists()
    assert not request.events.filter(kind=EventKind.CONTACTED_US).exists()


def test_a_struck_call_is_to_do_for_nobody_until_it_is_restored() -> None:
    request = submitted()
    client = signed_in(request.created_by)
    heard(client, request)
    entry = request.events.get(kind=EventKind.CONTACTED_US)

    corrections.strike(entry, why="Another request.", **acting(request))
    assert not Communication.objects.unread().exists()
    assert f"<s>{'Stamford called: Dana Ortiz.'}</s>" in flat(
        client.get(reverse("request_page", args=[request.public_id]))
    )

    corrections.restore(entry, why="This one after all.", **acting(request))
    assert Communication.objects.unread().count() == 1


def test_a_call_put_on_its_right_day_is_still_to_be_read() -> None:
    request = submitted(at=NOW - timedelta(days=3))
    heard(signed_in(request.created_by), request)
    entry = request.events.get(kind=EventKind.CONTACTED_US)

    corrections.correct_day(
        entry,
        on=TODAY - timedelta(days=1),
        why="It was Sunday.",
        by=Attribution(request.created_by, NOW),
    )

    assert Communication.objects.unread().count() == 1


def test_whose_request_it_is_hears_of_a_call_that_a_colleague_took() -> None:
    request = submitted()
    colleague = member(Role.EDITOR, request.newsroom)

    heard(signed_in(request.created_by), request)
    heard(signed_in(colleague), request)

    assert [notice.user for notice in Notice.objects.all()] == [request.created_by]


def test_the_page_of_a_mail_is_where_mail_is_read() -> None:
    request = submitted()
    mail = taken_in(answer_to(request))

    answer = signed_in(request.created_by).get(
        reverse("message_page", args=[mail.communications.get().pk])
    )

    assert answer["Location"] == reverse("mail_page", args=[mail.pk])


def test_the_words_of_an_act_are_no_message_of_their_own() -> None:
    request = submitted()
    client = signed_in(request.created_by)
    client.post(
        reverse("record_act", args=[request.public_id, "acknowledged"]),
        {"on": str(TODAY), "channel": "phone", "text": "We have it."},
    )

    answer = client.get(reverse("message_page", args=[Communication.objects.get().pk]))

    assert answer.status_code == 404
