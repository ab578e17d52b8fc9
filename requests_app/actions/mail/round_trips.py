"""A test of the whole way of mail: begun by a person, noted when it comes back."""

import re
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.parser import BytesHeaderParser

from celery import current_app
from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.models import InboundMail, MailRoundTrip, Newsroom, User
from requests_app.permissions import require

SEND = "requests_app.reminders.tasks.send_round_trip"
_TOKEN = re.compile(r"(?:^|[+<\"'\s])t-([0-9a-f]{20})@", re.IGNORECASE)
_TAG = re.compile(r"\b([ds])=([^;\s]+)")
MOST_HEADERS = 64 * 1024
EARLIEST_AGAIN_SECONDS = 60


@transaction.atomic
def begin(newsroom: Newsroom, *, by: User, at: datetime) -> MailRoundTrip:
    """Promise one message to the desk's own address; the worker sends it."""
    require(by, "change_settings")
    last = MailRoundTrip.objects.filter(newsroom=newsroom).first()
    if last and (at - last.begun_at).total_seconds() < EARLIEST_AGAIN_SECONDS:
        raise Refused("A test mail left within the last minute: wait for it first.")
    trip = MailRoundTrip.objects.create(newsroom=newsroom, by=by, begun_at=at)
    transaction.on_commit(lambda: current_app.send_task(SEND, [trip.pk]), robust=True)
    return trip


def note_arrival(mail: InboundMail, recipients: Iterable[str], *, at: datetime) -> bool:
    """Whether a message is such a test: then it is set aside, and nobody has to file it."""
    addresses = " ".join([mail.envelope_to, *recipients])
    tokens = {token.lower() for token in _TOKEN.findall(addresses)}
    if not tokens:
        return False
    trip = MailRoundTrip.objects.select_related("newsroom").filter(token__in=tokens).first()
    if trip is None or trip.mail_id is not None:
        return False
    trip.mail, trip.arrived_at = mail, mail.arrived_at
    trip.verdicts, trip.signed_by = _as_received(mail)
    trip.save(update_fields=["mail", "arrived_at", "verdicts", "signed_by"])
    mail.newsroom = trip.newsroom
    mail.match_reason = "It is the desk's own test of its mail, which came back."
    mail.set_aside_at, mail.set_aside_by_id = at, trip.by_id
    mail.save(update_fields=["set_aside_at", "set_aside_by"])
    return True


def _as_received(mail: InboundMail) -> tuple[str, str]:
    """What its receiver wrote above it (RFC 8601), and by whom it was signed (RFC 6376)."""
    with mail.raw.open("rb") as raw:
        head = raw.read(MOST_HEADERS).partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(head + b"\n\n")
    verdicts = " ".join(str(headers.get("Authentication-Results", "")).split())
    tags = dict(_TAG.findall(str(headers.get("DKIM-Signature", ""))))
    signed = f"{tags['d']}, selector {tags['s']}" if {"d", "s"} <= tags.keys() else ""
    return verdicts[:1000], signed[:320]
