"""Files that the city fetches itself: by a link that nobody guesses, that ends, and counts."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from requests_app.ledger.attribution import Attribution
from requests_app.models import Delivery, FileLink

NOT_PUBLIC = (".localhost", ".local", ".test", ".example", ".invalid", ".internal", ".lan")


class Linked(Protocol):
    """What is linked to: a file with an attachment's key."""

    @property
    def key(self) -> int: ...


def can_be_opened() -> bool:
    """Whether somebody in another network can open this desk's addresses, and over https."""
    base = urlsplit(settings.BASE_URL)
    host = (base.hostname or "").rstrip(".").lower()
    if base.scheme != "https" or not host:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(NOT_PUBLIC)


def create(delivery: Delivery, files: Iterable[Linked], *, at: datetime) -> list[FileLink]:
    """A link to each file, named in that delivery's message."""
    return [
        FileLink.objects.create(
            delivery=delivery,
            attachment_id=file.key,
            token=secrets.token_urlsafe(32),
            created_at=at,
            expires_at=at + timedelta(days=settings.FILE_LINK_DAYS),
        )
        for file in files
    ]


def address_of(link: FileLink) -> str:
    return f"{settings.BASE_URL}{reverse('linked_file', args=[link.token])}"


def note_fetch(link: FileLink, *, at: datetime) -> None:
    FileLink.objects.filter(pk=link.pk).update(fetches=F("fetches") + 1, fetched_at=at)


def end(
    link: FileLink,
    *,
    by: Attribution,
) -> bool:
    """Nobody opens it any more. False: it had ended."""
    still_open = FileLink.objects.filter(pk=link.pk, ended_at=None)
    return bool(still_open.update(ended_at=by.at, ended_by=by.user))
