"""What an exhibit is made of, as plain values, and a mark that changes when any of it does."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from requests_app.models import (
    Attachment,
    Channel,
    Communication,
    Delivery,
    Exhibit,
    InboundMail,
    Letter,
)
from requests_app.vocabulary import dates_and_amounts

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it is kept; `apart` says why it is not handed out, if so."""

    name: str
    content_type: str
    size: int
    sha256: str
    stored: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What the pages of an exhibit are made of, in this order.

    `letter_pk` and `form_pk` are read from the database when their turn comes; `original` is a
    message as it arrived; `heading`, `head` and `words` are of what has no original; `proof` says
    how a letter of ours was sent.
    """

    letter_pk: int | None = None
    letter_sha256: str = ""
    form_sha256: str = ""
    original: SourceFile | None = None
    zone: str = "UTC"  # the city's, in which a message's hour is printed
    heading: str = ""
    head: tuple[Line, ...] = ()
    words: str = ""
    files: tuple[SourceFile, ...] = ()
    proof: tuple[tuple[Line, ...], ...] = ()

    @property
    def mark(self) -> str:
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def source_of(exhibit: Exhibit) -> Source:
    """Read from the database as it stands now."""
    if exhibit.letter:
        return _of_letter(exhibit.letter)
    if exhibit.communication:
        return _of_message(exhibit.communication)
    assert exhibit.attachment is not None
    zone = str(exhibit.attachment.records_request.city.tz)
    return Source(zone=zone, files=(_file(exhibit.attachment),))


def has_changed(exhibit: Exhibit) -> bool:
    """Whether it was never opened, or what it is made of is no longer what was opened."""
    return exhibit.opened_mark != source_of(exhibit).mark


def _of_letter(letter: Letter) -> Source:
    form = getattr(letter, "filled_form", None)
    sendings = list(letter.deliveries.order_by("pk"))
    zone = str(letter.records_request.city.tz)
    enclosed = {file.pk: file for sending in sendings for file in sending.files.order_by("pk")}
    return Source(
        letter_pk=letter.pk,
        letter_sha256=letter.sha256,
        form_sha256=form.sha256 if form else "",
        zone=zone,
        files=tuple(_file(file) for _, file in sorted(enclosed.items())),
        proof=tuple(_proof(sending) for sending in sendings if sending.sent_at),
    )


def _of_message(message: Communication) -> Source:
    zone = str(message.records_request.city.tz)
    files = tuple(_file(file) for file in message.attachments.order_by("pk"))
    mail = message.mail
    if mail and hasattr(mail, "raw_removal") and not mail.erased_at:
        return _as_it_was_read(mail, zone, files)
    if mail and not mail.erased_at:
        original = SourceFile(
            "message.eml", "message/rfc822", mail.size, mail.sha256, str(mail.raw.name)
        )
        return Source(original=original, zone=zone, files=files)
    if not message.text.strip() and files:
        return Source(zone=zone, files=files)
    from_city = message.direction == Communication.Direction.IN
    city = f"City of {message.records_request.city.name}"
    newsroom = message.records_request.newsroom.name
    lines = [
        ("From", city if from_city else newsroom),
        ("To", newsroom if from_city else city),
        ("Date", dates_and_amounts.weekday(message.on)),
        ("By", Channel(message.channel).label),
        ("Entered by", message.filed_by.name if message.filed_by else ""),
    ]
    return Source(
        heading="As entered by the newsroom",
        head=tuple((label, value) for label, value in lines if value),
        words=message.text,
        files=files,
        zone=zone,
    )


def _as_it_was_read(mail: InboundMail, zone: str, files: tuple[SourceFile, ...]) -> Source:
    """Of a message whose bytes went after their time: what was read of them, and their hash."""
    gone_on = mail.raw_removal.at.astimezone(ZoneInfo(zone)).date()
    sent_at = (mail.sent_at or mail.arrived_at).astimezone(ZoneInfo(zone))
    day, hour = dates_and_amounts.weekday(sent_at.date()), dates_and_amounts.time_of_day(sent_at)
    lines = [
        ("From", f"{mail.from_name} <{mail.from_address}>".strip()),
        ("To", ", ".join(mail.recipients)),
        ("Date", f"{day}, {hour} {sent_at:%Z}"),
        ("Subject", mail.subject),
        ("Message-ID", mail.message_id),
        ("Original", f"kept until {dates_and_amounts.weekday(gone_on)}"),
        ("SHA-256 of it", mail.sha256),
    ]
    return Source(
        heading="As the newsroom’s records desk read it when it came",
        head=tuple((label, value) for label, value in lines if value),
        words=mail.text,
        files=files,
        zone=zone,
    )


def _file(attachment: Attachment) -> SourceFile:
    return SourceFile(
        attachment.name,
        attachment.content_type,
        attachment.size,
        attachment.sha256,
        str(attachment.file.name),
        attachment.quarantined,
    )


def _proof(sending: Delivery) -> tuple[Line, ...]:
    """How and when it went, in the city's time, and what is known of its arrival."""
    assert sending.sent_at is not None
    channel, is_mail = Channel(sending.channel), sending.channel == Channel.EMAIL
    sent_at = sending.sent_at.astimezone(sending.records_request.city.tz)
    day = dates_and_amounts.weekday(sent_at.date())
    at = f"{day}, {dates_and_amounts.time_of_day(sent_at)} {sent_at:%Z}" if is_mail else day
    part = f" (part {sending.part} of {sending.parts})" if sending.parts > 1 else ""
    lines = [
        ("By", f"{channel.label}{part}"),
        ("To", ", ".join((sending.to_name, *dates_and_amounts.address_lines(sending.to)))),
        ("Copies to", ", ".join(sending.copies)),
        ("On", at),
        ("Tracking or confirmation", sending.confirmation),
        ("Taken by the mail server", sending.server if is_mail else ""),
        ("Its answer", sending.last_answer if is_mail else ""),
        ("Message-ID", sending.message_id if is_mail else ""),
    ]
    return tuple((label, value) for label, value in lines if value)
