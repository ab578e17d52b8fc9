"""What happened to somebody's access, reported in one place: each kind, whose, from where."""

from enum import StrEnum
from typing import Any

import structlog
from django.http import HttpRequest

from requests_app.accounts.client_address import address_of
from requests_app.models import User

log = structlog.get_logger(__name__)


class Kind(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_REFUSED = "sign_in_refused"  # too many wrong tries before it


def report(kind: Kind, user: User | None, request: HttpRequest | None, **facts: Any) -> None:
    """`user` is whose access it is, None where nobody has the address that was given.

    `facts` hold no secret: no password, no key, no code.
    """
    log.info(
        "security event",
        kind=kind.value,
        user=user.pk if user else None,
        address=address_of(request) if request else None,
        **facts,
    )
