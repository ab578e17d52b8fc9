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
