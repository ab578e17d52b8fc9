"""The pages that erase a message or a file for good, and the one that proves what it was."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from requests_app.actions.requests import city_determinations
from requests_app.forms.mail.erasing import WORDS
from requests_app.models import Communication, Event, EventKind, RecordsRequest, Role
from tests.accounts.people import PASSWORD, asked_again
from tests.factories import acting, member, said, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import signed_in

pytestmark = pytest.mark.django_db

ORIGINAL = b"The child is Zebulon Quagga.\n"
FIRST: dict[str, Any] = {"ground": "names_a_minor", "reason": "Conn. Gen. Stat. § 46b-124"}


@pytest.fixture
def message() -> Communication:
    raw = answer_to(submitted(), text="Zebulon Quagga is a child.", files=[("a.txt", ORIGINAL)])
    return taken_in(raw).standing_communication()


def admin(request: RecordsRequest) -> Client:
    """Who has just given their password again."""
    person = member(Role.ADMIN, request.newsroom)
    person.set_password(PASSWORD)
    person.save()
    return asked_again(signed_in(person))


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def erase(client: Client, message: Communication, **said: str) -> Any:
    address = reverse("message_erase", args=[message.pk])
    return client.post(address, {**FIRST, "typed": WORDS, **said})


def entry() -> Event:
    return Event.objects.get(kind=EventKind.CONTENT_ERASED)


def test_it_is_offered_to_an_admin_and_nobody_else(message):
    request, address = message.records_request, reverse("mail_page", args=[message.mail_id])
    way = reverse("message_erase", args=[message.pk])

    assert way in text_of(admin(request).get(address))
    assert way not in text_of(signed_in(request.created_by).get(address))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REPORTER, Role.RESEARCHER])
def test_whoever_is_no_admin_is_refused(message, role):
    person = member(role, message.records_request.newsroom)
    message.records_request.shared_with.add(person)
    person.set_password(PASSWORD)
    person.save()

    assert erase(asked_again(signed_in(person)), message).status_code == 403
    assert not Event.objects.filter(kind=EventKind.CONTENT_ERASED).exists()


def test_an_admin_gives_the_password_again_first(message):
    person = member(Role.ADMIN, message.records_request.newsroom)

    answer = erase(signed_in(person), message)

    assert (answer.status_code, "reauthenticate" in answer["Location"]) == (302, True)
    assert not Event.objects.filter(kind=EventKind.CONTENT_ERASED).exists()


def test_the_first_step_erases_nothing_and_asks_for_the_words(message):
    client = admin(message.records_request)

    answer = client.post(reverse("message_erase", args=[message.pk]), FIRST)

    assert "Step 2 of 2" in text_of(answer)
    assert 'value="names_a_minor"' in text_of(answer)
    assert not Event.objects.filter(kind=EventKind.CONTENT_ERASED).exists()


@pytest.mark.parametrize(
    "wrong", [{"typed": "yes"}, {"typed": ""}, {"reason": " "}, {"ground": "whim"}]
)
def test_other_words_or_no_ground_erase_nothing(message, wrong):
    answer = erase(admin(message.records_request), message, **wrong)

    assert answer.status_code == 422
    assert not Event.objects.filter(kind=EventKind.CONTENT_ERASED).exists()


def test_every_page_says_so_in_its_place(message):
    request = message.records_request
    client = admin(request)

    answer = erase(client, message, typed="  Erase for GOOD ")

    assert answer.status_code == 303
    for address in (
        answer["Location"],
        reverse("mail_page", args=[message.mail_id]),
        reverse("request_page", args=[request.public_id]),
        reverse("conversation", args=[request.public_id]),
    ):
        shown = text_of(client.get(address))
        assert "Zebulon" not in shown
        assert "rased" in shown
    assert "Conn. Gen. Stat. § 46b-124" in text_of(client.get(answer["Location"]))


def test_its_files_and_its_bytes_are_not_given_any_more(
    message, django_capture_on_commit_callbacks
):
    file = message.attachments.get()
    brought = message.mail.files.get()
    client = admin(message.records_request)
    with django_capture_on_commit_callbacks(execute=True):
        erase(client, message)

    for address in (
        reverse("attachment_download", args=[file.pk]),
        reverse("mail_file_download", args=[brought.pk]),
        reverse("mail_raw", args=[message.mail_id]),
        reverse("mail_html", args=[message.mail_id]),
    ):
        assert client.get(address).status_code == 404
    for address in (
        reverse("attachment_release", args=[file.pk]),
        reverse("mail_file_release", args=[brought.pk]),
    ):
        assert client.post(address).status_code == 404


def test_a_file_alone_is_erased_and_the_words_stay(message):
    client = admin(message.records_request)
    file = message.attachments.get()

    client.post(reverse("attachment_erase", args=[file.pk]), {**FIRST, "typed": WORDS})

    shown = text_of(client.get(reverse("mail_page", args=[message.mail_id])))
    assert "Zebulon Quagga is a child." in shown
    assert "a.txt" not in shown
    assert client.get(reverse("attachment_erase", args=[file.pk])).status_code == 404


def test_an_answer_without_a_page_of_its_own_is_erased_from_the_ledger():
    request = submitted()
    city_determinations.deny(
        request, answer=said(text="It names Zebulon."), exemptions=[], **acting(request)
    )
    message = Communication.objects.get(text="It names Zebulon.")
    client, page = admin(request), reverse("request_page", args=[request.public_id])
    way = reverse("message_erase", args=[message.pk])
    assert way in text_of(client.get(page))
    assert way not in text_of(signed_in(request.created_by).get(page))

    erase(client, message)

    shown = text_of(client.get(page))
    assert "Zebulon" not in shown
    assert way not in shown
    assert reverse("erased", args=[request.public_id, entry().pk]) in shown


@pytest.mark.parametrize(
    ("held", "says"), [(ORIGINAL, "Yes."), (ORIGINAL + b" ", "No."), (b"", "empty")]
)
def test_whoever_holds_the_original_proves_it(message, held, says):
    client = admin(message.records_request)
    erase(client, message)
    address = reverse("erased", args=[message.records_request.public_id, entry().pk])

    answer = client.post(address, {"original": SimpleUploadedFile("held.txt", held)})

    assert says in text_of(answer)


def test_what_was_typed_is_proven_by_its_words_whatever_the_line_ends():
    request = submitted()
    text = "Line one.\nLine two."
    city_determinations.deny(request, answer=said(text=text), exemptions=[], **acting(request))
    client = admin(request)
    erase(client, Communication.objects.get(text=text))
    address = reverse("erased", args=[request.public_id, entry().pk])
    held = SimpleUploadedFile("held.txt", b"Line one.\r\nLine two.\r\n")

    assert "Yes." in text_of(client.post(address, {"original": held}))
