"""What a report says became of a letter: the gravest outcome first, and no receipt a bounce."""

from requests_app.mail import Kind, Mail, read

HEAD = (
    "From: Mail Delivery System <mailer-daemon@mx.example>\nTo: desk@desk.example.org\n"
    "Subject: Undelivered Mail Returned to Sender\n"
)


def report(*outcomes: str, kind: str = "delivery-status") -> Mail:
    blocks = "\n".join(f"{outcome}\n" for outcome in ("Reporting-MTA: dns; mx.example", *outcomes))
    raw = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/report; report-type={kind};\n"
        f' boundary="b"\n\n--b\n\nSee below.\n--b\nContent-Type: message/{kind}\n\n'
        f"{blocks}\n--b--\n"
    )
    return read(raw.encode())


def outcome(recipient: str, action: str, status: str) -> str:
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}"


def test_the_gravest_of_several_outcomes_stands_first() -> None:
    mail = report(
        outcome("first@x.example", "delivered", "2.0.0"),
        outcome("second@x.example", "delayed", "4.4.1"),
        outcome("third@x.example", "failed", "5.1.1"),
    )

    assert mail.report is not None
    assert [found.action for found in mail.report.outcomes] == ["failed", "delayed", "delivered"]
    assert (mail.kind, mail.report.recipient, mail.report.status) == (
        Kind.BOUNCE, "third@x.example", "5.1.1",
    )  # fmt: skip


def test_a_bounce_in_words_is_of_the_recipient_its_header_names() -> None:
    raw = (
        f"{HEAD}X-Failed-Recipients: clerk@city.example\n\n"
        "A message that you sent could not be delivered.\n\n"
        "  postmaster@relay.example:\n    550 5.1.1 User unknown\n"
    )

    mail = read(raw.encode())

    assert mail.report is not None
    assert (mail.kind, mail.report.recipient) == (Kind.BOUNCE, "clerk@city.example")


def test_a_disposition_notification_without_its_details_is_no_bounce() -> None:
    raw = (
        f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/report;\n"
        ' report-type=disposition-notification; boundary="b"\n\n--b\n\nDeleted unread.\n--b--\n'
    )

    assert read(raw.encode()).kind == Kind.DELIVERY_REPORT
    assert report(kind="disposition-notification").kind == Kind.DELIVERY_REPORT
