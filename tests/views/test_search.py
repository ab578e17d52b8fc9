"""The search page: what is found of each kind, in which words, and by whom."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from requests_app.actions.requests import city_progress, notes
from requests_app.models import FileText, RecordsRequest, Role, User
from requests_app.storage.reading_files import reading_queue
from tests.factories import NOW, TODAY, acting, appealed, draft, in_state, member, said, submitted
from tests.inbound.messages import answer_to, taken_in
from tests.views.conftest import flat, signed_in

pytestmark = pytest.mark.django_db


def searched(user: User | None, q: str, **asked: str) -> Any:
    return signed_in(user).get(reverse("search"), {"q": q, **asked})


def see(user: User, q: str, **asked: str) -> str:
    answer = searched(user, q, **asked)
    assert answer.status_code == 200
    return flat(answer)


@pytest.fixture
def request_of_zebras() -> RecordsRequest:
    """Of each kind of text one that says "zebra", each in a word of its own beside it."""
    request = submitted(subject="Zebra permits")
    taken_in(answer_to(request, text="We hold <b>mailed</b> zebra records."))
    notes.note(request, on=TODAY, text="Asked about the noted zebra.", **acting(request))
    files = (SimpleUploadedFile("herd.csv", b"animal\nfiled zebra\n", "text/csv"),)
    words = said(files=files, text="On the phone: a called zebra.")
    city_progress.acknowledge(request, answer=words, **acting(request))
    reading_queue.promise_new()
    for row in FileText.objects.due():
        reading_queue.read_one(row.pk, at=NOW)
    return request


def test_each_kind_of_text_is_found_in_its_sentence(request_of_zebras: RecordsRequest) -> None:
    page = see(request_of_zebras.created_by, "zebra")

    for heading in ("Requests", "Mail", "Calls, letters on paper, acts", "Notes", "Files"):
        assert f">{heading}</h2>" in page
    assert "<mark>Zebra</mark> permits" in page
    assert "We hold &lt;b&gt;mailed&lt;/b&gt; <mark>zebra</mark> records." in page
    assert "the noted <mark>zebra</mark>." in page
    assert "a called <mark>zebra</mark>." in page
    assert "herd.csv" in page
    assert "filed <mark>zebra</mark>" in page


def test_appeals_and_their_letters_are_found() -> None:
    denied = in_state("denied")
    appeal = appealed(denied)

    page = see(denied.created_by, f'"{appeal.subject}"')

    assert ">Appeals</h2>" in page
    assert ">Our letters</h2>" in page
    assert reverse("appeal_page", args=[appeal.pk]) in page


def test_every_address_that_is_shown_opens(request_of_zebras: RecordsRequest) -> None:
    client = signed_in(request_of_zebras.created_by)
    found = client.get(reverse("search"), {"q": "zebra"}).context["groups"]

    addresses = [line.address for group in found for line in group.lines]

    assert len(addresses) == 5
    for address in addresses:
        answer = client.get(address.partition("#")[0])
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer.status_code == 200, address


def test_nobody_finds_what_they_may_not_read(request_of_zebras: RecordsRequest) -> None:
    newsroom = request_of_zebras.newsroom
    colleague, editor = member(newsroom=newsroom), member(Role.EDITOR, newsroom)
    elsewhere = member(Role.ADMIN)

    assert "<mark>" in see(editor, "zebra")
    assert "<mark>" not in see(colleague, "zebra")
    assert "<mark>" not in see(elsewhere, "zebra")
    assert "Nothing that you may read says this." in see(elsewhere, "zebra")
    request_of_zebras.shared_with.add(colleague)
    assert "<mark>" in see(colleague, "zebra")
    assert searched(None, "zebra").status_code == 302


def test_mail_that_was_taken_out_is_not_found(request_of_zebras: RecordsRequest) -> None:
    from requests_app.actions.mail import file_mail
    from requests_app.models import Communication

    message = Communication.objects.exclude(mail=None).get()
    file_mail.take_out(message, **acting(request_of_zebras))

    assert ">Mail</h2>" not in see(request_of_zebras.created_by, "zebra")


def test_file_that_is_kept_apart_is_not_found(request_of_zebras: RecordsRequest) -> None:
    request_of_zebras.attachments.update(quarantined="The virus scanner found Eicar in it.")

    assert ">Files</h2>" not in see(request_of_zebras.created_by, "zebra")


def test_many_of_a_kind_have_pages_of_their_own(django_user_model: Any) -> None:
    editor = member(Role.EDITOR)
    for number in range(31):
        draft(editor, subject=f"Towing {number:02}")

    few = see(editor, "towing")
    first = searched(editor, "towing", kind="requests")
    (group,) = first.context["groups"]
    rest = signed_in(editor).get(group.more)

    assert few.count("<mark>") == 5
    assert "All requests that say this" in few
    assert [line.title for line in group.lines] == [f"Towing {n:02}" for n in range(30, 5, -1)]
    assert [line.title for line in rest.context["groups"][0].lines] == [
        f"Towing {n:02}" for n in range(5, -1, -1)
    ]
    assert rest.context["groups"][0].more == ""


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "people"}, 404),
        ({"kind": "requests", "behind": "x"}, 404),
        ({"kind": "requests", "behind": "9" * 30}, 404),
        ({"kind": "requests", "behind": "0"}, 200),
    ],
)
def test_address_that_names_nothing_is_not_found(asked: dict[str, str], status: int) -> None:
    assert searched(member(), "towing", **asked).status_code == status


def test_what_cannot_be_looked_for_is_said_beside_the_field() -> None:
    page = see(member(), "-draft")

    assert "Type a word that is to be found too, beside those that are not." in page
    assert 'aria-describedby="search-error"' in page


def test_search_asks_as_often_for_many_as_for_few(request_of_zebras: RecordsRequest) -> None:
    editor = member(Role.EDITOR, request_of_zebras.newsroom)
    client = signed_in(editor)

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse("search"), {"q": "zebra"})
    for number in range(8):
        draft(editor, subject=f"Zebra {number}")
        notes.note(request_of_zebras, on=TODAY, text="Zebra.", **acting(request_of_zebras))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("search"), {"q": "zebra"})

    assert len(many) == len(few)
    assert len(many) <= 15
