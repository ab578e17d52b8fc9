"""A letter that came as a file: what it may mean is suggested once the worker has read it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from requests_app.actions.mail import attached_letters, read_mail
from requests_app.inbound.tasks import sweep_mail
from requests_app.models import Communication, FileText, RecordsRequest
from requests_app.storage.reading_files import reading_queue
from requests_app.views.mail.possible_meanings import readings_of
from tests.factories import NOW, acting, submitted
from tests.inbound.messages import answer_to, out_of_office, taken_in
from tests.storage.reading_files import files

pytestmark = pytest.mark.django_db

DENIAL = "Dear Ms. Tran, your request is denied."
DELAY = "Dear Ms. Tran, we need more time for your request, until December 15, 2026."


def pdf(tmp_path: Path, text: str = DENIAL) -> bytes:
    return files.pdf(tmp_path / "made", text).read_bytes()


def came(request: RecordsRequest, *attached: tuple[str, bytes], **said: Any) -> Communication:
    mail = taken_in(answer_to(request, **{"text": "Please see attached.", **said}, files=attached))
    return Communication.objects.get(mail=mail)


def read_files() -> None:
    reading_queue.promise_new()
    for row in FileText.objects.due():
        reading_queue.read_one(row.pk, at=NOW)


def told(communication: Communication) -> list[tuple[Any, ...]]:
    communication.refresh_from_db()
    return [(one["kind"], one.get("file"), one.get("page")) for one in communication.suggestions]


def test_an_attached_letter_says_what_the_mail_does_not(tmp_path: Path) -> None:
    message = came(submitted(), ("letter.pdf", pdf(tmp_path)))
    assert told(message) == []

    read_files()
    sweep_mail()

    assert told(message) == [("denial", "letter.pdf", 1)]
    (reading,) = readings_of(message, message.records_request)
    assert reading.where == "letter.pdf, page 1"
    assert reading.words == ("request is denied",)


def test_a_word_document_is_read_and_has_no_page(tmp_path: Path) -> None:
    letter = files.docx(tmp_path / "x", "Dear Ms. Tran,", DELAY.partition(", ")[2])
    message = came(submitted(), ("reply.docx", letter.read_bytes()))
    read_files()
    sweep_mail()

    assert told(message) == [("extension", "reply.docx", None)]
    assert message.suggestions[0]["data"]["until"] == "2026-12-15"
    (reading,) = readings_of(message, message.records_request)
    assert reading.where == "reply.docx"


def test_the_page_is_the_one_that_says_it() -> None:
    message = came(submitted(), ("letter.pdf", b"whatever"))
    read(
        message,
        "Dear Ms. Tran,\nabout your request:\n\f",
        "It is denied. Your request is denied.\f",
    )

    sweep_mail()

    assert told(message) == [("denial", "letter.pdf", 2)]


def read(message: Communication, *pages: str) -> None:
    """As the worker would have read its file."""
    file = message.attachments.get()
    FileText.objects.create(
        sha256=file.sha256, stored=str(file.file), stage="read", text="".join(pages)
    )


@pytest.mark.parametrize(
    "pages",
    [
        ["Log of tows\nRequest 12: your request is denied.\f"],
        ["Dear Ms. Tran,\nthe towing contract is denied to nobody.\f"],
        ["Dear Ms. Tran, about your request.\f", "\f", "\f", "Your request is denied.\f"],
    ],
)
def test_what_is_no_letter_about_a_request_suggests_nothing(pages: Sequence[str]) -> None:
    message = came(submitted(), ("log.pdf", b"whatever"))
    read(message, *pages)

    sweep_mail()

    assert told(message) == []


def test_our_own_letter_sent_back_suggests_nothing() -> None:
    request = submitted()
    message = came(request, ("yours.pdf", b"whatever"))
    ours = request.letters.latest("pk").text
    read(message, f"Dear Clerk,\n\n{ours}\n\f")

    sweep_mail()

    assert told(message) == []


def test_what_the_mail_says_is_not_said_twice(tmp_path: Path) -> None:
    message = came(submitted(), ("letter.pdf", pdf(tmp_path)), text="Your request is denied.")
    read_files()
    sweep_mail()

    assert told(message) == [("denial", None, None)]


def test_a_file_that_was_read_before_is_suggested_from_at_once(tmp_path: Path) -> None:
    request = submitted()
    came(request, ("letter.pdf", pdf(tmp_path)))
    read_files()
    sweep_mail()

    again = came(request, ("again.pdf", pdf(tmp_path)), message_id="<2@stamford.example>")

    assert told(again) == [("denial", "again.pdf", 1)]


def test_each_file_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = came(submitted(), ("letter.pdf", pdf(tmp_path)))
    read_files()
    sweep_mail()
    before = told(message)

    monkeypatch.setattr(attached_letters, "suggest_from", lambda _: pytest.fail("looked at again"))
    sweep_mail()

    assert told(message) == before


def test_a_message_that_somebody_has_read_is_left_as_it_is(tmp_path: Path) -> None:
    message = came(submitted(), ("letter.pdf", pdf(tmp_path)))
    read_mail.keep_as_correspondence(message, by=acting(message.records_request)["by"])
    read_files()
    sweep_mail()

    assert told(message) == []


def test_a_machines_mail_suggests_nothing_from_its_files(tmp_path: Path) -> None:
    request = submitted()
    mail = taken_in(out_of_office(request, files=[("letter.pdf", pdf(tmp_path))]))
    read_files()
    sweep_mail()

    assert told(Communication.objects.get(mail=mail)) == []


def test_one_file_that_fails_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = submitted()
    first = came(request, ("first.pdf", pdf(tmp_path)))
    second = came(request, ("second.pdf", pdf(tmp_path, DELAY)), message_id="<2@stamford.example>")
    read_files()
    whole = attached_letters.suggest_from

    def fails_for_one(read: FileText) -> None:
        if "denied" in read.text:
            raise ValueError("broken")
        whole(read)

    monkeypatch.setattr(attached_letters, "suggest_from", fails_for_one)
    sweep_mail()

    assert (told(first), told(second)) == ([], [("extension", "second.pdf", 1)])
