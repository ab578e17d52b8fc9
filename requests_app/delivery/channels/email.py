"""E-mail over SMTP, one step at a time, so that a refusal can be told from a doubt."""

import re
import smtplib
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import SafeMIMEMultipart

from requests_app.addresses import reply_address
from requests_app.delivery.channels.dialogue import Never, NotNow, Unknown
from requests_app.letters import plain_text
from requests_app.models import Attachment, Delivery, LetterKind

DONE, GO_AHEAD = 250, 354
# RFC 5321, 4.5.2: a line that begins with a dot gets another, so that none ends the message.
DOT_AT_LINE_START = re.compile(rb"(?m)^\.")
# A message or a multipart may not be in base64 (RFC 2046, 5): those go as a plain file.
FILE_TYPE = re.compile(r"(application|audio|font|image|text|video)/[\w.+-]+")
UNKNOWN = "application/octet-stream"
WITH_EVIDENCE = {LetterKind.CORRECTION_REQUEST}


def open_dialogue(delivery: Delivery) -> "SmtpDialogue":
    """Write the message, connect, greet and sign in. Raises NotNow or Never."""
    try:
        message = message_for(delivery)
        content = cast(SafeMIMEMultipart, message.message()).as_bytes(linesep="\r\n")
    except (ValueError, OSError) as error:
        raise Never(f"The e-mail could not be written ({_said(error)}).") from error
    backend = cast(EmailBackend, get_connection(timeout=settings.EMAIL_TIMEOUT))
    try:
        backend.open()
        smtp = cast(smtplib.SMTP, backend.connection)
        smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError as error:
        raise Never(
            f"The mail server refused our sign-in ({_said(error)}): check EMAIL_URL."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotNow(f"The mail server could not be reached ({_said(error)}).") from error
    return SmtpDialogue(
        smtp, sender=reply_address(delivery.records_request), to=delivery.to, content=content
    )


def message_for(delivery: Delivery) -> EmailMessage:
    """The e-mail that carries the letter: its text to read at once, the PDF to file."""
    letter, request = delivery.letter, delivery.records_request
    sender = reply_address(request)
    message = EmailMessage(
        subject=_one_line(f"{letter.subject} [{request.reference}]"),
        body=plain_text(letter),
        from_email=formataddr((_one_line(request.newsroom.name), sender)),
        to=[delivery.to],
        reply_to=[sender],
        headers={"Message-ID": delivery.message_id},
    )
    message.attach(letter.file_name, bytes(letter.pdf), "application/pdf")
    if letter.kind in WITH_EVIDENCE:
        for attachment in Attachment.objects.filter(records_request=request, is_evidence=True):
            message.attach(_part(attachment))
    return message


def _part(attachment: Attachment) -> MIMEBase:
    """A file in base64, byte for byte: as text its line ends, and so its hash, would change."""
    kind = attachment.content_type if FILE_TYPE.fullmatch(attachment.content_type) else UNKNOWN
    part = MIMEBase(*kind.split("/"))
    with attachment.file.open("rb") as file:
        part.set_payload(file.read())
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=_one_line(attachment.name))
    return part


class SmtpDialogue:
    """MAIL FROM, RCPT TO, DATA: each answer is either a yes, a "not now" or a no."""

    def __init__(self, smtp: smtplib.SMTP, *, sender: str, to: str, content: bytes) -> None:
        self.smtp = smtp
        self.sender = sender
        self.to = to
        self.content = content

    def offer(self) -> None:
        try:
            self._expect(*self.smtp.mail(self.sender))
            self._expect(*self.smtp.rcpt(self.to))
            self._expect(*self.smtp.docmd("DATA"), code_wanted=GO_AHEAD)
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(f"The mail server hung up ({_said(error)}).") from error

    def give(self) -> str:
        """What smtplib's `data()` does after the 354: the doubt begins as late as it can."""
        try:
            self.smtp.send(DOT_AT_LINE_START.sub(b"..", self.content) + b"\r\n.\r\n")
            code, answer = self.smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise Unknown(
                f"The line to the mail server broke after the message was given ({_said(error)})."
            ) from error
        self._expect(code, answer)
        return f"{code} {_text(answer)}"

    def close(self) -> None:
        try:
            self.smtp.quit()
        except (smtplib.SMTPException, OSError):
            self.smtp.close()  # the server hung up first: nothing is left to say good-bye to

    def _expect(self, code: int, answer: bytes | str, *, code_wanted: int = DONE) -> None:
        if code // 100 == code_wanted // 100:
            return
        said = f"The mail server answered: {code} {_text(answer)}"
        raise (NotNow if 400 <= code < 500 else Never)(said)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


def _one_line(text: str) -> str:
    """A header's text: no line break of a name or a subject can begin another header."""
    return " ".join(text.split())


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
