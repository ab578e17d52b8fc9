"""Machines that write like nobody else: no person's letter, and no bounce where nothing bounced."""

import json

import pytest

from requests_app.mail import Kind, Mail, read


def said(sender: str, subject: str, text: str, *headers: str) -> Mail:
    lines = (f"From: {sender}", "To: desk@desk.example.org", f"Subject: {subject}", *headers)
    return read("\n".join((*lines, "", text)).encode())


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        pytest.param(
            "MAILER-DAEMON <>",
            "Mail delivery failed",
            "There was an error delivering your mail to <clerk@city.example>.\n\n550 5.1.1 No.\n",
            id="a daemon without an address (DragonFly)",
        ),
        pytest.param(
            "post_master@text.example",
            "Re:Your letter",
            "Error: Invalid user address\n\n550 - Requested action not taken: no such user here\n"
            "RCPT TO: clerk@city.example\n",
            id="an answer to our subject (Apache James, Verizon)",
        ),
        pytest.param(
            "Mail Delivery System <mailer-daemon@mx.example>",
            "Mail failure - malformed recipient address",
            "A recipient address was wrongly made:\n\n  clerk@city.example\n",
            id="a subject of its own (Exim)",
        ),
    ],
)
def test_a_server_says_that_a_letter_came_back(sender: str, subject: str, text: str) -> None:
    mail = said(sender, subject, text)

    assert mail.report is not None
    assert (mail.kind, mail.report.recipient) == (Kind.BOUNCE, "clerk@city.example")


def notice(kind: str, told: dict[str, object]) -> str:
    sent = {"headers": [{"name": "Message-ID", "value": "<1@desk.example.org>"}]}
    return json.dumps({"notificationType": kind, kind.lower(): told, "mail": sent})


def test_amazons_notice_tells_what_became_of_each_recipient() -> None:
    failed = {"emailAddress": "clerk@city.example", "action": "failed", "status": "5.1.1"}
    message = notice("Bounce", {"bouncedRecipients": [failed]})
    enclosed = json.dumps({"Type": "Notification", "Message": message})

    for text in (message, enclosed, enclosed.replace("clerk", "cle!\n rk")):
        mail = said("no-reply@sns.amazonaws.com", "AWS Notification Message", text)

        assert mail.report is not None
        assert (mail.kind, mail.report.recipient, mail.report.original_message_id) == (
            Kind.BOUNCE, "clerk@city.example", "<1@desk.example.org>",
        )  # fmt: skip


def test_amazons_notice_of_a_delivery_is_no_bounce() -> None:
    text = notice("Delivery", {"recipients": ["clerk@city.example"]})

    mail = said("no-reply@sns.amazonaws.com", "AWS Notification Message", text)

    assert mail.kind == Kind.DELIVERY_REPORT


@pytest.mark.parametrize("text", ["{", "[1]", '{"notificationType": 7}', "{" * 100_000])
def test_what_is_no_notice_is_read_as_any_mail(text: str) -> None:
    mail = said("no-reply@sns.amazonaws.com", "AWS Notification Message", text)

    assert mail.kind not in {Kind.BOUNCE, Kind.UNREADABLE}


def test_a_complaint_is_no_bounce() -> None:
    mail = said(
        "abuse@mail.example",
        "Abuse report",
        "--b\n\nA user complained.\n--b\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\n--b--\n",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
    )

    assert (mail.kind, mail.report) == (Kind.AUTO_REPLY, None)


def test_a_notice_of_kddi_from_its_no_reply_address_is_a_bounce() -> None:
    raw = (
        b"From: no-reply@app.kddi.example\nTo: desk@mail.records-desk.test\n"
        b"Subject: Mail\nMessage-ID: <1@kddi.example>\n\n"
        b"Your mail sent on: Thu, 29 Apr 2010 23:34:45 +0900\n\n"
        b"Could not be delivered to: <clerk@city.example>\nAs their mailbox is full.\n"
    )

    mail = read(raw)

    assert mail.kind == Kind.BOUNCE
    assert mail.report is not None
    assert mail.report.recipient == "clerk@city.example"


NOT_TAKEN = "Your message could not be delivered to the following recipient(s):\n\n{}\n"
RETURNED = (
    "Content-Type: message/rfc822\n\nFrom: desk@desk.example.org\nTo: clerk@city.example\n"
    "Subject: Records\nMessage-ID: <1@desk.example.org>\n\nPlease send them.\n"
)


def with_returned(words: str) -> str:
    """A body of two parts: the words, and our letter."""
    return f"--x\nContent-Type: text/plain\n\n{words}\n--x\n{RETURNED}\n--x--\n"


PARTS = 'Content-Type: multipart/mixed; boundary="x"'


@pytest.mark.parametrize(
    ("sender", "subject", "text", "headers"),
    [
        pytest.param(
            "filter@city.example",
            "Delivery failure notification",
            NOT_TAKEN.format("clerk@city.example"),
            (),
            id="a filter's ordinary address, and the address that failed",
        ),
        pytest.param(
            "filter@city.example",
            "Mail could not be delivered",
            with_returned("The mail below could not be delivered."),
            (PARTS,),
            id="a filter's ordinary address, and our letter",
        ),
        pytest.param(
            '"Mail robot" <>',
            "Mail error",
            "Your mail cannot be delivered: clerk@city.example\n",
            (),
            id="a name without an address",
        ),
        pytest.param(
            "MAILER-DAEMON@city.example",
            "",
            with_returned("Приносим извинения."),
            (PARTS,),
            id="a mail server that sends our letter back, in a language we do not read",
        ),
    ],
)
def test_a_failure_is_told_by_other_marks(
    sender: str, subject: str, text: str, headers: tuple[str, ...]
) -> None:
    assert said(sender, subject, text, *headers).kind == Kind.BOUNCE


def test_a_filter_that_tries_on_tells_of_a_delay() -> None:
    text = NOT_TAKEN.format("clerk@city.example") + "\nDelivery attempts will continue.\n"

    assert said("filter@city.example", "Delivery failure", text).kind == Kind.DELIVERY_REPORT


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Delivery failure", NOT_TAKEN.format("clerk@city.example")),
        ("Fw: Delivery failure", NOT_TAKEN.format("clerk@city.example")),
        ("Your letter", NOT_TAKEN.format("clerk@city.example")),
        ("Delivery failure", "The parcel with your copies could not be delivered. Please call."),
    ],
)
def test_what_a_person_says_of_a_failure_is_a_letter(subject: str, text: str) -> None:
    assert said("Dana <dana@city.example>", subject, text).kind == Kind.PERSON
