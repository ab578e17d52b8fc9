"""What allauth tells of somebody's access, reported. Only a library's signals are heard here."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from requests_app.accounts import known_devices, sessions
from requests_app.accounts.endings import end_access_of
from requests_app.accounts.security_events import SecurityKind, report
from requests_app.models import User


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="signed in")
    user_logged_out.connect(_signed_out, dispatch_uid="signed out")
    password_changed.connect(_password_changed, dispatch_uid="password changed")
    password_reset.connect(_password_set_by_mail, dispatch_uid="password set by mail")
    authenticator_added.connect(_factor_added, dispatch_uid="factor added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="factor removed")
    authenticator_reset.connect(_recovery_codes_made, dispatch_uid="recovery codes made")
    authenticator_used.connect(_factor_used, dispatch_uid="factor used")
    authentication_failed.connect(_factor_failed, dispatch_uid="factor failed")


def _signed_in(request: HttpRequest, user: User, **told: Any) -> None:
    sessions.begin(request.session)
    report(SecurityKind.SIGNED_IN, user)


def _signed_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    if user is not None:
        report(SecurityKind.SIGNED_OUT, user)


def _password_changed(request: HttpRequest, user: User, **told: Any) -> None:
    _end_all_else(request, user)
    report(SecurityKind.PASSWORD_CHANGED, user)


def _password_set_by_mail(request: HttpRequest, user: User, **told: Any) -> None:
    _end_all_else(request, user)
    report(SecurityKind.PASSWORD_SET_BY_MAIL, user)
    known_devices.note_proof_by_mail(request, user)


def _end_all_else(request: HttpRequest, user: User) -> None:
    """Who knew the password before is signed out, and so is each program let in under it."""
    end_access_of(user, but_session=request.session.session_key)


def _factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    report(SecurityKind.FACTOR_ADDED, user, factor=_words(authenticator))


def _factor_removed(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    report(SecurityKind.FACTOR_REMOVED, user, factor=_words(authenticator))


def _recovery_codes_made(request: HttpRequest, user: User, **told: Any) -> None:
    report(SecurityKind.RECOVERY_CODES_MADE, user)


def _factor_used(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    """A code of the app and a passkey are a part of signing in; of recovery codes there are few."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        report(SecurityKind.RECOVERY_CODE_USED, user)


def _factor_failed(
    request: HttpRequest, user: User, authenticator: Authenticator, **told: Any
) -> None:
    report(SecurityKind.FACTOR_FAILED, user, factor=_words(authenticator))


def _words(authenticator: Authenticator) -> str:
    return {
        Authenticator.Type.TOTP: "an authenticator app",
        Authenticator.Type.WEBAUTHN: "a passkey",
        Authenticator.Type.RECOVERY_CODES: "recovery codes",
    }[authenticator.type]
