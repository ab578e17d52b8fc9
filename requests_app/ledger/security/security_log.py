"""The one writer of the security log."""

import ipaddress
from datetime import datetime
from typing import Any

import structlog
from django.utils.crypto import salted_hmac

from requests_app.ledger.security.counted import sum_worth_a_row
from requests_app.ledger.security.origin import origin
from requests_app.models import Membership, Newsroom, SecurityEvent, User
from requests_app.vocabulary.security_kinds import SecurityKind

log = structlog.get_logger(__name__)

LONGEST_FACT = 200
TYPED = 8  # letters of the hash of what somebody typed for an address: a password, at times


def record(
    kind: SecurityKind,
    *,
    by: User | None = None,
    about: User | None = None,
    newsroom: Newsroom | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> SecurityEvent | None:
    """An entry in the log of `newsroom`, else of the person's own, else of the desk's.

    In the transaction of the act, where there is one; and a line for the operator. None where it
    was counted alone. No fact is a password, a key or a code.
    """
    source = origin()
    newsroom_id = newsroom.pk if newsroom else _newsroom_id_of(about or by)
    kept = {name: _short(value) for name, value in facts.items()}
    log.info(
        "security event",
        kind=kind.value,
        by_id=by.pk if by else None,
        about_id=about.pk if about else None,
        newsroom=newsroom_id,
        address=source.address,
        facts=kept,
    )
    entry = SecurityEvent(
        newsroom_id=newsroom_id,
        kind=kind,
        by=by,
        about=about,
        address=source.address,
        device=source.device,
        session=source.session,
        facts=kept,
    )
    entry.at = at or entry.at  # else now, which is the field's default
    if kind.described.is_counted:
        total = sum_worth_a_row(
            kind,
            newsroom_id=newsroom_id,
            place=_place(source.address),
            about_id=entry.about_id or entry.by_id,
            at=entry.at,
        )
        if total is None:
            return None
        kept.update(total.facts)
    entry.save()
    return entry


def record_of_the_desk(
    kind: SecurityKind, *, by: User | None = None, at: datetime | None = None, **facts: Any
) -> None:
    """What whoever operates the desk did, by a command: in the log of each newsroom, whose data it
    was; in the desk's own where there is none yet."""
    newsrooms: list[Newsroom | None] = [*Newsroom.objects.order_by("pk")]
    for newsroom in newsrooms or [None]:
        record(kind, by=by, at=at, newsroom=newsroom, **facts)


def hash_of_typed(text: str) -> str:
    """By which tries with the same words are told from others, and the words are not."""
    return salted_hmac("typed at sign-in", text.strip().lower()).hexdigest()[:TYPED]


def _newsroom_id_of(user: User | None) -> int | None:
    if user is None:
        return None
    return Membership.objects.filter(user=user).values_list("newsroom_id", flat=True).first()


def _short(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    # PostgreSQL keeps no NUL, and no half of a surrogate pair.
    text = str(value).replace("\0", "").encode("utf-8", "replace").decode()
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…"


def _place(address: str) -> str:
    """Of IPv6, the network that one subscriber has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return address
