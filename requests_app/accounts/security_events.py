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
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    NAME_CHANGED = "name_changed"
    ADDRESS_ASKED = "address_asked"
    ADDRESS_CHANGED = "address_changed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    PROVIDER_LINKED = "provider_linked"
    PROVIDER_REFUSED = "provider_refused"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_ENDED = "token_ended"  # noqa: S105
    FEED_MADE = "feed_made"
    FEED_ENDED = "feed_ended"


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
