"""Delivery reports (RFC 3464), disposition notifications (RFC 8098), and bounces in plain words."""

import re

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.incoming_message import Outcome, Report
from requests_app.mail.mime.addresses import address_of, addresses
from requests_app.mail.mime.charsets import decode
from requests_app.mail.mime.headers import Headers, split_headers
from requests_app.mail.mime.parts import Part

MAX_REPORT = 256 * 1024
MAX_OUTCOMES = 100
_GRAVITY = ("failed", "delayed", "expanded", "relayed", "delivered")
_IDS = re.compile(r"<([^<>]{1,990})>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_SMTP_CODE = re.compile(r"\b([45])\d\d[ \-](?=[\w#\[<\"'])")
_BOUNCED_ADDRESS = re.compile(
    r"^[ \t>]*(?:<|Could not be delivered to: ?<?|To: |"
    r"Final-Recipient: rfc822; ?|Recipient(?: address)?: |"
    r"\*\*\s*)?([^\s<>():;,\"]{1,64}@[^\s<>():;,\"]{3,190})>?[ \t]*(?::|\(|\r?$)",
    re.MULTILINE,
)
_ANY_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")
_ID_LINE = re.compile(r"^.*message-?id[ \t]*:\s*\S+", re.MULTILINE | re.IGNORECASE)
_COPY = re.compile(r"^[> \t]*(message-id|subject|to):[ \t]*(\S.*)$", re.MULTILINE | re.IGNORECASE)


def message_ids(*values: bytes, limit: int = 200) -> tuple[str, ...]:
    """The ids in a header, each with its brackets; one that lost them gets them back."""
    found: dict[str, None] = {}
    for value in values:
        text, _ = decode(value)
        ids = _IDS.findall(text)
        if not ids and "@" in text and len(text) < 300:
            ids = [text]
        for identifier in ids:
            tidy = clean_line("".join(identifier.split()), 990)
            if tidy:
                found.setdefault(f"<{tidy}>")
    return tuple(found)[-limit:]


def standard_report(part: Part) -> Report | None:
    """The report a multipart/report carries, or a loose status part; None without one."""
    status = next((leaf for leaf in part.walk() if leaf.kind in _STATUS_TYPES), None)
    if status is None:
        return None
    content = status.body.content(MAX_REPORT)[:MAX_REPORT]
    groups = _groups(content)
    original = _original_headers(part, status)
    is_disposition = "disposition" in status.kind
    outcomes = [_disposition(group) for group in groups if group.has("disposition")]
    if not is_disposition:
        outcomes = [_outcome(group) for group in groups if _is_recipient(group)]
    outcomes.sort(key=_gravity)
    first = groups[0] if groups else Headers()
    ids = message_ids(
        *(group.first("original-message-id") for group in groups), original.first("message-id")
    )
    return Report(
        outcomes=tuple(outcomes[:MAX_OUTCOMES]),
        reporter=_after_type(first.text("reporting-mta") or first.text("reporting-ua")),
        original_message_id=ids[0] if ids else "",
        original_subject=original.text("subject"),
        original_to=tuple(mailbox.address for mailbox in addresses(*original.all("to"))),
        envelope_id=first.text("original-envelope-id"),
        is_standard=True,
    )


_STATUS_TYPES = {
    "message/delivery-status", "message/global-delivery-status",
    "message/disposition-notification", "message/global-disposition-notification",
}  # fmt: skip
_RETURNED_TYPES = {
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/rfc822-headers",
}


def report_in_words(headers: Headers, text: str, *, is_delay: bool) -> Report:
    """What a bounce says that is no standard report: qmail, Exim, Exchange, a gateway."""
    failed = [mailbox.address for mailbox in addresses(*headers.all("x-failed-recipients"))]
    copied = {name.lower(): value for name, value in reversed(_COPY.findall(text[:200_000]))}
    words = _ID_LINE.sub("", text[:20_000])
    named = _BOUNCED_ADDRESS.search(words) or _ANY_ADDRESS.search(words)
    recipient = next(iter(failed), "") or (address_of(named[0]) if named else "")
    status = _STATUS.search(text[:20_000])
    code = _SMTP_CODE.search(text[:20_000])
    ids = message_ids(copied.get("message-id", "").encode()) or message_ids(
        *headers.all("in-reply-to"), *headers.all("references")
    )
    outcome = Outcome(
        recipient=recipient,
        action="delayed" if is_delay else "failed",
        status=status[1] if status else f"{code[1]}.0.0" if code else "",
        diagnostic=_diagnostic(text),
    )
    return Report(
        outcomes=(outcome,),
        reporter="",
        original_message_id=ids[-1] if ids else "",
        original_subject=clean_line(copied.get("subject", "")),
        original_to=(clean_line(copied["to"], 320),) if "to" in copied else (),
        envelope_id="",
        is_standard=False,
    )


def _groups(content: bytes) -> list[Headers]:
    """A status part is blocks of fields: the message's, then one for each recipient."""
    groups: list[Headers] = []
    position = 0
    while position < len(content) and len(groups) <= MAX_OUTCOMES:
        group, after = split_headers(content, position, len(content))
        if after <= position:
            break
        if group.fields:
            groups.append(group)
        elif after >= len(content) or not content[after:].strip():
            break
        position = after
    return groups


def _is_recipient(group: Headers) -> bool:
    return group.has("final-recipient") or group.has("action") or group.has("original-recipient")


def _outcome(group: Headers) -> Outcome:
    original, final = (
        address_of(_after_type(group.text(name)))
        for name in ("original-recipient", "final-recipient")
    )
    status = _STATUS.search(group.text("status"))
    return Outcome(
        recipient=original or final,
        action=group.text("action", 40).lower().partition(" ")[0].strip("();,"),
        status=status[1] if status else "",
        diagnostic=_after_type(group.text("diagnostic-code")),
        final_recipient=final,
    )


def _disposition(group: Headers) -> Outcome:
    modes, _, kind = group.text("disposition").partition(";")
    recipient = group.text("final-recipient") or group.text("original-recipient")
    return Outcome(
        recipient=address_of(_after_type(recipient)),
        action=kind.strip().partition("/")[0].lower(),
        status="",
        diagnostic=clean_line(modes),
    )


def _gravity(outcome: Outcome) -> int:
    return _GRAVITY.index(outcome.action) if outcome.action in _GRAVITY else len(_GRAVITY)


def _after_type(value: str) -> str:
    """`dns; mx.example.org` as `mx.example.org`."""
    kind, divided, rest = value.partition(";")
    return rest.strip() if divided and len(kind) < 30 else value.strip()


def _original_headers(part: Part, status: Part) -> Headers:
    """The headers of the letter that is reported on, from the copy that came back."""
    for leaf in part.walk():
        if leaf is not status and leaf.kind in _RETURNED_TYPES and leaf.start < leaf.end:
            content = leaf.body.content(MAX_REPORT)[:MAX_REPORT]
            return split_headers(content, 0, len(content))[0]
    return Headers()


def _diagnostic(text: str) -> str:
    """The line of a bounce that says why: the one with a code in it."""
    for line in text[:20_000].splitlines():
        if _STATUS.search(line) or _SMTP_CODE.search(line):
            return clean_line(line, 500)
    return ""
