"""What makes two messages one, and what each reading promises."""

from base64 import b64encode

import pytest

from requests_app.mail import Kind, Origin, read
from requests_app.mail.incoming_message import Mail

HEAD = (
    "From: Jane <jane@kcmo.org>\r\nTo: x@desk.example.org\r\nSubject: The log\r\n"
    "Date: Tue, 3 Nov 2026 09:15:00 -0800\r\nMessage-ID: <1@kcmo.org>\r\n"
)
BODY = "\r\nThe café’s log is attached, and it is long enough to be folded.\r\n"
CHARSET = "Content-Type: text/plain; charset=utf-8\r\n"


def key(head: str = HEAD, body: str = BODY) -> str:
    return read((head + CHARSET + body).encode()).content_key


def test_traces_and_folding_do_not_make_another_message() -> None:
    traced = "Received: from a by b; Tue, 3 Nov 2026\r\nX-Spam: no\r\nDelivered-To: y@z\r\n" + HEAD
    folded = HEAD.replace("Subject: The log", "Subject: The\r\n log")

    assert key(traced) == key(folded) == key()


def test_transfer_encoding_does_not_make_another_message() -> None:
    coded = (HEAD + CHARSET + "Content-Transfer-Encoding: base64\r\n\r\n").encode()
    coded += b64encode(BODY.strip().encode())

    assert read(coded).content_key == key()


@pytest.mark.parametrize(
    ("old", "new"),
    [("jane@", "june@"), ("The log", "The logs"), ("3 Nov", "4 Nov"), ("<1@", "<2@")],
)
def test_other_sender_subject_date_or_id_is_another_message(old: str, new: str) -> None:
    assert key(HEAD.replace(old, new)) != key()


def test_reused_message_id_with_other_words_is_another_message() -> None:
    assert key(body=BODY.replace("log", "list")) != key()


def test_reused_message_id_with_another_file_is_another_message() -> None:
    def with_file(data: bytes) -> Mail:
        return read(
            (HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n").encode()
            + b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n"
            + b"Content-Transfer-Encoding: base64\r\n\r\n"
            + b64encode(data)
            + b"\r\n--b--\r\n"
        )

    assert with_file(b"%PDF-1").content_key != with_file(b"%PDF-2").content_key


def test_file_is_decoded_anew_each_time_and_never_kept() -> None:
    mail = read(
        (
            HEAD + "Content-Type: application/pdf; name=a.pdf\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n"
        ).encode()
    )
    file = mail.files[0]

    assert b"".join(file.chunks()) == file.content == b"%PDF-1.4\n"
    assert (file.origin, file.is_inline, mail.text) == (Origin.ATTACHMENT, False, "")


def test_every_verdict_carries_its_reason() -> None:
    reasons = {
        read(f"{HEAD}{extra}{BODY}".encode()).kind_reason
        for extra in ("", "Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\n")
    }

    assert len(reasons) == 3
    assert all(reason.endswith(".") for reason in reasons)


def test_automatic_kinds_are_those_that_answer_nothing() -> None:
    assert {kind for kind in Kind if kind.may_answer} == {Kind.PERSON, Kind.NOTICE, Kind.CALENDAR}
