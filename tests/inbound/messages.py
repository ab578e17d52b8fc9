"""Messages as a city's mail server would send them, and what the desk makes of them."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from typing import Any

from requests_app.actions.mail import incoming
from requests_app.inbound.storing import store
from requests_app.models import CameBy, InboundMail, RecordsRequest
from requests_app.reply_addresses import reply_address
from requests_app.storage.content import chunks_of
from tests.factories import CLERK, NOW

Files = Sequence[tuple[str, bytes]]


def message(
    *,
    to: str = "desk@mail.records-desk.test",
    sender: str = f"City Clerk <{CLERK}>",
    subject: str = "Your request",
    text: str = "We have it.",
    message_id: str = "<1@stamford.example>",
    files: Files = (),
    **headers: str,
) -> bytes:
    """A person's mail, unless its headers say otherwise (`auto_submitted="auto-replied"`)."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"], mail["Message-ID"] = "Mon, 02 Nov 2026 12:00:00 -0500", message_id
    for name, value in headers.items():
        mail[name.replace("_", "-").title()] = value
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()


def answer_to(request: RecordsRequest, **said: Any) -> bytes:
    """Sent to the request's own address."""
    return message(**{"to": reply_address(request), **said})


def out_of_office(request: RecordsRequest, **said: Any) -> bytes:
    return answer_to(
        request,
        **{
            "subject": "Automatic reply: Use-of-force reports",
            "text": "I am out of the office until Monday.",
            "auto_submitted": "auto-replied",
            **said,
        },
    )


def bounce(message_id: str, *, to: str, recipient: str = CLERK, action: str = "failed") -> bytes:
    """A delivery status notification (RFC 3464), as Postfix writes it."""
    status, code = {"failed": ("5.1.1", "550"), "delayed": ("4.4.1", "451")}.get(
        action, ("2.0.0", "250")
    )
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.stamford.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: Mon, 02 Nov 2026 12:30:00 -0500
Message-ID: <dsn-{action}@mx.stamford.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.stamford.example.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.stamford.example
Arrival-Date: Mon, 02 Nov 2026 12:29:00 -0500

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {code} {status} User unknown

--b1
Content-Type: text/rfc822-headers

From: The Ledger <{to}>
To: {recipient}
Subject: Use-of-force reports
Message-ID: {message_id}

--b1--
""".encode()


def kept(raw: bytes, *, at: datetime = NOW, to: str = "", by: CameBy = CameBy.PIPE) -> InboundMail:
    """Stored, and not read yet."""
    return store(chunks_of(BytesIO(raw)), came_by=by, at=at, envelope_to=to)[0]


def taken_in(raw: bytes, *, at: datetime = NOW, to: str = "") -> InboundMail:
    """Stored, read, and filed where it belongs."""
    mail = incoming.take_in(kept(raw, at=at, to=to), at=at)
    mail.refresh_from_db()
    return mail
