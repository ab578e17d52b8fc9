"""One click and no sign-in (RFC 8058): a signed word that says who no longer wants which kind."""

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from requests_app.models import Notice, ReminderKind

_SALT = "reminders.unsubscribe"


class Unwanted(NamedTuple):
    user_id: int
    kind: ReminderKind


def may_be_unsubscribed(kind: str) -> bool:
    """Everything but the last call before a day of ours, to whose request it is.

    A right to appeal that is missed cannot be had again, and switching mail off is no decision to
    let it go. Who does not want the call gives the request to somebody else, or closes it.
    """
    return kind != ReminderKind.LAST_CALL


def token_for(user_id: int, kind: str) -> str:
    """It does not expire: a mail may be opened years later, and all it can do is stop mail."""
    return Signer(salt=_SALT).sign_object([user_id, str(kind)])


def read_token(token: str) -> Unwanted | None:
    """None where it was not made here, or names what cannot be switched off."""
    try:
        user_id, kind = Signer(salt=_SALT).unsign_object(token)
        unwanted = Unwanted(int(user_id), ReminderKind(kind))
    except (BadSignature, ValueError, TypeError):
        return None
    return unwanted if may_be_unsubscribed(unwanted.kind) else None


def address_for(notice: Notice) -> str:
    """The link of a mail; "" for one that cannot be switched off."""
    if not may_be_unsubscribed(notice.kind):
        return ""
    path = reverse("unsubscribe", args=[token_for(notice.user_id, notice.kind)])
    return f"{settings.BASE_URL}{path}"


def headers_for(notice: Notice) -> dict[str, str]:
    """The https address alone: nobody reads what would be mailed, and RFC 8058 needs no more."""
    address = address_for(notice)
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
