"""How a letter will leave, said before anybody presses the button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from requests_app.delivery import message_plan, outbox
from requests_app.models import Channel, RecordsRequest
from requests_app.views.lookup import now

# For a letter whose PDF is not at hand; most have a tenth of it.
ALLOWED_FOR_A_LETTER = 500_000


@dataclass(frozen=True, slots=True)
class Leaving:
    """`recall_until` is empty where it leaves at once; `problem` says why it cannot go so."""

    recall_minutes: int
    recall_until: datetime | None
    plan: message_plan.Plan
    problem: str = ""


def leaving(context: dict[str, Any]) -> Leaving | None:
    """For a page on which a letter is sent, from what the page shows; None if it goes by hand."""
    appeal = context.get("appeal")
    rr: RecordsRequest = appeal.records_request if appeal else context["rr"]
    if context.get("channel") != Channel.EMAIL:
        return None
    preview = context.get("preview")
    pdf, files = getattr(preview, "pdf", b""), getattr(preview, "enclosed", ())
    size = message_plan.encoded(len(pdf) or ALLOWED_FOR_A_LETTER) + message_plan.HEADERS
    way, problem = message_plan.Plan(((),)), ""
    try:
        way = message_plan.checked(size, message_plan.planned(files))
    except message_plan.TooLarge as error:
        problem = str(error)
    minutes = rr.newsroom.recall_minutes
    until = outbox.leaves_at(rr.newsroom, at=now()) if minutes else None
    return Leaving(minutes, until, way, problem)
