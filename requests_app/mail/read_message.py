"""`read`: any bytes to a `Mail`. Never an exception: what cannot be read says so."""

import re
from datetime import datetime
from hashlib import sha256

from requests_app.mail.content_key import content_key
from requests_app.mail.incoming_message import Address, Kind, Mail, Report
from requests_app.mail.meaning.automatic import Traits, Verdict, kind_of_mail
from requests_app.mail.meaning.delivery_reports import message_ids, report_in_words, standard_report
from requests_app.mail.meaning.named_in_report import with_names
from requests_app.mail.meaning.portals import portal_of
from requests_app.mail.meaning.quotes import without_quotes
from requests_app.mail.meaning.ses_notices import ses_notice
from requests_app.mail.mime import html_text
from requests_app.mail.mime.addresses import addresses
from requests_app.mail.mime.bodies_and_files import Block, Contents, collect
from requests_app.mail.mime.date_header import instant
from requests_app.mail.mime.headers import Headers
from requests_app.mail.mime.parts import Part, ReadingNotes, parse

_DELIVERED_TO = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to",
    "x-forwarded-to", "x-real-to", "apparently-to", "resent-to", "original-recipient",
)  # fmt: skip
MACHINES = (Kind.AUTO_REPLY, Kind.BOUNCE, Kind.DELIVERY_REPORT)
_FOR = re.compile(rb"\sfor\s+<([^<>\s]+@[^<>\s]+)>", re.IGNORECASE)
_HTML_ONLY = re.compile(
    r"(?:your|this) (?:e-?mail|mail) (?:client|reader|program).{0,60}(?:html|support)"
    r"|(?:view|see) this (?:e-?mail|message) in (?:html|a browser|your browser)"
    r"|this (?:is an? html|message (?:is|requires) (?:an? )?html|e-?mail requires html)",
    re.IGNORECASE | re.DOTALL,
)


def read(raw: bytes) -> Mail:
    """The message in these bytes; one that defeats the reader is UNREADABLE, and says by what."""
    try:
        return _message(raw)
    except Exception as error:  # noqa: BLE001 whatever it is, the mail must not be lost by it
        return _unreadable(raw, error)


def _message(raw: bytes) -> Mail:
    notes = ReadingNotes(faults=[])
    if b"\n" not in raw and b"\r" in raw:
        notes.fault("Its lines end as on old Macs.")
        raw = raw.replace(b"\r", b"\n")
    if not raw or raw.isspace():
        notes.fault("It is empty.")
    return _read(raw, 0, len(raw), notes, 0)


def _unreadable(raw: bytes, error: Exception) -> Mail:
    return Mail(
        message_id="", in_reply_to=(), references=(), from_name="", from_address="", reply_to=(),
        to=(), cc=(), delivered_to=(), return_path=None, subject="", sent_at=None, text="",
        text_without_quotes="", html="", files=(), nested=(), kind=Kind.UNREADABLE,
        kind_reason="The desk could not read it.", is_receipt=False, portal="", report=None,
        faults=(f"It could not be read ({type(error).__name__}); the original is kept.",),
        content_key=sha256(raw).hexdigest(),
    )  # fmt: skip


def _read(raw: bytes, start: int, end: int, notes: ReadingNotes, depth: int) -> Mail:
    """One message; a nested one has its faults counted with its own, not with the outer's."""
    own = ReadingNotes(faults=notes.faults if depth == 0 else [], parts=notes.parts)
    root = parse(raw, own, start, end)
    found = Contents(notes=own, read_nested=_read, depth=depth)
    collect(root, found)
    notes.parts = own.parts
    return _mail(root, found)


