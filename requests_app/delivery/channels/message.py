"""The e-mail that carries a letter, or a part of its enclosures.

All of it is 7-bit and in short lines, so that no server on the way changes or refuses it, and no
name, subject or file name can begin another header.
"""

import re
from collections.abc import Iterable
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr
from typing import cast

from django.core.mail import EmailMessage
from django.core.mail.message import SafeMIMEMultipart

from requests_app.delivery import links, message_plan
from requests_app.delivery.threads import thread_of
from requests_app.letters import enclosures, plain_text
from requests_app.models import Attachment, Delivery, FileLink
from requests_app.reply_addresses import deliverable, reply_address, sender_address
from requests_app.storage import content
from requests_app.vocabulary import dates_and_amounts

# A message or a multipart may not be in base64 (RFC 2046, 5): those go as a plain file.
FILE_TYPE = re.compile(r"(application|audio|font|image|text|video)/[\w.+-]{1,60}", re.ASCII)
UNKNOWN = "application/octet-stream"
NAME_LENGTH = 200

QUOTED = Charset("utf-8")
QUOTED.body_encoding = QP


def content_of(delivery: Delivery) -> bytes:
    """The bytes to send. Raises ValueError or OSError where they cannot be made, and
    KeptApartSinceError where a file that the letter encloses may not be given to anybody."""
    enclosures.check_all_may_go(delivery)
    message = cast(SafeMIMEMultipart, message_for(delivery).message())
    raw = message.as_bytes(linesep="\r\n")
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def message_for(delivery: Delivery) -> EmailMessage:
    """The first part holds the letter: its text to read at once, the PDF to file."""
    letter, request = delivery.letter, delivery.records_request
    message = EmailMessage(
        subject=one_line(f"{letter.subject} [{request.reference}]{_part_in_words(delivery)}"),
        body=_words(delivery),
        from_email=formataddr((one_line(request.newsroom.name), sender_address(request))),
        to=[deliverable(delivery.to)],
        cc=[deliverable(copy) for copy in delivery.copies],
        reply_to=[reply_address(request)],
        headers={"Message-ID": delivery.message_id, **thread_of(delivery)},
    )
    # Django hands it on to MIMEText, which takes a Charset; its annotation knows the name alone.
    message.encoding = QUOTED
    if delivery.part == 1:
        if not _holds_its_filing(delivery):
            message.attach(letter.file_name, bytes(letter.pdf), "application/pdf")
        if filled := getattr(letter, "filled_form", None):
            # By the name under which the letter lists it among its enclosures.
            name = one_line(filled.city_form.name)
            message.attach(name, bytes(filled.pdf), "application/pdf")
    for attachment in _enclosed(delivery):
        message.attach(_file(attachment))
    return message


def _holds_its_filing(delivery: Delivery) -> bool:
    """Whether the letter is enclosed with its exhibits behind it, as one document."""
    filing = getattr(delivery.letter, "filing", None)
    if filing is None or filing.is_separate:
        return False
    return any(file.pk == filing.document_id for file in _enclosed(delivery))


def one_line(text: str) -> str:
    """A header's text: no line break or control of a name begins another, and what looks encoded
    (RFC 2047) is not decoded into one by whoever reads it."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.replace("=?", "= ?").split())


def _words(delivery: Delivery) -> str:
    """The letter's text; under it, or alone, what comes in which message and by which link."""
    if delivery.part > 1:
        return f"{_companion(delivery)}\n"
    text = plain_text(delivery.letter)
    more = [_in_parts(delivery)] if delivery.parts > 1 else []
    by_link = list(delivery.links.filter(ended_at=None).select_related("attachment"))
    more += [_by_link(by_link)] if by_link else []
    return "\n\n".join([text.rstrip("\n"), *more]) + "\n"


def _companion(delivery: Delivery) -> str:
    letter, request = delivery.letter, delivery.records_request
    names = "\n".join(f"  {name}" for name in _names(delivery) or ["(nothing)"])
    dated = dates_and_amounts.day(letter.dated_on)
    return (
        f"This is part {delivery.part} of {delivery.parts} of our letter of {dated} "
        f"({request.reference}, {one_line(letter.subject)}). The letter itself is in part 1.\n\n"
        f"Enclosed here:\n{names}\n\n{_left_out(delivery)}{request.newsroom.name}"
    )


def _left_out(delivery: Delivery) -> str:
    """What the letter names and a person left out after it had gone: the city is told."""
    missing = enclosures.files_on(delivery.letter).exclude(
        pk__in=enclosures.files_going(delivery).order_by().values("pk")
    )
    names = "\n".join(f"  {one_line(file.name)}" for file in missing)
    return f"Named in our letter and not enclosed:\n{names}\n\n" if names else ""


def _in_parts(delivery: Delivery) -> str:
    """Said in the first part, so that who misses another knows of it."""
    lines = [f"The enclosures are too large for one message. This is part 1 of {delivery.parts}."]
    for part in [delivery, *delivery.other_parts.order_by("part")]:
        lines.append(f"Part {part.part}: {', '.join(_names(part)) or 'the letter'}")
    return "\n".join(lines)


def _by_link(files: Iterable[FileLink]) -> str:
    lines = ["Too large to enclose, to be fetched from us:"]
    for link in files:
        file, until = link.attachment, link.expires_at
        size = message_plan.in_words(file.size)
        lines += [
            f"  {one_line(file.name)} ({size}), until {dates_and_amounts.day(until)}:",
            f"  {links.address_of(link)}",
            f"  SHA-256 {file.sha256}",
        ]
    return "\n".join(lines)


def _enclosed(delivery: Delivery) -> list[Attachment]:
    """What goes in this message, as it was planned when the letter was issued."""
    return list(delivery.files.order_by("pk"))


def _names(delivery: Delivery) -> list[str]:
    return [one_line(attachment.name) for attachment in _enclosed(delivery)]


def _part_in_words(delivery: Delivery) -> str:
    return f" (part {delivery.part} of {delivery.parts})" if delivery.parts > 1 else ""


def _file(attachment: Attachment) -> MIMEBase:
    """A file in base64, byte for byte: as text its line ends, and so its hash, would change.

    DamagedError (an OSError) where it is no longer what was uploaded: then it is not sent.
    """
    kind = attachment.content_type if FILE_TYPE.fullmatch(attachment.content_type) else UNKNOWN
    part = MIMEBase(*kind.split("/"))
    part.set_payload(content.read_whole(str(attachment.file), sha256=attachment.sha256))
    encode_base64(part)
    name = one_line(attachment.name)[-NAME_LENGTH:] or "file"
    part.add_header("Content-Disposition", "attachment", filename=_file_name(name))
    return part


def _file_name(name: str) -> str | tuple[str, str, str]:
    """As it is, or in RFC 2231's form where ASCII cannot say it."""
    return name if name.isascii() else ("utf-8", "", name)
