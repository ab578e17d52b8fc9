"""What became of a message, in a line for people or for machines."""

from typing import Any

from requests_app.models import InboundMail, Stage


def result_of(mail: InboundMail, *, is_new: bool) -> dict[str, Any]:
    """Its number, what it became and why; after it was read, or could not be."""
    communication = mail.standing_communication()
    request = communication.records_request if communication else None
    return {
        "id": mail.pk,
        "sha256": mail.sha256,
        "stored": "now" if is_new else "before",
        "became": _became(mail, has_request=request is not None),
        "request": request.reference if request else None,
        "duplicate_of": mail.duplicate_of_id,
        "kind": mail.kind,
        "why": _why(mail),
        "faults": mail.faults,
    }


def as_line(said: dict[str, Any]) -> str:
    where = f" {said['request']}" if said["request"] else ""
    where = f" {said['duplicate_of']}" if said["duplicate_of"] else where
    again = "" if said["stored"] == "now" else " (stored before)"
    return f"{said['id']}\t{said['became']}{where}{again}\t{said['why']}"


def _became(mail: InboundMail, *, has_request: bool) -> str:
    if has_request:
        return "filed"
    if mail.duplicate_of_id:
        return "copy of"
    if mail.set_aside_at:
        return "set aside"
    if mail.stage == Stage.STORED:
        return "stored"
    return "inbox" if mail.newsroom_id else "held"


def _why(mail: InboundMail) -> str:
    if mail.duplicate_of_id:
        return "The same message came before."
    if mail.stage == Stage.STORED:
        return "It is kept; the worker will read it."
    return mail.match_reason or " ".join(mail.faults)