def _mail(root: Part, found: Contents) -> Mail:
    headers, notes = root.headers, found.notes
    sender = _sender(headers, notes)
    text, html = _text(found.blocks), _html(found.blocks)
    own_words = without_quotes(text)
    subject = headers.text("subject")
    report = standard_report(root) or ses_notice(sender.address, text)
    typed = without_quotes(text, with_forwarded=False)  # a forwarded bounce is a person's mail
    verdict = _verdict(root, found, sender, typed, report)
    reported = _report(report, verdict, headers, text)
    ids = message_ids(headers.first("message-id", "resent-message-id"))
    if not ids:
        notes.fault("It has no Message-ID.")
    return Mail(
        message_id=ids[0] if ids else "",
        in_reply_to=message_ids(*headers.all("in-reply-to")),
        references=message_ids(*headers.all("references")),
        from_name=sender.name,
        from_address=sender.address,
        reply_to=addresses(*headers.all("reply-to")),
        to=addresses(*headers.all("to")),
        cc=addresses(*headers.all("cc")),
        delivered_to=_delivered_to(headers),
        return_path=_return_path(headers),
        subject=subject,
        sent_at=_sent_at(headers, notes),
        text=text,
        text_without_quotes=own_words,
        html=html,
        files=tuple(found.files),
        nested=tuple(found.nested),
        kind=verdict.kind,
        kind_reason=verdict.reason,
        is_receipt=verdict.is_receipt,
        portal=portal_of(sender.address),
        report=with_names(reported, root) if reported else None,
        faults=tuple(notes.faults),
        content_key=content_key(
            (sender.address, headers.text("date"), subject, *ids[:1]), found.texts, found.file_keys
        ),
    )


def _verdict(
    root: Part, found: Contents, sender: Address, typed: str, report: Report | None
) -> Verdict:
    return kind_of_mail(
        Traits(
            headers=root.headers,
            content_type=root.kind,
            report_type=root.params.get("report-type", "").lower(),
            report=report,
            from_address=sender.address,
            subject=root.headers.text("subject"),
            text=typed,
            has_files=bool(found.files),
            is_calendar=found.is_calendar,
            carries_message=bool(found.nested),
        )
    )


def _sender(headers: Headers, notes: ReadingNotes) -> Address:
    senders = addresses(*headers.all("from"))
    if len(senders) > 1:
        notes.fault("It names more than one sender; the first is shown.")
    with_address = [sender for sender in senders if sender.address]
    if with_address:
        return with_address[0]
    notes.fault("It has no readable From address.")
    others = addresses(*headers.all("sender"), *headers.all("reply-to"))
    stated = next((other for other in others if other.address), Address("", ""))
    name = senders[0].name if senders else stated.name
    return Address(name, stated.address)


def _return_path(headers: Headers) -> str | None:
    """The envelope's sender as the last server wrote it: "" is <>, None is not known."""
    if not headers.has("return-path"):
        return None
    value = headers.first("return-path").strip()
    if value in {b"<>", b"< >"}:
        return ""
    found = addresses(value)
    return found[0].address or None if found else None


def _sent_at(headers: Headers, notes: ReadingNotes) -> datetime | None:
    """The Date header; without one, when the last server took it."""
    if moment := instant(headers.text("date", 200)):
        return moment
    has_date = headers.has("date")
    notes.fault("Its Date cannot be read." if has_date else "It has no Date.")
    for trace in headers.all("received"):
        stamp = trace.rpartition(b";")[2].decode("latin-1")
        if moment := instant(stamp):
            return moment
    return None


def _delivered_to(headers: Headers) -> tuple[Address, ...]:
    """Whom the servers on the way delivered it to, where a blind copy shows."""
    stated = addresses(*(value for name in _DELIVERED_TO for value in headers.all(name)))
    traced = [match[1] for trace in headers.all("received") if (match := _FOR.search(trace))]
    return tuple(dict.fromkeys((*stated, *addresses(*traced[:50]))))


def _text(blocks: list[Block]) -> str:
    """The best text of each block: the plain one, unless it is empty or only an apology."""
    texts = []
    for block in blocks:
        plain = block.plain.strip()
        is_apology = len(plain) < 400 and bool(_HTML_ONLY.search(plain))
        if block.html and (not plain or is_apology):
            plain = html_text.text_of(block.html)
        if plain:
            texts.append(plain)
    return "\n\n".join(texts)


def _html(blocks: list[Block]) -> str:
    """The HTML of all blocks; those that are only text stand between as they are."""
    if not any(block.html for block in blocks):
        return ""
    return "\n<hr>\n".join(
        block.html or html_text.as_html(block.plain)
        for block in blocks
        if block.html or block.plain
    )


def _report(report: Report | None, verdict: Verdict, headers: Headers, text: str) -> Report | None:
    """The standard report; for a bounce without one, what its words say."""
    if report is not None and (report.outcomes or report.original_message_id):
        return report
    if verdict.kind == Kind.BOUNCE or verdict.is_delay:
        return report_in_words(headers, text, is_delay=verdict.is_delay)
    return report
