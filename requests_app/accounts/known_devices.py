"""Devices on which somebody has signed in: a signed cookie that says whose, and nothing more.

Wrong tries of strangers then count against strangers, and never keep out a person who sits where
they always sit (OWASP, "Device cookies"). A device is forgotten when the password changes.
"""

import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from requests_app.models import User

SALT = "requests_app.accounts.known_devices"
KEPT = timedelta(days=400)  # the longest that browsers keep a cookie
MOST_PEOPLE = 5  # who share a computer
PROVED_BY_MAIL = "password_set_by_mail_of"


def device_of(request: HttpRequest, user: User) -> str:
    """The device's own id where this person is known on it, else ""."""
    if request.session.get(PROVED_BY_MAIL) == _bound(user):
        return f"mail-{user.pk}"
    for pk, device, bound in _known(request):
        if pk == user.pk and bound == _bound(user):
            return device
    return ""


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """After a good sign-in, with whatever else it took beside the password."""
    others = [entry for entry in _known(request) if entry[0] != user.pk]
    device = device_of(request, user)
    if not device or device.startswith("mail-"):
        device = secrets.token_urlsafe(16)
    entries = [(user.pk, device, _bound(user)), *others][:MOST_PEOPLE]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(entries, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def note_proof_by_mail(request: HttpRequest, user: User) -> None:
    """Who has just set a password by the link that was mailed to them is no stranger here."""
    request.session[PROVED_BY_MAIL] = _bound(user)


def _known(request: HttpRequest) -> Iterator[tuple[int, str, str]]:
    try:
        written = request.COOKIES[settings.DEVICE_COOKIE_NAME]
        entries = signing.loads(written, salt=SALT, max_age=KEPT)
    except (KeyError, signing.BadSignature):
        return
    yield from ((pk, device, bound) for pk, device, bound in entries)


def _bound(user: User) -> str:
    """Changes with the password."""
    return user.get_session_auth_hash()[:20]
