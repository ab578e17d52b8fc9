"""Amazon SES's notices of a letter's fate, as its SNS mails them: JSON instead of a report.

Their shape: https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
"""

import json
from typing import Any

from requests_app.mail.clean_strings import clean_line
from requests_app.mail.incoming_message import Outcome, Report
from requests_app.mail.mime.addresses import address_of

SENDER = "no-reply@sns.amazonaws.com"
MAX_TEXT = 200_000
_ACTIONS = {"bounce": "failed", "delivery": "delivered", "deliverydelay": "delayed"}
# A server that keeps lines short breaks one with an exclamation mark, a line's end and a blank.
_BROKEN_LINE = "!\n "


def ses_notice(from_address: str, text: str) -> Report | None:
    """What the notice says of each recipient; None for any other mail, and for a complaint."""
    if from_address.lower() != SENDER:
        return None
    notice = _object(text)
    if isinstance(notice.get("Message"), str):
        notice = _object(notice["Message"])
    kind = str(notice.get("notificationType") or notice.get("eventType") or "").lower()
    if kind not in _ACTIONS:
        return None
    sent = _within(notice, "mail")
    told = _within(notice, "deliveryDelay" if kind == "deliverydelay" else kind)
    named = told.get("bouncedRecipients") or told.get("delayedRecipients") or told.get("recipients")
    outcomes = tuple(_outcome(one, kind) for one in _list(named)[:100])
    headers = {
        str(header.get("name", "")).lower(): str(header.get("value", ""))
        for header in _list(sent.get("headers"))
        if isinstance(header, dict)
    }
    return Report(
        outcomes=outcomes,
        reporter=clean_line(str(told.get("reportingMTA", "")).partition(";")[2].strip()),
        original_message_id=clean_line(headers.get("message-id", ""), 990),
        original_subject=clean_line(headers.get("subject", "")),
        original_to=tuple(address_of(str(to)) for to in _list(sent.get("destination"))[:100]),
        envelope_id="",
        is_standard=False,
    )


def _outcome(one: object, kind: str) -> Outcome:
    said = one if isinstance(one, dict) else {"emailAddress": one}
    return Outcome(
        recipient=address_of(str(said.get("emailAddress", ""))),
        action=clean_line(str(said.get("action") or _ACTIONS[kind]), 40).lower(),
        status=clean_line(str(said.get("status", "")), 20),
        diagnostic=clean_line(str(said.get("diagnosticCode", "")).partition(";")[2].strip(), 500),
    )


def _object(text: str) -> dict[str, Any]:
    """The JSON object that the text begins with; empty where there is none."""
    whole = text[:MAX_TEXT].replace(_BROKEN_LINE, "").lstrip()
    try:
        found, _ = json.JSONDecoder().raw_decode(whole)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _within(notice: dict[str, Any], name: str) -> dict[str, Any]:
    found = notice.get(name)
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
